"""Keeps the full-text index beside the records: hanzi one by one, pinyin by suffixes, last four digits (ux.md §2).

Each document is a search_doc row (kind, key text, title, note) and its terms in the FTS5 table under the same rowid.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from desktop.core import pinyin
from desktop.core.calendar import date_words
from desktop.models.database import Connection
from desktop.services.sessions import Workspace


@dataclass(frozen=True, slots=True)
class Document:
    """What search knows of one record."""

    title: str
    note: str
    terms: str


_QUERIES: dict[str, str] = {
    "organisation": "SELECT t.id, t.name, coalesce(t.short_name, ''), coalesce(t.uscc, t.filing_number, '') "
    "FROM organisation t WHERE t._deleted IS NULL",
    "branch": "SELECT t.id, t.name, coalesce(t.short_name, ''), t.code FROM branch t WHERE t._deleted IS NULL",
    "person": "SELECT t.id, t.name, coalesce(t.spare_name, ''), coalesce(t.id_number, ''), "
    "(SELECT b.name FROM membership m JOIN branch b ON b.id = m.branch_id WHERE m.person_id = t.id "
    "AND m._deleted IS NULL ORDER BY m.ends_on IS NOT NULL, m.starts_on DESC, m.id DESC LIMIT 1) "
    "FROM person t WHERE t._deleted IS NULL",
    "meeting": "SELECT t.id, coalesce(t.topic, ''), coalesce(b.name, ''), coalesce(t.held_on, '') "
    "FROM meeting t LEFT JOIN branch b ON b.id = t.branch_id WHERE t._deleted IS NULL",
}
KINDS = tuple(_QUERIES)
_FEW = 200


def refresh_unit(workspace: Workspace, number: int) -> None:
    """Index again every record that the unit touched (a membership touches its person)."""
    db = workspace.write
    for kind in KINDS:
        rows = db.rows('SELECT DISTINCT pk FROM "change" WHERE unit = ? AND tbl = ?', (number, kind))
        refresh(db, kind, [row[0] for row in rows])
    rows = db.rows(
        'SELECT DISTINCT lower(hex(m.person_id)) FROM "change" c JOIN membership m ON m.rowid = c.at_row '
        "WHERE c.unit = ? AND c.tbl = 'membership'",
        (number,),
    )
    refresh(db, "person", [row[0] for row in rows])
    _refresh_named_after_branches(db, number)


def _refresh_named_after_branches(db: Connection, number: int) -> None:
    """Index again the persons and meetings of every branch whose name the unit changed."""
    renamed = (
        "SELECT b.id FROM \"change\" c JOIN branch b ON b.rowid = c.at_row WHERE c.unit = ? AND c.tbl = 'branch' "
        "AND c.op = 'U' AND ' ' || c.\"columns\" || ' ' LIKE '% name %'"
    )
    of = (("person", "SELECT DISTINCT person_id FROM membership"), ("meeting", "SELECT id FROM meeting"))
    for kind, of_branch in of:
        rows = db.rows(f"{of_branch} WHERE branch_id IN ({renamed})", (number,))
        refresh(db, kind, [row[0].hex() for row in rows])


def refresh(db: Connection, kind: str, keys: list[str]) -> None:
    """Index the records of one kind with these key texts again."""
    if not keys:
        return
    for start in range(0, len(keys), _FEW):
        few = keys[start : start + _FEW]
        _drop(db, kind, few)
        marks = ",".join("?" * len(few))
        found = db.rows(f"{_QUERIES[kind]} AND t.id IN ({marks})", [bytes.fromhex(key) for key in few])
        _put(db, kind, found)


def rebuild(workspace: Workspace) -> None:
    """Index everything again; call it inside a writable transaction."""
    db = workspace.write
    db.run("DELETE FROM search_index")
    db.run("DELETE FROM search_doc")
    for kind, query in _QUERIES.items():
        _put(db, kind, db.rows(query))


def _drop(db: Connection, kind: str, keys: list[str]) -> None:
    marks = ",".join("?" * len(keys))
    where = f"SELECT rowid FROM search_doc WHERE kind = ? AND pk IN ({marks})"
    db.run(f"DELETE FROM search_index WHERE rowid IN ({where})", [kind, *keys])
    db.run(f"DELETE FROM search_doc WHERE kind = ? AND pk IN ({marks})", [kind, *keys])


def _put(db: Connection, kind: str, rows: Iterable[tuple[Any, ...]]) -> None:
    make = _MAKERS[kind]
    documents = [(row[0].hex(), make(row)) for row in rows]
    first = db.one("SELECT coalesce(max(rowid), 0) FROM search_doc")
    base = int(first[0]) + 1 if first else 1
    db.many(
        "INSERT INTO search_doc (rowid, kind, pk, title, note) VALUES (?, ?, ?, ?, ?)",
        [(base + at, kind, key, doc.title, doc.note) for at, (key, doc) in enumerate(documents)],
    )
    db.many(
        "INSERT INTO search_index (rowid, terms) VALUES (?, ?)",
        [(base + at, doc.terms) for at, (_, doc) in enumerate(documents)],
    )


def _named(row: tuple[Any, ...]) -> Document:
    _, name, short, code = row
    return Document(name, code, " ".join((*name_terms(name), *name_terms(short), code.casefold())))


def _person(row: tuple[Any, ...]) -> Document:
    _, name, spare, number, branch = row
    return Document(name, branch or "", " ".join((*name_terms(name), *name_terms(spare), number[-4:].casefold())))


def _meeting(row: tuple[Any, ...]) -> Document:
    _, topic, branch, held = row
    note = f"{branch} {date_words(held)}".strip()
    return Document(topic or note, note, " ".join((*hanzi(topic), *hanzi(branch), held)))


_MAKERS: dict[str, Callable[[tuple[Any, ...]], Document]] = {
    "organisation": _named,
    "branch": _named,
    "person": _person,
    "meeting": _meeting,
}


def hanzi(text: str) -> Iterator[str]:
    """Give each character that is a letter or a digit as a token of its own: lower case, full-width ones narrow."""
    return (char.casefold() for char in unicodedata.normalize("NFKC", text) if is_letter(char))


def is_letter(char: str) -> bool:
    """Tell whether a character is searched by: letters, digits, and hanzi younger than this Python's tables."""
    return char.isalnum() or "\U00020000" <= char <= "\U0003ffff"


def name_terms(name: str) -> Iterator[str]:
    """Give the tokens of a name: its characters, and every suffix of its initials and of its full pinyin."""
    name = unicodedata.normalize("NFKC", name)
    yield from hanzi(name)
    for initials in pinyin.initials(name):
        yield from (initials[at:] for at in range(len(initials)))
    for syllables in pinyin.syllables(name):
        yield from ("".join(syllables[at:]) for at in range(len(syllables)))
