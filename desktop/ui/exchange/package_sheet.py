"""Shows what a package would do before it is merged: who sent it, and table by table what changes."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

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
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import CheckBox, primary, secondary
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label

SAVED = "合并前会自动备份，合并后可在往来记录里撤销。冲突保留较新的一份，另一份留痕。"


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
    """`merged` is set once the package was merged; each question wants its own tick first."""

    def __init__(self, context: Context, file: Path, seen: Applied, sender: str, parent: QWidget | None) -> None:
        super().__init__(parent, f"{sender} 第 {seen.number} 号数据包", SAVED, width=760)
        self._context, self._file = context, file
        self.merged: Merged | None = None
        self.body.addWidget(pairs([
            ("发件单位", unit_text(sender, seen.sender)), ("写出时间", when(seen.created)), ("文件", file.name),
        ], width=theme().px(64)))  # fmt: skip
        self.table = Table(COLUMNS, name="数据包内容", checks=False)
        self.table.set_rows(table_rows(seen))
        self.table.setMinimumHeight(theme().px(180))
        self.body.addWidget(self.table, 1)
        self.aside = [plain_label(text, "note", wrap=True) for text in aside.sentences(seen.aside)]
        for label in self.aside:
            self.body.addWidget(label)
        self.questions = [CheckBox(text) for text in seen.questions]
        for box in self.questions:
            box.setText(f"{box.text()} 已核实，继续合并")
            box.toggled.connect(self._may)
            self.body.addWidget(box)
        self.leave_button = self.add_button(secondary("先不合并", then=self.reject))
        self.merge_button = self.add_button(primary("合并", then=self.merge))
        self._may()
        self.merge_button.setDefault(True)
        self.merge_button.setFocus()

    def _may(self) -> None:
        self.merge_button.setEnabled(all(box.isChecked() for box in self.questions))

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
        task = self._context.tasks.run_change(
            self, work, self._merged, failed=self._refused, title="合并数据包", silent=True, progress=progress
        )
        self._context.tasks.ended.connect(lambda ended: self._again() if ended is task else None)

    def _again(self) -> None:
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
