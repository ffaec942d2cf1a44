"""Which of many names may be close to one, without comparing it with all: by the pairs of letters they share.

Two names are close from a ratio of CLOSE: of the letters of both, at most a tenth are not matched. A letter that is not
matched breaks two of a name's pairs, one put in breaks one, so most pairs stand in both names, and of any few more than
may be broken one does. The names that hold one of the rarest few are all that can be close.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

CLOSE = 90
MOST = 20


@dataclass(slots=True)
class Closeness:
    """Names in the order they were added, and where each pair of letters stands."""

    names: list[str] = field(default_factory=list)
    holders: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str) -> None:
        """Know one more name."""
        for pair in set(_pairs(name)):
            self.holders[pair].append(len(self.names))
        self.names.append(name)

    def like(self, name: str) -> list[str]:
        """Give the names whose ratio is CLOSE or more, the closest first, then as they were added; at most MOST."""
        few = [self.names[at] for at in self._candidates(name)]
        found = process.extract(name, few, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST)
        return [known for known, _, _ in found]

    def _candidates(self, name: str) -> list[int]:
        holders = sorted((self.holders.get(pair, []) for pair in _pairs(name)), key=len)
        return sorted({at for few in holders[: broken(len(name)) + 1] for at in few})


def _pairs(name: str) -> list[str]:
    return [name[at : at + 2] for at in range(len(name) - 1)] or [name]


@lru_cache
def broken(length: int) -> int:
    """Give how many pairs of a name of this length a close one may lack.

    With u letters of it and v of the other not matched, u + v is at most a tenth of both lengths, where the other is
    as long as it less u and v more: 11u + 9v is at most twice the length, and 2u + v pairs are broken.
    """
    most = 2 * length
    return max(2 * lost + (most - 11 * lost) // 9 for lost in range(most // 11 + 1))
