"""Tells when nobody has touched keyboard or mouse for a while, so that the window can lock itself."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

MINUTES = 5
SIGNS = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
    QEvent.Type.InputMethod, QEvent.Type.TouchBegin, QEvent.Type.DragMove,
})  # fmt: skip


class Idle(QObject):
    """`passed` fires once after `minutes` without a sign of life, and again after the next such while."""

    passed = Signal()

    def __init__(self, app: QApplication, minutes: float = MINUTES) -> None:
        super().__init__(app)
        self._timer = QTimer(self, interval=round(minutes * 60_000))
        self._timer.timeout.connect(self.passed)
        self._timer.start()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        """Begin to count anew."""
        if event.type() in SIGNS:
            self._timer.start()
        return False
