"""The line over the list: search, filters as chips, what clears them, and the columns."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.ui.meetings import figures
from desktop.ui.meetings.listing import Filter
from desktop.ui.meetings.loading import Choices
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import link, menu_button
from desktop.ui.widgets.chips import ALL, FilterChip
from desktop.ui.widgets.editors import LineEdit

SOON_MS = 150
WIDEST = 220


class Toolbar(QWidget):
    """`filtered()` fires a moment after the person typed or picked; `wanted(view)` gives the filter."""

    filtered = Signal()

    def __init__(self, columns: QMenu) -> None:
        super().__init__()
        self.search = LineEdit()
        self.search.setPlaceholderText("议题 / 支部 / 日期")
        self.search.setAccessibleName("搜索会议记录")
        self.search.setClearButtonEnabled(True)
        self.search.put_icon("search", "text3", leading=True)
        self.branch = FilterChip[bytes]("支部")
        self.kind = FilterChip[str]("类型", figures.KIND_CHOICES)
        self.year = FilterChip[int]("年份")
        self.clear_button = link("清除筛选", self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for one in (self.branch, self.kind, self.year, self.clear_button):
            row.addWidget(one)
        row.addStretch(1)
        self.columns = menu_button("", "column_triple", columns, tip="列设置")
        row.addWidget(self.columns)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.filtered)
        self.search.typed.connect(lambda _text: self._soon.start())
        for chip in (self.branch, self.kind, self.year):
            chip.picked.connect(self._picked)
        theme().changed.connect(self._fit)
        self._fit()
        self._show_clear()

    def wanted(self, view: str) -> Filter:
        """Give what the list shows."""
        return replace(
            Filter(view), branch=self.branch.value(), kind=self.kind.value(), year=self.year.value(),
            text=self.search.typed_text().strip(),
        )  # fmt: skip

    def set_choices(self, branches: Choices, years: tuple[int, ...]) -> None:
        """Offer branches and years."""
        self.branch.set_choices(branches)
        self.year.set_choices([(year, f"{year} 年") for year in years])

    def show_one_year(self, running: int | None) -> None:
        """Say which year is shown where none is chosen: the running one of a view of one year, else all of them."""
        self.year.set_all(f"{running} 年（今年）" if running else ALL)

    def clear(self) -> None:
        """Filter by nothing."""
        self.search.clear()
        for chip in (self.branch, self.kind, self.year):
            chip.blockSignals(True)
            chip.set_value(None)
            chip.blockSignals(False)
        self._picked()

    def words(self) -> str:
        """Say what is filtered by: `支部：柳溪、类型：党课`."""
        chips = (self.branch, self.kind, self.year)
        said = [chip.text().strip() for chip in chips if chip.value() is not None]
        text = self.search.typed_text().strip()
        return "、".join([*said, *([f"搜索“{text}”"] if text else [])])

    def _picked(self) -> None:
        self._show_clear()
        self.filtered.emit()

    def _show_clear(self) -> None:
        self.clear_button.setVisible(any(chip.value() is not None for chip in (self.branch, self.kind, self.year)))

    def _fit(self) -> None:
        self.search.setMaximumWidth(theme().px(WIDEST))
