"""What a ledger is: its table, its words, its fields and what its rows must hold; pure data, read by list and form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Kind = Literal[
    "line", "text", "date", "month", "year", "code", "count", "money", "half_days", "tenths", "percent", "flag",
    "reference",
]  # fmt: skip
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot stand: the field to be mended, what is wrong with it, and what to do."""

    field: str
    why: str
    do: str


Check = Callable[[Values], Fault | None]


@dataclass(frozen=True, slots=True)
class LedgerField:
    """One column as people see it.

    `codes` names the code set of a `code`, `table` what a `reference` refers to; `width` is that of the list's column
    in pixels at 100 % (0: not listed at first); `span` is how many of the form's three columns it takes.
    """

    name: str
    word: str
    kind: Kind = "line"
    codes: str = ""
    table: str = ""
    needed: bool = False
    width: int = 0
    span: int = 1
    hint: str = ""


@dataclass(frozen=True)
class Ledger:
    """One kind of ledger.

    `measure` is its measure word, `clause` the clauses of 苏组发〔2017〕8号 (or another source) that ask for it, `name`
    the columns that name a row, `order` the dates that must ascend, `once` the columns that no two rows may share,
    with the sentence that says so, `checks` whatever else must hold, `newest` the column that lists go by.
    """

    table: str
    noun: str
    measure: str
    area: str
    clause: str
    fields: tuple[LedgerField, ...]
    name: tuple[str, ...]
    newest: str = ""
    order: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    once_words: str = ""
    checks: tuple[Check, ...] = field(default=())

    @cached_property
    def by_name(self) -> dict[str, LedgerField]:
        """Give each field by its column."""
        return {one.name: one for one in self.fields}


def person(name: str = "person_id", word: str = "姓名", *, needed: bool = True, width: int = 96) -> LedgerField:
    """Declare a field that names a person."""
    return LedgerField(name, word, "reference", table="person", needed=needed, width=width)


def branch(name: str = "branch_id", word: str = "党组织", *, needed: bool = True, width: int = 200) -> LedgerField:
    """Declare a field that names a Party organisation."""
    return LedgerField(name, word, "reference", table="branch", needed=needed, width=width)


def organisation(*, needed: bool = False, width: int = 180) -> LedgerField:
    """Declare a field that names a social organisation."""
    return LedgerField("organisation_id", "社会组织", "reference", table="organisation", needed=needed, width=width)


def day(name: str, word: str, *, needed: bool = False, width: int = 104) -> LedgerField:
    """Declare a date of known precision."""
    return LedgerField(name, word, "date", needed=needed, width=width)


def line(name: str, word: str, *, needed: bool = False, width: int = 0, span: int = 1) -> LedgerField:
    """Declare one line of text."""
    return LedgerField(name, word, needed=needed, width=width, span=span)


def words(name: str, word: str, *, needed: bool = False, width: int = 0) -> LedgerField:
    """Declare some lines of text over the whole width."""
    return LedgerField(name, word, "text", needed=needed, width=width, span=3)


def code(name: str, word: str, codes: str, *, needed: bool = False, width: int = 96) -> LedgerField:
    """Declare one of a code set."""
    return LedgerField(name, word, "code", codes=codes, needed=needed, width=width)


def count(name: str, word: str, *, needed: bool = False, width: int = 72) -> LedgerField:
    """Declare a number of people or things, 0 or more."""
    return LedgerField(name, word, "count", needed=needed, width=width)


def money(name: str, word: str, *, needed: bool = False, width: int = 120) -> LedgerField:
    """Declare a sum, kept in 分 and shown in 元."""
    return LedgerField(name, f"{word}（元）", "money", needed=needed, width=width)


def year(name: str = "year", word: str = "年度", *, width: int = 64) -> LedgerField:
    """Declare a calendar year."""
    return LedgerField(name, word, "year", needed=True, width=width)


def flag(name: str, word: str, *, width: int = 72) -> LedgerField:
    """Declare yes or no; nothing is unknown."""
    return LedgerField(name, word, "flag", width=width)


def remark() -> LedgerField:
    """Declare the remark that every ledger ends with."""
    return LedgerField("remark", "备注", "text", span=3)
