"""Writes data.jsonl line by line (package-format.md §4); nothing is held but the line at hand."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from desktop.sync.canonical import dump
from desktop.sync.documents import Document
from desktop.sync.header import Header
from desktop.sync.rows import RowWriter
from desktop.sync.stamps import StampCodec, Stamps
from desktop.sync.tables import TableLine

MAX_BLOBS = 10_000


class OutRow(NamedTuple):
    """A row to send: values in the order of the table line, its path, and every group's stamp (None: never had)."""

    values: Sequence[object]
    path: str
    stamps: Stamps


@dataclass(frozen=True)
class TableRows:
    """One table line and its rows, which must come in the order of their key texts; parents stand before the others."""

    table: TableLine
    rows: Iterable[OutRow]
    parent: bool = False


def payload_lines(
    header: Header,
    tables: Iterable[TableRows],
    *,
    documents: Iterable[Document] = (),
    blobs: Mapping[Literal["have", "want"], Sequence[str]] | None = None,
) -> Iterator[bytes]:
    """Give every line of data.jsonl with its line feed; a ValueError where rows are out of order or not as counted."""
    digest = hashlib.blake2b(digest_size=32)
    for line in _before_trailer(header, tables, documents, blobs or {}):
        digest.update(line)
        yield line
    yield trailer(digest.hexdigest(), sum(header.tables.values()))


def trailer(digest: str, rows: int) -> bytes:
    """Write the last line: BLAKE2b-256 over all bytes before it, and how many rows the tables have."""
    return dump({"blake2b": digest, "end": 1, "rows": rows}) + b"\n"


def _before_trailer(
    header: Header,
    tables: Iterable[TableRows],
    documents: Iterable[Document],
    blobs: Mapping[Literal["have", "want"], Sequence[str]],
) -> Iterator[bytes]:
    yield dump(header.json()) + b"\n"
    for document in sorted(documents, key=lambda document: document.order):
        yield dump(document.json()) + b"\n"
    for kind in sorted(blobs):
        yield from _blob_lines(kind, sorted(blobs[kind]))
    stamps = StampCodec(header.origins)
    written = dict.fromkeys(header.tables, 0)
    for batch in tables:
        for lines in _row_lines(batch, stamps, header.paths):
            if batch.table.name not in written:
                raise ValueError("a table that the header does not count")
            written[batch.table.name] += 1
            yield from lines
    if written != dict(header.tables):
        raise ValueError("rows are not as the header counts them")


def _blob_lines(kind: str, hashes: list[str]) -> Iterator[bytes]:
    for at in range(0, max(len(hashes), 1), MAX_BLOBS):
        yield dump({"blobs": kind, "sha256": hashes[at : at + MAX_BLOBS]}) + b"\n"


def _row_lines(batch: TableRows, stamps: StampCodec, paths: Sequence[str]) -> Iterator[list[bytes]]:
    """Give the lines of each row, the table line with the first; a table without rows is not named at all."""
    writer = RowWriter(batch.table, stamps, paths)
    before = ""
    above = [dump(batch.table.json(parent=batch.parent)) + b"\n"]
    for row in batch.rows:
        key = writer.key(row.values)
        if key <= before:
            raise ValueError("rows are not in the order of their keys")
        before = key
        yield [*above, writer.line(*row) + b"\n"]
        above = []
