"""Table lines: the shape of a table as a package tells it, and as this program knows it (package-format.md §4)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast, get_args

from desktop.core.tables import DELETED, ColumnType, TableSpec
from desktop.sync.canonical import Json, dump
from desktop.sync.encodings import is_name
from desktop.sync.errors import PackageError
from desktop.sync.values import KEY_TYPES

MAX_GROUPS = 24
_KEYS = {"cols", "groups", "path", "pk", "t", "types", "v"}
_TYPES = frozenset(get_args(ColumnType))


@dataclass(frozen=True)
class TableLine:
    """What a table line says; `types` stands beside `columns`, `groups` names each group's columns."""

    name: str
    version: int
    key: tuple[str, ...]
    columns: tuple[str, ...]
    types: tuple[ColumnType, ...]
    groups: Mapping[str, tuple[str, ...]]
    path: str

    def json(self, *, parent: bool = False) -> dict[str, Json]:
        """Give the line as JSON; `parent` marks rows sent only because others refer to them."""
        line: dict[str, Json] = {
            "cols": list(self.columns),
            "groups": {name: list(columns) for name, columns in self.groups.items()},
            "path": self.path,
            "pk": list(self.key),
            "t": self.name,
            "types": list(self.types),
            "v": self.version,
        }
        return {**line, "as": "parent"} if parent else line

    @cached_property
    def type_of(self) -> dict[str, ColumnType]:
        """Give the type of each column."""
        return dict(zip(self.columns, self.types, strict=True))


CONFLICT_LINE = TableLine(
    name="conflict",
    version=1,
    key=("id",),
    columns=("id", "tbl", "pk", "grp", "kind", "lose_stamp", "lose_value", "by", "note", "state", "_deleted"),
    types=("id", "code", "key", "code", "text", "text", "text", "text", "text", "code", "text"),
    groups={
        "_deleted": ("_deleted",),
        "head": ("tbl", "pk", "grp", "kind", "lose_stamp", "lose_value"),
        "resolution": ("by", "note", "state"),
    },
    path="as tbl pk",
)


def line_columns(spec: TableSpec) -> tuple[str, ...]:
    """Give the columns of a table's line in the order of `cols`: the key's, then the others as the spec declares them.

    Volatile columns stay at home. A part (`PartSpec`) is the one json column of its own name in its group: a list of
    its rows, sorted by their number or id, each an object of the part's columns without the parent's id
    (`part_columns`). `_deleted` is last.
    """
    others = [column.name for column in spec.columns if column.group is not None and column.name != DELETED]
    return (*spec.key, *others, DELETED)


def part_columns(spec: TableSpec, part: str) -> tuple[str, ...]:
    """Give the keys of each object in the json column of a part, sorted; a KeyError where the spec has no such part."""
    for found in spec.parts:
        if found.name == part:
            return tuple(sorted(column.name for column in found.columns))
    raise KeyError(part)


def table_line(spec: TableSpec) -> TableLine:
    """Give the line of a table of this program; that of `conflict` is fixed by the format (§6)."""
    if spec.name == CONFLICT_LINE.name:
        return CONFLICT_LINE
    columns = line_columns(spec)
    types = tuple(spec.types[name] for name in columns)
    return TableLine(spec.name, spec.version, spec.key, columns, types, _in_order(spec.groups, columns), spec.path)


def _in_order(groups: Mapping[str, tuple[str, ...]], columns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(column for column in columns if column in groups[name]) for name in sorted(groups)}


def schema_hash(lines: Iterable[TableLine]) -> str:
    """Give `schema.hash`: SHA-256 over the canonical JSON of all lines, sorted by name, without `as`."""
    listed = [line.json() for line in sorted(lines, key=lambda line: line.name)]
    return hashlib.sha256(dump(listed)).hexdigest()


def read_table_line(value: dict[str, Json]) -> tuple[TableLine, bool]:
    """Read a table line and whether it is one of parents; a PackageError `bad-payload` where it is malformed."""
    parent = "as" in value
    if value.keys() - {"as"} != _KEYS or value.get("as", "parent") != "parent":
        raise _bad("keys of a table line")
    columns, key = _names(value["cols"]), _names(value["pk"])
    types, groups = value["types"], value["groups"]
    if not isinstance(types, list) or len(types) != len(columns) or not _TYPES.issuperset(map(str, types)):
        raise _bad("types of a table line")
    if not isinstance(groups, dict) or not 1 <= len(groups) <= MAX_GROUPS:
        raise _bad("groups of a table line")
    version, name, path = value["v"], value["t"], value["path"]
    if type(version) is not int or version < 1 or not is_name(name) or not isinstance(path, str):
        raise _bad("name, version or path of a table line")
    line = TableLine(
        str(name),
        version,
        key,
        columns,
        cast("tuple[ColumnType, ...]", tuple(types)),
        {str(group): _names(groups[group]) for group in groups},
        path,
    )
    _check(line)
    return line, parent


def _names(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(map(is_name, value)):
        raise _bad("names of a table line")
    if len(set(map(str, value))) != len(value):
        raise _bad("names of a table line")
    return tuple(map(str, value))


def _check(line: TableLine) -> None:
    grouped = [column for columns in line.groups.values() for column in columns]
    if sorted([*grouped, *line.key]) != sorted(line.columns):
        raise _bad("a column in no group or in two")
    if not all(map(is_name, line.groups)) or line.groups.get(DELETED) != (DELETED,):
        raise _bad("names of groups")
    if line.type_of[DELETED] != "text" or not all(line.type_of[name] in KEY_TYPES for name in line.key):
        raise _bad("type of a key or of _deleted")
    if not _is_rule(line):
        raise _bad("path rule")


def _is_rule(line: TableLine) -> bool:
    match line.path.replace("own/", "own/ ").split(" "):
        case ["own"]:
            return True
        case ["own/" | "by", column]:
            return column in line.columns
        case ["via", column, table]:
            return column in line.columns and is_name(table)
        case ["as", table, key]:
            return table in line.columns and key in line.columns
    return False


def check_known(line: TableLine, known: TableLine | None) -> None:
    """Refuse a table that this program knows with another key, path rule, or type or group of a known column."""
    if line.name == CONFLICT_LINE.name:
        known = CONFLICT_LINE
    if known is None:
        return
    if line.key != known.key or line.path != known.path:
        raise _bad(f"{line.name}: another key or path rule")
    for column in set(line.columns) & set(known.columns):
        if line.type_of[column] != known.type_of[column]:
            raise _bad(f"{line.name}.{column}: another type")
    for group in line.groups.keys() & known.groups.keys():
        if set(line.groups[group]) != set(known.groups[group]):
            raise _bad(f"{line.name}: group {group} has other columns")
    homes = {column: group for group, columns in known.groups.items() for column in columns}
    for group, columns in line.groups.items():
        if any(homes.get(column, group) != group for column in columns):
            raise _bad(f"{line.name}: a column in another group")


def _bad(detail: str) -> PackageError:
    return PackageError("bad-payload", detail)
