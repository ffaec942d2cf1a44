"""Rows of this database as the values of the package format, and back; the parts of meetings travel as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from desktop.core.tables import ColumnType, PartSpec, TableSpec
from desktop.models.database import Connection
from desktop.models.registry import stored_columns
from desktop.sync.canonical import Json, dump_text
from desktop.sync.tables import line_columns

Values = dict[str, Json]


def read_rows(db: Connection, spec: TableSpec, keys: list[str]) -> dict[str, Values]:
    """Give the columns of each row by key text, in the order of the table line."""
    columns, wanted = stored_columns(spec), line_columns(spec)
    listed = ", ".join(f'"{name}"' for name in columns)
    marks = ",".join("?" * len(keys))
    found: dict[str, Values] = {}
    for row in db.rows(
        f"SELECT {listed} FROM {spec.name} WHERE {spec.key[0]} IN ({marks})", [_key(spec, key) for key in keys]
    ):
        values = {name: outward(spec.types[name], value) for name, value in zip(columns, row, strict=True)}
        found[str(values[spec.key[0]])] = values
    for part in spec.parts:
        for values in found.values():
            values[part.name] = []
        _read_part(db, part, keys, found)
    return {key: {name: values[name] for name in wanted} for key, values in found.items()}


def _key(spec: TableSpec, key: str) -> object:
    return bytes.fromhex(key) if spec.types[spec.key[0]] == "id" else key


def _read_part(db: Connection, part: PartSpec, keys: list[str], found: dict[str, Values]) -> None:
    names = [column.name for column in part.columns]
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ",".join("?" * len(keys))
    rows = db.rows(
        f"SELECT {part.key[0]}, {listed} FROM {part.name} WHERE {part.key[0]} IN ({marks}) "
        f'ORDER BY {part.key[0]}, "{part.key[1]}"',
        [bytes.fromhex(key) for key in keys],
    )
    types = {column.name: column.type for column in part.columns}
    for parent, *row in rows:
        item: Json = {name: outward(types[name], value) for name, value in zip(names, row, strict=True)}
        cell = found[parent.hex()][part.name]
        if isinstance(cell, list):
            cell.append(item)


def outward(kind: ColumnType, value: Any) -> Json:  # noqa: ANN401 - a database value
    """Give a database value as the format writes it."""
    if value is None:
        return None
    if kind == "id":
        return str(value.hex())
    if kind == "bool":
        return bool(value)
    if kind == "json":
        found: Json = json.loads(value)
        return found
    plain: Json = value
    return plain


def inward(kind: ColumnType, value: Json) -> object:
    """Give a value of the format as the database keeps it."""
    if value is None:
        return None
    if kind == "id":
        return bytes.fromhex(str(value))
    if kind == "bool":
        return int(bool(value))
    return dump_text(value) if kind == "json" else value


def insert_rows(db: Connection, spec: TableSpec, rows: list[Mapping[str, Json]]) -> None:
    """Insert whole rows, with their parts."""
    columns = stored_columns(spec)
    listed = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    db.many(
        f"INSERT INTO {spec.name} ({listed}) VALUES ({marks})",
        [[inward(spec.types[name], row.get(name)) for name in columns] for row in rows],
    )
    for part in spec.parts:
        _insert_part(db, part, [(str(row[spec.key[0]]), row.get(part.name)) for row in rows])


def _insert_part(db: Connection, part: PartSpec, cells: list[tuple[str, Json]]) -> None:
    names = [part.key[0], *(column.name for column in part.columns)]
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    rows = [
        [bytes.fromhex(parent), *(inward(column.type, item.get(column.name)) for column in part.columns)]
        for parent, cell in cells
        for item in (cell if isinstance(cell, list) else [])
        if isinstance(item, dict)
    ]
    db.many(f"INSERT INTO {part.name} ({listed}) VALUES ({marks})", rows)


def update_row(db: Connection, spec: TableSpec, key: str, changed: Mapping[str, Json]) -> None:
    """Write the columns of a row that differ, and replace the parts that do."""
    parts = {part.name: part for part in spec.parts}
    plain = {name: inward(spec.types[name], value) for name, value in changed.items() if name not in parts}
    if plain:
        sets = ", ".join(f'"{name}" = ?' for name in plain)
        db.run(f"UPDATE {spec.name} SET {sets} WHERE {spec.key[0]} = ?", [*plain.values(), _key(spec, key)])
    for name, value in changed.items():
        if name in parts:
            db.run(f"DELETE FROM {name} WHERE {parts[name].key[0]} = ?", (bytes.fromhex(key),))
            _insert_part(db, parts[name], [(key, value)])
