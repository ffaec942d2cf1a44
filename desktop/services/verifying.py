"""`verify`: what can be known about the health of a workspace, said as a list of problems (security.md, finding 1)."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.core.clock import instant_text
from desktop.core.progress import Progress
from desktop.models import migrations, triggers
from desktop.models.database import Connection, DatabaseError, open_connection
from desktop.models.registry import PART_SPECS, SPECS
from desktop.security import slots
from desktop.services import audits
from desktop.services.sessions import EVERYONE, STAFF, Session, Workspace, allowed
from desktop.services.storage import transaction
from desktop.services.units import absorb_outside

HASHES = "content_hashes"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: no problems, or a sentence for each."""

    ok: bool
    problems: tuple[str, ...]


@allowed(EVERYONE)
def verify(session: Session, *, progress: Progress | None = None) -> Verdict:
    """Check the file, its references, the change log's triggers, the audit chain, the key file and content hashes."""
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


def _hashes(db: Connection) -> Iterator[str]:
    row = db.one("SELECT content FROM setting WHERE name = ?", (HASHES,))
    if row is None:
        return
    note = json.loads(row[0])
    changed = {
        line[0] for line in db.rows('SELECT DISTINCT tbl FROM "change" WHERE id > ? OR unit IS NULL', (note["change"],))
    }
    for table, wanted in note["tables"].items():
        if table not in changed and table_hash(db, table) != wanted:
            yield f"表 {table} 的内容与 {note['at'][:10]} 备份时不符，但没有改动记录"
    if log_hash(db, note["change"]) != note["log"]:
        yield f"改动记录与 {note['at'][:10]} 备份时不符"


_CHECKS = (_file, _references, _log, _chain, _keys)


def table_hash(db: Connection, table: str) -> str:
    """Give the SHA-256 of all rows of a table in the order of its key."""
    key = SPECS[table].key if table in SPECS else PART_SPECS[table].key
    digest = hashlib.sha256()
    for row in db.rows(f"SELECT * FROM {table} ORDER BY {', '.join(key)}"):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def log_hash(db: Connection, last: int) -> str:
    """Give the SHA-256 of the change log up to one change, with the units that it names."""
    digest = hashlib.sha256()
    for sql in (
        'SELECT * FROM "change" WHERE id <= ? AND unit IS NOT NULL ORDER BY id',
        'SELECT * FROM unit WHERE id IN (SELECT unit FROM "change" WHERE id <= ?) ORDER BY id',
    ):
        for row in db.rows(sql, (last,)):
            digest.update(repr(row).encode())
    return digest.hexdigest()


@allowed(STAFF)
def remember_hashes(session: Session) -> None:
    """Note a content hash of every record table, at each backup, so that `verify` can see rot that SQLite cannot."""
    workspace = session.workspace
    absorb_outside(workspace)
    newest = workspace.read.one('SELECT coalesce(max(id), 0) FROM "change"')
    last = int(newest[0]) if newest else 0
    note = {
        "at": instant_text(workspace.clock.now()),
        "change": last,
        "log": log_hash(workspace.read, last),
        "tables": {table: table_hash(workspace.read, table) for table in (*SPECS, *PART_SPECS)},
    }
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
