"""A word at the foot of the window about what was done, with 撤销, for six seconds."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.text import plain_label

SECONDS = 6


class Toast(QFrame):
    """One toast a window; a newer one takes its place. It never takes the focus; the mouse over it holds it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("surface", "toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._then: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        self._text = plain_label("", "onToast")
        self._button = Button("", "toast")
        self._button.clicked.connect(self.press)
        self._close = Button("", "toast")
        self._close.setAccessibleName("收起提示")
        icons.set_icon(self._close, "dismiss", "onToast")
        self._close.clicked.connect(self.hide)
        row.addWidget(self._text)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self.hide()
        window.installEventFilter(self)
        theme().changed.connect(self._look_changed)

    def say(self, text: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """Show a text, with one action (`已保存会议记录` · `撤销`)."""
        metrics = self._text.fontMetrics()
        room = self._window.width() - theme().px(240)
        self._text.setText(metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(room, theme().px(200))))
        self._then = then
        self._button.set_text(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._place()
        self._timer.start(SECONDS * 1000)

    def action(self) -> str:
        """Give the word of the action offered; empty where there is none."""
        return self._button.text() if self._then is not None else ""

    def press(self) -> None:
        """Do what is offered."""
        self.hide()
        if self._then is not None:
            self._then()

    def _look_changed(self) -> None:
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        self.adjustSize()
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - theme().px(24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window when its size changes."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the mouse is over it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        self._timer.start(SECONDS * 500)
        super().leaveEvent(event)
