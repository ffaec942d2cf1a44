"""回收站: what was deleted, when, by whom and why; one or many come back with what went with them."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.services import trash
from desktop.services.ledgers.catalogue import LEDGERS
from desktop.services.trash import DeletedRow
from desktop.ui.context import Context
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label

TOPICS = (
    "organisation", "branch", "person", "place", "office", "party_group", "term", "post", "membership", "management",
    "instructor", "joint_unit", "meeting", "attachment", *LEDGERS,
)  # fmt: skip


def when(row: DeletedRow) -> str:
    """Write the day of a deletion."""
    return (row.deleted_at or "")[:10]


COLUMNS = (
    Column("table_name", "类别", 112),
    Column("title", "名称", 240, bold=True, stretch=True, tip=lambda row: row.title),
    Column("with_it", "一并", 96, text=lambda row: f"连同 {row.with_it} 项" if row.with_it else ""),
    Column("reason", "原因", 140),
    Column("deleted_at", "删除日期", 104, text=when),
    Column("account", "账号", 80, text=lambda row: row.account or ""),
)


class TrashDialog(QDialog):
    """The recycle bin as a sheet; rows are restored by one deed with 撤销."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle("回收站")
        self.setProperty("sheet", "true")
        self.finished.connect(self.deleteLater)
        self.table = Table(COLUMNS, name="回收站", settings=context.settings, page="trash")
        self.table.set_empty("回收站是空的。", "从各页移到回收站的记录会列在这里。")
        self.table.opened.connect(lambda _row: self.restore())
        self.table.checked_changed.connect(self._count)
        self.table.current_changed.connect(lambda _row: self._count())
        card = Card(padding=1, gap=0)
        card.body.addWidget(self.table)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(12)
        box.addWidget(plain_label("回收站", "title"))
        box.addWidget(plain_label("移到这里的记录不再计入统计和检查，随时可以恢复。", "label"))
        box.addWidget(card, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.said = plain_label("", "error", wrap=True)
        self.restore_button = primary("恢复", "arrow_undo", self.restore, tip="恢复选中的记录")
        foot.addWidget(self.said, 1)
        foot.addWidget(secondary("关闭", then=self.accept, tip="关闭", shortcut="Esc"))
        foot.addWidget(self.restore_button)
        box.addLayout(foot)
        context.topics.subscribe(self, TOPICS, self.refresh)
        self.resize(theme().px(880), theme().px(560))

    def showEvent(self, event: QShowEvent) -> None:
        """Read what lies there."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read what lies there again."""
        self._context.tasks.run_query(self, trash.list_deleted, self._show, key="list")

    def _show(self, rows: Sequence[DeletedRow]) -> None:
        self.table.set_rows(rows)
        self._count()

    def chosen(self) -> list[DeletedRow]:
        """Give the marked rows, or the one the person is on."""
        return [row for row in self.table.chosen() if isinstance(row, DeletedRow)]

    def _count(self, _count: int = 0) -> None:
        rows = self.chosen()
        self.restore_button.set_text(f"恢复 {len(rows)} 条" if rows else "恢复")
        self.restore_button.setEnabled(bool(rows))

    def restore(self) -> None:
        """Bring the chosen records back in one step."""
        wanted = tuple((row.table, row.id) for row in self.chosen())
        self.said.setText("")
        if wanted:
            self._context.tasks.run_change(
                self, lambda session: trash.restore_many(session, records_=wanted), failed=self._refused,
                title="恢复记录",
            )  # fmt: skip

    def _refused(self, error: UserError) -> None:
        self.said.setText(str(error))
