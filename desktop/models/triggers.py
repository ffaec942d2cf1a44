"""The change log's triggers, generated from the table specs (data.md): every writer is recorded, whoever it is.

A trigger appends (open unit, table, key text, operation, changed columns, the row as it was) to `change`; a physical
DELETE of a record and a change of a key abort. No user function is called, so stock tools can still write the file.
"""

from collections.abc import Iterator

from desktop.core.tables import ColumnType
from desktop.models.database import Connection
from desktop.models.registry import PART_SPECS, SPECS, stored_columns

_OPEN = "(SELECT unit FROM unit_open)"
_BINARY: frozenset[ColumnType] = frozenset({"id"})


def wanted() -> dict[str, str]:
    """Give the statement of every trigger by its name."""
    found: dict[str, str] = {}
    for spec in SPECS.values():
        found |= dict(_record(spec.name, spec.key, stored_columns(spec), spec.types))
    for part in PART_SPECS.values():
        columns = (part.key[0], *(column.name for column in part.columns))
        types: dict[str, ColumnType] = {part.key[0]: "id"}
        types.update({column.name: column.type for column in part.columns})
        found |= dict(_part(part.name, part.key, columns, types))
    return found


def _record(
    table: str, key: tuple[str, ...], columns: tuple[str, ...], types: dict[str, ColumnType]
) -> Iterator[tuple[str, str]]:
    yield from _inserted_and_updated(table, key, columns, types)
    yield (
        f"{table}_kept",
        (
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END"
        ),
    )


def _part(
    table: str, key: tuple[str, ...], columns: tuple[str, ...], types: dict[str, ColumnType]
) -> Iterator[tuple[str, str]]:
    yield from _inserted_and_updated(table, key, columns, types)
    yield (
        f"{table}_out",
        (
            f"CREATE TRIGGER {table}_out AFTER DELETE ON {table} BEGIN "
            f"{_append(table, _key(key, types, 'old'), 'D', 'NULL', _image(columns, types))} END"
        ),
    )


def _inserted_and_updated(
    table: str, key: tuple[str, ...], columns: tuple[str, ...], types: dict[str, ColumnType]
) -> Iterator[tuple[str, str]]:
    yield (
        f"{table}_in",
        (
            f"CREATE TRIGGER {table}_in AFTER INSERT ON {table} BEGIN "
            f"{_append(table, _key(key, types, 'new'), 'I', 'NULL', 'NULL')} END"
        ),
    )
    changed = " || ".join(f"iif(old.{name} IS NOT new.{name}, '{name} ', '')" for name in columns)
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    yield (
        f"{table}_up",
        (
            f"CREATE TRIGGER {table}_up AFTER UPDATE ON {table} WHEN {differs} BEGIN "
            f"{_append(table, _key(key, types, 'old'), 'U', f'rtrim({changed})', _image(columns, types))} END"
        ),
    )
    moved = " OR ".join(f"old.{name} IS NOT new.{name}" for name in key)
    yield (
        f"{table}_key",
        (
            f"CREATE TRIGGER {table}_key BEFORE UPDATE ON {table} WHEN {moved} BEGIN "
            "SELECT RAISE(ABORT, 'keys are never changed'); END"
        ),
    )


def _append(table: str, key: str, op: str, columns: str, image: str) -> str:
    row = {"I": "new.rowid", "U": "old.rowid", "D": "NULL"}[op]
    return (
        'INSERT INTO "change" (unit, tbl, pk, op, at_row, "columns", image) '
        f"VALUES ({_OPEN}, '{table}', {key}, '{op}', {row}, {columns}, {image});"
    )


def _key(key: tuple[str, ...], types: dict[str, ColumnType], row: str) -> str:
    return " || char(31) || ".join(
        f"lower(hex({row}.{name}))" if types[name] in _BINARY else f"{row}.{name}" for name in key
    )


def _image(columns: tuple[str, ...], types: dict[str, ColumnType]) -> str:
    def value(name: str) -> str:
        if types[name] in _BINARY:
            return f"iif(old.{name} IS NULL, NULL, lower(hex(old.{name})))"
        return f"old.{name}"

    return "json_object(" + ", ".join(f"'{name}', {value(name)}" for name in columns) + ")"


def drop(connection: Connection) -> None:
    """Drop every trigger, so that a step of the schema may rewrite rows; call it inside a writable transaction."""
    for (name,) in connection.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        connection.run(f'DROP TRIGGER "{name}"')


def install(connection: Connection) -> None:
    """Make the wanted triggers and no others; call it inside a writable transaction."""
    drop(connection)
    connection.script(wanted().values())


def are_right(connection: Connection) -> bool:
    """Tell whether the file's triggers are exactly the wanted ones (checked at every start)."""
    present: dict[str, str] = dict(connection.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return present == wanted()
