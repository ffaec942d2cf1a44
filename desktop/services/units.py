"""The labelled unit of work: every write goes through one, and at its end the house reads what it wrote (data.md)."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import get_ident
from typing import Literal

from desktop.core.changes import NOTHING, Changes
from desktop.core.clock import instant_text
from desktop.models.database import Connection
from desktop.models.registry import SPECS
from desktop.services import audits, search_index, stamps
from desktop.services.sessions import Session, Workspace
from desktop.services.storage import transaction

UnitKind = Literal["user", "import", "package", "outside", "undo"]
OUTSIDE_LABEL = "程序外的改动"


@dataclass(slots=True)
class OpenUnit:
    """A unit while it is written; `changes` holds the result once the outermost block has ended.

    `lasting` keeps a unit that wrote nothing: an undo whose cells held the old values already has been done.
    `stamped` is false for what is no writing of this site: a package, and the taking back of one.
    """

    number: int
    label: str
    kind: UnitKind
    changes: Changes = field(default=NOTHING)
    detail: str = ""
    lasting: bool = False
    stamped: bool = True


@contextlib.contextmanager
def unit(session: Session, label: str, *, kind: UnitKind = "user", undoes: int | None = None) -> Iterator[OpenUnit]:
    """Open a unit with a label that a person reads (`移动 2 名党员`); inside an open one, join it.

    All of it stands at the end, or nothing; what it touched is stamped, indexed and audited in the same transaction.
    """
    workspace = session.workspace
    joined = workspace.open_unit
    if isinstance(joined, OpenUnit):
        yield joined
        return
    with transaction(workspace.write):
        work = OpenUnit(_begin(session, label, kind, undoes), label, kind, stamped=kind != "package")
        workspace.open_unit, workspace.unit_thread = work, get_ident()
        try:
            yield work
            work.changes = _finish(session, work)
        finally:
            workspace.open_unit, workspace.unit_thread = None, None


def _begin(session: Session, label: str, kind: UnitKind, undoes: int | None) -> int:
    db = session.workspace.write
    at = instant_text(session.workspace.clock.now())
    db.run(
        "INSERT INTO unit (account, made_at, kind, label, undoes, rows) VALUES (?, ?, ?, ?, ?, 0)",
        (session.account, at, kind, label, undoes),
    )
    number = last_row(db)
    db.run("INSERT INTO unit_open (unit) VALUES (?)", (number,))
    return number


def _finish(session: Session, work: OpenUnit) -> Changes:
    workspace, db = session.workspace, session.workspace.write
    db.run("DELETE FROM unit_open")
    count = db.one('SELECT count(*) FROM "change" WHERE unit = ?', (work.number,))
    if count is None or (count[0] == 0 and not work.lasting):
        db.run("DELETE FROM unit WHERE id = ?", (work.number,))
        return NOTHING
    topics = _settle(workspace, work.number, stamp=work.stamped)
    db.run("UPDATE unit SET rows = ?, label = ? WHERE id = ?", (count[0], work.label, work.number))
    audits.append(
        workspace, account=session.account, deed=work.kind, detail=work.detail or work.label, unit=work.number
    )
    return Changes(topics, work.number, work.label)


def _settle(workspace: Workspace, number: int, *, stamp: bool) -> frozenset[str]:
    if stamp:
        stamps.stamp_unit(workspace, number)
    search_index.refresh_unit(workspace, number)
    return frozenset(
        row[0] for row in workspace.write.rows('SELECT DISTINCT tbl FROM "change" WHERE unit = ?', (number,))
    )


def absorb_outside(workspace: Workspace) -> int:
    """Give the writes that no unit made (the sqlite3 shell) a unit of their own; give how many rows there were.

    Called when a workspace opens and before each export and import.
    """
    db = workspace.write
    found = db.one('SELECT count(*) FROM "change" WHERE unit IS NULL')
    if found is None or found[0] == 0:
        return 0
    with transaction(db):
        at = instant_text(workspace.clock.now())
        db.run(
            "INSERT INTO unit (account, made_at, kind, label, undoes, rows) VALUES (NULL, ?, 'outside', ?, NULL, ?)",
            (at, OUTSIDE_LABEL, found[0]),
        )
        number = last_row(db)
        db.run('UPDATE "change" SET unit = ? WHERE unit IS NULL', (number,))
        _point_again(db, number)
        _settle(workspace, number, stamp=True)
        audits.append(workspace, account=None, deed="outside", detail=OUTSIDE_LABEL, unit=number)
    return int(found[0])


def _point_again(db: Connection, number: int) -> None:
    """Find the rows again by their keys: a VACUUM of a stranger numbers rows anew."""
    rows = db.rows('SELECT id, tbl, pk FROM "change" WHERE unit = ?', (number,))
    for at, table, pk in rows:
        if table in SPECS:
            sql = f'UPDATE "change" SET at_row = (SELECT rowid FROM {table} WHERE id = ?) WHERE id = ?'
            db.run(sql, (bytes.fromhex(pk), at))


def last_row(db: Connection) -> int:
    """Give the rowid of the last insert on this connection."""
    row = db.one("SELECT last_insert_rowid()")
    return int(row[0]) if row else 0
