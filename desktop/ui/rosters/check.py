"""Step 3 of the roster wizard: what the import would do, and the rows that want a look."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.services.importing import ImportResult, Parked, ReadRoster
from desktop.services.roster_doubts import Decision
from desktop.ui.context import Context
from desktop.ui.rosters.compare import CompareSheet
from desktop.ui.rosters.words import MADE_KINDS, MEASURES, NAMES, ProblemRow
from desktop.ui.widgets.buttons import quiet, secondary
from desktop.ui.widgets.cards import Card, NumberCard
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.tabs import Tabs
from desktop.ui.widgets.text import Tag

PARKED, MADE, WARNED = "todo", "made", "warned"
REFUSED, DOUBTFUL, REMARK, BLANK, LEFT_OUT = "需改", "确认", "提醒", "待完善", "已跳过"
TAGS: dict[str, Tag] = {REFUSED: "err", DOUBTFUL: "warn", REMARK: "neutral", BLANK: "info", LEFT_OUT: "neutral"}
NOTES = {
    "members": ("名册里有、系统里没有", "已登记，内容有变化", "与系统里一样", "姓名相近，缺少凭据"),
    "organisations": ("台账里有、系统里没有", "已登记，内容有变化", "与系统里一样", "名称相近，不能断定"),
    "branches": ("名册里有、系统里没有", "已登记，内容有变化", "与系统里一样", "名称相近，不能断定"),
}


def columns(kind: str) -> tuple[Column, ...]:
    """Give the columns of the list of problems."""
    return (
        Column("row", "行", 60, align="right", text=lambda row: str(row.row or ""), sort=lambda row: row.row),
        Column("name", NAMES[kind], 140, bold=True),
        Column("level", "类别", 76, tag=lambda row: TAGS[row.level]),
        Column("problem", "问题", 320, tip=lambda row: row.problem, stretch=True),
        Column("advice", "建议", 280, tip=lambda row: row.advice),
    )


def problems(
    roster: ReadRoster, result: ImportResult, decisions: Mapping[int, Decision] = MappingProxyType({})
) -> dict[str, list[ProblemRow]]:
    """Give the rows to handle, the records that were made in passing, and the remarks on rows that come in.

    A row to handle tells all its faults at once; one that was left out stays in its place, struck.
    """
    names = {row.number: row.raw.get("name") or str(row.values.get("name", "")) for row in roster.rows}
    refused = {row.number for row in roster.rows if row.refusals}
    by_row: dict[int, list[Parked]] = {}
    for each in result.rows:
        by_row.setdefault(each.row, []).append(each)
    todo = [
        _to_handle(faults, names.get(number, ""), REFUSED if number in refused else DOUBTFUL)
        for number, faults in by_row.items()
    ]
    todo += [_left_out(number, names.get(number, "")) for number, one in decisions.items() if one.verdict == "skip"]
    todo.sort(key=lambda row: row.row)
    made = [
        ProblemRow((0, one.kind, one.name), 0, one.name, BLANK, MADE_KINDS.get(one.kind, ""),
                   f"系统里没有这个{MADE_KINDS.get(one.kind, '名称')}，会新建一个", "导入后补全它的资料。")
        for one in result.created
    ]  # fmt: skip
    warned = [
        ProblemRow((row.row, row.column, row.why), row.row, names.get(row.row, ""), REMARK, row.column,
                   _problem(row.column, row.text, row.why), "照常导入；请核对这一格。")
        for row in result.warned
    ]  # fmt: skip
    return {PARKED: todo, MADE: made, WARNED: warned}


def _to_handle(faults: Sequence[Parked], name: str, level: str) -> ProblemRow:
    """Put all faults of one row into one line."""
    first = faults[0]
    said = "；".join(_problem(fault.column, fault.text, fault.why) for fault in faults)
    headings, advice = (dict.fromkeys(words) for words in zip(*((one.column, one.do) for one in faults), strict=True))
    return ProblemRow(
        (first.row, first.column, first.why), first.row, name, level, "、".join(headings), said, "".join(advice),
        first.like,
    )  # fmt: skip


def _left_out(number: int, name: str) -> ProblemRow:
    return ProblemRow(
        (number, "", LEFT_OUT), number, name, LEFT_OUT, "", "跳过，不导入", "要导入就点“收回”。", struck=True
    )


def _problem(column: str, text: str, why: str) -> str:
    shown = f"{column}“{text}”：" if text and text not in why else f"{column}："
    return f"{shown}{why}".rstrip("。")


class CheckStep(QWidget):
    """`export_wanted()` asks to write the list of problems as a workbook.

    `decided(row, Decision)` tells what somebody said about a row to handle, `undecided()` takes all of that back,
    `restored(row)` what was said about one.
    """

    export_wanted = Signal()
    decided = Signal(int, object)
    undecided = Signal()
    restored = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: dict[str, list[ProblemRow]] = {PARKED: [], MADE: [], WARNED: []}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        self._cards = QWidget()
        self._row = QHBoxLayout(self._cards)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._box.addWidget(self._cards)
        self._box.addWidget(self._build_list(), 1)
        self.numbers: dict[str, NumberCard] = {}

    def _build_list(self) -> Card:
        card = Card(padding=1, gap=0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 12, 4)
        head.setSpacing(8)
        self.tabs = Tabs([(PARKED, "需要处理的行"), (MADE, "会新建、待完善"), (WARNED, "提醒")], name="问题分类")
        self.tabs.picked.connect(lambda _key: self._fill())
        self.export_button = secondary(
            "导出问题清单", "arrow_upload", self.export_wanted.emit, tip="把这些行存成 Excel 表，交给填表的人改"
        )
        self.again_button = quiet("", "arrow_undo", self.undecided.emit, tip="收回跳过和比对的决定，重新核对")
        self.again_button.hide()
        self.compare_button = secondary("比对", then=self.compare, tip="与相近的记录并排看，定下是不是同一人")
        self.skip_button = secondary("跳过", then=self.skip, tip="这一行不导入")
        head.addWidget(self.tabs, 1)
        for button in (self.again_button, self.compare_button, self.skip_button, self.export_button):
            head.addWidget(button)
        card.body.addLayout(head)
        self._place = QVBoxLayout()
        self.table: Table | None = None
        card.body.addLayout(self._place, 1)
        return card

    def show_result(
        self, roster: ReadRoster, result: ImportResult, decisions: Mapping[int, Decision] = MappingProxyType({})
    ) -> None:
        """Show the counts and the rows of one preview, with what somebody decided about rows."""
        self.again_button.set_text(f"收回全部 {len(decisions):,} 行的决定")
        self.again_button.setVisible(bool(decisions))
        self._show_counts(roster.kind, result)
        if self.table is not None:
            self.table.setParent(None)
            self.table.deleteLater()
        self.table = Table(columns(roster.kind), name="问题清单", checks=False)
        self.table.current_changed.connect(lambda _row: self._offer())
        self.table.opened.connect(lambda _row: self.compare())
        self.table.set_menu(self._menu)
        self._place.addWidget(self.table, 1)
        self._rows = problems(roster, result, decisions)
        for key, rows in self._rows.items():
            self.tabs.set_count(key, sum(not row.struck for row in rows))
        self.tabs.set_key(next((key for key, rows in self._rows.items() if rows), PARKED))
        self.export_button.allow("" if self.rows() else "没有问题要导出")
        self._fill()

    def _show_counts(self, kind: str, result: ImportResult) -> None:
        measure, notes = MEASURES[kind], NOTES[kind]
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        shown: tuple[tuple[str, str, int, str, str, Tag], ...] = (
            ("new", "新增", result.new, notes[0], "", "ok"),
            ("changed", "更新", result.changed, notes[1], "", "info"),
            ("same", "相同", result.same, notes[2], "", "neutral"),
            ("doubtful", "疑似重复", result.doubtful, notes[3], "需确认", "warn"),
            ("refused", "不能导入", result.refused, "有的格读不出来", "需修改", "err"),
        )
        self.numbers = {}
        for key, name, count, note, tag, kind_of_tag in shown:
            card = NumberCard(name, measure)
            card.show_number(f"{count:,}", note if count else "没有", tag=tag if count else "", kind=kind_of_tag)
            self.numbers[key] = card
            self._row.addWidget(card, 1)

    def _fill(self) -> None:
        key = self.tabs.key()
        if self.table is None:
            return
        why = {PARKED: "没有需要处理的行。", MADE: "没有要新建的组织。", WARNED: "没有提醒。"}[key]
        self.table.set_empty(why, "可以直接导入。" if key == PARKED else "")
        self.table.set_rows(self._rows[key])
        if key == PARKED and self._rows[key]:
            self.table.select(next((row.id for row in self._rows[key] if not row.struck), self._rows[key][0].id))
        self._offer()

    def _parked(self) -> ProblemRow | None:
        """Give the row to handle that one is on."""
        row = self.table.current() if self.table is not None and self.tabs.key() == PARKED else None
        return row if isinstance(row, ProblemRow) else None

    def _offer(self) -> None:
        row = self._parked()
        struck = row is not None and row.struck
        self.skip_button.set_text("收回" if struck else "跳过")
        self.skip_button.set_hint("这一行照常核对和导入" if struck else "这一行不导入")
        why = "先在“需要处理的行”里选一行"
        self.skip_button.allow("" if row is not None else why)
        alone = why if row is None else "" if row.like else "这一行没有相近的记录"
        self.compare_button.allow(alone)

    def _menu(self, menu: QMenu, _rows: list[object]) -> None:
        for button, deed in ((self.compare_button, self.compare), (self.skip_button, self.skip)):
            if button.isEnabled():
                menu.addAction(button.text(), deed)

    def skip(self) -> None:
        """Leave the row out, or take that back."""
        row = self._parked()
        if row is not None and row.struck:
            self.restored.emit(row.row)
        elif row is not None:
            self.decided.emit(row.row, Decision("skip"))

    def compare(self) -> None:
        """Look at the row beside the persons that it may be."""
        row = self._parked()
        if row is None or not row.like:
            return
        number = row.row
        self.sheet = CompareSheet(self, number, f"{row.problem}。", row.like)
        self.sheet.decided.connect(lambda decision: self.decided.emit(number, decision))
        self.sheet.open()

    def rows(self) -> list[ProblemRow]:
        """Give every row that is still a problem, for the workbook."""
        return [row for rows in self._rows.values() for row in rows if not row.struck]
