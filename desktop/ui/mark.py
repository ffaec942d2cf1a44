"""The product's name and mark: an open book on brand red."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.ui import icons
from desktop.ui.theme import theme

NAME = "兜底通"


class Mark(QWidget):
    """The product's mark: an open book on brand red."""

    def __init__(self) -> None:
        super().__init__()
        self.resize_to()
        theme().changed.connect(self.resize_to)

    def resize_to(self) -> None:
        """Take the size of the font scale."""
        self.setFixedSize(theme().px(28), theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small enough to draw whole
        """Draw it."""
        painter = QPainter(self)
        draw_mark(painter, QRectF(self.rect()))


def draw_mark(painter: QPainter, rect: QRectF) -> None:
    """Draw the mark into a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("brand"))
    painter.drawRoundedRect(rect, rect.width() * 0.2, rect.width() * 0.2)
    side = int(rect.width() * 0.68)
    book = icons.pixmap("book_open", "onBrand", size=side)
    painter.drawPixmap(int(rect.center().x() - side / 2), int(rect.center().y() - side / 2), book)


def mark_pixmap(side: int = 256) -> QPixmap:
    """Give the mark as the window's icon."""
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    draw_mark(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn
