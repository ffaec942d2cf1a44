"""Buttons: one primary a page, secondary beside it, quiet icons, links in running rows.

None takes Enter away from a field (`autoDefault` is off), none shows a ring after a click (TabFocus), and the one that
has the focus is pressed by Enter as by the space bar. An input method composes in a field, never in a button.
Every button carries its shortcut in its tooltip: `secondary("导出", "arrow_upload", save, tip="…", shortcut="Ctrl+S")`.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QStyle, QStyleOptionButton

from desktop.ui import icons
from desktop.ui.widgets.text import set_tip


class Button(QPushButton):
    """A push button of one of the looks of `style.qss`."""

    def __init__(self, text: str, look: str, icon: str = "", colour: str = "text2", *, filled: bool = False) -> None:
        super().__init__(f" {text}" if icon and text else text)  # the gap after an icon is fixed in Qt
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self._hint = ""
        if icon:
            icons.set_icon(self, icon, colour, filled=filled)

    def set_text(self, text: str) -> None:
        """Show another text and say it to screen readers."""
        self.setText(f" {text}" if self.property("iconName") and text else text)
        self.setAccessibleName(text)

    def set_hint(self, tip: str, shortcut: str = "") -> None:
        """Explain the button in its tooltip, with its shortcut."""
        self._hint = f"{tip}（{shortcut}）" if tip and shortcut else tip or shortcut
        set_tip(self, self._hint)

    def allow(self, why_not: str = "") -> None:
        """Let the button be pressed, or grey it and say in its tooltip why it cannot be."""
        self.setEnabled(not why_not)
        set_tip(self, why_not or self._hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter too, which Qt does for default buttons alone; a key held down presses once."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def _made(
    text: str, look: str, icon: str, colour: str, then: Callable[[], object] | None, tip: str, shortcut: str
) -> Button:
    button = Button(text, look, icon, colour)
    if tip or shortcut:
        button.set_hint(tip or text, shortcut)
    if then is not None:
        button.clicked.connect(lambda _on: then())
    return button


def primary(
    text: str, icon: str = "", then: Callable[[], object] | None = None, *, tip: str = "", shortcut: str = ""
) -> Button:
    """Give the one red button of a page."""
    return _made(text, "primary", icon, "onBrand", then, tip, shortcut)


def secondary(
    text: str, icon: str = "", then: Callable[[], object] | None = None, *, tip: str = "", shortcut: str = ""
) -> Button:
    """Give a bordered button."""
    return _made(text, "secondary", icon, "text2", then, tip, shortcut)


def danger(text: str, icon: str = "", then: Callable[[], object] | None = None, *, tip: str = "") -> Button:
    """Give a bordered button for what cannot be undone."""
    return _made(text, "danger", icon, "err", then, tip, "")


def quiet(
    text: str, icon: str = "", then: Callable[[], object] | None = None, *, tip: str = "", shortcut: str = ""
) -> Button:
    """Give a button without border; with an icon alone pass `text=""` and say in `tip` what it does."""
    button = _made(text, "quiet", icon, "text2", then, tip, shortcut)
    button.setAccessibleName(text or tip)
    return button


def link(text: str, then: Callable[[], object] | None = None, *, tip: str = "") -> Button:
    """Give a blue word to press inside a row or a card."""
    return _made(text, "link", "", "link", then, tip, "")


def menu_button(text: str, icon: str = "", menu: QMenu | None = None, *, tip: str = "") -> Button:
    """Give a quiet button that opens a menu."""
    button = quiet(text, icon, tip=tip)
    if menu is not None:
        button.setMenu(menu)
    return button


class CheckBox(QCheckBox):
    """A check box whose tick is drawn from the icons, so that it keeps the theme's colours."""

    def __init__(self, text: str = "", *, name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name or text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box by the style sheet, then the tick."""
        super().paintEvent(event)
        if self.checkState() is Qt.CheckState.Unchecked:
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        name = "checkmark" if self.isChecked() else "subtract"
        side = box.width() - 2
        painter = QPainter(self)
        painter.drawPixmap(box.x() + 1, box.y() + 1, icons.pixmap(name, "surface", filled=True, size=side))
