"""The drawer at the right: one record as plain labelled text, in tabs, with its deeds at the foot.

    host = DrawerHost(table_part)            # the page's content with room for a drawer
    host.drawer.show_record("刘芳", [("正式党员", "neutral")], mark="刘")
    host.drawer.set_tabs([("basic", "基本信息", widget), ("history", "变更记录", make)])   # a widget or a maker
    host.drawer.set_deeds([secondary("编辑", "edit", …)])
    host.open()

On wide windows it pushes the content aside, on narrow ones it lies over it.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.theme import restyle, theme
from desktop.ui.widgets.buttons import quiet
from desktop.ui.widgets.flow import FlowLayout, clear
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.tabs import Tabs
from desktop.ui.widgets.text import Tag, elided_label, line, plain_label, tag_label

WIDTH, PUSH = 336, 1330
Maker = QWidget | Callable[[], QWidget]


class Drawer(QFrame):
    """Head with a name and marks, tabs, scrolling body, foot with deeds; Esc closes it."""

    closed = Signal()
    tab_picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "drawer")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._build_head())
        self.tabs = Tabs(name="记录的各部分")
        self.tabs.setContentsMargins(20, 0, 20, 0)
        self.tabs.picked.connect(self._go)
        box.addWidget(self.tabs)
        box.addWidget(line())
        self._stack = QStackedWidget()
        box.addWidget(self._stack, 1)
        self._foot = QFrame()
        self._foot.setProperty("surface", "foot")
        self._deeds = QHBoxLayout(self._foot)
        self._deeds.setContentsMargins(20, 10, 12, 10)
        self._deeds.setSpacing(8)
        box.addWidget(self._foot)
        self._foot.hide()
        self._makers: dict[str, Maker] = {}
        self._made: dict[str, QWidget] = {}

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 12, 8)
        head.setSpacing(12)
        self._mark = plain_label("", "portrait")
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        self._name = elided_label("", "section")
        middle.addWidget(self._name)
        self._tags = FlowLayout(gap=6)
        middle.addLayout(self._tags)
        head.addLayout(middle, 1)
        head.addWidget(quiet("", "dismiss", self.closed.emit, tip="收起", shortcut="Esc"), 0, Qt.AlignmentFlag.AlignTop)
        return head

    def show_record(self, name: str, tags: Sequence[tuple[str, Tag]] = (), *, mark: str = "") -> None:
        """Show whose record it is."""
        self._name.setText(name)
        self._mark.setText(mark)
        self._mark.setVisible(bool(mark))
        side = theme().px(44)
        self._mark.setFixedSize(side, side)
        clear(self._tags)
        for text, tag in tags:
            self._tags.addWidget(tag_label(text, tag))
        self.setAccessibleName(name)

    def set_tabs(self, parts: Sequence[tuple[str, str, Maker]]) -> None:
        """Replace the tabs; a maker is called when its tab is first seen. The tab that was on stays on."""
        for widget in self._made.values():
            self._stack.removeWidget(widget)
            widget.deleteLater()
        self._makers = {key: maker for key, _, maker in parts}
        self._made = {}
        self.tabs.set_tabs([(key, text) for key, text, _ in parts])
        self.tabs.setVisible(len(parts) > 1)
        if parts:
            self._show(self.tabs.key())

    def set_deeds(self, buttons: Sequence[QWidget]) -> None:
        """Put buttons at the foot."""
        clear(self._deeds)
        for button in buttons:
            self._deeds.addWidget(button)
        self._deeds.addStretch(1)
        self._foot.setVisible(bool(buttons))

    def _go(self, key: str) -> None:
        self._show(key)
        self.tab_picked.emit(key)

    def _show(self, key: str) -> None:
        if key not in self._made:
            maker = self._makers[key]
            inner = maker if isinstance(maker, QWidget) else maker()
            frame = QWidget()
            box = QVBoxLayout(frame)
            box.setContentsMargins(20, 16, 20, 16)
            box.addWidget(inner)
            box.addStretch(1)
            self._made[key] = scroll(frame)
            self._stack.addWidget(self._made[key])
        self._stack.setCurrentWidget(self._made[key])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class DrawerHost(QWidget):
    """The content of a page with a drawer beside it, or over it where the window is narrower than `push`."""

    closed = Signal()

    def __init__(self, content: QWidget, *, push: int = PUSH) -> None:
        super().__init__()
        self.content, self._push = content, push
        content.setParent(self)
        self.drawer = Drawer()
        self.drawer.setParent(self)
        self.drawer.hide()
        self.drawer.closed.connect(self.close_drawer)

    def open(self) -> None:
        """Show the drawer."""
        self.drawer.show()
        self.drawer.raise_()
        restyle(self.drawer)
        self._place()

    def close_drawer(self) -> None:
        """Put the drawer away."""
        if self.drawer.isVisible():
            self.drawer.hide()
            self._place()
            self.content.setFocus()
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place both anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        look = theme()
        width = min(look.px(WIDTH), self.width())
        wide = self.window().width() >= look.px(self._push)
        taken = width if self.drawer.isVisible() and wide else 0
        self.content.setGeometry(0, 0, self.width() - taken, self.height())
        self.drawer.setGeometry(self.width() - width, 0, width, self.height())
