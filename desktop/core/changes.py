"""What a write tells the screens."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Changes:
    """The topics (table names) that a unit touched, and its number for 撤销; `unit` is None where nothing changed.

    `key` is the id of the one record that the write was about, where it was about one.
    """

    topics: frozenset[str]
    unit: int | None = None
    label: str = ""
    key: bytes | None = None

    def about(self, key: bytes) -> "Changes":
        """Give the same changes with the id of the record that they are about."""
        return replace(self, key=key)

    def __or__(self, other: "Changes") -> "Changes":
        """Join the topics of two writes; the later unit stands."""
        unit, label, key = other.unit or self.unit, other.label or self.label, other.key or self.key
        return Changes(self.topics | other.topics, unit, label, key)


NOTHING = Changes(frozenset())
