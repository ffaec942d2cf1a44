"""Undo, redo and history: reads of the one change log, written back as ordinary units (data.md)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.tables import DELETED, ColumnType
from desktop.models.database import Connection
from desktop.models.registry import PART_SPECS, SPECS, stored_columns
from desktop.services.exchange import known_rows
from desktop.services.references import is_referred_to
from desktop.services.sessions import ADMINS, EVERYONE, WRITERS, Session, allowed, not_allowed
from desktop.services.units import unit

UNDONE = "已撤销"
_REDO = "重做："
_UNIT = "id, account, made_at, kind, label, rows"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as the history of work shows it."""

    number: int
    account: str | None
    made_at: str
    kind: str
    label: str
    rows: int
    undone: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: the new unit's changes, cells written back, and those left as they are.

    `kept` names cells that were changed since and, `referred` of them, records that others refer to by now; `travels`
    holds the paths of partners that have rows of the unit and get the undo with the next package, `to` their names.
    """

    changes: Changes
    cells: int
    kept: tuple[str, ...]
    referred: int = 0
    travels: tuple[str, ...] = ()
    to: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what a person should know beside the label: what was left and why, and who will hear of it."""
        changed = len(self.kept) - self.referred
        return tuple(
            words
            for told, words in (
                (changed, f"{changed} 处后来又改过，没有动"),
                (self.referred, f"{self.referred} 条记录还被别的记录引用，没有动"),
                (self.travels, f"下一次导出会把这次撤销带给 {self.to}"),
            )
            if told
        )

    @property
    def note(self) -> str:
        """Give the notes as one sentence's tail; empty where there is none, the usual case."""
        return "".join(f"；{words}" for words in self.notes)


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


@dataclass(slots=True)
class _Touched:
    """One row that a unit touched: how it was before, which columns, and the last change of the unit on it."""

    table: str
    pk: str
    before: dict[str, Any] | None
    columns: set[str]
    last: int
    made: bool


@allowed(EVERYONE)
def list_units(session: Session, *, limit: int = 100, kind: str | None = None) -> tuple[UnitRow, ...]:
    """Give the newest units, newest first; of one kind where it is named."""
    rows = session.db.rows(
        f"SELECT {_UNIT} FROM unit WHERE ? IS NULL OR kind = ? ORDER BY id DESC LIMIT ?", (kind, kind, limit)
    )
    undone = _undone(session.db)
    return tuple(UnitRow(*(*row, row[0] in undone)) for row in rows)


@allowed(EVERYONE)
def changes_of(session: Session, *, number: int) -> Changes:
    """Give what a unit of the past touched, for screens to refresh by and to offer 撤销."""
    topics = session.db.rows('SELECT DISTINCT tbl FROM "change" WHERE unit = ?', (number,))
    label = session.db.one("SELECT label FROM unit WHERE id = ?", (number,))
    return Changes(frozenset(row[0] for row in topics), number, label[0] if label else "")


@allowed(EVERYONE)
def next_undo(session: Session) -> UnitRow | None:
    """Give the unit that 撤销 would take back: the newest of this account not yet undone."""
    return _newest(session, "kind <> 'undo'")


@allowed(EVERYONE)
def next_redo(session: Session) -> UnitRow | None:
    """Give the undo that 重做 would take back: the newest unit of this account, where it is one."""
    found = _newest(session, "kind = 'undo' AND (SELECT o.kind FROM unit o WHERE o.id = unit.undoes) <> 'undo'")
    later = session.db.one(
        "SELECT 1 FROM unit WHERE account = ? AND kind <> 'undo' AND id > ?",
        (session.account, found.number if found else 0),
    )
    return None if found is None or later else found


def _newest(session: Session, what: str) -> UnitRow | None:
    undone = _undone(session.db)
    cursor = session.db.execute_sql(
        f"SELECT {_UNIT} FROM unit WHERE account = ? AND {what} ORDER BY id DESC", (session.account,)
    )
    row = next((row for row in cursor if row[0] not in undone), None)
    return UnitRow(*(*row, False)) if row else None


def _undone(db: Connection) -> frozenset[int]:
    """Give the units that stand undone: those with an undo that has not itself been undone (and so on)."""
    found: set[int] = set()
    for number, undoes in db.rows("SELECT id, undoes FROM unit WHERE kind = 'undo' ORDER BY id DESC"):
        if number not in found:
            found.add(undoes)
    return frozenset(found)


@allowed(WRITERS)
def undo_last(session: Session) -> Undone | None:
    """Undo the newest unit of this account; None where nothing is left to undo."""
    found = next_undo(session)
    return undo_unit(session, number=found.number) if found else None


@allowed(WRITERS)
def redo_last(session: Session) -> Undone | None:
    """Take back the newest undo of this account; None where there is none or something was written since."""
    found = next_redo(session)
    return undo_unit(session, number=found.number) if found else None


@allowed(WRITERS)
def undo_unit(session: Session, *, number: int) -> Undone:
    """Write back what a unit changed, wherever the cell still holds what it wrote; the rest is listed in `kept`."""
    row = session.db.one("SELECT account, label, undoes FROM unit WHERE id = ?", (number,))
    if row is None:
        raise UserError("没有撤销。", f"没有编号为 {number} 的操作。", "请在操作记录里选一项。", "no-unit")
    account, label, undoes = row
    if number in _undone(session.db):
        raise UserError("没有撤销。", f"“{label}”已经撤销过了。", "如需恢复，请用“重做”。", "undone")
    if account != session.account and session.role not in ADMINS:
        raise not_allowed(session)
    word = "撤销：" if undoes is None or label.startswith(_REDO) else _REDO
    word += label.removeprefix("撤销：").removeprefix(_REDO)
    travels = known_rows.holders(session.workspace, number)
    with unit(session, word, kind="undo", undoes=number) as work:
        work.lasting = True
        cells, kept, held = _write_back(session.workspace.write, number)
    to = known_rows.named(session.workspace, travels)
    return Undone(work.changes, cells, (*kept, *held), len(held), travels if cells else (), to)


def _write_back(db: Connection, number: int) -> tuple[int, list[str], list[str]]:
    """Write back every row of a unit, and give the cells left because they were changed since.

    A record made by it stays while later work refers to it: those come last.
    """
    cells, kept = 0, []
    waiting = list(reversed(_touched(db, number)))
    while waiting:
        held = []
        for touched in waiting:
            if _is_held(db, touched):
                held.append(touched)
                continue
            done, left = _part_back(db, touched) if touched.table in PART_SPECS else _record_back(db, touched)
            cells += done
            kept.extend(left)
        if len(held) == len(waiting):
            return cells, kept, [f"{touched.table}:{touched.pk}:{DELETED}" for touched in held]
        waiting = held
    return cells, kept, []


def _is_held(db: Connection, touched: _Touched) -> bool:
    if not touched.made or touched.table in PART_SPECS:
        return False
    key = bytes.fromhex(touched.pk)
    alive = db.one(f"SELECT 1 FROM {touched.table} WHERE id = ? AND {DELETED} IS NULL", (key,))
    return alive is not None and is_referred_to(db, touched.table, key)


def _touched(db: Connection, number: int) -> list[_Touched]:
    found: dict[tuple[str, str], _Touched] = {}
    rows = db.rows('SELECT id, tbl, pk, op, "columns", image FROM "change" WHERE unit = ? ORDER BY id', (number,))
    for at, table, pk, op, columns, image in rows:
        row = found.get((table, pk))
        if row is None:
            before = json.loads(image) if image else None
            row = found[table, pk] = _Touched(table, pk, before, set(), at, op == "I")
        row.last = at
        row.columns |= set(columns.split(" ")) if columns else set()
    return list(found.values())


def _record_back(db: Connection, touched: _Touched) -> tuple[int, list[str]]:
    spec = SPECS[touched.table]
    current = _row(db, touched.table, spec.key, spec.types, touched.pk, stored_columns(spec))
    if current is None:
        return 0, []
    if touched.made:
        wanted: dict[str, Any] = {DELETED: UNDONE}
        columns = {DELETED}
        if current[DELETED] is not None:
            return 0, []
    else:
        columns = touched.columns
        wanted = {name: (touched.before or {}).get(name) for name in columns}
    left = _left(db, touched, current)
    fit = [name for name in sorted(columns) if current[name] == left[name]]
    kept = [f"{touched.table}:{touched.pk}:{name}" for name in sorted(columns) if name not in fit]
    if touched.made and any(current[name] != left[name] for name in current):
        return 0, [f"{touched.table}:{touched.pk}:{DELETED}"]
    if fit:
        _set(db, touched.table, spec.key, spec.types, touched.pk, {name: wanted[name] for name in fit})
    return len(fit), kept


def _part_back(db: Connection, touched: _Touched) -> tuple[int, list[str]]:
    part = PART_SPECS[touched.table]
    types: dict[str, ColumnType] = {part.key[0]: "id"}
    types.update({column.name: column.type for column in part.columns})
    current = _row(db, touched.table, part.key, types, touched.pk, tuple(types))
    if current != _left_part(db, touched, current):
        return 0, [f"{touched.table}:{touched.pk}"]
    if touched.made:
        if current is not None:
            _delete(db, touched.table, part.key, types, touched.pk)
        return 1, []
    before = touched.before or {}
    if current is None:
        names = ", ".join(f'"{name}"' for name in types)
        marks = ", ".join("?" * len(types))
        values = [_stored(types[name], before[name]) for name in types]
        db.run(f"INSERT INTO {touched.table} ({names}) VALUES ({marks})", values)
    else:
        differing = {name: before[name] for name in types if before[name] != current[name]}
        if differing:
            _set(db, touched.table, part.key, types, touched.pk, differing)
    return 1, []


def _left(db: Connection, touched: _Touched, current: dict[str, Any]) -> dict[str, Any]:
    """Give what the unit left in each column: the old image of the first later change of it, else what stands now."""
    left = dict(current)
    seen: set[str] = set()
    for columns, image in _later(db, touched):
        old = json.loads(image) if image else {}
        for name in set(columns.split(" ") if columns else ()) - seen:
            left[name] = old.get(name)
            seen.add(name)
    return left


def _left_part(db: Connection, touched: _Touched, current: dict[str, Any] | None) -> dict[str, Any] | None:
    for _, image in _later(db, touched):
        return json.loads(image) if image else None
    return current


def _later(db: Connection, touched: _Touched) -> Iterator[tuple[str | None, str | None]]:
    rows = db.rows(
        'SELECT "columns", image FROM "change" WHERE tbl = ? AND pk = ? AND id > ? ORDER BY id',
        (touched.table, touched.pk, touched.last),
    )
    return ((row[0], row[1]) for row in rows)


def _row(
    db: Connection, table: str, key: tuple[str, ...], types: dict[str, ColumnType], pk: str, columns: tuple[str, ...]
) -> dict[str, Any] | None:
    listed = ", ".join(f'"{name}"' for name in columns)
    row = db.one(f"SELECT {listed} FROM {table} WHERE {_where(key)}", _key(key, types, pk))
    if row is None:
        return None
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in zip(columns, row, strict=True)}


def _set(
    db: Connection,
    table: str,
    key: tuple[str, ...],
    types: dict[str, ColumnType],
    pk: str,
    values: dict[str, Any],
) -> None:
    sets = ", ".join(f'"{name}" = ?' for name in values)
    stored = [_stored(types[name], value) for name, value in values.items()]
    db.run(f"UPDATE {table} SET {sets} WHERE {_where(key)}", [*stored, *_key(key, types, pk)])


def _delete(db: Connection, table: str, key: tuple[str, ...], types: dict[str, ColumnType], pk: str) -> None:
    db.run(f"DELETE FROM {table} WHERE {_where(key)}", _key(key, types, pk))


def _where(key: tuple[str, ...]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in key)


def _key(key: tuple[str, ...], types: dict[str, ColumnType], pk: str) -> list[object]:
    values: list[object] = []
    for name, text in zip(key, pk.split("\x1f"), strict=True):
        values.append(int(text) if types[name] == "int" else _stored(types[name], text))
    return values


def _stored(kind: ColumnType, value: Any) -> object:  # noqa: ANN401 - a JSON value
    return bytes.fromhex(value) if kind == "id" and isinstance(value, str) else value


@allowed(EVERYONE)
def history(session: Session, *, table: str, key: bytes) -> tuple[HistoryLine, ...]:
    """Give every change of one record, newest first: field, old, new, who, when and from where."""
    spec = SPECS[table]
    current = _row(session.db, table, spec.key, spec.types, key.hex(), stored_columns(spec)) or {}
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
