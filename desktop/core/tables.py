"""The shape of a table: triggers, packages, authority and history are generated from it (package-format.md §4)."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

ColumnType = Literal["id", "text", "int", "bool", "date", "time", "instant", "code", "hash", "json", "key"]
SiteRole = Literal["county", "township", "branch"]
Travels = Literal["up", "down", "both", "never"]
DELETED = "_deleted"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its package type and the field group that it travels in (None for the key's)."""

    name: str
    type: ColumnType
    group: str | None


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A local table whose rows travel as JSON inside one group of a parent (agenda, attendance, resolutions, votes).

    `key` is (the parent's id column, then the row's own number or id); `columns` leaves the parent's id column out.
    """

    name: str
    parent: str
    group: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class TableSpec:
    """What one record table is: every room that handles rows in general reads this and nothing else.

    `path` is a rule of package-format.md §4 as written there (`own`, `own/code`, `by branch_id`,
    `via person_id person`, `as tbl pk`); `columns` holds the key's and `_deleted` too, in the order of the database;
    `parents` names (column, table) pairs; `volatile` columns are local only and in no group.
    """

    name: str
    version: int
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    path: str
    travels: Travels
    owner: SiteRole
    corrector: SiteRole
    parents: tuple[tuple[str, str], ...] = ()
    volatile: tuple[str, ...] = ()
    parts: tuple[PartSpec, ...] = field(default=())

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Give the columns of each field group, both sorted by name; a part is a JSON column of its group's name."""
        found: dict[str, list[str]] = {}
        for column in self.columns:
            if column.group is not None:
                found.setdefault(column.group, []).append(column.name)
        return {group: tuple(sorted(found[group])) for group in sorted(found)}

    @cached_property
    def types(self) -> dict[str, ColumnType]:
        """Give the package type of each column."""
        return {column.name: column.type for column in self.columns}
