"""Two fields for a new password, with a sentence about its worth while it is typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services import workspaces
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.fields import SecretField
from desktop.ui.widgets.text import plain_label


class NewPassword(QWidget):
    """`check()` tells whether both are there and alike; `value()` is the password as typed."""

    def __init__(self, label: str = "新密码") -> None:
        super().__init__()
        self.password = SecretField(label, key="password", required=True)
        self.again = SecretField("再输一次", key="again", required=True)
        self.worth = plain_label("至少 8 个字符，一句记得住的话最好。", "note", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for widget in (self.password, self.worth, self.again):
            box.addWidget(widget)
        self.password.changed.connect(self._weigh)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus into the first of the two."""
        self.password.setFocus(reason)

    def _weigh(self) -> None:
        said = workspaces.strength(self.password.value())
        self.worth.setText(said or "至少 8 个字符，一句记得住的话最好。")

    def problem(self) -> Field | None:
        """Check both fields and give the one that is wrong, or None."""
        if not self.password.check():
            return self.password
        if self.password.value() != self.again.value():
            self.again.set_error("两次输入不一样。请再输一次。")
            return self.again
        return None

    def value(self) -> str:
        """Give the password."""
        return self.password.value()

    def clear(self) -> None:
        """Forget what was typed."""
        self.password.set_value("")
        self.again.set_value("")
