"""The step bar of a wizard: 1 选择文件 — 2 对应列 — 3 检查问题 — 4 完成."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import icons
from desktop.ui.theme import theme


class StepBar(QWidget):
    """Which steps there are, which are done, which is the present one."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_step(0)

    def set_step(self, at: int) -> None:
        """Show a step (from 0) as the present one."""
        self._at = at
        self.setAccessibleName(f"第 {at + 1} 步，共 {len(self._steps)} 步：{self._steps[at]}")
        self.update()

    @property
    def step(self) -> int:
        """Give the present step, from 0."""
        return self._at

    def sizeHint(self) -> QSize:
        """Ask for the room of all the words."""
        look = theme()
        words = sum(self.fontMetrics().horizontalAdvance(text) + look.px(72) for text in self._steps)
        return QSize(words, look.px(40))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small enough to draw whole
        """Draw circles, words and the lines between them."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        widths = [look.px(24 + 8) + metrics.horizontalAdvance(text) + look.px(4) for text in self._steps]
        gap = max(look.px(24), (self.width() - sum(widths)) // max(1, len(widths) - 1)) if len(widths) > 1 else 0
        x, middle = 0, self.height() // 2
        for at, (text, width) in enumerate(zip(self._steps, widths, strict=True)):
            self._circle(painter, at, x, middle)
            painter.setPen(look.color("text" if at == self._at else "text2"))
            painter.setFont(look.font(14, bold=at == self._at))
            box = QRectF(x + look.px(32), 0, width, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            if at + 1 < len(widths):
                painter.setPen(look.color("border2"))
                painter.drawLine(x + width + look.px(8), middle, x + width + gap - look.px(8), middle)
            x += width + gap

    def _circle(self, painter: QPainter, at: int, x: int, middle: int) -> None:
        look = theme()
        side = look.px(24)
        box = QRectF(x, middle - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("c1" if at == self._at else "infoSoft" if at < self._at else "neutralSoft"))
        painter.drawEllipse(box)
        if at < self._at:
            small = look.px(14)
            tick = icons.pixmap("checkmark", "info", filled=True, size=small)
            painter.drawPixmap(int(box.center().x() - small / 2), int(box.center().y() - small / 2), tick)
            return
        painter.setFont(look.font(13, bold=True))
        painter.setPen(look.color("surface" if at == self._at else "text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(at + 1))
