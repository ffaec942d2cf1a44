"""The strip that shows long work: after 0.3 s that there is some, after 1 s how far it is, with 取消."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from desktop.core.progress import CLOSING
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.text import plain_label

BUSY_MS, DETAIL_MS = 300, 1000


class WorkStrip(QFrame):
    """Shows one piece of work; `begin`, `advance`, `end` are called by the window for what `tasks` tells."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        self._text = plain_label("", "label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._count = plain_label("", "label")
        self.cancel = secondary("取消", tip="停下这项工作，已做的部分不保留")
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self._count)
        row.addWidget(self.cancel)
        self._title = ""
        self._busy = QTimer(self, singleShot=True, interval=BUSY_MS)
        self._busy.timeout.connect(self.show)
        self._detail = QTimer(self, singleShot=True, interval=DETAIL_MS)
        self._detail.timeout.connect(self._more)
        self.hide()

    def begin(self, title: str, *, can_cancel: bool) -> None:
        """Start counting for a piece of work with its name."""
        self._title = title or "正在处理"
        self._text.setText(f"{self._title}…")
        self._bar.setRange(0, 0)
        self._bar.setMaximumWidth(theme().px(480))
        self._count.setText("")
        self._count.hide()
        self.cancel.setVisible(can_cancel)
        self.cancel.setEnabled(True)
        self._busy.start()
        self._detail.start()

    def advance(self, done: int, total: int, text: str) -> None:
        """Tell how far it is."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(min(done, total))
        self._text.setText(f"{self._title}：{text}" if text else f"{self._title}…")
        self._count.setText(f"{done:,} / {total:,}" if total else "")
        if text == CLOSING:
            self.cancel.setEnabled(False)

    def end(self) -> None:
        """Go away."""
        self._busy.stop()
        self._detail.stop()
        self.hide()

    def _more(self) -> None:
        self._count.show()
