"""Where the person is and how to get elsewhere: `context.navigate.go("members", "person", id)`.

Findings, search and the desk name a place as `page/kind:id` (`members/person:0190…`), read by `follow`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

MOST = 50


@dataclass(frozen=True, slots=True)
class Place:
    """One page, and the record shown on it; ids are hex."""

    page: str
    kind: str = ""
    id: str = ""

    def __str__(self) -> str:
        """Write it as findings do."""
        return f"{self.page}/{self.kind}:{self.id}" if self.kind else self.page


def parse_place(text: str) -> Place:
    """Read `page`, `page/kind:id` or `page/kind`."""
    page, _, rest = text.partition("/")
    kind, _, key = rest.partition(":")
    return Place(page, kind, key)


class Navigation(QObject):
    """Goes to places and back again; `came(place)` fires after each."""

    came = Signal(object)

    def __init__(self, show: Callable[[Place], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._before: list[Place] = []
        self.place = Place("")

    def go(self, page: str, kind: str = "", key: str = "") -> bool:
        """Go to a page, and to a record on it; False where the page does not let go or is not known."""
        return self._to(Place(page, kind, key), remember=True)

    def follow(self, text: str) -> bool:
        """Go to a place written as findings do."""
        place = parse_place(text)
        return self._to(place, remember=True)

    def back(self) -> bool:
        """Go back to where the person was before (Alt+←)."""
        if not self._before:
            return False
        place = self._before.pop()
        if self._to(place, remember=False):
            return True
        self._before.append(place)
        return False

    def _to(self, place: Place, *, remember: bool) -> bool:
        before = self.place
        if not self._show(place):
            return False
        if remember and before.page and before != place:
            self._before = [*self._before, before][-MOST:]
        self.place = place
        self.came.emit(place)
        return True
