"""Search over organisations, branches, persons and meetings, by name, pinyin, initials or last four digits."""

import re
from dataclasses import dataclass

from desktop.core.text import narrow
from desktop.models.database import Row
from desktop.services.search_index import ONE_OF
from desktop.services.sessions import EVERYONE, Session, allowed, branches_in_scope

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PIECE = re.compile("[a-z0-9]+|(?:[^\\W\\d_a-z]|[\U00020000-\U0003ffff])+")
_MATCH = "search_index WHERE search_index MATCH ?"
_HIT = "d.kind, d.pk, d.title, d.note"
_ORDER = f"ORDER BY d.rowid >> {ONE_OF}, d.title, d.pk"
_MOST = 30_000  # of one rank; SQLite binds 32,766 values
_OWN = (
    "SELECT 'branch', lower(hex(id)) FROM mine "
    "UNION SELECT 'person', lower(hex(person_id)) FROM membership WHERE branch_id IN mine AND _deleted IS NULL "
    "UNION SELECT 'meeting', lower(hex(id)) FROM meeting WHERE branch_id IN mine "
    "UNION SELECT 'organisation', lower(hex(organisation_id)) FROM joint_unit "
    "WHERE branch_id IN mine AND _deleted IS NULL"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: its kind, id (hex), title and a grey note."""

    kind: str
    id: str
    title: str
    note: str


@allowed(EVERYONE)
def search(session: Session, *, text: str, limit: int = 50) -> tuple[Hit, ...]:
    """Find what `text` may mean while it is being typed, by rank (`search_index`); nothing for blanks."""
    terms = fts_query(text)
    if not terms:
        return ()
    scope = branches_in_scope(session)
    rows = _best(session, terms, limit) if scope is None else _within(session, scope, terms, limit)
    return tuple(Hit(*row) for row in rows)


def _best(session: Session, terms: str, limit: int) -> list[Row]:
    """Read no further than the rank in which the limit is met, and only the rows of those."""
    db = session.db
    found = db.rows(f"SELECT rowid FROM {_MATCH} ORDER BY rowid LIMIT ?", (terms, limit))
    if len(found) == limit:
        last = found[-1][0]
        end = last | (1 << ONE_OF) - 1
        found += db.rows(f"SELECT rowid FROM {_MATCH} AND rowid > ? AND rowid <= ? LIMIT {_MOST}", (terms, last, end))
    marks = ", ".join("?" * len(found))
    rowids = [row[0] for row in found]
    return db.rows(f"SELECT {_HIT} FROM search_doc d WHERE d.rowid IN ({marks}) {_ORDER} LIMIT ?", (*rowids, limit))


def _within(session: Session, scope: frozenset[bytes], terms: str, limit: int) -> list[Row]:
    """Go from the records of a 书记's scope, a few hundred, not from all that match."""
    return session.db.rows(
        f"WITH mine (id) AS (VALUES {', '.join(['(?)'] * len(scope))}), own (kind, pk) AS ({_OWN}) "
        f"SELECT {_HIT} FROM own CROSS JOIN search_doc d ON d.kind = own.kind AND d.pk = own.pk "
        f"WHERE d.rowid IN (SELECT rowid FROM {_MATCH}) {_ORDER} LIMIT ?",
        (*scope, terms, limit),
    )


def fts_query(text: str) -> str:
    """Write an FTS5 query: hanzi as one phrase, latin and digits each as a prefix; all must be met."""
    folded = narrow(text).replace("'", "").casefold()
    pieces = _PIECE.findall(folded)
    return " AND ".join(_piece(piece) for piece in pieces)


def _piece(piece: str) -> str:
    if _HAN.search(piece):
        return '"' + " ".join(piece) + '" *'
    return f'"{piece}" *'
