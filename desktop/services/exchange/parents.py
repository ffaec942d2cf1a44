"""What rows of a package refer to, and whether they fit the tables of this program: read off specs and models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from desktop.core.tables import ColumnType, PartSpec, TableSpec
from desktop.models.registry import MODELS, PART_SPECS, PART_TABLES, SPECS
from desktop.sync.canonical import Json
from desktop.sync.encodings import is_erased
from desktop.sync.values import is_value

Reference = tuple[str, str]
PLAIN = frozenset({"text", "bool", "int"})  # whose values were looked at with the row


@dataclass(frozen=True, slots=True)
class _Needs:
    """What the database itself demands of a table: columns never null, and which columns name which table's rows."""

    filled: frozenset[str]
    parents: tuple[tuple[str, str], ...]


@cache
def _needs(table: str) -> _Needs:
    models = {**MODELS, **{model._meta.table_name: model for model in PART_TABLES}}  # noqa: SLF001 - peewee's own way
    fields = models[table]._meta.sorted_fields  # noqa: SLF001
    filled = frozenset(field.column_name for field in fields if not field.null)
    refers = ((field.column_name, getattr(field, "refers", None)) for field in fields)
    return _Needs(filled, tuple((name, parent) for name, parent in refers if parent is not None))


def path_columns(spec: TableSpec) -> tuple[str, ...]:
    """Name the columns that the table's path rule looks at, `_deleted` with them (package-format.md §4)."""
    words = spec.path.replace("own/", "own ").split(" ")
    named = {"own": words[1:], "by": words[1:], "via": words[1:2], "as": words[1:]}[words[0]]
    return (*named, "_deleted")


def references(table: str, values: Mapping[str, Json]) -> list[Reference]:
    """Give every (table, key text) that a row refers to, those of its parts with them, each once, sorted."""
    found = {(parent, str(values[name])) for name, parent in _needs(table).parents if values.get(name) is not None}
    for part in SPECS[table].parts:
        parents = _part_parents(part.name, part.key[0])
        for item in _items(values.get(part.name)) if parents else ():
            found.update((parent, str(item[name])) for name, parent in parents if item[name] is not None)
    return sorted(found)


@cache
def _part_parents(part: str, own: str) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in _needs(part).parents if pair[0] != own)


def fault(spec: TableSpec, values: Mapping[str, Json]) -> str | None:
    """Say why a row cannot stand in the tables of this program, or None: an empty column, a malformed part."""
    if is_erased(values.get("_deleted")):
        return "an erased row of a table whose columns must be filled" if _needs(spec.name).filled - {"id"} else None
    empty = [name for name in _needs(spec.name).filled if name in values and values[name] is None]
    if empty:
        return f"{empty[0]} is null"
    return next((f"part {part.name}" for part in spec.parts if not _fits(part, values.get(part.name))), None)


def _fits(part: PartSpec, cell: Json) -> bool:
    if cell is None or cell == []:
        return True
    if not isinstance(cell, list):
        return False
    plan = _plan(part.name)
    items = [item for item in cell if isinstance(item, dict) and item.keys() == plan.keys()]
    if len(items) != len(cell) or len({str(item[part.key[1]]) for item in items}) != len(cell):
        return False
    return all(_column_fits(wanted, [item[name] for item in items]) for name, wanted in plan.items())


def _column_fits(wanted: "_Kind", values: list[Json]) -> bool:
    """Look at a column as a whole: at the types of its values, and at each different value once."""
    found = set(map(type, values))
    if type(None) in found:
        if wanted.filled:
            return False
        found.remove(type(None))
    if not found <= {wanted.python}:
        return False
    return wanted.clean or all(is_value(wanted.kind, value) for value in set(map(_hashable, values)))


def _hashable(value: Json) -> bool | int | str | None:
    return value if isinstance(value, bool | int | str) else None


@dataclass(frozen=True, slots=True)
class _Kind:
    """A column of a part: its type, how JSON gives it, whether it must be filled; `clean` needs no second look."""

    kind: ColumnType
    python: type
    filled: bool
    clean: bool


@cache
def _plan(part: str) -> dict[str, _Kind]:
    filled = _needs(part).filled
    python: dict[ColumnType, type] = {"bool": bool, "int": int}
    return {
        column.name: _Kind(
            column.type, python.get(column.type, str), column.name in filled, column.type in PLAIN
        )
        for column in PART_SPECS[part].columns
    }


def _items(cell: Json | None) -> Iterator[dict[str, Json]]:
    return (item for item in cell if isinstance(item, dict)) if isinstance(cell, list) else iter(())
