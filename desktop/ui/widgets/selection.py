"""The bar under a list while rows are marked: `已选 3 份 · 打印 · 归档 · 移到回收站`; a hint where none are."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.widgets.text import elided_label, plain_label


class SelectionBar(QFrame):
    """`SelectionBar("份", [link("打印", …)], hint="Ctrl+P 打印")`; `show_count(3)` shows how many are marked."""

    def __init__(self, measure: str, deeds: Sequence[QWidget], *, hint: str = "") -> None:
        super().__init__()
        self._measure, self._deeds = measure, tuple(deeds)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(12)
        self.count = plain_label("", "strong")
        row.addWidget(self.count)
        for deed in self._deeds:
            row.addWidget(deed)
        self._hint = elided_label(hint, "note")
        row.addWidget(self._hint, 1)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many rows are marked, and what may be done with them."""
        self.count.setText(f"已选 {count:,} {self._measure}" if count else "")
        self.count.setVisible(bool(count))
        for deed in self._deeds:
            deed.setVisible(bool(count) and deed.isEnabled())
        if self.parentWidget() is not None:  # alone it would be a window
            self.setVisible(bool(count) or bool(self._hint.text()))
