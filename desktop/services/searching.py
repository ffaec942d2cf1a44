"""Search over organisations, branches, persons and meetings, by name, pinyin, initials or last four digits."""

import re
from dataclasses import dataclass
from itertools import islice

from desktop.core.text import narrow
from desktop.services.sessions import EVERYONE, Session, allowed, branches_in_scope

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PIECE = re.compile("[a-z0-9]+|(?:[^\\W\\d_a-z]|[\U00020000-\U0003ffff])+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: its kind, id (hex), title and a grey note."""

    kind: str
    id: str
    title: str
    note: str


@allowed(EVERYONE)
def search(session: Session, *, text: str, limit: int = 50) -> tuple[Hit, ...]:
    """Find what `text` may mean while it is being typed; nothing for blanks."""
    terms = fts_query(text)
    if not terms:
        return ()
    scope = branches_in_scope(session)
    rows = session.db.rows(
        "SELECT d.kind, d.pk, d.title, d.note FROM search_index x JOIN search_doc d ON d.rowid = x.rowid "
        "WHERE search_index MATCH ? ORDER BY d.kind = 'meeting', length(d.title), d.title, d.pk LIMIT ?",
        (terms, limit if scope is None else -1),
    )
    if scope is not None:
        seen = (row for row in rows if _in_scope(session, scope, row[0], row[1]))
        rows = list(islice(seen, limit))
    return tuple(Hit(*row) for row in rows)


def fts_query(text: str) -> str:
    """Write an FTS5 query: hanzi as one phrase, latin and digits each as a prefix; all must be met."""
    folded = narrow(text).replace("'", "").casefold()
    pieces = _PIECE.findall(folded)
    return " AND ".join(_piece(piece) for piece in pieces)


def _piece(piece: str) -> str:
    if _HAN.search(piece):
        return '"' + " ".join(piece) + '" *'
    return f'"{piece}" *'


def _in_scope(session: Session, scope: frozenset[bytes], kind: str, pk: str) -> bool:
    key = bytes.fromhex(pk)
    queries = {
        "branch": "SELECT id FROM branch WHERE id = ?",
        "person": "SELECT branch_id FROM membership WHERE person_id = ? AND _deleted IS NULL",
        "meeting": "SELECT branch_id FROM meeting WHERE id = ?",
        "organisation": "SELECT branch_id FROM joint_unit WHERE organisation_id = ? AND _deleted IS NULL",
    }
    return any(row[0] in scope for row in session.db.rows(queries[kind], (key,)))
