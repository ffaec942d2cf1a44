"""The rail at the left: the mark, the pages in groups, 设置 at its foot; 200 px wide, 64 where the window is narrow."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.mark import NAME, Mark
from desktop.ui.pages import DATA, FOOT, PAGES, PageEntry
from desktop.ui.theme import restyle, theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.text import plain_label, set_tip, tag_label


class NavButton(Button):
    """One page of the rail, with a count of what waits there."""

    def __init__(self, entry: PageEntry) -> None:
        super().__init__(entry.title, "nav", entry.icon)
        self.entry = entry
        self.setCheckable(True)
        self._count = tag_label("", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(self._count)
        self._count.hide()
        self._slim = False
        self.toggled.connect(self._draw)

    def set_count(self, count: int) -> None:
        """Show how many wait, or none."""
        self._count.setText(str(count))
        self._count.setVisible(bool(count) and not self._slim)
        self.setAccessibleName(f"{self.entry.title}，{count} 项" if count else self.entry.title)
        self._count.setProperty("waits", count)

    def set_slim(self, *, on: bool) -> None:
        """Show the icon alone, with the word in its tooltip."""
        self._slim = on
        self.setText("" if on else f"  {self.entry.title}")
        self.setProperty("slim", on)
        set_tip(self, self.entry.title if on else "")
        self._count.setVisible(bool(self._count.property("waits")) and not on)
        restyle(self)

    def _draw(self) -> None:
        on = self.isChecked()
        icons.set_icon(self, self.entry.icon, "brandText" if on else "text2", filled=on)


class Rail(QFrame):
    """All pages; `picked(key)` fires when the person presses one."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "rail")
        self.setAccessibleName("导航")
        self.buttons: dict[str, NavButton] = {}
        self._words: list[QWidget] = []
        self._group = QButtonGroup(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 14, 12, 12)
        box.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 16)
        head.setSpacing(10)
        head.addWidget(Mark())
        name = plain_label(NAME, "section")
        self._words.append(name)
        head.addWidget(name, 1)
        box.addLayout(head)
        inner = QWidget()
        inner.setProperty("surface", "scroll")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        box.addWidget(scroll(inner), 1)
        self._fill(box)

    def _fill(self, box: QVBoxLayout) -> None:
        for entry in (one for one in PAGES if not one.group):
            self._list.addWidget(self._button(entry))
        data = [one for one in PAGES if one.group == DATA]
        if data:
            word = plain_label(DATA, "caption")
            word.setContentsMargins(12, 12, 0, 4)
            self._list.addWidget(word)
            for entry in data:
                self._list.addWidget(self._button(entry))
        self._list.addStretch(1)
        for entry in (one for one in PAGES if one.group == FOOT):
            box.addWidget(self._button(entry))

    def _button(self, entry: PageEntry) -> NavButton:
        button = NavButton(entry)
        button.set_slim(on=False)
        button.clicked.connect(lambda: self.picked.emit(entry.key))
        self._group.addButton(button)
        self.buttons[entry.key] = button
        return button

    def show_page(self, key: str) -> None:
        """Light the page that is shown."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def set_slim(self, *, on: bool) -> None:
        """Take the narrow or the wide form."""
        self.setFixedWidth(theme().px(64 if on else 200))
        for word in self._words:
            word.setVisible(not on)
        for button in self.buttons.values():
            button.set_slim(on=on)
