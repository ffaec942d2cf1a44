"""操作记录: what was done in this workspace, newest first, each with its way back."""

from PySide6.QtWidgets import QHBoxLayout

from desktop.core.clock import local_text
from desktop.services import undoing
from desktop.services.sessions import WRITERS
from desktop.services.undoing import UnitRow
from desktop.ui.housekeeping.section import Section
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label

KINDS = {"user": "手工", "import": "导入", "package": "数据包", "outside": "程序以外", "undo": "撤销"}
MOST = 500
COLUMNS = (
    Column("made_at", "时间", 150, text=lambda row: local_text(row.made_at)),
    Column("account", "账号", 90, text=lambda row: row.account or ""),
    Column("kind", "来源", 90, text=lambda row: KINDS.get(row.kind, row.kind)),
    Column("label", "操作", 420, stretch=True, bold=True),
    Column("rows", "改动", 80, align="right", text=lambda row: f"{row.rows:,} 处", sort=lambda row: row.rows),
    Column("undone", "状态", 90, text=lambda row: "已撤销" if row.undone else "",
           tag=lambda row: "neutral" if row.undone else None),
)  # fmt: skip


class LogSection(Section):
    """The newest 500 units."""

    wide = True

    def build(self) -> None:
        """Make the list."""
        card = Card(padding=1, gap=0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(plain_label("操作记录", "section"))
        own = self.context.session.scope is not None
        self.extent = plain_label(f"本账号最近 {MOST} 项" if own else f"最近 {MOST} 项", "note")
        head.addWidget(self.extent)
        head.addStretch(1)
        self.undo_button = secondary("撤销这一项", "arrow_undo", self.undo, tip="退回选中的操作；后来又改过的地方不动")
        self.undo_button.setVisible(self.context.session.role in WRITERS)
        head.addWidget(self.undo_button)
        card.body.addLayout(head)
        self.table = Table(COLUMNS, name="操作记录", settings=self.context.settings, page="log", checks=False)
        self.table.set_empty("还没有操作记录。")
        self.table.current_changed.connect(self._current)
        card.body.addWidget(self.table, 1)
        self.box.addWidget(card, 1)
        self._current(None)

    def refresh(self) -> None:
        """Read the units again."""
        self.context.tasks.run_query(
            self, lambda session: undoing.list_units(session, limit=MOST), self.table.set_rows, key="log"
        )

    def _current(self, row: object) -> None:
        chosen = row if isinstance(row, UnitRow) else None
        self.undo_button.allow("先在下面选一项操作" if chosen is None else "这一项已经撤销过" if chosen.undone else "")

    def undo(self) -> None:
        """Take the chosen unit back."""
        row = self.table.current()
        if isinstance(row, UnitRow):
            number = row.number
            self.context.tasks.run_change(
                self, lambda session: undoing.undo_unit(session, number=number), lambda _done: self.refresh(),
                failed=self.refused, title="撤销",
            )  # fmt: skip
