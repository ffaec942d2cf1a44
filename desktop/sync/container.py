"""Writes package files (package-format.md §2): data and packs are encrypted to temporary files, then all is joined."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop.core.files import sha256_of
from desktop.security.age import Source
from desktop.security.minisign import SigningKey
from desktop.sync import ustar
from desktop.sync.encodings import file_name
from desktop.sync.errors import PackageError
from desktop.sync.frames import compress
from desktop.sync.manifest import DATA, README, Envelope, Manifest, MemberEntry, Schema, link_of
from desktop.sync.suite import SUITE_1

MAX_FILE = 2**32 - 1
MAX_RAW = 4 << 30
MAX_PACK = 1 << 30
MAX_RATIO = 200
PIECE = 1 << 16
MANIFEST = "MANIFEST.json"
SIGNATURE = "MANIFEST.json.minisig"
README_TEXT = (
    "这是一个社会组织党建工作数据包，内容已加密，只有收件单位能够打开。\n"
    "核对签名：minisign -VHm MANIFEST.json -P 发件单位公钥，再与 jq -r .package_id MANIFEST.json 比较\n"
    "打开：age -d -i key.txt data.jsonl.zst.age | zstd -dc | jq -c .\n\n"
    "This is a data package; its content is encrypted and only its recipients can open it.\n"
    "Verify: minisign -VHm MANIFEST.json -P <public key of the sender>, and compare with"
    " jq -r .package_id MANIFEST.json\n"
    "Open: age -d -i key.txt data.jsonl.zst.age | zstd -dc | jq -c .\n"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A package that was written: `manifest` is the member's bytes, `link` its SHA-256 (`prev` of the next)."""

    name: str
    manifest: bytes
    link: str
    sha256: str
    size: int


@dataclass(slots=True)
class _Pieces:
    """Makes a stream to read from pieces; `compressed` of them are handed to age as it asks for them."""

    pieces: Iterator[bytes]
    rest: bytes = b""

    def read(self, size: int, /) -> bytes:
        while not self.rest:
            piece = next(self.pieces, None)
            if piece is None:
                return b""
            self.rest = piece
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


@dataclass(slots=True)
class _Counted:
    """Counts the bytes that pass."""

    pieces: Iterable[bytes]
    size: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.size += len(piece)
            yield piece


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted member in a temporary file, and how the manifest names it."""

    path: Path
    entry: MemberEntry


def seal(path: Path, name: str, pieces: Iterable[bytes], recipients: Sequence[str], *, zstd: bool) -> Sealed:
    """Encrypt pieces into the file `path`, compressed where `zstd`; nothing of the plain text touches the disk.

    A PackageError `too-large` where no reader would take it: better said here than at the other end.
    """
    counted = _Counted(pieces)
    stream = _Pieces(compress(counted) if zstd else iter(counted))
    with path.open("xb") as target:
        SUITE_1.encrypt(stream, target, recipients)
    entry = MemberEntry(name, path.stat().st_size, sha256_of(path), counted.size)
    check_raw(entry)
    return Sealed(path, entry)


def check_raw(entry: MemberEntry) -> None:
    """Check the declared plain size of an encrypted member against its limits."""
    raw = entry.raw or 0
    if raw > (MAX_RAW if entry.name == DATA else MAX_PACK) or raw > MAX_RATIO * entry.size:
        raise PackageError("too-large", entry.name)


@dataclass(frozen=True)
class Outline:
    """What a package is besides its content; `recipients` are all `age1…` texts that can open it."""

    envelope: Envelope
    schema: Schema
    signer: SigningKey
    recipients: Sequence[str]
    parent: str | None = None
    readme: str = README_TEXT
    packs: Sequence[Sealed] = field(default=())


def write_package(target: Path, work: Path, outline: Outline, lines: Iterable[bytes] | None) -> Written:
    """Write a whole package to `target` (which must not exist yet) and sync it; `work` holds the encrypted parts.

    `lines` are those of `payload_writer.payload_lines`, None for kind `blobs`. The caller renames the file to `name`
    (`core.files.publish`) when its chain holds the link. A PackageError `too-large` from 4 GiB on.
    """
    sealed = list(outline.packs)
    data = work / f"{target.name}.data"
    try:
        if lines is not None:
            sealed.insert(0, seal(data, DATA, _gathered(lines), outline.recipients, zstd=True))
        return _join(target, outline, sealed)
    finally:
        data.unlink(missing_ok=True)


def _gathered(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Put lines together to pieces of some size: compressing each for itself costs more than its bytes."""
    kept: list[bytes] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(kept)
            kept, size = [], 0
    yield b"".join(kept)


def _join(target: Path, outline: Outline, sealed: Sequence[Sealed]) -> Written:
    readme = outline.readme.encode()
    entries = (
        MemberEntry(README, len(readme), hashlib.sha256(readme).hexdigest()),
        *(part.entry for part in sealed),
    )
    manifest = Manifest(outline.envelope, outline.schema, entries, outline.parent).bytes()
    comment = f"doudi package {outline.envelope.package_id}"
    signature = outline.signer.sign(manifest, comment).encode()
    with target.open("xb") as file:
        for name, content in ((MANIFEST, manifest), (SIGNATURE, signature), (README, readme)):
            ustar.write_member(file, name, _Pieces(iter([content])), len(content))
        for part in sealed:
            with part.path.open("rb") as source:
                ustar.write_member(file, part.entry.name, source, part.entry.size)
        ustar.write_end(file, file.tell())
        size = file.tell()
        _sync(file)
    if size > MAX_FILE:
        target.unlink()
        raise PackageError("too-large", "file")
    envelope = outline.envelope
    name = file_name(envelope.sender.path, envelope.to[0].path, envelope.number, envelope.package_id)
    return Written(name, manifest, link_of(manifest), sha256_of(target), size)


def _sync(file: IO[bytes]) -> None:
    import os

    file.flush()
    os.fsync(file.fileno())


def write_pack(
    path: Path, number: int, blobs: Iterable[tuple[str, int, Callable[[], Source]]], keys: Sequence[str]
) -> Sealed:
    """Seal one pack of blobs (sha256, size, opener), which must come sorted by sha256, as `att-<number>.tar.age`."""
    return seal(path, f"att-{number:04d}.tar.age", _pack(blobs), keys, zstd=False)


def _pack(blobs: Iterable[tuple[str, int, Callable[[], Source]]]) -> Iterator[bytes]:
    end = 0
    for sha256, size, opener in blobs:
        yield ustar.header(sha256, size)
        source = opener()
        while piece := source.read(1 << 20):
            yield piece
        yield bytes(ustar.padding(size))
        end += ustar.BLOCK + size + ustar.padding(size)
    yield bytes(ustar.archive_size(end) - end)
