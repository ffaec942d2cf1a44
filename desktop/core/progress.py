"""Progress and cancellation, passed in by whoever waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock

CLOSING = "正在收尾，不能取消了"


class CancelledError(Exception):
    """The person pressed 取消; the unit that was open rolls back."""


@dataclass(slots=True)
class Progress:
    """What a long piece of work tells and asks: `step` reports done and total, and raises when it was cancelled."""

    report: Callable[[int, int, str], None] = lambda done, total, text: None  # noqa: ARG005
    cancelled: Event = field(default_factory=Event)
    closed: bool = False
    _gate: Lock = field(default_factory=Lock)

    def step(self, done: int, total: int, text: str = "") -> None:
        """Report `done` of `total` with a few words, or raise CancelledError."""
        if self.cancelled.is_set():
            raise CancelledError
        self.report(done, total, text)

    def close(self) -> None:
        """Say that what comes now is the end, which nobody can cancel; raises where somebody did just before."""
        with self._gate:
            if self.cancelled.is_set():
                raise CancelledError
            self.closed = True
        self.report(0, 0, CLOSING)

    def cancel(self) -> bool:
        """Ask the work to stop at its next step, and tell whether it will; may be called from any thread."""
        with self._gate:
            if not self.closed:
                self.cancelled.set()
            return not self.closed
