"""Shows what a package would do before it is merged: who sent it, and table by table what changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.core.changes import NOTHING
from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.services import restore_points, undoing
from desktop.services.exchange import aside, importing
from desktop.services.exchange.importing import Applied
from desktop.services.listing import KIND_NAMES
from desktop.services.org_paths import unit_text
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.exchange.words import OUTCOMES, Merged, merged_text, when
from desktop.ui.tasks import Task
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import CheckBox, primary, secondary
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.progress import WorkStrip
from desktop.ui.widgets.scroll import column, scroll
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label

SAVED = "合并前会自动备份，合并后可在往来记录里撤销。冲突保留较新的一份，另一份留痕。"


WIDTH, HEIGHT, ROOM, LEAST = 760, 560, 48, 110
MOST_TICKS = 2  # more questions than these stand in one list under one tick


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a package does to one table; the last row is the sum."""

    id: str
    name: str
    counts: dict[str, int]


def table_rows(result: Applied) -> list[TableRow]:
    """Give the tables that the package touches, the busiest first, and the sum below them."""
    counted = {name: dict(counts) for name, counts in result.tables.items()}
    for tables in result.aside.values():
        for name, count in tables.items():
            counts = counted.setdefault(name, {})
            counts["quarantined"] = counts.get("quarantined", 0) + count
    rows = [TableRow(name, KIND_NAMES.get(name) or name, counts) for name, counts in counted.items()]
    rows = [row for row in rows if any(row.counts.values())]
    rows.sort(key=lambda row: -sum(row.counts.values()))
    total = {key: getattr(result, key) for key, _ in OUTCOMES}
    return [*rows, TableRow("", "合计", total)]


def _count(key: str, title: str) -> Column:
    return Column(key, title, 64, align="right", text=lambda row: f"{row.counts[key]:,}" if row.counts.get(key) else "",
                  sort=lambda row: row.counts.get(key, 0))  # fmt: skip


COLUMNS = (Column("name", "内容", 150, bold=True, stretch=True), *(_count(key, title) for key, title in OUTCOMES))


class PackageSheet(Sheet):
    """`merged` is set once the package was merged; its questions want their ticks first.

    However much there is to say, it scrolls inside: the ticks and the buttons stay in sight.
    """

    def __init__(self, context: Context, file: Path, seen: Applied, sender: str, parent: QWidget | None) -> None:
        super().__init__(parent, f"{sender} 第 {seen.number} 号数据包", SAVED, width=WIDTH)
        self._context, self._file = context, file
        self.merged: Merged | None = None
        self._task: Task[Any] | None = None
        self.body.addWidget(pairs([
            ("发件单位", unit_text(sender, seen.sender)), ("写出时间", when(seen.created)), ("文件", file.name),
        ], width=theme().px(64)))  # fmt: skip
        self.table = Table(COLUMNS, name="数据包内容", checks=False)
        self.table.set_rows(table_rows(seen))
        self.table.setMinimumHeight(theme().px(LEAST))
        self.body.addWidget(self.table, 1)
        self._build_warnings(aside.sentences(seen.aside), seen.questions)
        self.strip = WorkStrip()
        self.strip.cancel.clicked.connect(self.cancel)
        self.body.addWidget(self.strip)
        self.leave_button = self.add_button(secondary("先不合并", then=self.reject))
        self.merge_button = self.add_button(primary("合并", then=self.merge))
        self._may()
        self.merge_button.setDefault(True)
        self.merge_button.setFocus()
        context.tasks.advanced.connect(self._advanced)
        context.tasks.ended.connect(self._ended)

    def _build_warnings(self, outside: Sequence[str], questions: Sequence[str]) -> None:
        """List what stays outside and what is asked; a question alone is its own tick."""
        self.aside = [plain_label(text, "note", wrap=True) for text in outside]
        listed = list(questions) if len(questions) > MOST_TICKS else []
        self.asked = [plain_label(f"{at}. {text}", wrap=True) for at, text in enumerate(listed, 1)]
        if self.asked or self.aside:
            content, box = column(gap=6)
            for label in (*self.asked, *self.aside):
                box.addWidget(label)
            box.addStretch(1)
            self.warnings: QScrollArea = scroll(content)
            self.warnings.setAccessibleName("合并前要看的事项")
            self.body.addWidget(self.warnings, 1)
        ticks = [f"以上 {len(listed)} 项我已看过"] if listed else [f"{text} 已核实，继续合并" for text in questions]
        self.questions = [CheckBox(text) for text in ticks]
        for tick in self.questions:
            tick.toggled.connect(self._may)
            self.body.addWidget(tick)

    def open(self) -> None:
        """Show the sheet as large as it likes to be, but inside the window that it lies over."""
        parent = self.parentWidget()
        room = parent.window().height() - theme().px(ROOM) if parent is not None else theme().px(HEIGHT)
        self.resize(theme().px(WIDTH), min(theme().px(HEIGHT), room))
        super().open()

    def _may(self) -> None:
        seen = all(box.isChecked() for box in self.questions)
        self.merge_button.allow("" if seen and self._task is None else "先看完上面的事项并打勾")

    def merge(self) -> None:
        """Back up and merge, in one go on the writer thread."""
        file, progress = self._file, Progress()

        def work(session: Session) -> Merged:
            restore_points.make(session, progress=progress)
            result = importing.apply(session, file=file, progress=progress)
            number = result.unit
            return Merged(result, undoing.changes_of(session, number=number) if number is not None else NOTHING)

        for button in (self.merge_button, self.leave_button):
            button.setEnabled(False)
        self.strip.begin("合并数据包", can_cancel=True)
        self._task = self._context.tasks.run_change(
            self, work, self._merged, failed=self._refused, title="合并数据包", silent=True, progress=progress
        )

    def cancel(self) -> None:
        """Stop the merge; nothing of it stays. Too late where it is being closed, which the strip then says."""
        if self._task is not None and self._task.progress is not None:
            self._task.progress.cancel()
            self.strip.cancel.setEnabled(False)

    def reject(self) -> None:
        """Go away; while a package is being merged, stop that first and stay."""
        if self._task is None:
            super().reject()
        else:
            self.cancel()

    def _advanced(self, task: Task[Any], done: int, total: int, text: str) -> None:
        if task is self._task:
            self.strip.advance(done, total, text)

    def _ended(self, task: Task[Any]) -> None:
        if task is self._task:
            self._task = None
            self.strip.end()
            self.leave_button.setEnabled(True)
            self._may()

    def _merged(self, merged: Merged) -> None:
        self.merged = merged
        self._context.topics.publish({"backup"})
        self._context.toast.say(f"已合并第 {merged.result.number} 号数据包：{merged_text(merged.result)}")
        self.accept()

    def _refused(self, error: UserError) -> None:
        messages.refusal(self, error)
        self.reject()
