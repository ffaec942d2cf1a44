"""Equality as data.md means it: record and part tables without deleted rows, and search answering alike."""

from desktop.core.tables import DELETED
from desktop.models.registry import PART_SPECS, SPECS
from desktop.services import search_index, verifying
from desktop.services.sessions import Session

_DOCUMENTS = (
    "SELECT d.kind, d.pk, d.title, d.note, x.terms FROM search_doc d JOIN search_index x ON x.rowid = d.rowid "
    "ORDER BY d.kind, d.pk"
)
State = dict[str, frozenset[tuple[object, ...]]]


def state(session: Session) -> State:
    """Give the living rows of every record table, and the part rows of living parents."""
    db = session.db
    found = {table: frozenset(db.rows(f"SELECT * FROM {table} WHERE {DELETED} IS NULL")) for table in SPECS}
    for part in PART_SPECS.values():
        rows = db.rows(
            f"SELECT p.* FROM {part.name} p JOIN {part.parent} m ON m.id = p.{part.key[0]} WHERE m.{DELETED} IS NULL"
        )
        found[part.name] = frozenset(rows)
    found["search"] = frozenset(db.rows(_DOCUMENTS))
    return found


def assert_search_is_fresh(session: Session) -> None:
    """Check that the index holds exactly what a rebuild would hold."""
    assert verifying.is_fresh_search(session)
    db = session.workspace.write
    before = db.rows(_DOCUMENTS)
    with db.writable():
        search_index.rebuild(session.workspace)
    assert db.rows(_DOCUMENTS) == before
