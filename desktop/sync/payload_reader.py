"""Reads data.jsonl (package-format.md §4, §8): what spoils a package raises, what spoils a row is told."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop.sync.canonical import CanonicalError, Json, dump, load
from desktop.sync.documents import Document, read_document
from desktop.sync.encodings import is_hash
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.header import MAX_ROWS, Header, read_header
from desktop.sync.manifest import ROWLESS_KINDS, Envelope
from desktop.sync.payload_writer import MAX_BLOBS, trailer
from desktop.sync.rows import Row, RowReader
from desktop.sync.stamps import StampCodec
from desktop.sync.tables import TableLine, check_known, read_table_line

MAX_LINE = 64 << 20


@dataclass(frozen=True, slots=True)
class Blobs:
    """A list of attachments that the sender has, or wants."""

    have: bool
    sha256: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableStart:
    """A table line: the rows that follow are of it; `parent` rows were sent only because others refer to them."""

    table: TableLine
    parent: bool


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A row that stays outside: its line as it came, and why."""

    table: str
    line: tuple[Json, ...]
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class End:
    """The trailer was right: how many rows there were, and the greatest clock value in stamps and `created`."""

    rows: int
    newest: int


Item = Header | Document | Blobs | TableStart | Row | SetAsideRow | End


def split_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a stream into lines, their line feeds left out; the last byte must be a line feed."""
    parts: list[bytes] = []
    length = 0
    for piece in pieces:
        first, *others = piece.split(b"\n")
        parts.append(first)
        length += len(first)
        if length > MAX_LINE:
            raise PackageError("too-large", "line")
        if others:
            yield b"".join(parts)
            yield from others[:-1]
            parts, length = [others[-1]], len(others[-1])
    if length:
        raise PackageError("bad-payload", "no line feed at the end")


def read_payload(
    lines: Iterable[bytes], envelope: Envelope, known: Mapping[str, TableLine] | None = None
) -> Iterator[Item]:
    """Give what the lines say, in their order: first the header, last the `End`; without the End nothing may go in.

    `known` are the table lines of this program. A PackageError spoils the package.
    """
    return _Payload(envelope, known or {}).read(lines)


@dataclass
class _Payload:
    """Where the reader stands: 0 documents, 1 blob lists, 2 tables, 3 after the trailer."""

    envelope: Envelope
    known: Mapping[str, TableLine]
    stage: int = 0
    rows: int = 0
    last_document: tuple[bool, str, str, int] = (False, "", "", 0)
    seen: dict[str, tuple[TableLine, bool]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    parents: dict[str, set[str]] = field(default_factory=dict)
    last_key: str = ""

    def read(self, lines: Iterable[bytes]) -> Iterator[Item]:
        digest = hashlib.blake2b(digest_size=32)
        header: Header | None = None
        reader: RowReader | None = None
        newest = self.envelope.created
        for line in lines:
            value = _value(line)
            if header is None:
                header = read_header(value, self.envelope)
                stamps = StampCodec(header.origins)
                yield header
            elif self.stage == 3:
                raise _bad("something stands after the trailer")
            elif isinstance(value, list):
                if reader is None:
                    raise _bad("a row without a table above it")
                yield self._row(reader, value, len(line))
                newest = max(newest, reader.newest)
            elif isinstance(value, dict) and "end" in value:
                self._trailer(value, header, digest.hexdigest())
                yield End(self.rows, newest)
            else:
                item = self._object(value)
                if isinstance(item, TableStart):
                    reader = RowReader(item.table, stamps, header.paths)
                    self.last_key = ""
                yield item
            digest.update(line)
            digest.update(b"\n")
        if self.stage != 3:
            raise _bad("no trailer")

    def _row(self, reader: RowReader, line: list[Json], size: int) -> Row | SetAsideRow:
        name = reader.table.name
        self.rows += 1
        self.counts[name] = self.counts.get(name, 0) + 1
        if self.rows > MAX_ROWS:
            raise PackageError("too-large", "rows")
        try:
            row = reader.read(line, size)
            self._check_order(name, row.key)
        except SetAsideError as error:
            return SetAsideRow(name, tuple(line), error.reason, error.detail)
        self.last_key = row.key
        if self.seen[name][1]:
            self.parents.setdefault(name, set()).add(row.key)
        return row

    def _check_order(self, table: str, key: str) -> None:
        if key <= self.last_key or key in self.parents.get(table, ()):
            raise SetAsideError("order", "out of order, or a key already seen")

    def _object(self, value: Json) -> Document | Blobs | TableStart:
        if not isinstance(value, dict):
            raise _bad("a line that is no list and no object")
        if "doc" in value:
            return self._document(value)
        if "blobs" in value:
            self._move(1)
            return _blobs(value)
        self._move(2)
        return self._table(value)

    def _document(self, value: dict[str, Json]) -> Document:
        self._move(0)
        document = read_document(value)
        if document.order <= self.last_document:
            raise _bad("documents are not sorted")
        self.last_document = document.order
        return document

    def _table(self, value: dict[str, Json]) -> TableStart:
        table, parent = read_table_line(value)
        check_known(table, self.known.get(table.name))
        before = self.seen.get(table.name)
        if self.envelope.kind in ROWLESS_KINDS:
            raise _bad("a table in a kind that has none")
        if before is not None and (parent or not before[1] or before[0] != table):
            raise _bad("a table twice, parents last, or two lines that differ")
        self.seen[table.name] = (table, parent)
        return TableStart(table, parent)

    def _move(self, stage: int) -> None:
        if stage < self.stage:
            raise _bad("lines are out of order")
        self.stage = stage

    def _trailer(self, value: dict[str, Json], header: Header, digest: str) -> None:
        self.stage = 3
        if dump(value) + b"\n" != trailer(digest, self.rows):
            raise _bad("trailer")
        if self.counts != dict(header.tables) or self.counts.keys() != self.seen.keys():
            raise _bad("rows are not as the header counts them")


def _value(line: bytes) -> Json:
    if len(line) > MAX_LINE:
        raise PackageError("too-large", "line")
    try:
        return load(line)
    except CanonicalError as error:
        raise _bad(str(error)) from None


def _blobs(value: dict[str, Json]) -> Blobs:
    hashes = value.get("sha256")
    if value.keys() != {"blobs", "sha256"} or value["blobs"] not in ("have", "want") or not isinstance(hashes, list):
        raise _bad("blob list")
    found = tuple(map(str, hashes))
    if len(found) > MAX_BLOBS or not all(map(is_hash, hashes)) or list(found) != sorted(set(found)):
        raise _bad("blob list")
    return Blobs(value["blobs"] == "have", found)


def _bad(detail: str) -> PackageError:
    return PackageError("bad-payload", detail)
