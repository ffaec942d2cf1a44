"""Colours, sizes and fonts of the window, filled from `resources/ui/tokens.json`; light, dark and 100 to 150 %.

There is one theme an application. Widgets ask `theme()` while they paint or lay out and keep no colour, so that a
switch leaves nothing behind: `theme().color("brand")`, `theme().px(8)`, `theme().font(16, bold=True)`.
"""

import json
import re
from enum import StrEnum
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.paths import resources
from desktop.ui import icons

SCALES = (100, 115, 130, 150)
FAMILIES = ("Noto Sans SC", "Doudi Rare", "BabelStone Han", "HanaMinB")
SYSTEM_FAMILY = "Microsoft YaHei UI"
_SIZE = re.compile(r"\b(\d+)px\b")
_COLOUR = re.compile(r"@(\w+)")
_UNSCALED = 2  # borders and rings stay as thin as they are drawn


class Mode(StrEnum):
    """What the person chose in 设置 → 显示."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"

    @property
    def label(self) -> str:
        """Give the choice's Chinese name."""
        return {"system": "跟随系统", "light": "浅色", "dark": "深色"}[self.value]


@cache
def tokens() -> dict[str, Any]:
    """Read the token file once."""
    found: dict[str, Any] = json.loads((resources() / "ui" / "tokens.json").read_text(encoding="utf-8"))
    return found


@cache
def _template() -> str:
    return (resources() / "ui" / "style.qss").read_text(encoding="utf-8")


def fill(template: str, colours: dict[str, str], percent: int) -> str:
    """Fill a QSS template: `@name` becomes the token's colour, `34px` grows with the font scale (1 and 2 px stay)."""
    coloured = _COLOUR.sub(lambda found: colours[found[1]], template)
    return _SIZE.sub(lambda found: f"{scaled(int(found[1]), percent)}px", coloured)


def scaled(pixels: int, percent: int) -> int:
    """Give a size of the design at a font scale, in device-independent pixels."""
    return pixels if pixels <= _UNSCALED else (pixels * percent + 50) // 100


class Theme(QObject):
    """The present look; `changing` is emitted before the application takes a new one, `changed` after it."""

    changing = Signal()
    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = Mode.SYSTEM, percent: int = 100) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self._families = _load_fonts()
        self.mode = mode
        self.percent = percent if percent in SCALES else 100
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    @property
    def dark(self) -> bool:
        """Tell whether the dark colours are shown."""
        if self.mode is Mode.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self.mode is Mode.DARK

    @property
    def colours(self) -> dict[str, str]:
        """Give the colours shown, by token name."""
        found: dict[str, str] = tokens()["dark" if self.dark else "light"]
        return found

    def color(self, name: str) -> QColor:
        """Give the colour of a token."""
        return QColor(self.colours[name])

    def px(self, pixels: int) -> int:
        """Give a size of the design at the present font scale."""
        return scaled(pixels, self.percent)

    def font(self, size: int = 14, *, bold: bool = False) -> QFont:
        """Give the interface font in a size of the design."""
        font = QFont()
        font.setFamilies(list(self._families))
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        return font

    def set_mode(self, mode: Mode) -> None:
        """Switch between light, dark and the system's choice, live."""
        if mode is not self.mode:
            self.mode = mode
            self.apply()

    def set_percent(self, percent: int) -> None:
        """Set the font scale, live: one of `SCALES`."""
        if percent in SCALES and percent != self.percent:
            self.percent = percent
            self.apply()

    def step_percent(self, steps: int) -> None:
        """Go to the next larger or smaller font scale; 0 goes back to 100 %."""
        at = SCALES.index(self.percent) + steps if steps else 0
        self.set_percent(SCALES[max(0, min(at, len(SCALES) - 1))])

    def prefer_family(self, *, installed: bool) -> None:
        """Put an installed Microsoft YaHei UI before the bundled font, or take it away again."""
        known = installed and SYSTEM_FAMILY in QFontDatabase.families()
        self._families = ((SYSTEM_FAMILY,) if known else ()) + FAMILIES
        self.apply()

    def apply(self) -> None:
        """Bring the whole application to the present look."""
        self.changing.emit()
        self._app.setFont(self.font())
        self._app.setPalette(_palette(self.colours))
        self._app.setStyleSheet("")  # Qt sets a first sheet in a fifth of the time that it takes to change one
        self._app.setStyleSheet(fill(_template(), self.colours, self.percent))
        icons.colours_changed(self.colours, self._app.allWidgets())
        for widget in self._app.allWidgets():
            widget.updateGeometry()
            QWidget.update(widget)  # item views hide it behind update(index)
        self.changed.emit()

    def _system_changed(self) -> None:
        if self.mode is Mode.SYSTEM:
            self.apply()


def theme() -> Theme:
    """Give the one theme of the running application."""
    app = QApplication.instance()
    found: Theme | None = app.findChild(Theme, "theme") if app is not None else None
    if found is None:
        raise RuntimeError("the theme is made by ui/application before any widget")
    return found


def _load_fonts() -> tuple[str, ...]:
    """Load the bundled faces; the text face first, the rare faces behind it."""
    for file in sorted((resources() / "fonts").rglob("*.ttf")):
        if "sans" in file.name.casefold() or "rare" in str(file).casefold():
            QFontDatabase.addApplicationFont(str(file))
    return FAMILIES


def _palette(colours: dict[str, str]) -> QPalette:
    """Give Fusion the token colours, for whatever the style sheet leaves to it."""
    role = QPalette.ColorRole
    pairs = {
        role.Window: "bg", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "surface2",
        role.Text: "text", role.Button: "surface", role.ButtonText: "text", role.BrightText: "onBrand",
        role.Highlight: "focus", role.HighlightedText: "surface", role.ToolTipBase: "toast",
        role.ToolTipText: "onToast", role.Link: "link", role.LinkVisited: "link", role.PlaceholderText: "text3",
        role.Light: "surface", role.Midlight: "border", role.Mid: "border2", role.Dark: "field",
        role.Shadow: "border2", role.Accent: "focus",
    }  # fmt: skip
    palette = QPalette()
    for one, name in pairs.items():
        palette.setColor(one, QColor(colours[name]))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(colours["disabled"]))
    return palette


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties were changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    QWidget.update(widget)
