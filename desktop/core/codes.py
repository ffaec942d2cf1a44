"""Code tables (domain pack §4): what is stored is the code, what people type is a name, a short name or the code."""

import csv
import json
import re
from dataclasses import dataclass
from functools import cache

from desktop.core.paths import resources
from desktop.core.text import match_name

_SET_NAME = re.compile(r"[a-z_]+")


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a code table; `std_code` is the national code where the set follows a standard, else None."""

    code: str
    name: str
    short: str
    aliases: tuple[str, ...]
    std_code: str | None
    sort: int


@dataclass(frozen=True)
class CodeSet:
    """One code table in its own order; `std` names the standard that it follows, if any."""

    set: str
    title: str
    std: str | None
    codes: tuple[Code, ...]
    _by_code: dict[str, Code]
    _by_text: dict[str, str]

    def match(self, text: str) -> str | None:
        """Give the code that `text` means: a code, name, short name or alias in any width and spacing; else None."""
        return self._by_text.get(match_name(text))

    def name(self, code: str | None) -> str:
        """Give the full name of a code; an unknown code is its own name, None is empty."""
        row = self._by_code.get(code or "")
        return row.name if row else code or ""

    def short(self, code: str | None) -> str:
        """Give the name that lists and forms show (`男`, `大专`); an unknown code is its own name, None is empty."""
        row = self._by_code.get(code or "")
        return row.short if row else code or ""

    def __contains__(self, code: object) -> bool:
        """Tell whether a code is of this set."""
        return code in self._by_code


@cache
def code_set(name: str) -> CodeSet:
    """Load a code table of `resources/codes` by its name, such as `ethnicity`; a KeyError where there is none."""
    path = resources() / "codes" / f"{name}.json"
    if not _SET_NAME.fullmatch(name) or not path.is_file():
        raise KeyError(name)
    raw = json.loads(path.read_text(encoding="utf-8"))
    codes = tuple(
        Code(row["code"], row["name"], row["short"], tuple(row["aliases"]), row["std_code"], row["sort"])
        for row in raw["codes"]
    )
    return CodeSet(raw["set"], raw["title"], raw["std"], codes, {row.code: row for row in codes}, _texts(codes))


def _texts(codes: tuple[Code, ...]) -> dict[str, str]:
    """Index every text that means a code; a code itself wins over a name, a name over an alias."""
    found: dict[str, str] = {}
    for texts in ([(row.code,) for row in codes], [(row.name, row.short) for row in codes], [c.aliases for c in codes]):
        for row, names in zip(codes, texts, strict=True):
            for text in names:
                found.setdefault(match_name(text), row.code)
    return found


def set_names() -> tuple[str, ...]:
    """Name every code table that the program carries, sorted."""
    return tuple(sorted(path.stem for path in (resources() / "codes").glob("*.json")))


@cache
def divisions() -> dict[str, str]:
    """Give name by code of Jiangsu's cities, counties (six digits) and townships (nine): a dated snapshot.

    Source: `resources/divisions/README.md`.
    """
    found: dict[str, str] = {}
    folder = resources() / "divisions"
    with (folder / "jiangsu_divisions.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            found[row["city_code"]] = row["city"]
            found[row["code"]] = row["name"]
    with (folder / "jiangsu_streets.csv").open(encoding="utf-8", newline="") as source:
        found.update((row["code"], row["name"]) for row in csv.DictReader(source))
    return found
