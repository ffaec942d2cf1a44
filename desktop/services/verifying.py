"""`verify`: what can be known about the health of a workspace, said as a list of problems (security.md, finding 1)."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.core.clock import instant_text
from desktop.core.progress import Progress
from desktop.models import migrations, triggers
from desktop.models.database import Connection, DatabaseError
from desktop.models.registry import PART_SPECS, SPECS
from desktop.security import slots
from desktop.services import audits
from desktop.services.sessions import EVERYONE, STAFF, Session, Workspace, allowed

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
        problems.extend(check(session.workspace))
    return Verdict(not problems, tuple(problems))


def _file(workspace: Workspace) -> Iterator[str]:
    db = workspace.reader()
    try:
        for (line,) in db.rows("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield f"数据文件有损坏：{line}"
        if workspace.encrypted:
            yield from (f"加密页对不上：{row[0]}" for row in db.rows("PRAGMA cipher_integrity_check"))
    except DatabaseError as error:
        yield f"数据文件读不完：{error}"


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


def _hashes(workspace: Workspace) -> Iterator[str]:
    db = workspace.reader()
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


_CHECKS = (_file, _references, _log, _chain, _keys, _hashes)


def table_hash(db: Connection, table: str) -> str:
    """Give the SHA-256 of all rows of a table in the order of its key."""
    key = SPECS[table].key if table in SPECS else PART_SPECS[table].key
    digest = hashlib.sha256()
    for row in db.execute_sql(f"SELECT * FROM {table} ORDER BY {', '.join(key)}"):
        digest.update(repr(row).encode())
    return digest.hexdigest()


@allowed(STAFF)
def remember_hashes(session: Session) -> None:
    """Note a content hash of every record table, at each backup, so that `verify` can see rot that SQLite cannot."""
    workspace = session.workspace
    newest = workspace.read.one('SELECT coalesce(max(id), 0) FROM "change"')
    note = {
        "at": instant_text(workspace.clock.now()),
        "change": newest[0] if newest else 0,
        "tables": {table: table_hash(workspace.read, table) for table in (*SPECS, *PART_SPECS)},
    }
    with workspace.write.writable():
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
