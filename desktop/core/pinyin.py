"""Pinyin of names for search and for sorting (never for official lists, whose order is by hand).

The table is data (`resources/pinyin/table.txt`), read at the first call in a few milliseconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from desktop.core.paths import resources

MOST = 16
_TONES = "12345"


@dataclass(frozen=True)
class _Table:
    first: dict[str, str]
    other: dict[str, tuple[str, ...]]
    surnames: dict[str, tuple[str, ...]]


@cache
def _table() -> _Table:
    first: dict[str, str] = {}
    other: dict[str, tuple[str, ...]] = {}
    surnames: dict[str, tuple[str, ...]] = {}
    for line in (resources() / "pinyin" / "table.txt").read_text(encoding="utf-8").splitlines():
        kind, key, rest = line.split(" ", 2)
        if kind == "first":
            first.update(dict.fromkeys(rest, key))
        elif kind == "other":
            for char in rest:
                other[char] = (*other.get(char, ()), key)
        else:
            surnames[key] = tuple(rest.split(" "))
    return _Table(first, other, surnames)


def initials(name: str) -> tuple[str, ...]:
    """Give the first letters of every likely reading, the likeliest first: `单田芳` is `stf`, then `dtf`, `ctf`."""
    return _unique("".join([syllable[0] for syllable in way]) for way in _ways(name))


def syllables(name: str) -> tuple[tuple[str, ...], ...]:
    """Give every likely reading as syllables without tones, the likeliest first."""
    return tuple(dict.fromkeys(tuple(map(_toneless, way)) for way in _ways(name)))


def spellings(name: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Give `initials` and `syllables` of a name in one walk, for those who spell many names."""
    ways = list(_ways(name))
    words = _unique("".join([syllable[0] for syllable in way]) for way in ways)
    return words, tuple(dict.fromkeys([tuple(map(_toneless, way)) for way in ways]))


def readings(name: str) -> tuple[str, ...]:
    """Give every likely reading without tones or blanks, the likeliest first: `吕布` is `lvbu` (ü is v)."""
    return _unique("".join(map(_toneless, way)) for way in _ways(name))


def sort_key(name: str) -> str:
    """Give a text that sorts names by surname, reading and tone, then by the characters themselves."""
    return f"{' '.join(next(_ways(name), ()))}\0{name}"


def _unique(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _ways(name: str) -> Iterator[tuple[str, ...]]:
    """Walk the readings of a name as syllables with tones, at most `MOST`."""
    choices = _choices(name)
    if all(len(choice) == 1 for choice in choices):
        return iter((tuple([choice[0] for choice in choices]),))
    return islice(product(*choices), MOST)


def _choices(name: str) -> list[tuple[str, ...]]:
    """List for each character what it may be read as; a surname's own reading stands first."""
    surnames = _table().surnames
    surname = surnames.get(name[:2]) or surnames.get(name[:1]) or ()
    found = [tuple(dict.fromkeys((reading, *_of(char)))) for char, reading in zip(name, surname, strict=False)]
    return found + [choice for char in name[len(found) :] if (choice := _of(char))]


@cache
def _of(char: str) -> tuple[str, ...]:
    if char.isascii() and char.isalnum():
        return (char.lower(),)
    usual = _table().first.get(char)
    return (usual, *_table().other.get(char, ())) if usual else ()


@cache
def _toneless(syllable: str) -> str:
    return syllable.rstrip(_TONES)
