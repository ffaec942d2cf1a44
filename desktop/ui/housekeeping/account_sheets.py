"""The sheets of accounts: a new one, another role, a new password for another, a new one for oneself."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.services.accounts import AccountRow
from desktop.services.sessions import Role
from desktop.ui import messages
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.fields import ChoiceField, LineField, SecretField, first_problem
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.wizards.passwords import NewPassword

USES = {
    Role.OFFICER: "管理员：什么都能办，包括账号、密钥、恢复备份。",
    Role.CLERK: "干事：登记、导入、打印、导出和接收数据包、备份。",
    Role.SECRETARY: "书记：只管本支部和它下面的，登记、报送、打印。",
    Role.READER: "查阅：只看和打印，证件号和电话不显示全。",
}


class AccountSheet(Sheet):
    """What all have in common: two buttons, and a refusal goes under its field."""

    fields: tuple[Field, ...] = ()

    def set_up(self, verb: str, done: Callable[[], object]) -> None:
        """Add the buttons; `done` checks what was typed and tells it."""
        self.add_button(secondary("先不改", then=self.reject))
        self.done_button = self.add_button(primary(verb, then=done))

    def refused(self, error: UserError) -> None:
        """Show a refusal under the field that caused it; what was typed stays."""
        field = next((one for one in self.fields if one.key == error.field), None)
        if field is None:
            messages.refusal(self, error)
            return
        field.set_error(f"{error.why}{error.do}")
        field.setFocus()


class _RoleSheet(AccountSheet):
    """Title, role and, for 书记, the branch: what both a new account and one that is changed are asked for."""

    def set_up_role(
        self, heading: str, roles: Sequence[tuple[Role, str]], branches: Sequence[tuple[bytes, str]]
    ) -> None:
        """Make the three fields; the line under the heading says what the role may do."""
        self._heading = heading
        self.title = LineField("名称", key="title", required=True, limit=20, example="显示在右上角，例如 王丽")
        self.role: ChoiceField[Role] = ChoiceField("角色", roles, key="role", required=True)
        self.branch: ChoiceField[bytes] = ChoiceField("所管支部", branches, key="branch", blank="（请选择）")
        self.role.changed.connect(self.show_role)

    def show_role(self) -> None:
        """Say what the chosen role may do, and ask for a branch where it needs one."""
        role = self.role.value() or Role.CLERK
        self.say(self._heading, USES[role])
        self.branch.set_required(on=role is Role.SECRETARY)
        self.branch.setVisible(role is Role.SECRETARY)

    def given(self) -> dict[str, object]:
        """Give title, role and branch as the services take them."""
        role = self.role.value() or Role.CLERK
        branch = self.branch.value() if role is Role.SECRETARY else None
        return {"title": self.title.value(), "role": role, "branch": branch}


class AddSheet(_RoleSheet):
    """`wanted(dict)` are the keywords of `accounts.add_account`."""

    wanted = Signal(object)

    def __init__(
        self, parent: QWidget, roles: Sequence[tuple[Role, str]], branches: Sequence[tuple[bytes, str]]
    ) -> None:
        super().__init__(parent, "添加账号")
        self.set_up_role("添加账号", roles, branches)
        self.name = LineField("账号", key="name", required=True, limit=20, example="字母和数字，例如 gs2")
        self.role.set_value(Role.CLERK)
        self.password = NewPassword("密码")
        self.fields = (self.name, self.title, self.role, self.branch, self.password.password)
        for widget in (self.name, self.title, self.role, self.branch, self.password):
            self.body.addWidget(widget)
        self.show_role()
        self.set_up("添加账号", self.done_now)
        self.password.again.finish_with(self.done_now)
        self.name.setFocus()

    def done_now(self) -> None:
        """Tell what is wanted, where all is there."""
        wrong: Field | None = next((one for one in self.fields[:4] if not one.check()), None)
        wrong = wrong or self.password.problem()
        if wrong is not None:
            wrong.setFocus()
            return
        self.wanted.emit({"name": self.name.value(), **self.given(), "password": self.password.value()})


class ChangeSheet(_RoleSheet):
    """`wanted(dict)` are the keywords of `accounts.change_account`."""

    wanted = Signal(object)

    def __init__(
        self, parent: QWidget, row: AccountRow, roles: Sequence[tuple[Role, str]],
        branches: Sequence[tuple[bytes, str]],
    ) -> None:  # fmt: skip
        super().__init__(parent, f"修改账号 {row.name}")
        self._name = row.name
        self.set_up_role(f"修改账号 {row.name}", roles, branches)
        self.title.set_value(row.title)
        self.role.set_value(row.role)
        self.branch.set_value(row.branch_id)
        self.fields = (self.title, self.role, self.branch)
        for widget in self.fields:
            self.body.addWidget(widget)
        self.show_role()
        self.set_up("保存修改", self.done_now)
        self.title.finish_with(self.done_now)
        self.title.setFocus()

    def done_now(self) -> None:
        """Tell what is wanted, where all is there."""
        wrong = first_problem(self.fields)
        if wrong is None:
            self.wanted.emit({"name": self._name, **self.given()})
        else:
            wrong.setFocus()


class ResetSheet(AccountSheet):
    """`wanted(new)` fires with a new password for another account."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, f"给{title}重设密码", "设好后当面告诉本人，请本人再改一次。")
        self.password = NewPassword()
        self.fields = (self.password.password,)
        self.body.addWidget(self.password)
        self.set_up("重设密码", self.done_now)
        self.password.again.finish_with(self.done_now)
        self.password.setFocus()

    def done_now(self) -> None:
        """Tell the new password."""
        wrong = self.password.problem()
        if wrong is None:
            self.wanted.emit(self.password.value())
        else:
            wrong.setFocus()


class OwnPasswordSheet(AccountSheet):
    """`wanted(old, new)` fires with both."""

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "改我的密码")
        self.old = SecretField("现在的密码", key="old", required=True)
        self.password = NewPassword()
        self.fields = (self.password.password,)
        self.body.addWidget(self.old)
        self.body.addWidget(self.password)
        self.set_up("改密码", self.done_now)
        self.password.again.finish_with(self.done_now)
        self.old.setFocus()

    def done_now(self) -> None:
        """Tell both passwords."""
        wrong = self.password.problem()
        if not self.old.check():
            wrong = self.old
        if wrong is None:
            self.wanted.emit(self.old.value(), self.password.value())
        else:
            wrong.setFocus()

    def refused(self, error: UserError) -> None:
        """A wrong password is about the old one here."""
        if error.code == "wrong-password":
            self.old.set_error("现在的密码不对。请重新输入。")
            self.old.setFocus()
        else:
            super().refused(error)
