"""The recycle bin (回收站): what was deleted, by whom and why; a record comes back with what went with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.tables import DELETED
from desktop.models.registry import MODELS, SPECS
from desktop.services import records
from desktop.services.ledgers.catalogue import LEDGERS
from desktop.services.ledgers.rows import title_sql
from desktop.services.listing import KIND_NAMES
from desktop.services.sessions import STAFF, Session, allowed
from desktop.services.units import unit
from desktop.services.writing_back import UNDONE

# How a deleted record is named; a table that is not here is only ever deleted with another.
_TITLES: dict[str, str] = {
    "organisation": "t.name",
    "branch": "t.name",
    "person": "t.name",
    "place": "t.name",
    "office": "t.name",
    "party_group": "t.name",
    "term": "(SELECT name FROM branch WHERE id = t.branch_id) || ' ' || coalesce(t.elected_on, '')",
    "post": "(SELECT name FROM person WHERE id = t.person_id) || ' 任职'",
    "membership": "(SELECT name FROM person WHERE id = t.person_id) || ' 组织关系'",
    "management": "(SELECT name FROM organisation WHERE id = t.organisation_id) || ' 管理渠道'",
    "instructor": "(SELECT name FROM person WHERE id = t.person_id) || ' 指导员'",
    "joint_unit": "(SELECT name FROM organisation WHERE id = t.organisation_id) || ' 联合单位'",
    "meeting": (
        "coalesce((SELECT name FROM branch WHERE id = t.branch_id), '') || ' ' || coalesce(t.held_on, '') || ' ' "
        "|| coalesce(t.topic, '')"
    ),
    "attachment": "t.name",
    **{kind: f"(SELECT {title_sql(kind)} FROM {kind} WHERE {kind}.id = t.id)" for kind in LEDGERS},
}


@dataclass(frozen=True, slots=True)
class DeletedRow:
    """One record in the recycle bin; `with_it` counts the rows that went with it and come back with it."""

    table: str
    table_name: str
    id: bytes
    title: str
    reason: str
    deleted_at: str | None
    account: str | None
    with_it: int


@allowed(STAFF)
def list_deleted(session: Session) -> tuple[DeletedRow, ...]:
    """Give what lies in the recycle bin, the latest first; rows that went with another record stand under that one."""
    found: list[DeletedRow] = []
    for table, title in _TITLES.items():
        for key, name, reason in session.db.rows(
            f"SELECT t.id, {title}, t.{DELETED} FROM {table} t WHERE t.{DELETED} IS NOT NULL AND t.{DELETED} <> ?",
            (UNDONE,),
        ):
            number = _unit_of(session, table, key)
            if number is not None and _went_with_another(session, number, table, key):
                continue
            row = session.db.one("SELECT made_at, account FROM unit WHERE id = ?", (number,)) or (None, None)
            others = len(_with(session, number, table, key)) if number is not None else 0
            found.append(
                DeletedRow(table, KIND_NAMES[table], key, (name or "").strip(), reason, row[0], row[1], others)
            )
    return tuple(sorted(found, key=lambda row: (row.deleted_at or "", row.id), reverse=True))


@allowed(STAFF)
def restore(session: Session, *, table: str, key: bytes) -> Changes:
    """Bring a record back from the recycle bin, with the rows that went with it; refused while its owner lies there."""
    row = records.find(session, table, key) if table in _TITLES else None
    if row is None or row[DELETED] is None:
        raise UserError("没有恢复。", "回收站里没有这条记录。", "请刷新列表后再试。", "not-found")
    for column, parent in SPECS[table].parents:
        owner = records.find(session, parent, row[column]) if row[column] is not None else None
        if owner is not None and owner[DELETED] is not None:
            why = f"它所属的{KIND_NAMES[parent]}“{owner.get('name') or ''}”还在回收站。"
            raise UserError("没有恢复。", why, f"请先恢复这个{KIND_NAMES[parent]}。", "owner-deleted")
    number = _unit_of(session, table, key)
    others = _with(session, number, table, key) if number is not None else []
    with unit(session, f"恢复 1 条{KIND_NAMES[table]}记录") as work:
        for name, each in ((table, key), *others):
            records.update(session, MODELS[name], each, {"deleted": None})
    return work.changes.about(key)


@allowed(STAFF)
def restore_many(session: Session, *, records_: Sequence[tuple[str, bytes]]) -> Changes:
    """Bring several records (table and id) back in one step; nothing stands if one of them cannot come back."""
    with unit(session, f"从回收站恢复 {len(records_)} 条记录") as work:
        for table, key in records_:
            restore(session, table=table, key=key)
    return work.changes


def _unit_of(session: Session, table: str, key: bytes) -> int | None:
    """Give the unit that put a record into the recycle bin, or None where the log no longer tells."""
    row = session.db.one(
        'SELECT c.unit FROM "change" c WHERE c.tbl = ? AND c.pk = ? AND c.op = \'U\' AND '
        "' ' || c.\"columns\" || ' ' LIKE '% _deleted %' ORDER BY c.id DESC LIMIT 1",
        (table, key.hex()),
    )
    return row[0] if row else None


def _with(session: Session, number: int, table: str, key: bytes) -> list[tuple[str, bytes]]:
    """Give the rows deleted by the same unit that refer to a record."""
    found = []
    for name, spec in SPECS.items():
        for column, parent in spec.parents:
            if parent == table:
                rows = session.db.rows(
                    f'SELECT t.id FROM {name} t JOIN "change" c ON c.tbl = ? AND c.pk = lower(hex(t.id)) '
                    f'WHERE c.unit = ? AND t."{column}" = ? AND t.{DELETED} IS NOT NULL '
                    "AND ' ' || c.\"columns\" || ' ' LIKE '% _deleted %'",
                    (name, number, key),
                )
                found += [(name, row[0]) for row in rows if row[0] != key]
    return list(dict.fromkeys(found))


def _went_with_another(session: Session, number: int, table: str, key: bytes) -> bool:
    """Tell whether a record was deleted by the same unit as one that it refers to."""
    row = records.find(session, table, key) or {}
    for column, parent in SPECS[table].parents:
        owner = row.get(column)
        if owner is not None and _unit_of(session, parent, owner) == number:
            found = records.find(session, parent, owner)
            return found is not None and found[DELETED] is not None
    return False
