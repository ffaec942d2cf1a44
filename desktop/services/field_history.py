"""What became of each field of a record, read from the one change log (data.md)."""

import json
from dataclasses import dataclass

from desktop.models.registry import SPECS, stored_columns
from desktop.services.sessions import EVERYONE, Session, allowed
from desktop.services.writing_back import read_row


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one field of a record."""

    unit: int
    made_at: str
    account: str | None
    label: str
    kind: str
    column: str
    old: object
    new: object


@allowed(EVERYONE)
def history(session: Session, *, table: str, key: bytes) -> tuple[HistoryLine, ...]:
    """Give every change of one record, newest first: field, old, new, who, when and from where."""
    spec = SPECS[table]
    current = read_row(session.db, table, spec.key, spec.types, key.hex(), stored_columns(spec)) or {}
    rows = session.db.rows(
        'SELECT c.unit, u.made_at, u.account, u.label, u.kind, c.op, c."columns", c.image FROM "change" c '
        "JOIN unit u ON u.id = c.unit WHERE c.tbl = ? AND c.pk = ? ORDER BY c.id DESC",
        (table, key.hex()),
    )
    found, after = [], dict(current)
    for number, at, account, label, kind, op, columns, image in rows:
        if op == "I":
            found.append(HistoryLine(number, at, account, label, kind, "", None, None))
            continue
        old = json.loads(image)
        for name in columns.split(" "):
            found.append(HistoryLine(number, at, account, label, kind, name, old[name], after.get(name)))
            after[name] = old[name]
    return tuple(found)
