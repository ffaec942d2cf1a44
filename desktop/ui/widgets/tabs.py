"""Tabs that are words with counts: saved views over a table, and the parts of a drawer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from desktop.ui.widgets.buttons import Button, quiet


class Tabs(QWidget):
    """`Tabs([("all", "全部"), ("probationary", "预备党员")])`; `picked(key)` fires when the person changes it.

    `set_count("probationary", 24)` shows a live count; `on_add` puts a `+` behind the tabs (save this view).
    With `look="chip"` they are the second of two rows.
    """

    picked = Signal(str)

    def __init__(
        self, tabs: Sequence[tuple[str, str]] = (), *, name: str = "视图", on_add: Callable[[], object] | None = None,
        look: str = "tab",
    ) -> None:  # fmt: skip
        super().__init__()
        self.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16 if look == "tab" else 8)
        self._look = look
        self._group = QButtonGroup(self)
        self._buttons: dict[str, tuple[Button, str]] = {}
        self._row.addStretch(1)
        if on_add is not None:
            self._row.insertWidget(0, quiet("", "add", on_add, tip="把现在的筛选存成视图"))
        self.set_tabs(tabs)

    def set_tabs(self, tabs: Sequence[tuple[str, str]]) -> None:
        """Replace the tabs; the first is on, or the one that was."""
        before = self.key()
        for button, _ in self._buttons.values():
            self._group.removeButton(button)
            button.setParent(None)
            button.deleteLater()
        self._buttons = {}
        for at, (key, text) in enumerate(tabs):
            button = Button(text, self._look)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, key=key: self.picked.emit(key))
            self._group.addButton(button)
            self._row.insertWidget(at, button)
            self._buttons[key] = (button, text)
        self.set_key(before if before in self._buttons else next(iter(self._buttons), ""))

    def key(self) -> str:
        """Give the key of the tab that is on."""
        return next((key for key, (button, _) in self._buttons.items() if button.isChecked()), "")

    def set_key(self, key: str) -> None:
        """Switch a tab on without telling."""
        if key in self._buttons:
            self._buttons[key][0].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show a count behind a tab's word."""
        button, text = self._buttons[key]
        button.set_text(text if count is None else f"{text} {count:,}")

    def step(self, by: int) -> None:
        """Go to the next or the previous tab (Ctrl+Tab)."""
        keys = list(self._buttons)
        if keys:
            key = keys[(keys.index(self.key()) + by) % len(keys)]
            self.set_key(key)
            self.picked.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the tabs with the arrow keys."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
