"""What an import knows of the workspace, in memory: names after normalisation, persons by number and birthday.

Reads are done once; rows written by the import are added, so that the next row of the sheet sees them.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from desktop.core.text import match_name
from desktop.services.roster_names import Names, Near, split
from desktop.services.sessions import Session

__all__ = ["Index", "Names", "Near", "load"]


@dataclass(slots=True)
class Index:
    """Everything that the decisions of one import look at."""

    branches: Names = field(default_factory=lambda: Names(party=True))
    organisations: Names = field(default_factory=Names)
    places: Names = field(default_factory=Names)
    branch_codes: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    national_codes: dict[bytes, str] = field(default_factory=dict)
    persons: dict[bytes, dict[str, Any]] = field(default_factory=dict)
    by_number: dict[str, bytes] = field(default_factory=dict)
    by_name: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    memberships: dict[bytes, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[bytes, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[tuple[bytes, str], bytes] = field(default_factory=dict)

    def set_owner(self, name: str) -> None:
        """Know whose records they are, before any name is known."""
        for names in (self.branches, self.organisations, self.places):
            names.owner = name

    def add_branch(
        self, key: bytes, name: str, *, short: str | None, code: str, national: str | None, kind: str | None
    ) -> None:
        """Know one more Party organisation by its names and codes."""
        self.branches.add(key, name, short, code, national, kind=kind)
        for text in {code, national} - {None}:
            self.branch_codes[str(text).upper()].append(key)
        if national:
            self.national_codes[key] = national.upper()

    def add_national_code(self, key: bytes, code: str) -> None:
        """Know the nation's code of a Party organisation that the import made."""
        self.branch_codes[code].append(key)
        self.national_codes[key] = code

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


def owner_of(session: Session) -> str:
    """Give the folded name that rosters of a county or a town put before every other: 青禾街道 of 青禾街道党工委.

    A branch's own name stands before nothing: what it leads is the name of a group.
    """
    identity = session.workspace.identity
    return "" if identity.kind == "branch" else split(match_name(identity.name))[0]


def load(session: Session) -> Index:
    """Read what the workspace holds; call it inside the unit, so that it sees what the unit wrote."""
    index, db = Index(), session.db
    index.set_owner(owner_of(session))
    for key, name, short, code, national, kind in db.rows(
        "SELECT id, name, short_name, code, national_code, kind FROM branch WHERE _deleted IS NULL"
    ):
        index.add_branch(key, name, short=short, code=code, national=national, kind=kind)
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
