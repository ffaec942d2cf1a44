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
    sizes = _shrunk(sizes, [span.width - span.least for span in spans], sum(sizes) - room)
    last = wide if wide not in gone else max(at for at in range(len(spans)) if at not in gone)
    sizes[last] += max(0, room - sum(sizes))
    return sizes


def _shrunk(sizes: Sequence[int], spare: Sequence[int], over: int) -> list[int]:
    """Take `over` pixels from the columns, of each in the measure that it can spare."""
    can = [give if size else 0 for size, give in zip(sizes, spare, strict=True)]
    whole, taken, found = sum(can), 0, []
    over = max(0, min(over, whole))
    for at, size in enumerate(sizes):
        so_far = over * sum(can[: at + 1]) // whole if whole else 0
        found.append(size - (so_far - taken))
        taken = so_far
    return found
