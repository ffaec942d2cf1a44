"""Undo and redo: reads of the one change log, written back as ordinary units (data.md)."""

from dataclasses import dataclass

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.models.database import Connection
from desktop.services.exchange import known_rows
from desktop.services.exchange.taking_back import take_back
from desktop.services.sessions import ADMINS, EVERYONE, WRITERS, Session, allowed, not_allowed
from desktop.services.units import unit
from desktop.services.writing_back import write_back

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
    holds the paths of partners that have rows of the unit and get the undo with the next package, `to` their names;
    `again` is false for a merge: it is not redone but received again.
    """

    changes: Changes
    cells: int
    kept: tuple[str, ...]
    referred: int = 0
    travels: tuple[str, ...] = ()
    to: str = ""
    again: bool = True

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


@allowed(EVERYONE)
def list_units(session: Session, *, limit: int = 100, kind: str | None = None) -> tuple[UnitRow, ...]:
    """Give the newest units, newest first; of one kind where it is named; to a 书记 those of the own account alone."""
    own = session.account if session.scope is not None else None
    rows = session.db.rows(
        f"SELECT {_UNIT} FROM unit WHERE (? IS NULL OR kind = ?) AND (? IS NULL OR account = ?) "
        "ORDER BY id DESC LIMIT ?",
        (kind, kind, own, own, limit),
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
    found = _newest(session, "kind = 'undo' AND (SELECT o.kind FROM unit o WHERE o.id = unit.undoes) NOT IN "
        "('undo', 'package')")
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
    row = session.db.one(
        "SELECT u.account, u.label, u.undoes, u.kind, o.kind FROM unit u LEFT JOIN unit o ON o.id = u.undoes "
        "WHERE u.id = ?",
        (number,),
    )
    if row is None:
        raise UserError("没有撤销。", f"没有编号为 {number} 的操作。", "请在操作记录里选一项。", "no-unit")
    account, label, undoes, kind, undone_kind = row
    if number in _undone(session.db):
        raise UserError("没有撤销。", f"“{label}”已经撤销过了。", "如需恢复，请用“重做”。", "undone")
    if account != session.account and session.role not in ADMINS:
        raise not_allowed(session)
    if undone_kind == "package":
        why = "合并撤销以后，记录的来历也退回了。"
        raise UserError("没有重做。", why, "请再接收一次这个数据包。", "redo-merge")
    word = "撤销：" if undoes is None or label.startswith(_REDO) else _REDO
    word += label.removeprefix("撤销：").removeprefix(_REDO)
    merged = kind == "package"
    travels = () if merged else known_rows.holders(session.workspace, number)
    with unit(session, word, kind="undo", undoes=number) as work:
        work.lasting, work.stamped = True, not merged
        if merged:
            cells, kept, held = take_back(session.workspace, number)
        else:
            cells, kept, held = write_back(session.workspace.write, number)
    to = known_rows.named(session.workspace, travels)
    return Undone(work.changes, cells, (*kept, *held), len(held), travels if cells else (), to, again=not merged)
