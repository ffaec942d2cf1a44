"""The 变更记录 of a drawer: every change of a record and of its parts in words, by deed, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from desktop.core.tables import DELETED
from desktop.models.registry import SPECS
from desktop.services import field_history, listing
from desktop.services.column_words import column_word
from desktop.services.field_history import HistoryLine
from desktop.services.listing import KIND_NAMES
from desktop.services.sessions import EVERYONE, Session, allowed

LONGEST = 60
_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "person": (("membership", "person_id"), ("post", "person_id")),
    "branch": (
        ("joint_unit", "branch_id"), ("term", "branch_id"), ("post", "branch_id"), ("party_group", "branch_id"),
    ),
    "organisation": (
        ("management", "organisation_id"), ("instructor", "organisation_id"), ("joint_unit", "organisation_id"),
        ("post", "organisation_id"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One deed that touched the record: when (local), who, its label, and what it changed, a line a field."""

    unit: int
    at: str
    account: str | None
    label: str
    lines: tuple[str, ...]


@allowed(EVERYONE)
def list_history(session: Session, *, kind: str, key: bytes, limit: int = 60) -> tuple[HistoryEntry, ...]:
    """Give the newest deeds on a record (person, branch or organisation) and its parts."""
    lines: dict[int, list[str]] = {}
    heads: dict[int, HistoryLine] = {}
    for table, row in [(kind, key), *_parts(session, kind, key)]:
        for line in field_history.history(session, table=table, key=row):
            heads.setdefault(line.unit, line)
            said = _words(session, table, line, own=table == kind)
            lines.setdefault(line.unit, []).extend([said] if said else [])
    newest = sorted(heads, reverse=True)[:limit]
    return tuple(
        HistoryEntry(number, _local(heads[number].made_at), heads[number].account, heads[number].label or "",
                     tuple(dict.fromkeys(lines[number])))
        for number in newest
    )  # fmt: skip


def _parts(session: Session, kind: str, key: bytes) -> list[tuple[str, bytes]]:
    found = []
    for table, column in _PARTS.get(kind, ()):
        rows = session.db.rows(f'SELECT id FROM {table} WHERE "{column}" = ? ORDER BY id', (key,))
        found += [(table, row[0]) for row in rows]
    return found


def _words(session: Session, table: str, line: HistoryLine, *, own: bool) -> str:
    noun = KIND_NAMES[table]
    if not line.column:
        return "" if own else f"登记{noun}"
    if line.column == DELETED:
        return f"{'' if own else noun}{'移到回收站' if line.new else '从回收站恢复'}"
    word = column_word(table, line.column)
    old, new = (value_text(session, table=table, column=line.column, value=value) for value in (line.old, line.new))
    return f"{'' if own else f'{noun} '}{word}：{old} → {new}"


@allowed(EVERYONE)
def value_text(session: Session, *, table: str, column: str, value: object) -> str:
    """Write a value as forms show it: codes and references in words, numbers masked, nothing as 空."""
    if value is None or value == "":
        return "空"
    parent = dict(SPECS[table].parents).get(column)
    if parent is not None:
        text = listing.title(session, table=parent, key=bytes.fromhex(str(value)))
    elif SPECS[table].types[column] == "bool":
        text = "是" if value else "否"
    else:
        text = listing.value_words(table, column, value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _local(made_at: str) -> str:
    return datetime.fromisoformat(made_at).astimezone().strftime("%Y-%m-%d %H:%M")
