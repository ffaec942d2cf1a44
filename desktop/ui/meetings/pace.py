"""When to do what follows typing: after a moment of quiet, and at the latest a while after the first key."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Pace(QObject):
    """Calls `then` once `poke` has been quiet for `quiet` ms, but never later than `most` ms after the first poke.

    A timer that only starts anew at each key never fires for somebody who types without a pause.
    """

    def __init__(self, then: Callable[[], object], parent: QObject, *, quiet: int, most: int) -> None:
        super().__init__(parent)
        self._then = then
        self._quiet = QTimer(self, singleShot=True, interval=quiet)
        self._late = QTimer(self, singleShot=True, interval=most)
        for timer in (self._quiet, self._late):
            timer.timeout.connect(self._due)

    def poke(self) -> None:
        """Something was typed."""
        self._quiet.start()
        if not self._late.isActive():
            self._late.start()

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._quiet.stop()
        self._late.stop()

    def _due(self) -> None:
        self.stop()
        self._then()
