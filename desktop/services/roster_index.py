"""What an import knows of the workspace, in memory: names after normalisation, persons by number and birthday.

Reads are done once; rows written by the import are added, so that the next row of the sheet sees them.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Literal

from rapidfuzz import fuzz, process

from desktop.core.text import match_name
from desktop.services.sessions import Session

CLOSE = 90
MOST = 20
_BODIES = ("总支部", "总支", "支部", "党工委", "党组", "委员会", "党委")
_NUMERALS = frozenset("0123456789一二三四五六七八九十")
NamedKind = Literal["branch", "organisation", "place"]


@dataclass(frozen=True, slots=True)
class Near:
    """A name that is close to one known, but not equal."""

    text: str
    known: str


@dataclass(slots=True)
class Names:
    """The names, short names and codes of one kind, folded; `find` gives an id, a near name or None."""

    ids: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    titles: dict[bytes, str] = field(default_factory=dict)

    def add(self, key: bytes, title: str, *others: str | None) -> None:
        """Know one more record by its name, and by its short name and code where it has them."""
        self.titles[key] = title
        for text in {match_name(text) for text in (title, *others) if text}:
            if key not in self.ids[text]:
                self.ids[text].append(key)

    def find(self, text: str) -> bytes | Near | None:
        """Look a name up: one equal is it, two equal or one close are doubtful, else it is unknown."""
        folded = match_name(text)
        equal = self.ids.get(folded, [])
        if len(equal) == 1:
            return equal[0]
        if equal:
            return Near(text, f"已有的 {len(equal)} 个同名的“{self.titles[equal[0]]}”")
        for known, _, _ in process.extract(folded, self.ids.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST):
            if self.ids[known] and is_close(folded, known):
                return Near(text, f"已有的“{self.titles[self.ids[known][0]]}”")
        return None


def is_close(one: str, other: str) -> bool:
    """Tell whether two folded names that differ may mean the same, so that a person must decide.

    第一党支部 and 第二党支部 are two, and so are 某社区党支部 and 某社区党总支.
    """
    if one == other or fuzz.ratio(one, other) < CLOSE:
        return False
    return _body(one) == _body(other) and not _only_numerals_differ(one, other)


def _body(folded: str) -> str:
    """Give the word for the kind of Party body that a name ends in, or nothing."""
    bare = folded.removesuffix("委员会") if folded.endswith("支部委员会") else folded
    return next((word for word in _BODIES if bare.endswith(word)), "")


def _only_numerals_differ(one: str, other: str) -> bool:
    """Tell apart 第一党支部 and 第二党支部: one letter differs from one, and both are numerals."""
    if len(one) != len(other):
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return all(left in _NUMERALS and right in _NUMERALS for left, right in differing)


@dataclass(slots=True)
class Index:
    """Everything that the decisions of one import look at."""

    branches: Names = field(default_factory=Names)
    organisations: Names = field(default_factory=Names)
    places: Names = field(default_factory=Names)
    persons: dict[bytes, dict[str, Any]] = field(default_factory=dict)
    by_number: dict[str, bytes] = field(default_factory=dict)
    by_name: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    memberships: dict[bytes, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[bytes, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[tuple[bytes, str], bytes] = field(default_factory=dict)

    def add_person(self, key: bytes, values: dict[str, Any]) -> None:
        """Know one more person."""
        self.persons[key] = values
        if values.get("id_number"):
            self.by_number[values["id_number"]] = key
        self.by_name[values["name"]].append(key)

    def in_branch(self, name: str, branch: bytes) -> list[bytes]:
        """Give the persons of a name with an open membership in a branch."""
        return [
            key
            for key in self.by_name.get(name, [])
            if any(row["branch_id"] == branch and row["ends_on"] is None for row in self.memberships[key])
        ]

    def named_in_posts(self, name: str, branch: bytes) -> list[bytes]:
        """Give the persons of a name who hold a post of a branch and are known by nothing but their name."""
        return [
            key
            for key in self.by_name.get(name, [])
            if not self.persons[key].get("born_on")
            and not self.persons[key].get("id_number")
            and not self.memberships[key]
            and any(row["branch_id"] == branch and row["ends_on"] is None for row in self.posts[key])
        ]


def load(session: Session) -> Index:
    """Read what the workspace holds; call it inside the unit, so that it sees what the unit wrote."""
    index = Index()
    db = session.db
    for key, name, short, code in db.rows("SELECT id, name, short_name, code FROM branch WHERE _deleted IS NULL"):
        index.branches.add(key, name, short, code)
    for key, name, short, number, filed in db.rows(
        "SELECT id, name, short_name, uscc, filing_number FROM organisation WHERE _deleted IS NULL"
    ):
        index.organisations.add(key, name, short, number, filed)
    for key, name in db.rows("SELECT id, name FROM place WHERE _deleted IS NULL"):
        index.places.add(key, name)
    for values in _dicts(session, "person", "merged_into IS NULL"):
        index.add_person(values["id"], values)
    for values in _dicts(session, "membership"):
        index.memberships[values["person_id"]].append(values)
    for values in _dicts(session, "post"):
        index.posts[values["person_id"]].append(values)
    for key, branch, name in db.rows("SELECT id, branch_id, name FROM party_group WHERE _deleted IS NULL"):
        index.groups[branch, match_name(name)] = key
    return index


def _dicts(session: Session, table: str, also: str = "1") -> list[dict[str, Any]]:
    cursor = session.db.execute_sql(f"SELECT * FROM {table} WHERE _deleted IS NULL AND {also}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
