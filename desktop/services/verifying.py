"""`verify`: what can be known about the health of a workspace, said as a list of problems (security.md, finding 1)."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.core.clock import instant_text
from desktop.core.progress import Progress
from desktop.models import migrations, triggers
from desktop.models.database import Connection, DatabaseError, Row, open_connection
from desktop.models.registry import PART_SPECS, SPECS
from desktop.security import slots
from desktop.services import audits, blobs
from desktop.services.cell_types import wrong_cells
from desktop.services.sessions import EVERYONE, STAFF, Session, Workspace, allowed
from desktop.services.storage import transaction
from desktop.services.units import absorb_outside

HASHES = "content_hashes"
FORM = 2  # of what is hashed: batches of rows as `repr` writes them


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: no problems, or a sentence for each."""

    ok: bool
    problems: tuple[str, ...]


@allowed(EVERYONE)
def verify(session: Session, *, progress: Progress | None = None) -> Verdict:
    """Check the file, references, types of cells, triggers of the change log, audit, keys and content hashes."""
    step = (progress or Progress()).step
    problems: list[str] = []
    for at, check in enumerate(_CHECKS):
        step(at, len(_CHECKS))
        try:
            problems.extend(check(session.workspace))
        except DatabaseError as error:
            problems.append(f"数据文件读不完：{error}")
    problems = list(dict.fromkeys(problems))
    return Verdict(not problems, tuple(problems))


def _file(workspace: Workspace) -> Iterator[str]:
    """Read the file anew: pages that a connection holds in memory would hide what became of them on the disk."""
    key = workspace.data_key if workspace.encrypted else None
    db = open_connection(workspace.paths.database, key, writer=False)
    try:
        if workspace.encrypted:
            yield from (f"加密页对不上：{row[0]}" for row in db.rows("PRAGMA cipher_integrity_check"))
        for (line,) in db.rows("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield f"数据文件有损坏：{line}"
        yield from _hashes(db)
    finally:
        db.close()


def _references(workspace: Workspace) -> Iterator[str]:
    for row in workspace.reader().rows("PRAGMA foreign_key_check"):
        yield f"表 {row[0]} 有一行指向不存在的 {row[2]}"


def _cells(workspace: Workspace) -> Iterator[str]:
    yield from wrong_cells(workspace.reader())


def _log(workspace: Workspace) -> Iterator[str]:
    if not triggers.are_right(workspace.reader()):
        yield "改动记录的触发器与程序不符"
    if migrations.version(workspace.reader()) != migrations.LATEST:
        yield "数据版本与程序不符"


def _chain(workspace: Workspace) -> Iterator[str]:
    bad = audits.first_bad(workspace)
    if bad is not None:
        yield f"操作日志从第 {bad} 条起对不上"


def _keys(workspace: Workspace) -> Iterator[str]:
    try:
        slots.check(slots.parse(workspace.paths.keys.read_bytes()), workspace.data_key)
    except (OSError, slots.SlotError):
        yield "口令文件 keys.json 已损坏，正使用上一份"


def _attachments(workspace: Workspace) -> Iterator[str]:
    yield from (f"附件“{name}”的文件已损坏" for name in blobs.damaged(workspace))


def _hashes(db: Connection) -> Iterator[str]:
    note = _note(db)
    if note is None:
        return
    changed = _changed_since(db, note["change"])
    for table, (wanted, at) in note["tables"].items():
        if table not in changed and table_hash(db, table) != wanted:
            yield f"表 {table} 的内容与 {at[:10]} 备份时不符，但没有改动记录"
    first = 0
    for last, wanted in note["log"]:
        if log_hash(db, first, last) != wanted:
            yield f"改动记录与 {note['at'][:10]} 备份时不符"
        first = last


def _note(db: Connection) -> dict[str, Any] | None:
    row = db.one("SELECT content FROM setting WHERE name = ?", (HASHES,))
    note: dict[str, Any] | None = json.loads(row[0]) if row else None
    return note if note and note.get("form") == FORM else None


def _changed_since(db: Connection, change: int) -> set[str]:
    rows = db.rows(
        'SELECT tbl FROM "change" WHERE id > ? UNION SELECT tbl FROM "change" WHERE unit IS NULL', (change,)
    )
    return {row[0] for row in rows}


_CHECKS = (_file, _references, _cells, _log, _chain, _keys, _attachments)


def table_hash(db: Connection, table: str) -> str:
    """Give the SHA-256 of all rows of a table in the order of its key."""
    key = SPECS[table].key if table in SPECS else PART_SPECS[table].key
    return _digest(db, f"SELECT * FROM {table} ORDER BY {', '.join(key)}")


def log_hash(db: Connection, first: int, last: int) -> str:
    """Give the SHA-256 of the change log from behind one change up to another, with the units that it names."""
    lines = '"change" WHERE id > ? AND id <= ? AND unit IS NOT NULL'
    return _digest(
        db,
        f"SELECT * FROM {lines} ORDER BY id",
        f"SELECT * FROM unit WHERE id IN (SELECT unit FROM {lines}) ORDER BY id",
        parameters=(first, last),
    )


def _digest(db: Connection, *queries: str, parameters: Row = ()) -> str:
    """Hash rows a thousand at a time."""
    digest = hashlib.sha256()
    for sql in queries:
        for few in db.batches(sql, parameters):
            digest.update(repr(few).encode())
    return digest.hexdigest()


@allowed(STAFF)
def remember_hashes(session: Session) -> None:
    """Note a content hash of every record table, at each backup, so that `verify` can see rot that SQLite cannot.

    A table without a change since the last note keeps its hash: what rotted in between must not become the truth.
    The log, which only grows, gets one hash more.
    """
    workspace = session.workspace
    absorb_outside(workspace)
    db, at, schema = workspace.read, instant_text(workspace.clock.now()), migrations.version(workspace.read)
    newest = db.one('SELECT coalesce(max(id), 0) FROM "change"')
    last = int(newest[0]) if newest else 0
    known = _note(db)
    nothing: dict[str, Any] = {"change": 0, "log": [], "tables": {}}
    old = known if known and known["schema"] == schema else nothing
    changed = _changed_since(db, old["change"])
    kept = {table: mark for table, mark in old["tables"].items() if table not in changed}
    log = old["log"] if last == old["change"] else [*old["log"], [last, log_hash(db, old["change"], last)]]
    note = {
        "at": at, "change": last, "form": FORM, "log": log, "schema": schema,
        "tables": {table: kept.get(table) or [table_hash(db, table), at] for table in (*SPECS, *PART_SPECS)},
    }  # fmt: skip
    with transaction(workspace.write, "没有写成备份。"):
        workspace.write.run(
            "INSERT INTO setting (name, content) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET content = excluded.content",
            (HASHES, json.dumps(note)),
        )


def is_fresh_search(session: Session) -> bool:
    """Tell whether the search index names exactly the records that are alive (used by tests and `verify`)."""
    db = session.db
    wanted = set()
    for kind in ("organisation", "branch", "person", "meeting"):
        wanted |= {(kind, row[0].hex()) for row in db.rows(f"SELECT id FROM {kind} WHERE _deleted IS NULL")}
    return wanted == set(db.rows("SELECT kind, pk FROM search_doc"))
