"""Cards: a bordered surface, one with a heading, and the small one with a number."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.theme import restyle, theme
from desktop.ui.widgets.bars import ProgressLine
from desktop.ui.widgets.text import ElidedLabel, Tag, elided_label, plain_label, tag_label


class Card(QFrame):
    """A white surface with a border; put widgets into `body`, with `title` it has a heading and `head` beside it."""

    def __init__(self, title: str = "", *, padding: int = 16, gap: int = 12) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(gap)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.heading = plain_label(title, "section")
        if title:
            self.head.addWidget(self.heading)
            self.head.addStretch(1)
            self.body.addLayout(self.head)


class NumberCard(Card):
    """One number of the work desk with its unit, a mark and a line below; a press goes to the list behind it."""

    def __init__(self, title: str, unit: str, go: Callable[[], object] | None = None) -> None:
        super().__init__(padding=16, gap=4)
        self._go = go
        self._unit = unit
        self._title = title
        top = QHBoxLayout()
        heading = plain_label(title, "label")
        heading.setMinimumHeight(theme().px(24))  # the height of a mark, so that cards side by side keep one line
        top.addWidget(heading, 1)
        self._tag: QLabel = tag_label("")
        self._tag.hide()
        top.addWidget(self._tag)
        row = QHBoxLayout()
        row.setSpacing(6)
        self._number = plain_label("", "number")
        row.addWidget(self._number)
        row.addWidget(plain_label(unit, "label"), 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self._line = ProgressLine(title)
        self._line.hide()
        self._note: ElidedLabel = elided_label("", "label")
        for part in (top, row):
            self.body.addLayout(part)
        self.body.addWidget(self._line)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if go is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)

    def show_number(
        self, number: str, note: str = "", *, tag: str = "", kind: Tag = "info", share: float | None = None
    ) -> None:
        """Show a number, the line below it, a mark and (0.0 to 1.0) a line of progress."""
        self._number.setText(number)
        self._note.setText(note)
        self._tag.setText(tag)
        self._tag.setProperty("tag", kind)
        self._tag.setVisible(bool(tag))
        restyle(self._tag)
        self._line.setVisible(share is not None)
        self._line.set_share(share or 0.0)
        self.setAccessibleName(f"{self._title} {number} {self._unit}，{tag} {note}".replace("，  ", ""))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the list."""
        if self._go is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the list by keyboard."""
        if self._go is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._go()
        else:
            super().keyPressEvent(event)


def pairs(rows: list[tuple[str, str]], *, width: int = 84) -> QWidget:
    """Give label and value rows as the drawer shows them; values can be selected and copied."""
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    for name, value in rows:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = plain_label(name, "label")
        label.setMinimumWidth(width)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(plain_label(value or "—", wrap=True, selectable=True), 1)
        box.addLayout(row)
    box.addStretch(1)  # room to spare goes below the rows, so that labels stay beside their values
    return content
