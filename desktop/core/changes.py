"""What a write tells the screens."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The topics (table names) that a unit touched, and its number for 撤销; `unit` is None where nothing changed."""

    topics: frozenset[str]
    unit: int | None = None
    label: str = ""

    def __or__(self, other: "Changes") -> "Changes":
        """Join the topics of two writes; the later unit stands."""
        return Changes(self.topics | other.topics, other.unit or self.unit, other.label or self.label)


NOTHING = Changes(frozenset())
