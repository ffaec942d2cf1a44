"""The bare editors inside fields: a line without an input method, a combo with the house's arrow, a growing text."""

from typing import Any

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QInputMethodEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QStyle, QStyleOptionFrame

from desktop.ui import icons
from desktop.ui.theme import theme
from desktop.ui.widgets.side_icon import SideIcon
from desktop.ui.widgets.text import elide

LONGEST_PASTE = 200_000
_INDENT = 2  # QLineEdit's own, between its contents and the first letter


class LineEdit(QLineEdit):
    """A line that reports its pre-edit text too: `typed` fires while pinyin is still being composed."""

    typed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icons: list[SideIcon] = []
        self._composing = ""
        self.textChanged.connect(lambda: self.typed.emit(self.typed_text()))

    def put_icon(
        self, name: str, colour: str = "text2", *, leading: bool = False, action: QAction | None = None
    ) -> SideIcon:
        """Put an icon at an end of the line; a press on it triggers the action."""
        self._icons.append(SideIcon(self, name, colour, leading=leading, action=action))
        return self._icons[-1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the icons at their ends."""
        super().resizeEvent(event)
        for icon in self._icons:
            icon.place()

    def shown_text(self) -> str:
        """Give the text as it is seen: cut with … where it is too long and nobody writes in it."""
        if self.hasFocus() or self.echoMode() is not QLineEdit.EchoMode.Normal:
            return self.displayText()
        return elide(self.displayText(), self.fontMetrics(), self._text_rect().width())

    def _text_rect(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return inner.marginsRemoved(self.textMargins()).adjusted(_INDENT, 0, -_INDENT, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a text that is too long so that one sees that there is more of it; Qt cuts through the last word."""
        shown = self.shown_text()
        if shown == self.displayText():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(self._text_rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

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
