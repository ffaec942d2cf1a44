"""Finds Jiangsu's counties and townships by code, name or pinyin, before there is a workspace."""

from dataclasses import dataclass
from functools import cache

from desktop.core import pinyin
from desktop.core.codes import divisions
from desktop.core.text import match_name

CITY, COUNTY, TOWNSHIP = 4, 6, 9


@dataclass(frozen=True, slots=True)
class Division:
    """One county (six digits) or township (nine); `path` names it with what it lies in."""

    code: str
    name: str
    path: str


@cache
def _keys(length: int) -> tuple[tuple[Division, tuple[str, ...]], ...]:
    """Give every division of a level with the texts that it is found by."""
    known = divisions()
    found = []
    for code, name in sorted(known.items()):
        if len(code) == length and not (length == COUNTY and code.endswith("00")):
            steps = dict.fromkeys((f"{code[:CITY]}00", code[:COUNTY], code))
            path = " ".join(known[step] for step in steps if step in known)
            texts = (match_name(name), match_name(path), *pinyin.initials(name)[:2], *pinyin.readings(name)[:2])
            found.append((Division(code, name, path), texts))
    return tuple(found)


def find(text: str, *, length: int, limit: int = 8) -> tuple[Division, ...]:
    """Give the divisions of one level whose code begins with `text`, or whose name or pinyin holds it."""
    said = match_name(text).casefold()
    if not said:
        return ()
    hits = [one for one, texts in _keys(length) if one.code.startswith(said) or any(said in key for key in texts)]
    return tuple(sorted(hits, key=lambda one: (match_name(one.name) != said, one.code))[:limit])
