"""How wide the columns of a list are in the room there is: short of room, some shrink, then the least needed go."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """One column in pixels: the width it wants, the least it can do with, and its turn to go (0: never)."""

    width: int
    least: int
    gives_way: int = 0


def fit(spans: Sequence[Span], room: int, *, wide: int) -> list[int]:
    """Give each column its width, 0 for one that had to go; what is left over goes to `wide`, or to the last.

    At least one column has no turn to go.
    """
    gone: set[int] = set()
    for at in sorted((at for at, span in enumerate(spans) if span.gives_way), key=lambda at: spans[at].gives_way):
        if sum(span.least for number, span in enumerate(spans) if number not in gone) <= room:
            break
        gone.add(at)
    sizes = [0 if at in gone else span.width for at, span in enumerate(spans)]
    for at in _most_room_first(spans, gone):
        over = sum(sizes) - room
        sizes[at] -= max(0, min(over, spans[at].width - spans[at].least))
    last = wide if wide not in gone else max(at for at in range(len(spans)) if at not in gone)
    sizes[last] += max(0, room - sum(sizes))
    return sizes


def _most_room_first(spans: Sequence[Span], gone: set[int]) -> list[int]:
    """Let the column that can spare most give first."""
    left = [at for at in range(len(spans)) if at not in gone]
    return sorted(left, key=lambda at: spans[at].least - spans[at].width)
