"""What comes of one cell: a value, or nothing, and what is wrong with it."""

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["warn", "refuse"]
Value = str | int | bool
BLANK_MARKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "－", "、", "*", "无", "#N/A", "N/A", "空", "暂无"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell: `warn` lets the row in, `refuse` parks it; `why` and `do` are shown."""

    level: Level
    why: str
    do: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one cell says: `value` (None where it says nothing) and further fields that stood in the same cell."""

    value: Value | None = None
    problem: Problem | None = None
    extras: tuple[tuple[str, Value], ...] = field(default=())


NOTHING = Parsed()


def warned(value: Value | None, why: str, do: str) -> Parsed:
    """Give a value that comes in with a remark; None where the cell is left out."""
    return Parsed(value, Problem("warn", why, do))


def refused(why: str, do: str) -> Parsed:
    """Park the row because of this cell."""
    return Parsed(None, Problem("refuse", why, do))
