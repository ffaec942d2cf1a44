"""The line over a list of records: search, filter chips, what clears them, and the columns."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import link, menu_button
from desktop.ui.widgets.chips import FilterChip
from desktop.ui.widgets.editors import LineEdit

SOON_MS = 150


class Filters(QWidget):
    """`filtered()` fires a moment after the person typed or picked; `text()` gives what is typed, pinyin too."""

    filtered = Signal()

    def __init__(self, placeholder: str, chips: Sequence[FilterChip[Any]], columns: QMenu) -> None:
        super().__init__()
        self.chips = tuple(chips)
        self.search = LineEdit()
        self.search.setPlaceholderText(placeholder)
        self.search.setAccessibleName(f"搜索：{placeholder}")
        self.search.setClearButtonEnabled(True)
        self.search.put_icon("search", "text3", leading=True)
        self.search.setMaximumWidth(theme().px(240))
        self.clear_button = link("清除筛选", self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self.search, 1)
        for one in (*self.chips, self.clear_button):
            row.addWidget(one)
        row.addStretch(0)
        row.addWidget(menu_button("", "column_triple", columns, tip="列设置"))
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.filtered)
        self.search.typed.connect(lambda _text: self._soon.start())
        for chip in self.chips:
            chip.picked.connect(self._picked)
        theme().changed.connect(self._scale)
        self._show_clear()

    def text(self) -> str:
        """Give what is typed, what an input method still holds with it."""
        return self.search.typed_text().strip()

    def words(self) -> str:
        """Say what is filtered by: `支部：柳溪、搜索“wjg”`, or nothing."""
        said = [chip.text().strip() for chip in self.chips if chip.value() is not None]
        return "、".join([*said, *([f"搜索“{self.text()}”"] if self.text() else [])])

    def clear(self) -> None:
        """Filter by nothing."""
        self.search.clear()
        for chip in self.chips:
            chip.blockSignals(True)
            chip.set_value(None)
            chip.blockSignals(False)
        self._picked()

    def _picked(self) -> None:
        self._show_clear()
        self.filtered.emit()

    def _show_clear(self) -> None:
        self.clear_button.setVisible(any(chip.value() is not None for chip in self.chips))

    def _scale(self) -> None:
        self.search.setMaximumWidth(theme().px(240))
