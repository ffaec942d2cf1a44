"""The conflicts that merges have recorded: what lost, and where; both values are kept for ever (sync.md §1.4)."""

import json
from dataclasses import dataclass

from desktop.core.tables import DELETED
from desktop.services.listing import KIND_NAMES
from desktop.services.sessions import STAFF, Session, allowed

KIND_WORDS = {"edit/edit": "两处都改过", "edit/delete": "一处改过、一处删除", "fork": "来自恢复过的旧库"}


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One conflict: its record (hex id, and its title where search knows it), the clash, the columns that lost."""

    id: bytes
    table: str
    table_name: str
    record: str
    title: str
    kind: str
    lost: dict[str, object]
    state: str


@allowed(STAFF)
def list_conflicts(session: Session, *, open_only: bool = True) -> tuple[ConflictRow, ...]:
    """Give the conflicts, the open ones or all."""
    rows = session.db.rows(
        "SELECT c.id, c.tbl, c.pk, c.kind, c.lose_value, c.state, d.title FROM conflict c "
        "LEFT JOIN search_doc d ON d.kind = c.tbl AND d.pk = c.pk "
        f"WHERE c.{DELETED} IS NULL AND (NOT ? OR c.state = 'open') ORDER BY c.tbl, c.pk, c.id",
        (open_only,),
    )
    return tuple(
        ConflictRow(
            key, table, KIND_NAMES.get(table) or table, pk, title or "", KIND_WORDS.get(kind) or kind,
            json.loads(lost) if lost else {}, state,
        )
        for key, table, pk, kind, lost, state, title in rows
    )  # fmt: skip
