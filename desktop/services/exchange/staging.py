"""Stages a package in a database file of its own, under a random key, before anything of the workspace is touched."""

import contextlib
import json
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop.core.progress import Progress
from desktop.models.database import Connection, open_connection
from desktop.services.exchange.outgoing import known_lines
from desktop.services.exchange.site_keys import own_keys, ring
from desktop.services.sessions import Workspace
from desktop.sync.canonical import Json
from desktop.sync.documents import Document
from desktop.sync.header import Header
from desktop.sync.opening import Package, Reader
from desktop.sync.payload_reader import End, SetAsideRow, TableStart
from desktop.sync.rows import Row
from desktop.sync.stamps import StampCodec
from desktop.sync.suite import SUITE_1
from desktop.sync.tables import TableLine

BATCH = 2_000
_SCHEMA = (
    "CREATE TABLE staged (tbl TEXT NOT NULL, pk TEXT NOT NULL, path TEXT NOT NULL, content TEXT NOT NULL, "
    "stamp TEXT NOT NULL, named TEXT NOT NULL, aside TEXT, PRIMARY KEY (tbl, pk)) WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One staged row: its values by column as in the package, its path, and its stamps against the header's origins."""

    key: str
    path: str
    values: dict[str, Json]
    row: Row


@dataclass
class Staged:
    """A whole package, checked and staged: header, documents, table lines, rows, and what was set aside on the way."""

    db: Connection
    header: Header
    documents: list[Document] = field(default_factory=list)
    lines: dict[str, TableLine] = field(default_factory=dict)
    aside: list[SetAsideRow] = field(default_factory=list)
    newest: int = 0

    def count(self) -> int:
        """Tell how many rows are staged."""
        row = self.db.one("SELECT count(*) FROM staged")
        return int(row[0]) if row else 0

    def keys(self, table: str) -> Iterator[str]:
        """Walk the key texts of one table that are not set aside."""
        return (row[0] for row in self.db.rows("SELECT pk FROM staged WHERE tbl = ? AND aside IS NULL", (table,)))

    def rows(self, table: str, size: int) -> Iterator[list[StagedRow]]:
        """Walk the rows of one table that are not set aside, `size` at a time, in the order of their keys."""
        codec, last = StampCodec(self.header.origins), ""
        while True:
            found = self.db.rows(
                "SELECT pk, path, content, stamp, named FROM staged WHERE tbl = ? AND pk > ? AND aside IS NULL "
                "ORDER BY pk LIMIT ?",
                (table, last, size),
            )
            if not found:
                return
            yield [self._row(table, codec, line) for line in found]
            last = found[-1][0]

    def _row(self, table: str, codec: StampCodec, line: tuple[str, str, str, str, str]) -> StagedRow:
        key, path, content, stamp, named = line
        values: list[Json] = json.loads(content)
        stamps = {name: None if text is None else codec.read(text) for name, text in json.loads(named).items()}
        row = Row(key, tuple(values), path, codec.read(stamp), stamps)
        return StagedRow(key, path, dict(zip(self.lines[table].columns, values, strict=True)), row)

    def place(self, table: str, paths: list[tuple[str, str]]) -> None:
        """Store the paths that were computed, as (path, key)."""
        if paths:
            with self.db.writable():
                self.db.many(
                    "UPDATE staged SET path = ? WHERE tbl = ? AND pk = ?", [(path, table, key) for path, key in paths]
                )

    def set_aside(self, table: str, keys: list[str], reason: str) -> None:
        """Mark staged rows as staying outside."""
        if not keys:
            return
        with self.db.writable():
            self.db.many("UPDATE staged SET aside = ? WHERE tbl = ? AND pk = ?", [(reason, table, key) for key in keys])


def reader(workspace: Workspace) -> Reader:
    """Say who reads here: own path and keys, key lists, tables, free space."""
    keys = own_keys(workspace)
    return Reader(
        paths=frozenset({workspace.identity.path}),
        secrets=[keys.age.secret] if keys else [],
        recipient_ids=frozenset({SUITE_1.recipient_id(keys.age.public)} if keys else ()),
        ring=ring(workspace),
        known=known_lines(),
        free=shutil.disk_usage(workspace.paths.folder).free,
    )


@contextlib.contextmanager
def stage(workspace: Workspace, package: Package, progress: Progress) -> Iterator[Staged]:
    """Decrypt and stage a package; PackageError where the payload is refused. The file goes at the end."""
    workspace.paths.packages.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".in-", dir=workspace.paths.packages))
    key = secrets.token_bytes(32) if workspace.encrypted else None
    try:
        db = open_connection(folder / "staging.db", key, writer=True)
        try:
            with db.writable():
                db.run(_SCHEMA)
                staged = _fill(workspace, package, db, progress)
            yield staged
        finally:
            db.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(workspace: Workspace, package: Package, db: Connection, progress: Progress) -> Staged:
    items = iter(package.items(now_ms=int(workspace.clock.now().timestamp() * 1000), applied=_applied(workspace)))
    header = next(items)
    if not isinstance(header, Header):
        raise TypeError("a payload without a header was accepted")
    staged, codec = Staged(db, header), StampCodec(header.origins)
    table, done, total = "", 0, sum(header.tables.values())
    batch: list[tuple[str, ...]] = []
    for item in items:
        if isinstance(item, Row):
            batch.append((table, item.key, item.path, _dump(item.values), codec.write(item.stamp), _named(item, codec)))
            if len(batch) >= BATCH:
                done += len(batch)
                _flush(db, batch)
                progress.step(done, total, "读取数据包")
        elif isinstance(item, TableStart):
            table = item.table.name
            staged.lines[table] = item.table
        else:
            _take(staged, item)
    _flush(db, batch)
    return staged


def _take(staged: Staged, item: object) -> None:
    match item:
        case Document():
            staged.documents.append(item)
        case SetAsideRow():
            staged.aside.append(item)
        case End():
            staged.newest = item.newest


def _dump(values: tuple[Json, ...]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _named(row: Row, codec: StampCodec) -> str:
    return json.dumps({name: None if stamp is None else codec.write(stamp) for name, stamp in row.named.items()})


def _flush(db: Connection, batch: list[tuple[str, ...]]) -> None:
    db.many("INSERT INTO staged (tbl, pk, path, content, stamp, named) VALUES (?, ?, ?, ?, ?, ?)", batch)
    batch.clear()


def _applied(workspace: Workspace) -> Callable[[Header], int]:
    def lsn(header: Header) -> int:
        row = workspace.read.one(
            "SELECT lsn FROM sync_applied WHERE site = ? AND epoch = ?", tuple(header.envelope.sender.origin)
        )
        return int(row[0]) if row else 0

    return lsn
