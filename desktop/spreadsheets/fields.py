"""The fields of the three rosters: what each is called, how its cells are read, and which headings mean it."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

from desktop.core.paths import resources
from desktop.spreadsheets import cells, dates, numbers
from desktop.spreadsheets.reading import Cell
from desktop.spreadsheets.results import Parsed

RosterKind = Literal["members", "organisations", "branches"]
Parser = Callable[[Cell, str], Parsed]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key in the roster, its Chinese title, the headings that mean it and its parser.

    `required` parks a row that has no value; `inherits` lets a cell of a vertical merge count for each row under it.
    """

    key: str
    title: str
    synonyms: tuple[str, ...]
    parse: Parser
    required: bool = False
    inherits: bool = True


def _plain(parse: Callable[[Cell], Parsed]) -> Parser:
    return lambda cell, _heading: parse(cell)


def _code(set_name: str) -> Parser:
    return _plain(partial(cells.parse_code, set_name=set_name))


_TEXT, _TITLE, _PERSON = _plain(cells.parse_text), _plain(cells.parse_title), _plain(cells.parse_person)
_PEOPLE, _COUNT, _FLAG = _plain(cells.parse_people), _plain(numbers.parse_count), _plain(cells.parse_flag)
_PHONE, _NOTE = _plain(numbers.parse_phone), _plain(cells.parse_note)
_BRANCH_CODE = _plain(numbers.parse_branch_code)
_OWN = frozenset({"name", "id_number"})

_MEMBERS: dict[str, Parser] = {
    "name": _plain(cells.parse_member),
    "sex": _code("sex"),
    "ethnicity": _code("ethnicity"),
    "born_on": dates.parse_date,
    "id_number": _plain(numbers.parse_identity),
    "education": _code("education"),
    "degree": _TEXT,
    "applied_on": dates.parse_date,
    "joined_on": dates.parse_date,
    "full_on": dates.parse_date,
    "standing": cells.parse_standing,
    "branch": _TITLE,
    "branch_code": _BRANCH_CODE,
    "party_group": _TITLE,
    "organisation": _TITLE,
    "post": _plain(cells.parse_posts),
    "workplace": _TEXT,
    "work_post": _TEXT,
    "phone": _PHONE,
    "arrived_on": dates.parse_date,
    "remark": _NOTE,
}
_ORGANISATIONS: dict[str, Parser] = {
    "name": _TITLE,
    "short_name": _TITLE,
    "type": _code("organisation_type"),
    "category": _code("activity_class"),
    "registration": _code("registration"),
    "uscc": _plain(numbers.parse_credit_code),
    "filing_number": _plain(numbers.parse_filing_number),
    "registered_on": dates.parse_date,
    "authority": _TEXT,
    "sponsor": _TITLE,
    "place": _TITLE,
    "address": _TEXT,
    "scope": _NOTE,
    "head": _PERSON,
    "head_political": _code("political_status"),
    "phone": _PHONE,
    "staff_count": _COUNT,
    "member_count": _COUNT,
    "party_count": _COUNT,
    "survey_full": _COUNT,
    "survey_probationary": _COUNT,
    "survey_here": _COUNT,
    "has_branch": _FLAG,
    "branch": _TITLE,
    "branch_code": _BRANCH_CODE,
    "branch_form": _code("branch_form"),
    "branch_founded_on": dates.parse_date,
    "secretary": _PERSON,
    "backstop": _TITLE,
    "instructor": _PEOPLE,
    "charter_clause": _FLAG,
    "mass": _plain(cells.parse_mass),
    "has_union": _FLAG,
    "has_youth": _FLAG,
    "has_women": _FLAG,
    "decoupled": _FLAG,
    "state": _code("organisation_state"),
    "remark": _NOTE,
}
_BRANCHES: dict[str, Parser] = {
    "name": _TITLE,
    "short_name": _TITLE,
    "national_code": _BRANCH_CODE,
    "kind": _code("branch_kind"),
    "field": _code("branch_field"),
    "form": _code("branch_form"),
    "units": _plain(cells.parse_titles),
    "founded_on": _plain(cells.parse_founding),
    "approval": _TEXT,
    "parent": _TITLE,
    "place": _TITLE,
    "secretary": _PERSON,
    "secretary_is_head": _FLAG,
    "secretary_source": _code("secretary_source"),
    "secretary_since": dates.parse_date,
    "phone": _PHONE,
    "deputy": _PEOPLE,
    "committee": _PEOPLE,
    "term": _plain(partial(dates.parse_span, start="term_from", end="term_to")),
    "term_from": dates.parse_date,
    "term_to": dates.parse_date,
    "contact": _TEXT,
    "address": _TEXT,
    "remark": _NOTE,
}
_PARSERS: dict[RosterKind, dict[str, Parser]] = {
    "members": _MEMBERS,
    "organisations": _ORGANISATIONS,
    "branches": _BRANCHES,
}
KINDS: tuple[RosterKind, ...] = tuple(_PARSERS)


@cache
def _synonyms() -> dict[str, dict[str, list[str]]]:
    with (resources() / "synonyms.toml").open("rb") as source:
        return tomllib.load(source)


@cache
def fields_of(kind: RosterKind) -> tuple[Field, ...]:
    """Give the fields of a roster in the order of its usual columns; the name is the one that is required."""
    synonyms = _synonyms()[kind]
    return tuple(
        Field(key, synonyms[key][0], tuple(synonyms[key]), parse, required=key == "name", inherits=key not in _OWN)
        for key, parse in _PARSERS[kind].items()
    )


@cache
def ignored_of(kind: RosterKind) -> tuple[str, ...]:
    """Name the headings that such a roster has and the program does not take."""
    return tuple(_synonyms()[kind]["ignored"])
