"""The hub through which pages hear that records changed: topics are table names (core/changes)."""

from collections.abc import Callable, Iterable

import shiboken6
from PySide6.QtCore import QObject, Signal


class Topics(QObject):
    """`topics.subscribe(self, {"person", "membership"}, self.refresh)`; the owner's death ends the subscription."""

    published = Signal(frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listeners: list[tuple[QObject, frozenset[str], Callable[[], object]]] = []

    def subscribe(self, owner: QObject, topics: Iterable[str], then: Callable[[], object]) -> None:
        """Call `then` whenever one of the topics changed, as long as the owner lives."""
        self._listeners.append((owner, frozenset(topics), then))

    def publish(self, topics: Iterable[str]) -> None:
        """Tell that these topics changed."""
        changed = frozenset(topics)
        self._listeners = [one for one in self._listeners if shiboken6.isValid(one[0])]
        for _, wanted, then in tuple(self._listeners):
            if wanted & changed:
                then()
        self.published.emit(changed)
