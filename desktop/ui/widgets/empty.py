"""The empty state: why there is nothing, and what to do (`还没有会议记录。从这里记录第一次会议。[记录会议]`)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.text import plain_label


class EmptyState(QWidget):
    """Why it is empty, what may be done, and the button that does it; `more` is a second way, beside it."""

    def __init__(
        self, why: str, hint: str = "", action: str = "", then: Callable[[], object] | None = None,
        *, icon: str = "clipboard_text_ltr", more: tuple[str, Callable[[], object]] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._icon = icon
        box = QVBoxLayout(self)
        box.setSpacing(8)
        box.addStretch(1)
        self._picture = plain_label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._picture)
        self._why = plain_label(why, "strong", wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._why)
        self._hint = plain_label(hint, "label", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._hint)
        self._hint.setVisible(bool(hint))  # only now that it stands in the widget: alone it would be a window
        self.button = secondary(action, then=then)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.button)
        self.buttons = [self.button, *([secondary(more[0], then=more[1])] if more else [])]
        for one in self.buttons[1:]:
            row.addWidget(one)
        row.addStretch(1)
        box.addLayout(row)
        self.button.setVisible(bool(action))
        box.addStretch(1)
        self._colour()
        theme().changed.connect(self._colour)

    def say(self, why: str, hint: str = "") -> None:
        """Give another reason (`筛选“类别：预备”藏起了 18 人。`)."""
        self._why.setText(why)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _colour(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, "field", size=theme().px(40)))
