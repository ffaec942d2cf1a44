"""A sheet over the window: title, a grey line, a body to fill, and a foot of buttons; Esc goes away."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.text import plain_label


class Sheet(QDialog):
    """Put widgets into `body`; `foot_left` and `add_button` fill the foot."""

    def __init__(self, parent: QWidget | None, title: str, text: str = "", *, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setProperty("sheet", "true")
        self.setAccessibleName(title)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(16)
        self.heading = plain_label(title, "section", wrap=True)
        self.said = plain_label(text, "label", wrap=True)
        self.said.setVisible(bool(text))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        box.addWidget(self.heading)
        box.addWidget(self.said)
        box.addLayout(self.body, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self.foot_left = QHBoxLayout()
        self._foot.addLayout(self.foot_left)
        self._foot.addStretch(1)
        box.addLayout(self._foot)
        self.setMinimumWidth(theme().px(width))

    def say(self, title: str, text: str) -> None:
        """Show another title and line."""
        self.heading.setText(title)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def add_button(self, button: Button) -> Button:
        """Put a button at the right of the foot."""
        self._foot.addWidget(button)
        return button
