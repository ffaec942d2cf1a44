"""The only place of message boxes: refusals in three parts, confirmations that name the act, the crash.

A success is never a box (it is a toast), and a confirmation stands only before what cannot be undone.
"""

import logging
import platform
import traceback

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import __version__
from desktop.core.errors import UserError
from desktop.ui import icons
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import Button, danger, primary, secondary
from desktop.ui.widgets.text import plain_label

log = logging.getLogger(__name__)


class Message(QDialog):
    """A small sheet: icon, a bold sentence, a plain one, an optional folded detail, and buttons that are verbs."""

    def __init__(self, parent: QWidget | None, *, icon: str, colour: str, what: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("兜底通")
        self.setProperty("sheet", "true")
        self.setAccessibleName(what)
        self.setAccessibleDescription(text)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(24, 24, 24, 20)
        self._box.setSpacing(20)
        row = QHBoxLayout()
        row.setSpacing(16)
        picture = plain_label()
        picture.setPixmap(icons.pixmap(icon, colour, filled=True, size=theme().px(28)))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(plain_label(what, "section", wrap=True))
        words.addWidget(plain_label(text, wrap=True, selectable=True))
        row.addLayout(words, 1)
        self._box.addLayout(row)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addStretch(1)
        self._box.addLayout(self._foot)
        self.setMinimumWidth(theme().px(440))
        self.setMaximumWidth(theme().px(640))

    def add(self, button: Button, *, first: bool = False) -> Button:
        """Put a button at the foot; the `first` is the one that Enter presses."""
        self._foot.addWidget(button)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if first:
            button.setDefault(True)
            button.setFocus()
        return button

    def add_detail(self, detail: str) -> None:
        """Fold a technical detail under the sentences, with 复制详情."""
        text = QPlainTextEdit(detail)
        text.setReadOnly(True)
        text.setAccessibleName("详情")
        text.setMinimumHeight(theme().px(160))
        text.hide()
        self._box.insertWidget(1, text)
        self._foot.insertWidget(0, secondary("复制详情", "copy", lambda: QGuiApplication.clipboard().setText(detail)))
        def fold() -> None:
            text.setVisible(not text.isVisible())
            self.adjustSize()

        self._foot.insertWidget(0, secondary("看详情", then=fold))


def refusal(parent: QWidget | None, error: UserError) -> None:
    """Show what happened, why, and what to do; the code stands only in the tooltip of the box."""
    box = Message(parent, icon="warning", colour="warn", what=error.what, text=f"{error.why}\n{error.do}")
    box.add(secondary("知道了", then=box.accept), first=True)
    box.exec()


def notice(parent: QWidget | None, what: str, text: str) -> None:
    """Show a fact that must be read before going on."""
    box = Message(parent, icon="info", colour="info", what=what, text=text)
    box.add(secondary("知道了", then=box.accept), first=True)
    box.exec()


def confirm(parent: QWidget | None, what: str, text: str, verb: str, leave: str = "先不做") -> bool:
    """Ask before what cannot be undone; the button names the act (`永久删除 3 人`)."""
    box = Message(parent, icon="warning", colour="warn", what=what, text=text)
    box.add(danger(verb, then=box.accept))
    box.add(secondary(leave, then=box.reject), first=True)
    return box.exec() == QDialog.DialogCode.Accepted


def choose(parent: QWidget | None, what: str, text: str, verbs: list[tuple[str, str]]) -> str:
    """Ask which of several ways to go (`保留草稿`, `放弃`, `继续编辑`); the last is the way of Esc and of Enter."""
    box = Message(parent, icon="question_circle", colour="info", what=what, text=text)
    chosen = [verbs[-1][0]]
    for key, verb in verbs:
        last = key == verbs[-1][0]
        button = primary(verb) if last else secondary(verb)
        button.clicked.connect(lambda _on, key=key: chosen.__setitem__(0, key))
        button.clicked.connect(box.accept)
        box.add(button, first=last)
    return chosen[0] if box.exec() == QDialog.DialogCode.Accepted else verbs[-1][0]


def crash(parent: QWidget | None, error: BaseException) -> None:
    """Say that the program met a fault of its own, with the detail to copy; records are safe by the unit of work."""
    box = Message(
        parent, icon="error_circle", colour="err", what="程序遇到了自身的问题，这一步没有做完。",
        text="已经保存的记录不受影响。\n请重试一次；仍然这样，请点“复制详情”，发给维护人员。",
    )  # fmt: skip
    box.add_detail(crash_text(error))
    box.add(secondary("知道了", then=box.accept), first=True)
    box.exec()


def crash_text(error: BaseException) -> str:
    """Give the detail of a crash: versions and where it happened; no values of records."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename.rsplit('desktop', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    head = f"doudi {__version__} · Python {platform.python_version()} · Qt {qVersion()} · {platform.platform()}"
    return "\n".join([head, type(error).__name__, *lines])
