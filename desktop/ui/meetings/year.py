"""The year at a glance: one row a branch, one column a month, marks for the kinds that were held."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.meeting_lists import KINDS, YearRow, kinds_short
from desktop.ui.meetings.year_cells import MARKS, MonthDelegate
from desktop.ui.settings import Settings
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label

LEGEND = (
    "大：党员大会　委：支委会　组：党小组会　课：党课　日：主题党日　粗体：不止一次，"
    "停在格上看次数，或按类型筛选"
)
LEGEND_OF_ONE = "数字是这个月的次数，空格是没有记录"


def month_words(row: YearRow, month: int, kind: str | None) -> str:
    """Say what a branch held in a month (from 1): `大委2日`, or the count of one kind."""
    counts = dict(zip(KINDS, row.months[month - 1], strict=True))
    if kind is not None:
        return str(counts[kind] or "")
    return "".join(f"{MARKS[one]}{count if count > 1 else ''}" for one, count in counts.items() if count)


def _month(row: YearRow, *, month: int, kind: str | None) -> str:
    return month_words(row, month, kind)


def _tip(row: YearRow, *, month: int) -> str:
    counts = zip(KINDS, row.months[month - 1], strict=True)
    return "\n".join(f"{kinds_short((kind,))} {count} 次" for kind, count in counts if count)


def total(row: YearRow, kind: str | None) -> int:
    """Count what a branch held over the year."""
    return row.total(kind) if kind is not None else sum(sum(month) for month in row.months)


def columns(kind: str | None) -> tuple[Column, ...]:
    """Give the columns of the matrix for one kind, or for all."""
    months = tuple(
        Column(
            f"m{month}", f"{month}月", 70, least=58, align="center", text=partial(_month, month=month, kind=kind),
            tip=partial(_tip, month=month),
        )
        for month in range(1, 13)
    )  # fmt: skip
    return (
        Column("branch", "支部", 200, bold=True, pinyin=True, tip=lambda row: row.branch, least=144, stretch=True),
        *months,
        Column(
            "total", "合计", 56, least=52, align="right", text=lambda row: str(total(row, kind)),
            sort=lambda row: total(row, kind),
        ),
    )  # fmt: skip


class YearView(QWidget):
    """The matrix; `opened(branch)` fires when a row is opened."""

    opened = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._kind = ""
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.table = self._make(None)
        self._box.addWidget(self.table, 1)
        self.legend = plain_label(LEGEND, "note", wrap=True)
        self.legend.setContentsMargins(16, 8, 16, 8)
        self._box.addWidget(self.legend)

    def _make(self, kind: str | None) -> Table:
        table = Table(columns(kind), name="全年一览", settings=self._settings, checks=False)
        if kind is None:
            table.view.setItemDelegate(MonthDelegate(table.view))
        table.opened.connect(lambda row: self.opened.emit(row.branch_id))
        table.set_empty("这一年还没有会议记录。", "换一个年份，或先记录会议。")
        return table

    def show_rows(self, rows: Sequence[YearRow], kind: str | None) -> None:
        """Show a year, of one kind or of all."""
        if (kind or "") != self._kind:
            self._kind = kind or ""
            old, self.table = self.table, self._make(kind)
            self._box.replaceWidget(old, self.table)
            old.deleteLater()
            self.legend.setText(LEGEND_OF_ONE if kind else LEGEND)
        self.table.set_rows(rows)
