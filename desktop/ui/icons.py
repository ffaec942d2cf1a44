"""The Fluent icons of `resources/icons`, drawn in a token's colour at the screen's pixel ratio.

`set_icon(button, "add", "onBrand")` remembers what it set, so that a theme switch draws it again; painted widgets ask
`pixmap("flag", "text2")` while they paint.
"""

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.core.paths import resources

SIZE = 20
_NAME, _COLOUR, _FILLED = "iconName", "iconColour", "iconFilled"
_colours: dict[str, str] = {}
_pixmaps: dict[tuple[str, str, bool, int, float], QPixmap] = {}


@cache
def _source(name: str, *, filled: bool) -> str:
    file = resources() / "icons" / f"{name}_{'filled' if filled else 'regular'}.svg"
    return file.read_text(encoding="utf-8")


def coloured(name: str, colour: str, *, filled: bool = False) -> bytes:
    """Give an icon's SVG with a `#rrggbb` in its root element."""
    return _source(name, filled=filled).replace("<svg ", f'<svg fill="{colour}" ', 1).encode()


def pixmap(name: str, colour: str = "text2", *, filled: bool = False, size: int = SIZE, ratio: float = 0) -> QPixmap:
    """Draw an icon in a token's colour, `size` device-independent pixels wide."""
    ratio = ratio or _ratio()
    key = (name, _colours[colour], filled, size, ratio)
    found = _pixmaps.get(key)
    if found is None:
        found = _pixmaps[key] = _draw(coloured(name, _colours[colour], filled=filled), size, ratio)
    return found


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _draw(svg: bytes, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    drawn = QPixmap(side, side)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour: str = "text2", *, filled: bool = False, size: int = SIZE) -> QIcon:
    """Give a QIcon in a token's colour, with a paler one for disabled controls."""
    made = QIcon(pixmap(name, colour, filled=filled, size=size))
    made.addPixmap(pixmap(name, "disabled", filled=filled, size=size), QIcon.Mode.Disabled)
    return made


def set_icon(button: QAbstractButton, name: str, colour: str = "text2", *, filled: bool = False) -> None:
    """Put an icon on a button and remember it for the next theme switch."""
    button.setProperty(_NAME, name)
    button.setProperty(_COLOUR, colour)
    button.setProperty(_FILLED, filled)
    _refresh(button)


def _refresh(button: QAbstractButton) -> None:
    name = button.property(_NAME)
    if name:
        side = _side()
        button.setIcon(icon(name, button.property(_COLOUR), filled=bool(button.property(_FILLED)), size=side))
        button.setIconSize(QSize(side, side))


def _side() -> int:
    """Give the icon size that goes with the application's font (20 px beside 14 px text)."""
    return max(SIZE, round(QGuiApplication.font().pixelSize() * SIZE / 14))


def colours_changed(colours: dict[str, str], widgets: Iterable[QWidget]) -> None:
    """Take the colours of a theme, and draw again whatever `set_icon` had set."""
    if colours != _colours:
        _colours.clear()
        _colours.update(colours)
        _pixmaps.clear()
    for widget in widgets:
        if isinstance(widget, QAbstractButton):
            _refresh(widget)
