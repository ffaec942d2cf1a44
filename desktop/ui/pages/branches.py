"""党组织: the tree at the left, the list at the right, the drawer with leaders, terms, units and meetings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.calendar import add_months, last_day
from desktop.services import branch_lists, branch_sheets, branches
from desktop.services.branch_lists import BranchRow
from desktop.services.branch_sheets import BranchSheet
from desktop.services.overview import Overview
from desktop.services.sessions import WRITERS, Session
from desktop.ui.dialogs import branch
from desktop.ui.dialogs.branch import BranchDialog
from desktop.ui.pages import branches_drawer
from desktop.ui.pages.branches_drawer import Doing
from desktop.ui.pages.branches_leaders import Leaders
from desktop.ui.pages.branches_tree import Beside, BranchTree
from desktop.ui.records.attached import Attached
from desktop.ui.records.form_values import choices
from desktop.ui.records.list_page import ButtonDeed, Listed, MenuDeed, RecordsPage
from desktop.ui.records.parts import History
from desktop.ui.records.pickers import matches
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import link
from desktop.ui.widgets.chips import FilterChip
from desktop.ui.widgets.drawer import PUSH
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.text import Tag

CLOSED = "5"
VIEWS = {"all": "全部", "no_secretary": "没有书记", "term_over": "任期届满", "behind": "本季未完成"}
LEADLESS = frozenset({"P4", "P5"})
SOON_MONTHS = 6


@dataclass(frozen=True, slots=True)
class BranchLine:
    """One line of the list: the branch, (held, due) of this quarter, and the day it is looked at."""

    row: BranchRow
    progress: tuple[int, int] | None
    on: date

    @property
    def id(self) -> bytes:
        """Give what the line is told apart by."""
        return self.row.id


def in_view(line: BranchLine, view: str) -> bool:
    """Tell whether a line belongs into a saved view; dissolved ones are in 全部 alone."""
    row = line.row
    if view == "all":
        return True
    if row.state == CLOSED:
        return False
    if view == "no_secretary":
        return row.kind in LEADLESS and row.secretary is None
    if view == "term_over":
        return row.term_end is not None and last_day(row.term_end) < line.on
    return line.progress is not None and line.progress[0] < line.progress[1]


def members_words(line: BranchLine) -> str:
    """Write the members: `12 / 1`, full and probationary."""
    return f"{line.row.full} / {line.row.probationary}"


def progress_words(line: BranchLine) -> str:
    """Write how far this quarter is: `3 / 5`."""
    return f"{line.progress[0]} / {line.progress[1]}" if line.progress is not None and line.progress[1] else ""


def _term_tag(line: BranchLine) -> Tag | None:
    if line.row.term_end is None or line.row.state == CLOSED:
        return None
    end = last_day(line.row.term_end)
    return "err" if end < line.on else "warn" if end <= add_months(line.on, SOON_MONTHS) else None


def _share(line: BranchLine) -> float | None:
    return line.progress[0] / line.progress[1] if line.progress is not None and line.progress[1] else None


COLUMNS = (
    Column("name", "名称", 220, least=180, text=lambda line: line.row.name, tip=lambda line: line.row.name, bold=True,
           pinyin=True, stretch=True),
    Column("kind_name", "类别", 88, text=lambda line: line.row.kind_name, gives_way=1),
    Column("secretary", "书记", 88, text=lambda line: line.row.secretary or "", pinyin=True),
    Column("members", "党员", 72, align="right", text=members_words, sort=lambda line: line.row.full,
           tip=lambda line: f"正式 {line.row.full} 人，预备 {line.row.probationary} 人", gives_way=3),
    Column("term_end", "届满", 104, text=lambda line: line.row.term_end or "", tag=_term_tag),
    Column("progress", "本季完成", 88, align="right", text=progress_words, sort=_share, gives_way=2),
    Column("code", "代码", 72, text=lambda line: line.row.code, hidden=True),
    Column("short_name", "简称", 140, text=lambda line: line.row.short_name or "", hidden=True),
    Column("place", "村社区", 112, text=lambda line: line.row.place or "", hidden=True),
    Column("units", "联合单位", 80, align="right", text=lambda line: str(line.row.units or ""), hidden=True),
    Column("state_name", "状态", 80, text=lambda line: line.row.state_name, hidden=True),
)  # fmt: skip


class BranchesPage(RecordsPage):
    """Places: `branches/branch:<id>`, `term:<id>` and other parts (their branch), `new`, `new:<organisation>`."""

    title = noun = "党组织"
    topics = frozenset({"branch", "post", "term", "membership", "joint_unit", "party_group", "meeting", "person"})
    place, kind, measure = "branches", "branch", "个"
    placeholder, new_verb = "名称 / 拼音 / 书记", "新增党组织"
    belongs = "这里是党委、党总支和党支部：隶属关系、班子、届次和覆盖的单位。"
    columns, views = COLUMNS, tuple(VIEWS.items())

    def build(self) -> None:
        """Make the list; nothing has been read yet."""
        self._progress: dict[bytes, tuple[int, int]] = {}
        super().build()
        self.leaders = Leaders(self)

    def make_chips(self) -> list[FilterChip[Any]]:
        """Filter by kind."""
        self.of_kind = FilterChip[str]("类别", choices("branch_kind"))
        return [self.of_kind]

    def wrap(self, card: QWidget) -> QWidget:
        """Put the tree beside the list."""
        self.tree = BranchTree(can_order=self.writes)
        self.tree.picked.connect(lambda _key: self.read_list())
        self.tree.ordered.connect(self.reorder)
        self.beside = Beside(self.tree, card)
        return self.beside

    def drawer_moved(self) -> None:
        """Give the list the tree's room while the drawer lies over it."""
        over = self.window().width() < theme().px(PUSH)
        self.beside.set_covered(on=over and self.host.drawer.isVisible())

    def bar_deeds(self) -> list[QWidget]:
        """Give what may be done with marked branches."""
        return [link("导出", self.export_chosen, tip="把选中的存成 Excel 表")]

    def menu_deeds(self, keys: list[bytes]) -> list[MenuDeed]:
        """Give what may be done with rows from their menu."""
        found: list[MenuDeed] = []
        if self.context.session.role in WRITERS:
            found.append(("记录会议", lambda: self.record(keys[0])))
        if self.writes:
            found += [
                ("编辑", lambda: self.edit(keys[0])), ("新增下级党组织…", lambda: self.add_below(keys[0])),
                ("移到回收站", lambda: self.remove(keys)),
            ]  # fmt: skip
        return found

    def reading(self) -> Callable[[Session], Listed]:
        """Read the tree, and the list as it is filtered now."""
        view, text, kind = self.tabs.key(), self.filters.text(), self.of_kind.value()
        top, progress = None if self.tree.is_all() else self.tree.chosen(), dict(self._progress)

        def read(session: Session) -> Listed:
            rows = branch_lists.list_branches(session)
            lines = [BranchLine(row, progress.get(row.id), session.today) for row in rows]
            low = below(rows, top)
            shown = [
                line for line in lines
                if line.id in low and in_view(line, view) and (kind is None or line.row.kind == kind)
                and matches(text, line.row.name, line.row.short_name or "", line.row.secretary or "", line.row.code)
            ]  # fmt: skip
            counts = {key: sum(line.id in low and in_view(line, key) for line in lines) for key in VIEWS}
            return Listed(shown, counts, {"tree": rows})

        return read

    def take(self, listed: Listed) -> None:
        """Show the tree."""
        self.tree.set_rows(listed.more["tree"])

    def on_overview(self, found: Overview) -> None:
        """Show how far each branch is this quarter."""
        if found.progress != self._progress:
            self._progress = found.progress
            self.read_list()

    def sheet_reading(self, key: bytes) -> Callable[[Session], BranchSheet]:
        """Read one branch."""
        return lambda session: branch_sheets.sheet(session, branch=key)

    def fill_drawer(self, sheet: BranchSheet) -> None:
        """Show one branch."""
        key, drawer, navigate = sheet.row.id, self.host.drawer, self.context.navigate
        found = self.overview.of("branch", key) if self.overview is not None else ()
        doing = self._doing(sheet)
        drawer.show_record(sheet.row.name, branches_drawer.tags(sheet))
        drawer.set_tabs([
            ("basic", "基本", branches_drawer.basic(sheet, found, navigate)),
            ("leaders", "班子", branches_drawer.leaders(sheet, doing, navigate)),
            ("units", "单位", branches_drawer.units(sheet, doing, navigate)),
            ("life", "会议", branches_drawer.life(sheet, self._progress.get(key), doing, navigate)),
            ("files", "附件", lambda: Attached(self.context, "branch", key)),
            ("history", "变更", lambda: History(self.context, "branch", key)),
        ])  # fmt: skip
        self._put_deeds(sheet)

    def _put_deeds(self, sheet: BranchSheet) -> None:
        key = sheet.row.id
        first: list[ButtonDeed] = []
        more: list[MenuDeed] = []
        if self.writes:
            first.append(("编辑", "edit", lambda: self.edit(key)))
            more = [
                ("登记任职…", lambda: self.leaders.post(sheet, None)),
                ("登记届次…", lambda: self.leaders.term(sheet, None)),
                ("新增党小组…", lambda: self.leaders.group(sheet, None)),
                ("新增下级党组织…", lambda: self.add_below(key)),
                ("移到回收站", lambda: self.remove([key])),
            ]
        if self.context.session.role in WRITERS:
            first.append(("记录会议", "clipboard_task", lambda: self.record(key)))
        self.deeds(first, more)

    def _doing(self, sheet: BranchSheet) -> Doing:
        record = (lambda: self.record(sheet.row.id)) if self.context.session.role in WRITERS else None
        if not self.writes:
            return Doing(record=record)
        made = self.leaders
        return Doing(
            post=lambda row: made.post(sheet, row), end_post=lambda row: made.end_post(sheet, row),
            term=lambda row: made.term(sheet, row), group=lambda row: made.group(sheet, row),
            drop_group=made.drop_group, units=lambda: self.edit(sheet.row.id), record=record,
        )  # fmt: skip

    def record(self, key: bytes) -> None:
        """Record a meeting of a branch."""
        self.context.navigate.go("meetings", "new", key.hex())

    def edit(self, key: bytes | None) -> None:
        """Open the form of a branch; a new one stands below the one that is chosen in the tree."""
        above = self.tree.chosen() if key is None else None
        self._open_form(lambda session: branch.opening(session, key=key, parent=above))

    def add_below(self, key: bytes) -> None:
        """Open the form of a new branch below another."""
        self._open_form(lambda session: branch.opening(session, parent=key))

    def _open_form(self, read: Callable[[Session], branch.Opening]) -> None:
        self.context.tasks.run_query(
            self, read, lambda opened: self.show_form(BranchDialog(self.context, self.window(), opened), own=True)
        )

    def open_record(self, kind: str, key: str) -> None:
        """Show a branch, or the form of one that covers an organisation."""
        if kind == "new" and key and self.writes:
            covers = bytes.fromhex(key)
            self._open_form(lambda session: branch.opening(session, covers=covers))
        else:
            super().open_record(kind, key)

    def narrowed(self) -> bool:
        """Tell whether anything hides rows, a choice in the tree too."""
        return super().narrowed() or not self.tree.is_all()

    def say_empty(self, hidden: int) -> None:
        """Say that only a part of the tree is looked at, where that part has nothing to list."""
        view = self.tabs.key()
        if self.tree.is_all() or hidden or view == "all":
            super().say_empty(hidden)
        else:
            why = f"“{self.tree.name()}”和它的下级里，没有“{VIEWS[view]}”的党组织。"
            self.table.set_empty(why, "要看全部，请在左边选最上面一行。")

    def widen(self) -> None:
        """Show the whole tree in the list."""
        self.tree.choose(None)

    def reorder(self, keys: list[bytes]) -> None:
        """Put the branches of one level into another order."""
        self.context.tasks.run_change(self, lambda session: branches.reorder(session, ids=keys))

    def remove(self, keys: list[bytes]) -> None:
        """Put branches into the recycle bin; one that holds members, meetings or branches stays, and says so."""
        chosen = tuple(keys)
        if chosen:
            self.context.tasks.run_change(
                self, lambda session: branches.remove_many(session, ids=chosen, reason="移到回收站"),
                lambda _changes: self._removed(chosen), title="移到回收站",
            )  # fmt: skip

    def _removed(self, keys: tuple[bytes, ...]) -> None:
        if self.shown in keys:
            self.host.close_drawer()


def below(rows: Sequence[BranchRow], top: bytes | None) -> frozenset[bytes]:
    """Give the ids of a branch and of all below it; all where none is named (rows come parents first)."""
    if top is None:
        return frozenset(row.id for row in rows)
    found = {top}
    for row in rows:
        if row.parent_id in found:
            found.add(row.id)
    return frozenset(found)
