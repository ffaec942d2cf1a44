"""What wants a second look before a package is merged (sync.md §1.9): many deletions, a large part of a table."""

from desktop.core.tables import DELETED
from desktop.models.database import Connection
from desktop.models.registry import SPECS
from desktop.services.exchange.merging import Counts
from desktop.services.listing import KIND_NAMES

MOST_DELETED = 50
LEAST_ROWS = 20  # a table of a few rows changes by a fifth at every edit


def sizes(db: Connection) -> dict[str, int]:
    """Give how many living rows each table has."""
    found = {name: db.one(f"SELECT count(*) FROM {name} WHERE {DELETED} IS NULL") for name in SPECS}
    return {name: int(row[0]) if row else 0 for name, row in found.items()}


def questions(counts: Counts, before: dict[str, int]) -> tuple[str, ...]:
    """Give the sentences that a person should answer first; none is the usual case."""
    found = []
    if counts.deleted > MOST_DELETED:
        found.append(f"这个数据包会删除 {counts.deleted} 条记录。请先与发件单位核实。")
    for table, outcomes in counts.tables.items():
        touched = outcomes.get("changed", 0) + outcomes.get("deleted", 0)
        if before.get(table, 0) >= LEAST_ROWS and touched * 5 > before[table]:
            name = KIND_NAMES.get(table, table)
            found.append(f"{name}共 {before[table]} 条，会改动 {touched} 条，超过五分之一。请先与发件单位核实。")
    return tuple(found)
