"""Asks for the reason of a deed in a small sheet; the button names the deed (`退回`)."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.text import plain_label


class ReasonDialog(QDialog):
    """`reason()` is what was written once it was accepted; blank is refused under the field."""

    def __init__(self, parent: QWidget | None, what: str, text: str, label: str, verb: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(what)
        self.setProperty("sheet", "true")
        self.field = TextField(label, key="reason", required=True, rows=2, most=6, limit=200)
        self.done_button = primary(verb, then=self._done, tip=verb, shortcut="Ctrl+Enter")
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(16)
        box.addWidget(plain_label(what, "section", wrap=True))
        if text:
            box.addWidget(plain_label(text, "label", wrap=True))
        box.addWidget(self.field)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(secondary("先不做", then=self.reject))
        foot.addWidget(self.done_button)
        box.addLayout(foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._done)
        self.setMinimumWidth(theme().px(440))
        self.field.setFocus()

    def reason(self) -> str:
        """Give what was written."""
        return self.field.value()

    def _done(self) -> None:
        if self.field.check():
            self.accept()
        else:
            self.field.setFocus()


def ask_reason(parent: QWidget | None, what: str, text: str, label: str, verb: str) -> str | None:
    """Ask for a reason; None where the person went away."""
    box = ReasonDialog(parent, what, text, label, verb)
    return box.reason() if box.exec() == QDialog.DialogCode.Accepted else None
