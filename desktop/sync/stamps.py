"""Stamps of cells (package-format.md §5): what a value is, who wrote it and what it had seen."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.sync.encodings import hlc_text
from desktop.sync.errors import SetAsideError

MAX_GEN = 2**31
_INDEX = r"(?:0|[1-9][0-9]{0,9})"
_STAMP = re.compile(rf"({_INDEX})\.([0-9a-f]{{16}})\.({_INDEX})(?:\.(.+))?")
_SEEN = re.compile(rf"({_INDEX}):([0-9a-f]{{16}})")


class Origin(NamedTuple):
    """One installation between two restores: 16 bytes of site, 8 of epoch; origins sort by their bytes."""

    site: bytes
    epoch: bytes

    @classmethod
    def of(cls, site: str, epoch: str) -> "Origin":
        """Read an origin from its hex texts."""
        return cls(bytes.fromhex(site), bytes.fromhex(epoch))

    def texts(self) -> list[str]:
        """Write an origin as the list `[site, epoch]` of the header."""
        return [self.site.hex(), self.epoch.hex()]


History = Mapping[Origin, int]
Forks = Mapping[Origin, int]
NO_FORKS: Forks = {}


@dataclass(frozen=True, slots=True)
class Stamp:
    """One stamp; `hist` names, sorted by origin, the newest clock value seen of each; `hlc` is 64 bits."""

    gen: int
    hlc: int
    origin: Origin
    hist: tuple[tuple[Origin, int], ...] = ()

    @property
    def dot(self) -> str:
        """Name the write itself: `site.epoch.hlc`."""
        return f"{self.origin.site.hex()}.{self.origin.epoch.hex()}.{hlc_text(self.hlc)}"

    @property
    def order(self) -> tuple[int, int, bytes, bytes]:
        """Give what stamps are compared by: gen, hlc, site and epoch."""
        return (self.gen, self.hlc, *self.origin)

    @property
    def newest(self) -> int:
        """Give the greatest clock value in the stamp or its history."""
        return max(self.hlc, max((seen for _, seen in self.hist), default=0))

    def seen(self) -> dict[Origin, int]:
        """Give everything that the value has seen, itself included."""
        found = dict(self.hist)
        found[self.origin] = max(self.hlc, found.get(self.origin, 0))
        return found

    def covers(self, other: "Stamp") -> bool:
        """Tell whether this value had seen the write `other`."""
        return self.seen().get(other.origin, -1) >= other.hlc


Stamps = Mapping[str, Stamp | None]


def make_stamp(gen: int, clock: int, origin: Origin, seen: History) -> Stamp:
    """Make a stamp whose history is `seen`, its own origin left out unless later."""
    kept = {org: newest for org, newest in seen.items() if org != origin or newest > clock}
    return Stamp(gen, clock, origin, tuple(sorted(kept.items())))


def join(histories: Iterable[History]) -> dict[Origin, int]:
    """Join histories: of each origin the newest clock value."""
    found: dict[Origin, int] = {}
    for history in histories:
        for origin, newest in history.items():
            found[origin] = max(newest, found.get(origin, 0))
    return found


def after_fork(stamp: Stamp, forks: Forks) -> bool:
    """Tell whether a write was made by a forked origin after the fork."""
    forked = forks.get(stamp.origin)
    return forked is not None and stamp.hlc > forked


@dataclass(slots=True)
class StampCodec:
    """Reads and writes stamp texts against the list `origins` of one package; texts that repeat are read once."""

    origins: Sequence[Origin]
    _known: dict[str, Stamp] = field(default_factory=dict)
    _index: dict[Origin, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._index = {origin: index for index, origin in enumerate(self.origins)}

    def read(self, text: object) -> Stamp:
        """Read a stamp; a SetAsideError tells what is wrong with it."""
        if not isinstance(text, str):
            raise SetAsideError("stamp", "stamp is no text")
        found = self._known.get(text)
        if found is None:
            found = self._parse(text)
            if len(self._known) >= 4096:
                self._known.clear()
            self._known[text] = found
        return found

    def write(self, stamp: Stamp) -> str:
        """Write a stamp; a KeyError where its origins are not of the package."""
        text = f"{stamp.gen}.{stamp.hlc:016x}.{self._index[stamp.origin]}"
        if not stamp.hist:
            return text
        entries = sorted((self._index[origin], seen) for origin, seen in stamp.hist)
        return f"{text}.{','.join(f'{index}:{seen:016x}' for index, seen in entries)}"

    def _parse(self, text: str) -> Stamp:
        match = _STAMP.fullmatch(text)
        if match is None:
            raise SetAsideError("stamp", "stamp is malformed")
        gen, clock, hist = int(match[1]), int(match[2], 16), match[4]
        if gen >= MAX_GEN:
            raise SetAsideError("stamp", "gen is out of range")
        stamp = Stamp(gen, clock, self._origin(match[3]), self._history(hist) if hist else ())
        if dict(stamp.hist).get(stamp.origin, MAX_GEN << 64) <= clock:
            raise SetAsideError("stamp", "history names the stamp's own origin without a later hlc")
        return stamp

    def _history(self, text: str) -> tuple[tuple[Origin, int], ...]:
        indexes, found = [], []
        for entry in text.split(","):
            match = _SEEN.fullmatch(entry)
            if match is None:
                raise SetAsideError("stamp", "stamp is malformed")
            indexes.append(int(match[1]))
            found.append((self._origin(match[1]), int(match[2], 16)))
        if any(left >= right for left, right in itertools.pairwise(indexes)):
            raise SetAsideError("stamp", "history is not sorted")
        return tuple(found)

    def _origin(self, index: str) -> Origin:
        if int(index) >= len(self.origins):
            raise SetAsideError("stamp", "stamp names no origin")
        return self.origins[int(index)]


def write_stamp(
    old: Stamp | None, origin: Origin, clock: int, *, deletion: Stamp | None = None, correct: bool = False
) -> Stamp:
    """Stamp a write over `old` (None for a group that the row never had).

    `deletion` is the stamp of `_deleted` where that is not null; `correct` raises gen, for who may correct.
    """
    seen = join(stamp.seen() for stamp in (old, deletion) if stamp is not None)
    seen.pop(origin, None)
    return make_stamp((old.gen if old else 0) + correct, clock, origin, seen)


def write_deleted(groups: Stamps, origin: Origin, clock: int, *, correct: bool = False) -> Stamp:
    """Stamp a write of `_deleted`, which has seen the whole row; `groups` are the row's stamps before it."""
    seen = join(stamp.seen() for stamp in groups.values() if stamp is not None)
    seen.pop(origin, None)
    old = groups.get("_deleted")
    return make_stamp((old.gen if old else 0) + correct, clock, origin, seen)


def row_stamp(groups: Stamps) -> tuple[Stamp, dict[str, Stamp | None]]:
    """Give the row stamp and the groups that differ from it: the least by order, of equal ones the first by name.

    At least one group must have a stamp; a ValueError else.
    """
    first = next(iter(groups.values()), None)
    if first is not None and len(set(map(id, groups.values()))) == 1:
        return first, {}
    had = [(stamp.order, name, stamp) for name, stamp in groups.items() if stamp is not None]
    row = min(had, key=lambda entry: entry[:2])[2]
    return row, {name: groups[name] for name in sorted(groups) if groups[name] != row}
