"""Which live rows refer to a record: what keeps an undo from taking away what later work stands on."""

from functools import cache

from desktop.core.tables import DELETED
from desktop.models.database import Connection
from desktop.models.registry import MODELS, PART_SPECS, PART_TABLES, SPECS

_ACTIVE_ACCOUNT = "state = 'active'"


def is_referred_to(db: Connection, table: str, key: bytes) -> bool:
    """Tell whether any row that is not deleted refers to the record."""
    return any(db.one(sql, (key,)) is not None for sql in _queries(table))


@cache
def _queries(table: str) -> tuple[str, ...]:
    found = [
        f'SELECT 1 FROM {name} WHERE "{column}" = ? AND {DELETED} IS NULL LIMIT 1'
        for name in MODELS
        for column, parent in SPECS[name].parents
        if parent == table
    ]
    for model in PART_TABLES:
        part = PART_SPECS[model._meta.table_name]  # noqa: SLF001 - peewee's own way to the name
        found += [
            f'SELECT 1 FROM {part.name} p JOIN {part.parent} m ON m.id = p."{part.key[0]}" '
            f'WHERE p."{field.column_name}" = ? AND m.{DELETED} IS NULL LIMIT 1'
            for field in model._meta.sorted_fields  # noqa: SLF001
            if getattr(field, "refers", None) == table and field.column_name != part.key[0]
        ]
    if table == "branch":
        found.append(f"SELECT 1 FROM account WHERE branch_id = ? AND {_ACTIVE_ACCOUNT} LIMIT 1")
    return tuple(found)
