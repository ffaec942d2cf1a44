"""The deeds that every page has: search, back, undo, scale, lock; and the list of all shortcuts."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.services.sessions import STAFF, Role
from desktop.ui.actions import Action, Actions
from desktop.ui.context import Context
from desktop.ui.header import Header
from desktop.ui.page import Page
from desktop.ui.pages import PAGES
from desktop.ui.palette import Palette
from desktop.ui.theme import Mode, theme
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.keys import key_text
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.text import plain_label

_NEW = (
    ("members", "member", "新增党员"), ("branches", "branch", "新增党组织"),
    ("organisations", "organisation", "登记社会组织"),
)  # fmt: skip
LOOK, WINDOW, GO = "显示", "窗口", "前往"


class Shell(Protocol):
    """What the deeds need of the window."""

    context: Context
    header: Header
    palette_view: Palette

    def page(self) -> Page | None:
        """Give the page that is shown."""

    def undo(self) -> None:
        """Undo the newest unit."""

    def redo(self) -> None:
        """Take the newest undo back."""

    def leave(self, reason: str) -> None:
        """Close the window for a reason."""

    def widget(self) -> QWidget:
        """Give the window as a parent of dialogs."""


def register(window: Shell) -> None:
    """Give the window its deeds, and fill the person's menu."""
    actions, context = window.context.actions, window.context
    for one in (
        Action("search", "搜索", window.palette_view.open, "Ctrl+K", "search", WINDOW, hidden=True),
        Action("back", "返回上一处", context.navigate.back, "Alt+Left", "arrow_left", GO),
        Action("primary", "本页主要操作", lambda: _primary(window), "F2", "add", WINDOW, hidden=True),
        Action("refresh", "刷新", lambda: _refresh(window), "F5", "arrow_clockwise", WINDOW),
        Action("undo", "撤销上一项操作", window.undo, "Ctrl+Z", "arrow_undo", WINDOW),
        Action("redo", "重做", window.redo, "Ctrl+Y", "arrow_redo", WINDOW),
        Action("larger", "放大字号", lambda: _scale(window, 1), "Ctrl+=", "zoom_in", LOOK),
        Action("smaller", "缩小字号", lambda: _scale(window, -1), "Ctrl+-", "zoom_out", LOOK),
        Action("normal", "恢复标准字号", lambda: _scale(window, 0), "Ctrl+0", "zoom_in", LOOK),
        Action("light", "浅色界面", lambda: _mode(window, Mode.LIGHT), "", "weather_sunny", LOOK),
        Action("dark", "深色界面", lambda: _mode(window, Mode.DARK), "", "weather_moon", LOOK),
        Action("system", "界面颜色跟随系统", lambda: _mode(window, Mode.SYSTEM), "", "settings", LOOK),
        Action("shortcuts", "快捷键一览", _lister(window), "Ctrl+/", "question_circle", WINDOW),
        Action("lock", "锁定", lambda: window.leave("lock"), "Ctrl+L", "lock_closed", WINDOW),
        Action("switch", "换账号", lambda: window.leave("switch"), "", "person_swap", WINDOW),
        Action("quit", "退出", lambda: window.leave("quit"), "Ctrl+Q", "dismiss", WINDOW),
    ):
        actions.add(one)
    if context.session.role is not Role.READER:
        record = _recorder(window)
        actions.add(Action("meeting.new", "记录会议", record, "Ctrl+N", "add", "组织生活", words="开会 会议记录"))
    if context.session.role in STAFF:
        for page, key, text in _NEW:
            actions.add(Action(f"{key}.new", text, _goer(window, page, "new"), "", "add", "登记", words="新增 登记"))
        actions.add(Action("trash", "打开回收站", _trash(window), "", "delete", GO, words="恢复 删除"))
    for entry in PAGES:
        actions.add(Action(f"go.{entry.key}", f"打开{entry.title}", _goer(window, entry.key), "", entry.icon, GO))
    _fill_menu(window)


def _fill_menu(window: Shell) -> None:
    menu = window.header.menu
    staff = window.context.session.role in STAFF
    first = ("lock", "switch", "trash") if staff else ("lock", "switch")
    for key in (*first, "", "light", "dark", "system", "", "shortcuts", "quit"):
        if key:
            menu.addAction(window.context.actions.tip(key), lambda key=key: window.context.actions.run(key))
        else:
            menu.addSeparator()


def _goer(window: Shell, key: str, kind: str = "") -> Callable[[], object]:
    return lambda: window.context.navigate.go(key, kind)


def _trash(window: Shell) -> Callable[[], object]:
    def show() -> None:
        from desktop.ui.dialogs.trash import TrashDialog

        TrashDialog(window.context, window.widget()).open()

    return show


def _recorder(window: Shell) -> Callable[[], object]:
    return lambda: window.context.navigate.go("meetings", "new")


def _lister(window: Shell) -> Callable[[], object]:
    return lambda: show_shortcuts(window.widget(), window.context.actions)


def _primary(window: Shell) -> None:
    page = window.page()
    if page is not None:
        page.primary()


def _refresh(window: Shell) -> None:
    page = window.page()
    if page is not None:
        page.invalidate()


def _scale(window: Shell, steps: int) -> None:
    theme().step_percent(steps)
    window.context.settings.set("percent", theme().percent)
    window.context.toast.say(f"字号 {theme().percent} %")


def _mode(window: Shell, mode: Mode) -> None:
    theme().set_mode(mode)
    window.context.settings.set("mode", mode.value)


def show_shortcuts(parent: QWidget, actions: Actions) -> None:
    """List every shortcut of the window."""
    box = QDialog(parent)
    box.setWindowTitle("快捷键一览")
    box.setProperty("sheet", "true")
    content = QWidget()
    grid = QGridLayout(content)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(10)
    for at, action in enumerate(one for one in actions.all() if one.shortcut):
        grid.addWidget(plain_label(action.text), at, 0)
        grid.addWidget(plain_label(key_text(action.shortcut), "key"), at, 1)
    grid.setColumnStretch(0, 1)
    whole = QVBoxLayout(box)
    whole.setContentsMargins(24, 20, 24, 20)
    whole.setSpacing(16)
    whole.addWidget(plain_label("快捷键一览", "title"))
    whole.addWidget(scroll(content), 1)
    whole.addWidget(secondary("关闭", then=box.accept))
    box.resize(theme().px(420), theme().px(560))
    box.exec()
