"""The lists below the cards of 数据交换: what went out and came in, the conflicts, and what stays outside."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget

from desktop.core.clock import local_text
from desktop.services.exchange.aside import AsideRow
from desktop.services.exchange.conflicts import ConflictRow, Writer
from desktop.services.exchange.partners import HistoryRow
from desktop.ui.context import Context
from desktop.ui.exchange import words
from desktop.ui.exchange.words import PackageRow
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.tabs import Tabs

HISTORY, CONFLICTS, ASIDE = "history", "conflicts", "aside"
TABS = ((HISTORY, "往来记录"), (CONFLICTS, "冲突"), (ASIDE, "隔离"))
HISTORY_COLUMNS = (
    Column("made_at", "时间", 150, text=lambda row: local_text(row.made_at)),
    Column("way", "方向", 70),
    Column("name", "对方", 220, pinyin=True),
    Column("number", "编号", 64, align="right"),
    Column("content", "内容", 380, stretch=True),
    Column("state", "状态", 96, tag=lambda row: "neutral" if row.undone else None),
)


def lost_text(row: ConflictRow) -> str:
    """Say which values lost."""
    return "；".join(clash.lost for clash in row.clashes)


def standing_text(row: ConflictRow) -> str:
    """Say which values stand."""
    return "；".join(clash.standing for clash in row.clashes)


def columns_text(row: ConflictRow) -> str:
    """Name the columns that clashed."""
    return "、".join(clash.name for clash in row.clashes)


def writer_text(writer: Writer | None) -> str:
    """Say who wrote a value, and when."""
    return f"{writer.name or '不明单位'} {local_text(writer.at)}" if writer else ""


def conflict_tip(row: ConflictRow) -> str:
    """Say the whole conflict, a line a column."""
    lines = [f"{clash.name}：没有采用“{clash.lost}”，现在是“{clash.standing}”" for clash in row.clashes]
    return "\n".join([row.kind, *lines])


CONFLICT_COLUMNS = (
    Column("table_name", "类别", 80),
    Column("title", "记录", 130, pinyin=True, bold=True, tip=conflict_tip),
    Column("columns", "栏目", 100, text=columns_text, tip=conflict_tip),
    Column("lost", "没有采用的", 150, text=lost_text, tip=conflict_tip, stretch=True),
    Column("lost_by", "谁写的", 230, text=lambda row: writer_text(row.lost_by)),
    Column("standing", "现在的内容", 150, text=standing_text, tip=conflict_tip),
    Column("kept_by", "谁写的", 230, text=lambda row: writer_text(row.kept_by)),
    Column("kind", "怎么撞上的", 160, hidden=True),
)
ASIDE_COLUMNS = (
    Column("table_name", "类别", 84),
    Column("title", "记录", 170, pinyin=True, bold=True, text=lambda row: row.title or "读不出名称"),
    Column("why", "原因", 180),
    Column("remedy", "怎么办", 370, tip=lambda row: row.remedy, stretch=True),
    Column("sender", "来自", 170, text=lambda row: f"{row.sender} 第 {row.number} 号" if row.number else row.sender),
    Column("made_at", "接收时间", 140, text=lambda row: local_text(row.made_at) if row.made_at else ""),
)


class Lists(Card):
    """Three lists under tabs with their counts; `undo` is called by 撤销合并 for the package of `history` one is on."""

    def __init__(self, context: Context, undo: Callable[[], object]) -> None:
        super().__init__(padding=1, gap=0)
        self._undo = undo
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 12, 4)
        self.tabs = Tabs(TABS, name="往来、冲突和隔离")
        self.tabs.picked.connect(self._pick)
        self.undo_button = secondary("撤销合并", "arrow_undo", undo, tip="把选中的数据包合并进来的内容退回")
        head.addWidget(self.tabs, 1)
        head.addWidget(self.undo_button)
        settings = context.settings
        self.history = Table(HISTORY_COLUMNS, name="往来记录", settings=settings, page="history", checks=False)
        self.history.set_empty("还没有交换过数据包。", "登记以后，从上面导出第一份。")
        self.history.current_changed.connect(self._current)
        self.history.set_menu(self._menu)
        self.conflicts = Table(CONFLICT_COLUMNS, name="冲突", settings=settings, page="conflicts", checks=False)
        self.conflicts.set_empty("没有冲突。", "两边改了同一处时，较新的一份生效，另一份在这里留痕。")
        self.aside = Table(ASIDE_COLUMNS, name="隔离", settings=settings, page="aside", checks=False)
        self.aside.set_empty("没有隔离的记录。", "数据包里放不进来的记录会留在这里，写明原因。")
        self._stack = QStackedWidget()
        for table in (self.history, self.conflicts, self.aside):
            self._stack.addWidget(table)
        self.body.addLayout(head)
        self.body.addWidget(self._stack, 1)

    def show_lists(
        self, history: Sequence[HistoryRow], conflicts: Sequence[ConflictRow], aside: Sequence[AsideRow]
    ) -> None:
        """Fill the three lists."""
        self.history.set_rows([words.package_row(row) for row in history])
        self.conflicts.set_rows(conflicts)
        self.aside.set_rows(aside)
        for (key, _), rows in zip(TABS, (history, conflicts, aside), strict=True):
            self.tabs.set_count(key, len(rows))
        self._current(self.history.current())

    def hold(self, height: int) -> None:
        """Give way down to a height of the lists, where the page is short of room."""
        self._stack.setMinimumHeight(height)

    def go(self, key: str) -> None:
        """Show one of the lists."""
        self.tabs.set_key(key)
        self._pick(key)

    def _pick(self, key: str) -> None:
        self._stack.setCurrentIndex([one for one, _ in TABS].index(key))
        self.undo_button.setVisible(key == HISTORY)

    def _current(self, row: object) -> None:
        self.undo_button.allow(_why_not(row))

    def _menu(self, menu: QMenu, rows: list[object]) -> None:
        if self.undo_button.isEnabled() and rows:
            menu.addAction("撤销合并", self._undo)


def _why_not(row: object) -> str:
    """Say why a package cannot be taken back, or nothing."""
    if not isinstance(row, PackageRow):
        return "先在下面选一个接收的数据包"
    if row.undone:
        return "这个数据包已经撤销过"
    return "" if row.unit is not None else "它没有改动本机的记录，没有可撤销的"
