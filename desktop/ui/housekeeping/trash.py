"""回收站: what it keeps, how much lies in it, and the way in."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from desktop.core.clock import local_text
from desktop.services import trash
from desktop.services.sessions import STAFF
from desktop.services.trash import DeletedRow
from desktop.ui.dialogs.trash import TrashDialog
from desktop.ui.housekeeping.section import Section, deeds
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.flow import clear
from desktop.ui.widgets.text import plain_label

WHAT = "从各页移走的记录都在这里：不计入统计和检查，也不会自动清除，随时可以一条或多条恢复。"
WITH = "恢复一条时，当时连同它一起移走的（例如人员的组织关系和任职）也一并回来。"


def facts(rows: Sequence[DeletedRow]) -> list[tuple[str, str]]:
    """Say how much lies in the bin, by kind, and what went there last."""
    if not rows:
        return [("现在有", "没有记录")]
    kinds = Counter(row.table_name for row in rows).most_common()
    listed = "、".join(f"{name} {count:,} 条" for name, count in kinds)
    last = rows[0]
    day = f"，{local_text(last.deleted_at)}" if last.deleted_at else ""
    return [("现在有", f"{len(rows):,} 条：{listed}"), ("最近移入", f"{last.table_name}“{last.title}”{day}")]


class TrashSection(Section):
    """How much lies in the recycle bin, and one press to it."""

    def build(self) -> None:
        """Make the one card."""
        self._may = self.context.session.role in STAFF
        card = self.card("回收站", WHAT)
        self._facts = QVBoxLayout()
        card.body.addLayout(self._facts)
        self.open_button = secondary("打开回收站", "delete", self.open_bin, tip="看看里面有什么，恢复需要的")
        self.open_button.allow("" if self._may else "回收站由干事或管理员打开")
        card.body.addLayout(deeds(self.open_button))
        card.body.addWidget(plain_label(WITH, "note", wrap=True))

    def refresh(self) -> None:
        """Read what lies in the bin."""
        if self._may:
            self.context.tasks.run_query(self, trash.list_deleted, self._show, key="trash")

    def _show(self, rows: tuple[DeletedRow, ...]) -> None:
        clear(self._facts)
        self._facts.addWidget(pairs(facts(rows), width=theme().px(64)))

    def open_bin(self) -> None:
        """Show the recycle bin, and count anew when it is closed."""
        self.dialog = TrashDialog(self.context, self)
        self.dialog.finished.connect(lambda _result: self.refresh())
        self.dialog.open()
