"""The bare editors inside fields: a line without an input method, a combo with the house's arrow, a growing text."""

from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from desktop.ui import icons
from desktop.ui.theme import theme

LONGEST_PASTE = 200_000


class LineEdit(QLineEdit):
    """A line that reports its pre-edit text too: `typed` fires while pinyin is still being composed."""

    typed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._composing = ""
        self.textChanged.connect(lambda: self.typed.emit(self.typed_text()))

    def typed_text(self) -> str:
        """Give the text with what the input method holds, without the marks it puts between syllables."""
        at = self.cursorPosition()
        composing = self._composing.replace("'", "").replace(" ", "")
        return self.text()[:at] + composing + self.text()[at:]

    @property
    def composing(self) -> bool:
        """Tell whether an input method holds text; Enter then belongs to it."""
        return bool(self._composing)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep the pre-edit string, then let Qt do its work."""
        self._composing = event.preeditString()
        super().inputMethodEvent(event)
        self.typed.emit(self.typed_text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the field that it was left."""
        super().focusOutEvent(event)
        self.left.emit()


class CodeEdit(LineEdit):
    """A line for numbers, dates and codes: the input method is off in it."""

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: object = None) -> Any:  # noqa: ANN401 - a QVariant
        """Answer that no input method is wanted (`WA_InputMethodEnabled` alone still answers yes)."""
        if query is Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query) if argument is None else super().inputMethodQuery(query, argument)


class Combo(QComboBox):
    """A combo box with an arrow in the theme's colours; the wheel passes over it unless it has the focus."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box by the style sheet, then the arrow."""
        super().paintEvent(event)
        side = theme().px(16)
        painter = QPainter(self)
        colour = "text2" if self.isEnabled() else "disabled"
        at = self.width() - side - theme().px(8)
        painter.drawPixmap(at, (self.height() - side) // 2, icons.pixmap("chevron_down", colour, size=side))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the value only where the person is in the field."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the field that it was left."""
        super().focusOutEvent(event)
        self.left.emit()


class TextEdit(QPlainTextEdit):
    """A plain text of several lines that grows with what is written, between `rows` and `most` lines."""

    left = Signal()
    too_long = Signal(int)

    def __init__(self, rows: int = 3, most: int = 12) -> None:
        super().__init__()
        self._rows, self._most = rows, most
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """Ask for the lines that are written."""
        lines = max(self._rows, min(self._most, int(self.document().size().height())))
        return QSize(super().sizeHint().width(), lines * self.fontMetrics().lineSpacing() + theme().px(20))

    def minimumSizeHint(self) -> QSize:
        """Never be squeezed under the least lines."""
        return QSize(theme().px(80), self._rows * self.fontMetrics().lineSpacing() + theme().px(20))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Refuse a paste that would stop the window for seconds, and say how long it was."""
        count = len(source.text())
        if count > LONGEST_PASTE:
            self.too_long.emit(count)
        else:
            super().insertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the field that it was left."""
        super().focusOutEvent(event)
        self.left.emit()
