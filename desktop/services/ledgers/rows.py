"""The rows of a ledger as lists show them: references by name, codes in words, sums in 元; found by text and branch."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.core.errors import UserError
from desktop.core.tables import DELETED
from desktop.models.registry import SPECS
from desktop.services import listing_scope
from desktop.services.ledgers import values
from desktop.services.ledgers.catalogue import AREAS, LEDGERS
from desktop.services.ledgers.shapes import Ledger, LedgerField
from desktop.services.sessions import EVERYONE, Session, allowed
from desktop.services.spans import found_by

# What a row of each table is called where a ledger refers to it; a ledger's own rows are named by `title_sql`.
_NAMES: dict[str, str] = {
    "person": "name",
    "branch": "name",
    "organisation": "name",
    "place": "name",
    "meeting": "coalesce(held_on, '') || ' ' || coalesce(topic, '')",
    "post": "(SELECT p.name FROM person p WHERE p.id = post.person_id)",
}
_SEARCHED = frozenset({"person", "branch", "organisation"})


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row: its id, its name, and each field in words; `keys` holds what sorts a column otherwise than its words."""

    id: bytes
    name: str
    cells: Mapping[str, str]
    keys: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """One ledger on the page: its kind, its words and how many rows the account sees."""

    kind: str
    noun: str
    area: str
    rows: int


def ledger(kind: str) -> Ledger:
    """Give the ledger of a kind; a UserError where there is none."""
    if kind not in LEDGERS:
        raise UserError("没有打开台账。", f"没有“{kind}”这一种台账。", "请从列表里选一种。", "unknown-kind", "kind")
    return LEDGERS[kind]


@allowed(EVERYONE)
def counts(session: Session) -> tuple[LedgerCount, ...]:
    """Give every ledger with the rows that the account sees, by area."""
    found = []
    for kind, one in sorted(LEDGERS.items(), key=lambda pair: AREAS.index(pair[1].area)):
        found.append(LedgerCount(kind, one.noun, one.area, count(session, kind=kind)))
    return tuple(found)


@allowed(EVERYONE)
def count(session: Session, *, kind: str) -> int:
    """Count the rows of one ledger that the account sees."""
    where, parameters = listing_scope.visible(session, SPECS[ledger(kind).table], None)
    row = session.db.one(f"SELECT count(*) FROM {kind} t WHERE {where}", parameters)
    return int(row[0]) if row else 0


@allowed(EVERYONE)
def list_rows(
    session: Session, *, kind: str, branch: bytes | None = None, text: str = "", of: tuple[str, bytes] | None = None
) -> tuple[LedgerRow, ...]:
    """Give the rows of a ledger, the newest first.

    `branch` keeps those of one branch and below, `of` those that refer to one record (column, id), `text` those that
    hold it in a line of theirs or name a person, branch or organisation that search finds for it.
    """
    one = ledger(kind)
    where, bound = listing_scope.visible(session, SPECS[kind], branch)
    parts, parameters = [where], list(bound)
    if of is not None and of[0] in one.by_name:
        parts.append(f't."{of[0]}" = ?')
        parameters.append(of[1])
    if text.strip():
        found, more = _holding(one, text.strip())
        parts.append(found)
        parameters += more
    listed = ", ".join(f't."{field.name}"' for field in one.fields)
    newest = f't."{one.newest}" DESC, ' if one.newest else ""
    rows = session.db.rows(
        f"SELECT t.id, {listed} FROM {kind} t WHERE {' AND '.join(parts)} ORDER BY {newest}t.rowid DESC", parameters
    )
    names = names_of(session, one)
    return tuple(_row(one, row, names) for row in rows)


def _holding(one: Ledger, text: str) -> tuple[str, list[object]]:
    parts, parameters = [], list[object]()
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    for field in one.fields:
        if field.kind in {"line", "text", "date", "month", "year"}:
            parts.append(f"t.\"{field.name}\" LIKE ? ESCAPE '\\'")
            parameters.append(pattern)
        elif field.table in _SEARCHED:
            condition, more = found_by(text, field.table, f't."{field.name}"')
            parts.append(condition)
            parameters += more
    return f"({' OR '.join(parts) or '0'})", parameters


def names_of(session: Session, one: Ledger) -> dict[str, dict[bytes, str]]:
    """Give the names of every record that rows of a ledger refer to, by table and id; deleted ones keep theirs."""
    found: dict[str, dict[bytes, str]] = {}
    for field in one.fields:
        if field.kind == "reference":
            asked = f'SELECT t."{field.name}" FROM {one.table} t'
            rows = session.db.rows(f"SELECT id, {title_sql(field.table)} FROM {field.table} WHERE id IN ({asked})")
            found.setdefault(field.table, {}).update(rows)
    return found


def name_of(session: Session, table: str, key: bytes) -> str:
    """Give how one record is called, deleted or not; nothing where there is none."""
    row = session.db.one(f"SELECT {title_sql(table)} FROM {table} WHERE id = ?", (key,))
    return str(row[0] or "").strip() if row else ""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One record that a row may refer to: its id and how it is called."""

    id: bytes
    name: str


@allowed(EVERYONE)
def targets(session: Session, *, table: str, limit: int = -1) -> tuple[NamedRow, ...]:
    """Give the records of a table that a row may refer to, those made last first; at most `limit` where it is given."""
    where, parameters = listing_scope.visible(session, SPECS[table], None)
    rows = session.db.rows(
        f"SELECT id, {title_sql(table)} FROM {table} WHERE id IN (SELECT t.id FROM {table} t WHERE {where}) "
        "ORDER BY rowid DESC LIMIT ?",
        (*parameters, limit),
    )
    return tuple(NamedRow(key, (name or "").strip()) for key, name in rows)


def title_sql(table: str) -> str:
    """Write how a row of a table is called, as an expression over its own columns."""
    if table in _NAMES:
        return _NAMES[table]
    parts = []
    for name in LEDGERS[table].name:
        field = LEDGERS[table].by_name[name]
        if field.kind == "reference":
            at = field.table
            parts.append(f"(SELECT {title_sql(at)} FROM {at} WHERE {at}.id = {table}.{name})")
        elif field.kind == "code":
            parts.append(_code_sql(table, field))
        else:
            parts.append(f'{table}."{name}"')
    return " || ' ' || ".join(f"coalesce({part}, '')" for part in parts)


def _code_sql(table: str, field: LedgerField) -> str:
    words = "".join(f" WHEN '{code}' THEN '{short}'" for code, short in values.code_words(field.codes))
    return f'CASE {table}."{field.name}"{words} END'


def _row(one: Ledger, row: tuple[object, ...], names: Mapping[str, Mapping[bytes, str]]) -> LedgerRow:
    key, *stored = row
    cells: dict[str, str] = {}
    keys: dict[str, object] = {}
    for field, value in zip(one.fields, stored, strict=True):
        if field.kind == "reference":
            cells[field.name] = (names[field.table].get(value) or "").strip() if isinstance(value, bytes) else ""
        else:
            cells[field.name] = values.shown(field, value)
            if field.kind not in {"line", "text"}:
                keys[field.name] = value
    title = " ".join(filter(None, (cells[name] for name in one.name)))
    if not isinstance(key, bytes):
        raise TypeError(DELETED)
    return LedgerRow(key, title or one.noun, cells, keys)
