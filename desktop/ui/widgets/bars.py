"""Painted charts: a line of progress and stacked bars by month; each tells screen readers its values."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.theme import theme
from desktop.ui.widgets.text import plain_label


class ProgressLine(QWidget):
    """A thin line filled to a share of 0.0 to 1.0."""

    def __init__(self, name: str, share: float = 0.0, colour: str = "c1") -> None:
        super().__init__()
        self._name, self._share, self._colour = name, share, colour
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_share(share)

    def set_share(self, share: float) -> None:
        """Fill to another share."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleName(f"{self._name} {self._share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a thin line."""
        return QSize(theme().px(80), theme().px(6))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small enough to draw whole
        """Draw track and filling."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        round_ = self.height() / 2
        painter.setBrush(theme().color("track"))
        painter.drawRoundedRect(self.rect(), round_, round_)
        if self._share > 0:
            painter.setBrush(theme().color(self._colour))
            width = max(self.height(), self.width() * self._share)
            painter.drawRoundedRect(QRectF(0, 0, width, self.height()), round_, round_)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its parts (as shares of 0.0 to 1.0, from below) and a text over it (the last, usually)."""

    label: str
    parts: tuple[float, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of part: its name and colour token (`c1`, `c2`, `c3`)."""

    name: str
    colour: str


class BarChart(QWidget):
    """Stacked bars up to 100 %, with a dashed target; legend above, values in the accessible description."""

    def __init__(self, name: str, series: Sequence[Series], *, target: float | None = None, tall: int = 320) -> None:
        super().__init__()
        self._canvas = _Canvas(series, target)
        self._name, self._series = name, tuple(series)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        legend = QHBoxLayout()
        legend.setSpacing(16)
        for one in series:
            legend.addWidget(_Key(one.colour, one.name))
        if target is not None:
            legend.addWidget(_Key("text3", f"目标 {target:.0%}", dashed=True))
        legend.addStretch(1)
        box.addLayout(legend)
        box.addWidget(self._canvas, 1)
        self.setMaximumHeight(theme().px(tall))
        self.setAccessibleName(name)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Draw these bars."""
        self._canvas.bars = tuple(bars)
        said = (
            f"{bar.label} "
            + " ".join(f"{one.name} {part:.0%}" for one, part in zip(self._series, bar.parts, strict=False))
            for bar in bars
        )
        self.setAccessibleDescription("；".join(said))
        self._canvas.update()


class _Key(QWidget):
    """One entry of the legend."""

    def __init__(self, colour: str, text: str, *, dashed: bool = False) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(_Swatch(colour, dashed=dashed))
        box.addWidget(plain_label(text, "label"))


class _Swatch(QWidget):
    def __init__(self, colour: str, *, dashed: bool) -> None:
        super().__init__()
        self._colour, self._dashed = colour, dashed

    def sizeHint(self) -> QSize:
        return QSize(theme().px(20 if self._dashed else 10), theme().px(10))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small enough to draw whole
        painter = QPainter(self)
        side = theme().px(10)
        top = (self.height() - side) // 2
        if self._dashed:
            painter.setPen(QPen(theme().color(self._colour), 1, Qt.PenStyle.DashLine))
            painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
        else:
            painter.fillRect(0, top, side, side, theme().color(self._colour))


class _Canvas(QWidget):
    def __init__(self, series: Sequence[Series], target: float | None) -> None:
        super().__init__()
        self.bars: tuple[Bar, ...] = ()
        self._series, self._target = tuple(series), target
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(180))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(140))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small enough to draw whole
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(12))
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance("100%") + look.px(8)
        top, bottom = metrics.height(), self.height() - metrics.height() - look.px(6)
        area = QRectF(left, top, self.width() - left - look.px(4), bottom - top)
        self._grid(painter, area)
        if not self.bars:
            return
        step = area.width() / len(self.bars)
        width = min(look.px(28), step * 0.45)
        for at, bar in enumerate(self.bars):
            middle = area.left() + step * (at + 0.5)
            self._stack(painter, bar, QRectF(middle - width / 2, area.top(), width, area.height()))
            painter.setPen(look.color("text" if bar.text else "text2"))
            under = QRectF(middle - step / 2, bottom + look.px(4), step, metrics.height())
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, bar.label)
        self._target_line(painter, area)
        self._texts(painter, area, step)

    def _grid(self, painter: QPainter, area: QRectF) -> None:
        look = theme()
        for part in range(5):
            y = area.bottom() - area.height() * part / 4
            painter.setPen(look.color("grid"))
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))
            painter.setPen(look.color("text3"))
            where = QRectF(0, y - look.px(10), area.left() - look.px(8), look.px(20))
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{part * 25}%")

    def _stack(self, painter: QPainter, bar: Bar, area: QRectF) -> None:
        """Draw the parts from below, with a gap of one pixel between them and a round top."""
        clip = QPainterPath()
        high = area.height() * min(1.0, sum(bar.parts))
        clip.addRoundedRect(QRectF(area.left(), area.bottom() - high, area.width(), high + 8), 3, 3)
        painter.save()
        painter.setClipRect(QRectF(area.left(), area.top(), area.width(), area.height()))
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        base = area.bottom()
        for one, part in zip(self._series, bar.parts, strict=False):
            tall = area.height() * part
            if tall > 0:
                painter.fillRect(QRectF(area.left(), base - tall, area.width(), max(1.0, tall - 1)), _colour(one))
            base -= tall
        painter.restore()

    def _target_line(self, painter: QPainter, area: QRectF) -> None:
        if self._target is not None:
            y = area.bottom() - area.height() * self._target
            painter.setPen(QPen(theme().color("text3"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))

    def _texts(self, painter: QPainter, area: QRectF, step: float) -> None:
        painter.setFont(theme().font(12, bold=True))
        metrics = painter.fontMetrics()
        for at, bar in enumerate(self.bars):
            if bar.text:
                width = metrics.horizontalAdvance(bar.text) + theme().px(8)
                y = area.bottom() - area.height() * min(1.0, sum(bar.parts)) - metrics.height() - 2
                box = QRectF(area.left() + step * (at + 0.5) - width / 2, max(0.0, y), width, metrics.height())
                painter.fillRect(box, theme().color("surface"))
                painter.setPen(theme().color("text"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, bar.text)


def _colour(series: Series) -> QColor:
    return theme().color(series.colour)
