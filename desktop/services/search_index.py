"""Keeps the full-text index beside the records: hanzi one by one, pinyin by suffixes, last four digits (ux.md §2).

Each document is a search_doc row (kind, key text, title, note) and its terms in the FTS5 table under the same rowid,
which begins with the rank: FTS5 gives matches by rowid, so the best come first and the rest are never read
(docs/decisions/0006).
"""

import unicodedata
from collections.abc import Callable, Iterator, Sized
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desktop.core import pinyin
from desktop.core.calendar import date_words
from desktop.models.database import Connection
from desktop.services.sessions import Workspace


@dataclass(frozen=True, slots=True)
class Document:
    """What search knows of one record; hits are given by `rank`, the smallest first."""

    title: str
    note: str
    terms: str
    rank: int


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
ONE_OF = 22  # bits of a rowid that tell records of one rank apart
_LENGTHS, _WORD, _DAYS = 6, 16, 10**8
_LONGEST, _LAST_CHAR = (1 << _LENGTHS) - 1, (1 << _WORD) - 1
_MEETING = 1 << _LENGTHS + 2 * _WORD
_FEW = 500
_MOST = 20_000
_RENAMED = (
    "SELECT b.id FROM \"change\" c JOIN branch b ON b.rowid = c.at_row WHERE c.unit = ? AND c.tbl = 'branch' "
    "AND c.op = 'U' AND ' ' || c.\"columns\" || ' ' LIKE '% name %'"
)
_BESIDE: dict[str, tuple[str, ...]] = {
    "person": (
        (
            'SELECT DISTINCT lower(hex(m.person_id)) FROM "change" c JOIN membership m ON m.rowid = c.at_row '
            "WHERE c.unit = ? AND c.tbl = 'membership'"
        ),
        f"SELECT DISTINCT lower(hex(person_id)) FROM membership WHERE branch_id IN ({_RENAMED})",
    ),
    "meeting": (f"SELECT lower(hex(id)) FROM meeting WHERE branch_id IN ({_RENAMED})",),
}


def refresh_unit(workspace: Workspace, number: int) -> None:
    """Index again what the unit touched: its records, the persons of its memberships, what its branches name."""
    db = workspace.write
    own = "SELECT DISTINCT pk FROM \"change\" WHERE unit = ? AND tbl = '{}'"
    for kind in KINDS:
        queries = (own.format(kind), *_BESIDE.get(kind, ()))
        refresh(db, kind, sorted({row[0] for query in queries for row in db.rows(query, (number,))}))


def refresh(db: Connection, kind: str, keys: list[str]) -> None:
    """Index the records of one kind with these key texts again; what search knows already is not written again."""
    for start in range(0, len(keys), _MOST):
        wanted: dict[str, Document] = {}
        known: dict[str, tuple[int, Document]] = {}
        for at in range(start, min(start + _MOST, len(keys)), _FEW):
            few = keys[at : min(at + _FEW, start + _MOST)]
            wanted |= _read(db, kind, few)
            known |= _known(db, kind, few)
        same = {key for key, (_, document) in known.items() if wanted.get(key) == document}
        _drop(db, [at for key, (at, _) in known.items() if key not in same])
        _put(db, kind, {key: document for key, document in wanted.items() if key not in same})


def rebuild(workspace: Workspace) -> None:
    """Index everything again; call it inside a writable transaction."""
    db = workspace.write
    db.run("DELETE FROM search_index")
    db.run("DELETE FROM search_doc")
    for kind, query in _QUERIES.items():
        _put(db, kind, {row[0].hex(): _MAKERS[kind](row) for row in db.rows(query)})


def _read(db: Connection, kind: str, keys: list[str]) -> dict[str, Document]:
    """Make the documents of the records that are alive."""
    rows = db.rows(f"{_QUERIES[kind]} AND t.id IN ({_marks(keys)})", [bytes.fromhex(key) for key in keys])
    return {row[0].hex(): _MAKERS[kind](row) for row in rows}


def _known(db: Connection, kind: str, keys: list[str]) -> dict[str, tuple[int, Document]]:
    """Give what the index holds of these records, with its rowids."""
    rows = db.rows(
        "SELECT d.pk, d.rowid, d.title, d.note, x.terms FROM search_doc d JOIN search_index x ON x.rowid = d.rowid "
        f"WHERE d.kind = ? AND d.pk IN ({_marks(keys)})",
        [kind, *keys],
    )
    return {pk: (at, Document(title, note, terms, at >> ONE_OF)) for pk, at, title, note, terms in rows}


def _drop(db: Connection, rowids: list[int]) -> None:
    ordered = [(at,) for at in sorted(rowids)]
    db.many("DELETE FROM search_index WHERE rowid = ?", ordered)
    db.many("DELETE FROM search_doc WHERE rowid = ?", ordered)


def _put(db: Connection, kind: str, documents: dict[str, Document]) -> None:
    """Write documents under rowids that ascend by rank: FTS5 writes a segment for each step back."""
    placed = sorted(_places(db, documents).items())
    db.many(
        "INSERT INTO search_doc (rowid, kind, pk, title, note) VALUES (?, ?, ?, ?, ?)",
        [(at, kind, key, documents[key].title, documents[key].note) for at, key in placed],
    )
    db.many("INSERT INTO search_index (rowid, terms) VALUES (?, ?)", [(at, documents[key].terms) for at, key in placed])


def _places(db: Connection, documents: dict[str, Document]) -> dict[int, str]:
    """Give each document a free rowid of its rank, told from others by the end of its id, then by counting on."""
    found: dict[int, str] = {}
    left = {key: (doc.rank << ONE_OF) + int(key[-6:], 16) % (1 << ONE_OF) for key, doc in documents.items()}
    while left:
        taken = _taken(db, list(left.values()))
        again = {}
        for key, at in left.items():
            if at in taken or at in found:
                again[key] = at + 1
            else:
                found[at] = key
        left = again
    return found


def _taken(db: Connection, rowids: list[int]) -> set[int]:
    parts = (rowids[at : at + _FEW] for at in range(0, len(rowids), _FEW))
    return {
        row[0] for few in parts for row in db.rows(f"SELECT rowid FROM search_doc WHERE rowid IN ({_marks(few)})", few)
    }


def _marks(few: Sized) -> str:
    return ",".join("?" * len(few))


def rank_of_name(name: str) -> int:
    """Give the rank of a name: the shorter first, then by its first two characters."""
    padded = f"{name}\0\0"
    pair = (min(ord(padded[0]), _LAST_CHAR) << _WORD) + min(ord(padded[1]), _LAST_CHAR)
    return (min(len(name), _LONGEST) << 2 * _WORD) + pair


def rank_of_day(held: str) -> int:
    """Give the rank of a meeting: behind all names, the newest first, those without a day last."""
    digits = "".join(char for char in held if char in "0123456789")[:8]
    return _MEETING + _DAYS - (int(digits.ljust(8, "0")) if digits else 0)


def _named(row: tuple[Any, ...]) -> Document:
    _, name, short, code = row
    terms = " ".join((*name_terms(name), *name_terms(short), code.casefold()))
    return Document(name, code, terms, rank_of_name(name))


def _person(row: tuple[Any, ...]) -> Document:
    _, name, spare, number, branch = row
    terms = " ".join((*name_terms(name), *name_terms(spare), number[-4:].casefold()))
    return Document(name, branch or "", terms, rank_of_name(name))


def _meeting(row: tuple[Any, ...]) -> Document:
    _, topic, branch, held = row
    note = f"{branch} {date_words(held)}".strip()
    return Document(topic or note, note, " ".join((*hanzi(topic), *hanzi(branch), held)), rank_of_day(held))


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


@lru_cache(maxsize=_FEW)
def name_terms(name: str) -> tuple[str, ...]:
    """Give the tokens of a name: its characters, and every suffix of its initials and of its full pinyin."""
    name = unicodedata.normalize("NFKC", name)
    initials, ways = pinyin.spellings(name)
    return (
        *hanzi(name),
        *[word[at:] for word in initials for at in range(len(word))],
        *["".join(way[at:]) for way in ways for at in range(len(way))],
    )
