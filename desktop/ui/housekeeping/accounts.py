"""账号与密码: the own password, and for 管理员 everybody's accounts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from desktop.services import accounts, branch_lists
from desktop.services.accounts import AccountRow
from desktop.services.sessions import ADMINS, Role, Session
from desktop.ui.housekeeping.account_sheets import AccountSheet, AddSheet, ChangeSheet, OwnPasswordSheet, ResetSheet
from desktop.ui.housekeeping.section import Section
from desktop.ui.widgets.buttons import Button, primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label

UNCHOSEN = "先在下面选一个账号"
ROLES = [(role, role.label) for role in Role]
COLUMNS = (
    Column("name", "账号", 110, bold=True),
    Column("title", "名称", 160, pinyin=True),
    Column("role", "角色", 90, text=lambda row: row.role.label),
    Column("branch", "所管支部", 260, text=lambda row: row.branch or "全部", stretch=True),
    Column("state", "状态", 90, text=lambda row: "在用" if row.state == "active" else "已停用",
           tag=lambda row: None if row.state == "active" else "neutral"),
)  # fmt: skip


class AccountsSection(Section):
    """The list of accounts with what 管理员 may do to the chosen one."""

    wide = True

    def build(self) -> None:
        """Make the list and its buttons."""
        self._officer = self.context.session.role in ADMINS
        self._branches: list[tuple[bytes, str]] = []
        card = Card(padding=1, gap=0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(plain_label("账号", "section"))
        head.addStretch(1)
        self.own_button = secondary("改我的密码", "key", self.change_own)
        self.change_button = secondary("修改…", "edit", self.change, tip="改选中账号的名称、角色、所管支部")
        self.reset_button = secondary("重设密码", "lock_closed", self.reset, tip="给选中的账号设新密码")
        self.state_button = secondary("停用", then=self.switch, tip="停用或启用选中的账号")
        self.add_button = primary("添加账号", "person_add", self.add)
        for button in (self.own_button, *self._of_chosen(), self.add_button):
            head.addWidget(button)
        for button in (*self._of_chosen(), self.add_button):
            button.setVisible(self._officer)
        card.body.addLayout(head)
        self.table = Table(COLUMNS, name="账号", checks=False)
        self.table.current_changed.connect(self._current)
        self.table.opened.connect(lambda _row: self.change() if self._officer else None)
        card.body.addWidget(self.table, 1)
        self.box.addWidget(card, 1)
        self._current(None)

    def refresh(self) -> None:
        """Read accounts, and the branches that a secretary may be given."""

        def read(session: Session) -> tuple[tuple[AccountRow, ...], list[tuple[bytes, str]]]:
            return accounts.list_accounts(session), [(row.id, row.name) for row in branch_lists.list_branches(session)]

        self.context.tasks.run_query(self, read, self._show, key="accounts")

    def _show(self, found: tuple[tuple[AccountRow, ...], list[tuple[bytes, str]]]) -> None:
        rows, self._branches = found
        self.table.set_rows(rows)
        self._current(self.table.current())

    def _of_chosen(self) -> tuple[Button, ...]:
        return self.change_button, self.reset_button, self.state_button

    def _current(self, row: object) -> None:
        chosen = row if isinstance(row, AccountRow) else None
        own = chosen is not None and chosen.name == self.context.session.account
        for button in self._of_chosen():
            button.allow("" if chosen is not None else UNCHOSEN)
        if own:
            self.reset_button.allow("自己的密码用“改我的密码”")
        closed = chosen is not None and chosen.state != "active"
        self.state_button.set_text("启用" if closed else "停用")

    def change_own(self) -> None:
        """Change the password of the account at work."""
        sheet = OwnPasswordSheet(self)
        sheet.wanted.connect(lambda old, new: self._write(
            sheet, partial(accounts.change_password, old=old, new=new), "已改密码，下次打开用新密码"
        ))  # fmt: skip
        sheet.open()

    def change(self) -> None:
        """Give the chosen account another title, role or branch."""
        row = self.table.current()
        if isinstance(row, AccountRow):
            sheet = ChangeSheet(self, row, ROLES, self._branches)
            sheet.wanted.connect(lambda made: self._write(
                sheet, partial(accounts.change_account, **made), f"已修改账号 {row.name}，本人下次打开时生效"
            ))  # fmt: skip
            sheet.open()

    def reset(self) -> None:
        """Give the chosen account a new password."""
        row = self.table.current()
        if isinstance(row, AccountRow):
            sheet = ResetSheet(self, row.title)
            sheet.wanted.connect(lambda new: self._write(
                sheet, partial(accounts.reset_password, name=row.name, new=new), f"已给{row.title}设新密码"
            ))  # fmt: skip
            sheet.open()

    def switch(self) -> None:
        """Switch the chosen account off or on."""
        row = self.table.current()
        if isinstance(row, AccountRow):
            active = row.state != "active"
            self._write(
                None, partial(accounts.set_state, name=row.name, active=active),
                f"已{'启用' if active else '停用'}账号 {row.name}",
            )  # fmt: skip

    def add(self) -> None:
        """Make an account."""
        sheet = AddSheet(self, ROLES, self._branches)
        sheet.wanted.connect(lambda made: self._write(
            sheet, partial(accounts.add_account, **made), f"已添加账号 {made['name']}"
        ))  # fmt: skip
        sheet.open()

    def _write(self, sheet: AccountSheet | None, work: Callable[[Session], object], said: str) -> None:
        def done(_result: object) -> None:
            if sheet is not None:
                sheet.accept()
            self.context.toast.say(said)
            self.refresh()

        self.context.tasks.run_change(
            self, work, done, failed=sheet.refused if sheet is not None else self.refused, title="保存账号", silent=True
        )
