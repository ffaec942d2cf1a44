"""Cells that hold what their column's type does not allow, as a foreign hand may leave them (package-format.md §4).

SQLite stores what it is given, a date of a 45th day too. One statement walks each table once.
"""

from collections.abc import Iterator

from desktop.core.tables import Column, ColumnType
from desktop.models.database import Connection
from desktop.models.registry import PART_SPECS, SPECS, stored_columns

SHOWN = 5
# What is right of a cell `{0}` that is not null; null where SQLite makes nothing of it, which is wrong too.
_RIGHT: dict[ColumnType, str] = {
    "id": "typeof({0}) = 'blob' AND length({0}) = 16",
    "int": "typeof({0}) = 'integer'",
    "bool": "typeof({0}) = 'integer' AND {0} IN (0, 1)",
    "date": (
        "typeof({0}) = 'text' AND {0} >= '0001' AND CASE length({0}) WHEN 10 THEN date({0}, '+0 days') = {0} "
        "WHEN 7 THEN date({0} || '-01', '+0 days') = {0} || '-01' "
        "WHEN 4 THEN date({0} || '-01-01', '+0 days') = {0} || '-01-01' END"  # a bare date() lets 02-29 pass as it is
    ),
    "time": "typeof({0}) = 'text' AND {0} GLOB '[0-2][0-9]:[0-5][0-9]' AND {0} < '24'",
    "instant": "typeof({0}) = 'text' AND strftime('%Y-%m-%dT%H:%M:%SZ', {0}, '+0 days') = {0}",
    "json": "typeof({0}) = 'text' AND json_valid({0})",
}
_TEXT = "typeof({0}) = 'text'"
_WRONG_WORDS: dict[ColumnType, str] = {
    "id": "不是 16 字节的编号",
    "int": "不是整数",
    "bool": "不是“是”或“否”",
    "date": "不是日期",
    "time": "不是钟点",
    "instant": "不是时刻",
    "json": "读不出来",
}


def wrong_cells(db: Connection) -> Iterator[str]:
    """Give a sentence for each column that has wrong cells, with the ids of the first rows."""
    for spec in SPECS.values():
        stored = set(stored_columns(spec))
        yield from _of_table(db, spec.name, spec.key, [column for column in spec.columns if column.name in stored])
    for part in PART_SPECS.values():
        yield from _of_table(db, part.name, part.key, [Column(part.key[0], "id", None), *part.columns])


def _of_table(db: Connection, table: str, key: tuple[str, ...], columns: list[Column]) -> Iterator[str]:
    tests = [f'"{column.name}" IS NOT NULL AND NOT coalesce({_right(column)}, 0)' for column in columns]
    names = ", ".join(f'"{name}"' for name in key)
    rows = db.rows(f"SELECT {names}, {', '.join(tests)} FROM {table} WHERE {' OR '.join(tests)}")
    for at, column in enumerate(columns, start=len(key)):
        found = [row[: len(key)] for row in rows if row[at]]
        if found:
            named = "、".join(_named(row) for row in found[:SHOWN])
            more = "等" if len(found) > SHOWN else ""
            words = _WRONG_WORDS.get(column.type, "不是文字")
            yield f"表 {table} 的 {column.name} 有 {len(found)} 处{words}：编号 {named}{more}"


def _right(column: Column) -> str:
    return _RIGHT.get(column.type, _TEXT).format(f'"{column.name}"')


def _named(key: tuple[object, ...]) -> str:
    return " ".join(part.hex() if isinstance(part, bytes) else str(part) for part in key)
