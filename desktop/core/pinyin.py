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
    return _unique("".join(syllable[0] for syllable in way) for way in _ways(name))


def syllables(name: str) -> tuple[tuple[str, ...], ...]:
    """Give every likely reading as syllables without tones, the likeliest first."""
    return tuple(dict.fromkeys(tuple(syllable.rstrip(_TONES) for syllable in way) for way in _ways(name)))


def readings(name: str) -> tuple[str, ...]:
    """Give every likely reading without tones or blanks, the likeliest first: `吕布` is `lvbu` (ü is v)."""
    return _unique("".join(syllable.rstrip(_TONES) for syllable in way) for way in _ways(name))


def sort_key(name: str) -> str:
    """Give a text that sorts names by surname, reading and tone, then by the characters themselves."""
    return f"{' '.join(next(_ways(name), ()))}\0{name}"


def _unique(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _ways(name: str) -> Iterator[tuple[str, ...]]:
    """Walk the readings of a name as syllables with tones, at most `MOST`."""
    return islice(product(*_choices(name)), MOST)


def _choices(name: str) -> list[tuple[str, ...]]:
    """List for each character what it may be read as; a surname's own reading stands first."""
    table = _table()
    found: list[tuple[str, ...]] = []
    for length in (2, 1):
        surname = table.surnames.get(name[:length])
        if surname:
            found = [
                tuple(dict.fromkeys((reading, *_of(char, table)))) for char, reading in zip(name, surname, strict=False)
            ]
            break
    rest = name[len(found) :]
    return found + [choice for char in rest if (choice := _of(char, table))]


def _of(char: str, table: _Table) -> tuple[str, ...]:
    if char.isascii() and char.isalnum():
        return (char.lower(),)
    usual = table.first.get(char)
    return (usual, *table.other.get(char, ())) if usual else ()
