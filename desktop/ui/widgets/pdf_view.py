"""Shows pages as they will be printed, from raw pixels; the paper stays white in the dark theme."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.text import plain_label

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page in 32-bit BGRA (Qt's RGB32 on little-endian machines), top row first, without padding."""

    width: int
    height: int
    pixels: bytes


class _Paper(QWidget):
    """One page, drawn at a width."""

    def __init__(self, page: PageImage, number: int) -> None:
        super().__init__()
        image = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32).copy()
        self._pixmap = QPixmap.fromImage(image)
        self._drawn = self._pixmap
        self._shape = page.height / page.width
        self.setAccessibleName(f"第 {number} 页")

    def set_width(self, width: int) -> None:
        """Draw it so wide; a smaller page is made once with every pixel counted, so that thin strokes stay."""
        self.setFixedSize(QSize(width, round(width * self._shape)))
        wanted = round(width * self.devicePixelRatioF())
        if wanted < self._pixmap.width():
            self._drawn = self._pixmap.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
        else:
            self._drawn = self._pixmap

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the page is drawn whole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._drawn)
        painter.setPen(theme().color("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PdfView(QWidget):
    """Pages one under the other, as wide as the view; Ctrl and wheel or the buttons zoom.

    `set_pages(pages)` replaces them and keeps the place; `say(text)` shows a sentence in their stead.
    """

    def __init__(self, title: str = "打印预览") -> None:
        super().__init__()
        self._zoom = 1.0
        self._papers: list[_Paper] = []
        head = QHBoxLayout()
        head.addWidget(plain_label(title, "strong"))
        head.addStretch(1)
        self._count = plain_label("", "label")
        head.addWidget(self._count)
        head.addWidget(quiet("", "zoom_out", lambda: self.zoom(-1), tip="缩小预览"))
        head.addWidget(quiet("", "zoom_in", lambda: self.zoom(1), tip="放大预览"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setAccessibleName(title)
        content = QWidget()
        content.setProperty("surface", "scroll")
        self._box = QVBoxLayout(content)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        self._box.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._said = plain_label("", "label", wrap=True)
        self._box.addWidget(self._said)
        self._area.setWidget(content)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._area, 1)

    def set_pages(self, pages: Sequence[PageImage]) -> None:
        """Show these pages."""
        place = self._area.verticalScrollBar().value()
        self._clear()
        self._said.hide()
        for number, page in enumerate(pages, start=1):
            paper = _Paper(page, number)
            self._papers.append(paper)
            self._box.addWidget(paper)
        self._count.setText(f"共 {len(pages)} 页")
        self._fit()
        self._area.verticalScrollBar().setValue(place)

    def count_words(self) -> str:
        """Give how many pages are said to be shown (`共 2 页`), or nothing while a sentence is shown."""
        return self._count.text()

    def say(self, text: str) -> None:
        """Show a sentence instead of pages."""
        self._clear()
        self._count.setText("")
        self._said.setText(text)
        self._said.show()

    def zoom(self, steps: int) -> None:
        """Go to the next larger or smaller size."""
        at = min(range(len(ZOOMS)), key=lambda one: abs(ZOOMS[one] - self._zoom)) + steps
        self._zoom = ZOOMS[max(0, min(at, len(ZOOMS) - 1))]
        self._fit()

    def _clear(self) -> None:
        for paper in self._papers:
            paper.setParent(None)
            paper.deleteLater()
        self._papers = []

    def _fit(self) -> None:
        bar = self._area.verticalScrollBar().sizeHint().width()
        width = max(theme().px(160), self._area.width() - bar - 4)
        for paper in self._papers:
            paper.set_width(round(width * self._zoom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pages as wide as the view."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
