"""What a section of 设置 is: a column of cards, never wider than a form may be, that reads itself when it is shown."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.theme import theme
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.text import plain_label

WIDEST = 960


class Section(QWidget):
    """Fill `box` in `build`; `refresh` reads on showing; `wide` sections take the whole width and scroll themselves."""

    wide = False

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if self.wide:
            self.box = outer
            self.box.setSpacing(12)
            self.build()
            return
        self._inner = QWidget()
        self.box = QVBoxLayout(self._inner)
        self.box.setContentsMargins(0, 0, 8, 0)
        self.box.setSpacing(16)
        outer.addWidget(scroll(self._inner))
        self.build()
        self.box.addStretch(1)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._inner.setMaximumWidth(theme().px(WIDEST))

    def build(self) -> None:
        """Make the widgets."""

    def refresh(self) -> None:
        """Read what is shown."""

    def showEvent(self, event: QShowEvent) -> None:
        """Read when shown."""
        super().showEvent(event)
        self.refresh()

    def refused(self, error: UserError) -> None:
        """Say why something was not done."""
        messages.refusal(self, error)

    def card(self, title: str, text: str = "") -> Card:
        """Add a card with a heading and a grey line."""
        made = Card(title)
        if text:
            made.body.addWidget(plain_label(text, "label", wrap=True))
        self.box.addWidget(made)
        return made


def leave_for(widget: QWidget | None, folder: Path) -> None:
    """Close the window that a widget is in, to open another workspace (`MainWindow.leave`)."""
    leave = getattr(widget.window() if widget is not None else None, "leave", None)
    if leave is not None:
        leave(f"open:{folder}")


def deeds(*widgets: QWidget) -> QHBoxLayout:
    """Put buttons in a row from the left."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    return row
