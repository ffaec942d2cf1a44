"""The registry of deeds: each has an id, Chinese words, a shortcut and a handler, and feeds menus, tips and palette.

Use: `context.actions.add(Action("meeting.new", "记录会议", handler, "Ctrl+N", "add", "组织生活"))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.core import pinyin
from desktop.ui.widgets.keys import key_text

FORBIDDEN = frozenset({
    "Ctrl+Space", "Shift+Space", "Shift", "Ctrl+Shift", "Alt+Shift", "Ctrl+.", "Ctrl+;", "Ctrl+Alt+A", "Ctrl+Shift+F",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Action:
    """One deed; `words` are further words to find it by in the palette, `hidden` keeps it out of the palette."""

    id: str
    text: str
    run: Callable[[], object]
    shortcut: str = ""
    icon: str = "chevron_right"
    group: str = "常用"
    words: str = ""
    hidden: bool = False


class Actions(QObject):
    """All deeds of one window; a shortcut works wherever the focus is in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, Action] = {}
        self._shortcuts: dict[str, QShortcut] = {}

    def add(self, action: Action) -> None:
        """Register a deed; an id or a shortcut that is taken, or a shortcut of the input method, is a bug."""
        if action.id in self._actions:
            raise ValueError(f"action {action.id} is there already")
        if action.shortcut:
            self._bind(action)
        self._actions[action.id] = action

    def _bind(self, action: Action) -> None:
        if action.shortcut in FORBIDDEN or len(action.shortcut) == 1:
            raise ValueError(f"{action.shortcut} belongs to input methods")
        if any(one.shortcut == action.shortcut for one in self._actions.values()):
            raise ValueError(f"{action.shortcut} is taken")
        shortcut = QShortcut(QKeySequence(action.shortcut), self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(action.run)
        self._shortcuts[action.id] = shortcut

    def all(self) -> tuple[Action, ...]:
        """Give every deed in the order they were added."""
        return tuple(self._actions.values())

    def run(self, key: str) -> None:
        """Do a deed by its id."""
        self._actions[key].run()

    def tip(self, key: str) -> str:
        """Give a deed's words with its shortcut, for a tooltip."""
        action = self._actions[key]
        return f"{action.text}（{key_text(action.shortcut)}）" if action.shortcut else action.text

    def find(self, typed: str) -> tuple[Action, ...]:
        """Find deeds by words, pinyin or initials; all that are shown where nothing is typed."""
        wanted = typed.replace(" ", "").replace("'", "").casefold()
        shown = [one for one in self._actions.values() if not one.hidden]
        return tuple(one for one in shown if not wanted or _matches(one, wanted))


def _matches(action: Action, wanted: str) -> bool:
    texts = (action.text, *action.words.split())
    keys = (key for text in texts for key in (text.casefold(), *pinyin.initials(text), *pinyin.readings(text)))
    return any(wanted in key for key in keys)
