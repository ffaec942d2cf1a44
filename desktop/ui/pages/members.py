"""党员: members on the roll by view, branch and standing; the drawer, the form, moves and the recycle bin."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services import branch_lists, member_lists, members, persons
from desktop.services.member_lists import MemberRow
from desktop.services.members import MemberSheet
from desktop.services.persons import PersonDraft, Revealed
from desktop.services.sessions import WRITERS, Session
from desktop.ui.dialogs.move import MoveDialog, Person, StandingDialog
from desktop.ui.dialogs.person import PersonDialog, codes
from desktop.ui.dialogs.reason import ask_reason
from desktop.ui.pages import members_drawer
from desktop.ui.records.attached import Attached
from desktop.ui.records.list_page import ButtonDeed, Listed, MenuDeed, RecordsPage
from desktop.ui.records.parts import History
from desktop.ui.records.pickers import Found
from desktop.ui.widgets.buttons import link
from desktop.ui.widgets.chips import FilterChip
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.text import Tag

_FULL = "50"


def standing_words(row: MemberRow) -> str:
    """Write a standing as the list shows it: `正式党员`, `预备党员`, others by their own name."""
    return f"{row.standing_name}党员" if row.standing in {"40", "50"} else row.standing_name


def _standing_tag(row: MemberRow) -> Tag | None:
    return None if row.standing == _FULL else "info" if row.standing in {"40", "41"} else "warn"


def _missing_words(row: MemberRow) -> str:
    return f"缺 {row.missing} 项" if row.missing else ""


COLUMNS = (
    Column("name", "姓名", 136, least=100, bold=True, pinyin=True, tip=lambda row: row.name),
    Column("sex", "性别", 48, gives_way=1),
    Column("id_number", "身份证号", 164, text=lambda row: row.id_number or ""),
    Column("branch", "所在支部", 140, least=120, text=lambda row: row.branch or "", pinyin=True, stretch=True,
           tip=lambda row: row.branch or ""),
    Column("standing", "党员类别", 92, text=standing_words, tag=_standing_tag),
    Column("joined_on", "入党日期", 100, gives_way=2),
    Column("missing", "资料", 76, text=_missing_words, tag=lambda row: "warn" if row.missing else None,
           sort=lambda row: row.missing or None),
    Column("post", "党内职务", 104, hidden=True),
    Column("party_group", "党小组", 112, hidden=True),
    Column("organisation", "所在社会组织", 180, hidden=True),
    Column("born_on", "出生日期", 104, hidden=True),
    Column("education", "学历", 88, hidden=True),
    Column("full_on", "转正日期", 104, hidden=True),
    Column("relation_name", "组织关系", 88, hidden=True),
    Column("phone", "电话", 128, hidden=True),
)  # fmt: skip


class MembersPage(RecordsPage):
    """Places: `members/person:<id>`, `membership:<id>` (its person), `new`, `view:missing`, `branch:<id>`."""

    title = noun = "党员"
    topics = frozenset({"person", "membership", "post", "branch", "party_group", "attendance", "meeting"})
    place, kind, measure = "members", "person", "人"
    placeholder, new_verb = "姓名 / 拼音 / 身份证号后四位", "新增党员"
    belongs = "这里是各支部的党员：身份、党员类别、入党日期和所在支部。"
    columns, views = COLUMNS, tuple(member_lists.VIEWS.items())

    def build(self) -> None:
        """Make the list; nobody's numbers are shown in full yet."""
        self._revealed: tuple[bytes, Revealed] | None = None
        super().build()

    def make_chips(self) -> list[FilterChip[Any]]:
        """Filter by branch and standing."""
        self.branch = FilterChip[bytes]("支部")
        self.standing = FilterChip[str]("类别", [one for one in codes("standing") if "40" <= one[0] <= "52"])
        return [self.branch, self.standing]

    def bar_deeds(self) -> list[QWidget]:
        """Give what may be done with marked members."""
        found: list[QWidget] = []
        if self.writes:
            found += [
                link("移动到别的支部", lambda: self.move_people(self.keys())),
                link("改变状态", lambda: self.change_standing(self.keys())),
                link("移到回收站", lambda: self.remove(self.keys())),
            ]
        return [*found, link("导出", self.export_chosen, tip="把选中的存成 Excel 表")]

    def menu_deeds(self, keys: list[bytes]) -> list[MenuDeed]:
        """Give what may be done with rows from their menu."""
        found: list[MenuDeed] = []
        if self.context.session.role in WRITERS and len(keys) == 1:
            found.append(("编辑", lambda: self.edit(keys[0])))
        if self.writes:
            found += [
                ("移动到别的支部…", lambda: self.move_people(keys)),
                ("改变状态…", lambda: self.change_standing(keys)),
                ("移到回收站", lambda: self.remove(keys)),
            ]
        return found

    def reading(self) -> Callable[[Session], Listed]:
        """Read members as they are filtered now."""
        view, branch, standing, text = self.tabs.key(), self.branch.value(), self.standing.value(), self.filters.text()

        def read(session: Session) -> Listed:
            rows = member_lists.list_members(session, view=view, branch=branch, standing=standing, text=text)
            named = [(row.id, row.short_name or row.name) for row in branch_lists.list_branches(session)]
            return Listed(rows, member_lists.counts(session), {"branches": named})

        return read

    def take(self, listed: Listed) -> None:
        """Offer the branches that there are."""
        self.branch.set_choices(listed.more["branches"])

    def open_record(self, kind: str, key: str) -> None:
        """Show a person, or the members of a branch."""
        if kind == "branch":
            self.tabs.set_key("all")
            self.branch.set_value(bytes.fromhex(key))
            self.read_list()
        else:
            super().open_record(kind, key)

    def sheet_reading(self, key: bytes) -> Callable[[Session], MemberSheet]:
        """Read one member."""
        return lambda session: members.sheet(session, person=key)

    def fill_drawer(self, sheet: MemberSheet) -> None:
        """Show one member."""
        key = sheet.person.id or b""
        shown = self._revealed[1] if self._revealed is not None and self._revealed[0] == key else None
        found = self.overview.of("person", key) if self.overview is not None else ()
        may_reveal = self.context.session.role in WRITERS
        drawer, today = self.host.drawer, self.context.session.today
        drawer.show_record(sheet.person.name, members_drawer.tags(sheet), mark=sheet.person.name[:1])
        drawer.set_tabs([
            ("basic", "基本信息", members_drawer.basic(
                sheet, found, today, shown, (lambda: self.reveal(key)) if may_reveal else None, self.context.navigate,
            )),
            ("life", "组织生活", members_drawer.life(sheet, today, self.context.navigate)),
            ("files", "附件", lambda: Attached(self.context, "person", key)),
            ("history", "变更记录", lambda: History(self.context, "person", key)),
        ])  # fmt: skip
        self._put_deeds(key)

    def _put_deeds(self, key: bytes) -> None:
        first: list[ButtonDeed] = []
        more: list[MenuDeed] = []
        if self.context.session.role in WRITERS:
            first.append(("编辑", "edit", lambda: self.edit(key)))
        if self.writes:
            first.append(("移动", "arrow_swap", lambda: self.move_people([key])))
            more = [("改变状态…", lambda: self.change_standing([key])), ("移到回收站", lambda: self.remove([key]))]
        self.deeds(first, more)

    def reveal(self, key: bytes) -> None:
        """Show the numbers of a person in full, with a reason that goes into the audit."""
        reason = ask_reason(
            self.window(), "显示身份证号和电话", "谁在什么时候、为什么看过，会记入审计。", "用途", "显示"
        )
        if reason is not None:
            self.context.tasks.run_change(
                self, lambda session: persons.reveal(session, person=key, reason=reason),
                lambda found: self._show_revealed(key, found), silent=True,
            )  # fmt: skip

    def _show_revealed(self, key: bytes, found: Revealed) -> None:
        self._revealed = (key, found)
        if self.shown == key:
            self.show_record(key)

    def edit(self, key: bytes | None) -> None:
        """Open the form of a person, or of a new member of the branch that is filtered by."""
        if key is None:
            at = self.branch.value()
            self.context.tasks.run_query(
                self, lambda session: next((row for row in branch_lists.list_branches(session) if row.id == at), None),
                lambda row: self._open_form(PersonDraft(), Found(row.id, row.name) if row else None),
            )  # fmt: skip
        else:
            self.context.tasks.run_query(
                self, lambda session: persons.open_(session, person=key), lambda draft: self._open_form(draft, None)
            )

    def _open_form(self, draft: PersonDraft, branch: Found | None) -> None:
        self.show_form(PersonDialog(self.context, self.window(), draft, branch=branch), own=True)

    def _people(self, keys: list[bytes]) -> list[Person]:
        rows = {row.id: row for row in self.table.model.rows() if isinstance(row, MemberRow)}
        return [Person(key, rows[key].name, rows[key].branch or "") for key in keys if key in rows]

    def move_people(self, keys: list[bytes]) -> None:
        """Ask where to, and move."""
        people = self._people(keys)
        if people:
            self.show_form(MoveDialog(self.context, self.window(), people))
        else:
            self.context.toast.say("先选一名或几名党员，再移动")

    def change_standing(self, keys: list[bytes]) -> None:
        """Ask which state from when, and change it."""
        people = self._people(keys)
        if people:
            self.show_form(StandingDialog(self.context, self.window(), people))
        else:
            self.context.toast.say("先选一名或几名党员，再改变状态")

    def remove(self, keys: list[bytes]) -> None:
        """Put members and their relations into the recycle bin."""
        chosen = tuple(keys)
        if chosen:
            self.context.tasks.run_change(
                self, lambda session: members.remove(session, persons_=chosen, reason="移到回收站"),
                lambda _changes: self._removed(chosen), title="移到回收站",
            )  # fmt: skip

    def _removed(self, keys: tuple[bytes, ...]) -> None:
        if self.shown in keys:
            self.host.close_drawer()
