"""Stages a package in a database file of its own, under a random key, before anything of the workspace is touched."""

import contextlib
import json
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from desktop.core.progress import Progress
from desktop.models.database import Connection, open_connection
from desktop.models.registry import SPECS
from desktop.services.exchange import parents
from desktop.services.exchange.origins import Origins
from desktop.services.exchange.outgoing import known_lines
from desktop.services.exchange.site_keys import own_keys, ring
from desktop.services.sessions import Workspace
from desktop.sync.canonical import Json, parse, write
from desktop.sync.documents import Document
from desktop.sync.header import Header
from desktop.sync.opening import Package, Reader
from desktop.sync.payload_reader import End, SetAsideRow, TableStart
from desktop.sync.rows import Row
from desktop.sync.stamps import Stamp, StampCodec
from desktop.sync.suite import SUITE_1
from desktop.sync.tables import TableLine, table_line

BATCH = 2_000
_SCHEMA = (
    "CREATE TABLE staged (tbl TEXT NOT NULL, pk TEXT NOT NULL, path TEXT NOT NULL, content TEXT NOT NULL, "
    "stamp TEXT NOT NULL, named TEXT NOT NULL, refs TEXT NOT NULL, placing TEXT NOT NULL, waited INTEGER, aside TEXT, "
    "PRIMARY KEY (tbl, pk)) WITHOUT ROWID"
)
_COLUMNS = "tbl, pk, path, content, stamp, named, refs, placing, waited"


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One staged row: its values as in the package (`content` is their canonical JSON), its path and its stamps."""

    key: str
    path: str
    content: str
    values: dict[str, Json]
    row: Row


@dataclass(frozen=True, slots=True)
class Placed:
    """What is asked of a row before it may go in: its path, the columns its path is made of, what it refers to.

    `waited` is the number under which the row was set aside by an earlier package, None for one of this package.
    """

    key: str
    path: str
    columns: dict[str, Json]
    references: list[list[str]]
    waited: int | None


@dataclass
class Staged:
    """A whole package, checked and staged: header, documents, table lines, rows, and what was set aside on the way."""

    db: Connection
    header: Header
    codec: StampCodec
    documents: list[Document] = field(default_factory=list)
    lines: dict[str, TableLine] = field(default_factory=dict)
    aside: list[SetAsideRow] = field(default_factory=list)
    newest: int = 0

    def line_of(self, table: str) -> TableLine | None:
        """Give the table line that a table has here, that of this program where the package has none."""
        if table not in self.lines and table in SPECS:
            self.lines[table] = table_line(SPECS[table])
        return self.lines.get(table)

    def count(self) -> int:
        """Tell how many rows are staged."""
        row = self.db.one("SELECT count(*) FROM staged")
        return int(row[0]) if row else 0

    def rows(self, table: str, size: int) -> Iterator[list[StagedRow]]:
        """Walk the rows of one table that are not set aside, `size` at a time, in the order of their keys."""
        columns = self.lines[table].columns
        for few in self._walk(table, "content, stamp, named", size):
            yield [self._row(columns, line) for line in few]

    def placed(self, table: str, size: int) -> Iterator[list[Placed]]:
        """Walk what must be known of the rows of one table before they may go in."""
        for few in self._walk(table, "placing, refs, waited", size):
            yield [
                Placed(key, path, cast("dict[str, Json]", parse(placing)), cast("list[list[str]]", parse(refs)), waited)
                for key, path, placing, refs, waited in few
            ]

    def _walk(self, table: str, columns: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        last = ""
        while found := self.db.rows(
            f"SELECT pk, path, {columns} FROM staged WHERE tbl = ? AND pk > ? AND aside IS NULL ORDER BY pk LIMIT ?",
            (table, last, size),
        ):
            yield found
            last = found[-1][0]

    def _row(self, columns: tuple[str, ...], line: tuple[Any, ...]) -> StagedRow:
        key, path, content, stamp, named = line
        values = cast("list[Json]", parse(content))
        stamps: dict[str, Stamp | None] = {}
        if named != "{}":
            stamps = {name: None if text is None else self.codec.read(text) for name, text in json.loads(named).items()}
        row = Row(key, tuple(values), path, self.codec.read(stamp), stamps)
        return StagedRow(key, path, content, dict(zip(columns, values, strict=True)), row)

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
    origins = {*header.origins, *Origins(workspace.reader()).numbers}  # rows set aside earlier point to these
    staged = Staged(db, header, StampCodec(sorted(origins)))
    done, total = 0, sum(header.tables.values())
    line: TableLine | None = None
    batch: list[tuple[object, ...]] = []
    for item in items:
        if isinstance(item, TableStart):
            line = staged.lines[item.table.name] = item.table
        elif isinstance(item, Row) and line is not None:
            reason = _put(staged, line, item, batch, None)
            if reason is not None:
                staged.aside.append(SetAsideRow(line.name, item.values, "value", reason))
        else:
            _take(staged, item)
        if len(batch) >= BATCH:
            done += len(batch)
            _flush(db, batch)
            progress.step(done, total, "读取数据包")
    _flush(db, batch)
    return staged


def put_row(staged: Staged, line: TableLine, row: Row, waited: int) -> None:
    """Stage one row that was set aside under the number `waited`; a row of the package itself stands before it."""
    batch: list[tuple[object, ...]] = []
    _put(staged, line, row, batch, waited)
    with staged.db.writable():
        _flush(staged.db, batch)


def _put(
    staged: Staged, line: TableLine, row: Row, batch: list[tuple[object, ...]], waited: int | None
) -> str | None:
    """Add a row to the batch, or say why it cannot stand in the tables of this program."""
    refs, placing = "[]", "{}"
    spec = SPECS.get(line.name)
    if spec is not None:
        values = row.columns(line)
        reason = parents.fault(spec, values)
        if reason is not None:
            return reason
        refs = write(parents.references(spec.name, values))
        placing = write({name: values.get(name) for name in parents.path_columns(spec)})
    codec = staged.codec
    named = "{}"
    if row.named:
        named = write({name: None if stamp is None else codec.write(stamp) for name, stamp in row.named.items()})
    content = write(row.values)
    batch.append((line.name, row.key, row.path, content, codec.write(row.stamp), named, refs, placing, waited))
    return None


def _take(staged: Staged, item: object) -> None:
    match item:
        case Document():
            staged.documents.append(item)
        case SetAsideRow():
            staged.aside.append(item)
        case End():
            staged.newest = item.newest


def _flush(db: Connection, batch: list[tuple[object, ...]]) -> None:
    db.many(f"INSERT OR IGNORE INTO staged ({_COLUMNS}) VALUES ({', '.join('?' * 9)})", batch)
    batch.clear()


def _applied(workspace: Workspace) -> Callable[[Header], int]:
    def lsn(header: Header) -> int:
        row = workspace.read.one(
            "SELECT lsn FROM sync_applied WHERE site = ? AND epoch = ?", tuple(header.envelope.sender.origin)
        )
        return int(row[0]) if row else 0

    return lsn
