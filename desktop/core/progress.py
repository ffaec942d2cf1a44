"""Progress and cancellation, passed in by whoever waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event


class CancelledError(Exception):
    """The person pressed 取消; the unit that was open rolls back."""


@dataclass(slots=True)
class Progress:
    """What a long piece of work tells and asks: `step` reports done and total, and raises when it was cancelled."""

    report: Callable[[int, int, str], None] = lambda done, total, text: None  # noqa: ARG005
    cancelled: Event = field(default_factory=Event)

    def step(self, done: int, total: int, text: str = "") -> None:
        """Report `done` of `total` with a few words, or raise CancelledError."""
        if self.cancelled.is_set():
            raise CancelledError
        self.report(done, total, text)

    def cancel(self) -> None:
        """Ask the work to stop at its next step; may be called from any thread."""
        self.cancelled.set()
