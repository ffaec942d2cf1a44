"""Writes back what a unit changed, row by row, wherever the cell still holds what the unit left in it (data.md)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.core.tables import DELETED, ColumnType
from desktop.models.database import Connection
from desktop.models.registry import PART_SPECS, SPECS, stored_columns
from desktop.services.references import is_referred_to

UNDONE = "已撤销"


@dataclass(slots=True)
class Touched:
    """One row that a unit touched: how it was before, which columns, and the last change of the unit on it."""

    table: str
    pk: str
    before: dict[str, Any] | None
    columns: set[str]
    last: int
    made: bool


def write_back(db: Connection, number: int) -> tuple[int, list[str], list[str]]:
    """Write back every row of a unit, and give the cells left because they were changed since.

    A record made by it stays while later work refers to it: those come last.
    """
    cells, kept = 0, []
    waiting = list(reversed(touched_by(db, number)))
    while waiting:
        held = []
        for touched in waiting:
            if is_held(db, touched):
                held.append(touched)
                continue
            done, left = row_back(db, touched)
            cells += done
            kept.extend(left)
        if len(held) == len(waiting):
            return cells, kept, [f"{touched.table}:{touched.pk}:{DELETED}" for touched in held]
        waiting = held
    return cells, kept, []


def row_back(db: Connection, touched: Touched) -> tuple[int, list[str]]:
    """Write back one row of a unit; give how many cells were, and those left because they were changed since."""
    return _part_back(db, touched) if touched.table in PART_SPECS else _record_back(db, touched)


def is_held(db: Connection, touched: Touched) -> bool:
    """Tell whether a record that the unit made is referred to by others that stand."""
    if not touched.made or touched.table in PART_SPECS:
        return False
    key = bytes.fromhex(touched.pk)
    alive = db.one(f"SELECT 1 FROM {touched.table} WHERE id = ? AND {DELETED} IS NULL", (key,))
    return alive is not None and is_referred_to(db, touched.table, key)


def touched_by(db: Connection, number: int) -> list[Touched]:
    """Give the rows that a unit touched, in the order of its first change of each."""
    found: dict[tuple[str, str], Touched] = {}
    rows = db.rows('SELECT id, tbl, pk, op, "columns", image FROM "change" WHERE unit = ? ORDER BY id', (number,))
    for at, table, pk, op, columns, image in rows:
        row = found.get((table, pk))
        if row is None:
            before = json.loads(image) if image else None
            row = found[table, pk] = Touched(table, pk, before, set(), at, op == "I")
        row.last = at
        row.columns |= set(columns.split(" ")) if columns else set()
    return list(found.values())


def _record_back(db: Connection, touched: Touched) -> tuple[int, list[str]]:
    spec = SPECS[touched.table]
    current = read_row(db, touched.table, spec.key, spec.types, touched.pk, stored_columns(spec))
    if current is None:
        return 0, []
    if touched.made:
        wanted: dict[str, Any] = {DELETED: UNDONE}
        columns = {DELETED}
        if current[DELETED] is not None:
            return 0, []
    else:
        columns = touched.columns
        wanted = {name: (touched.before or {}).get(name) for name in columns}
    left = _left(db, touched, current)
    fit = [name for name in sorted(columns) if current[name] == left[name]]
    kept = [f"{touched.table}:{touched.pk}:{name}" for name in sorted(columns) if name not in fit]
    if touched.made and any(current[name] != left[name] for name in current):
        return 0, [f"{touched.table}:{touched.pk}:{DELETED}"]
    if fit:
        _set(db, touched.table, spec.key, spec.types, touched.pk, {name: wanted[name] for name in fit})
    return len(fit), kept


def _part_back(db: Connection, touched: Touched) -> tuple[int, list[str]]:
    part = PART_SPECS[touched.table]
    types: dict[str, ColumnType] = {part.key[0]: "id"}
    types.update({column.name: column.type for column in part.columns})
    current = read_row(db, touched.table, part.key, types, touched.pk, tuple(types))
    if current != _left_part(db, touched, current):
        return 0, [f"{touched.table}:{touched.pk}"]
    if touched.made:
        if current is not None:
            _delete(db, touched.table, part.key, types, touched.pk)
        return 1, []
    before = touched.before or {}
    if current is None:
        names = ", ".join(f'"{name}"' for name in types)
        marks = ", ".join("?" * len(types))
        values = [_stored(types[name], before[name]) for name in types]
        db.run(f"INSERT INTO {touched.table} ({names}) VALUES ({marks})", values)
    else:
        differing = {name: before[name] for name in types if before[name] != current[name]}
        if differing:
            _set(db, touched.table, part.key, types, touched.pk, differing)
    return 1, []


def _left(db: Connection, touched: Touched, current: dict[str, Any]) -> dict[str, Any]:
    """Give what the unit left in each column: the old image of the first later change of it, else what stands now."""
    left = dict(current)
    seen: set[str] = set()
    for columns, image in _later(db, touched):
        old = json.loads(image) if image else {}
        for name in set(columns.split(" ") if columns else ()) - seen:
            left[name] = old.get(name)
            seen.add(name)
    return left


def _left_part(db: Connection, touched: Touched, current: dict[str, Any] | None) -> dict[str, Any] | None:
    for _, image in _later(db, touched):
        return json.loads(image) if image else None
    return current


def _later(db: Connection, touched: Touched) -> Iterator[tuple[str | None, str | None]]:
    rows = db.rows(
        'SELECT "columns", image FROM "change" WHERE tbl = ? AND pk = ? AND id > ? ORDER BY id',
        (touched.table, touched.pk, touched.last),
    )
    return ((row[0], row[1]) for row in rows)


def read_row(
    db: Connection, table: str, key: tuple[str, ...], types: dict[str, ColumnType], pk: str, columns: tuple[str, ...]
) -> dict[str, Any] | None:
    """Give the columns of a row as the change log writes them, by its key text; None where it is not there."""
    listed = ", ".join(f'"{name}"' for name in columns)
    row = db.one(f"SELECT {listed} FROM {table} WHERE {_where(key)}", _key(key, types, pk))
    if row is None:
        return None
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in zip(columns, row, strict=True)}


def _set(
    db: Connection,
    table: str,
    key: tuple[str, ...],
    types: dict[str, ColumnType],
    pk: str,
    values: dict[str, Any],
) -> None:
    sets = ", ".join(f'"{name}" = ?' for name in values)
    stored = [_stored(types[name], value) for name, value in values.items()]
    db.run(f"UPDATE {table} SET {sets} WHERE {_where(key)}", [*stored, *_key(key, types, pk)])


def _delete(db: Connection, table: str, key: tuple[str, ...], types: dict[str, ColumnType], pk: str) -> None:
    db.run(f"DELETE FROM {table} WHERE {_where(key)}", _key(key, types, pk))


def _where(key: tuple[str, ...]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in key)


def _key(key: tuple[str, ...], types: dict[str, ColumnType], pk: str) -> list[object]:
    values: list[object] = []
    for name, text in zip(key, pk.split("\x1f"), strict=True):
        values.append(int(text) if types[name] == "int" else _stored(types[name], text))
    return values


def _stored(kind: ColumnType, value: Any) -> object:  # noqa: ANN401 - a JSON value
    return bytes.fromhex(value) if kind == "id" and isinstance(value, str) else value
