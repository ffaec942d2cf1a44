"""Reads package files in the order of package-format.md §8; nothing is changed, and nothing is believed too early."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Literal

from desktop.core.files import sha256_of
from desktop.security.age import Source
from desktop.security.minisign import MAX_FILE as MAX_SIGNATURE
from desktop.sync import ustar
from desktop.sync.container import MANIFEST, MAX_FILE, SIGNATURE, check_raw
from desktop.sync.encodings import latest_allowed
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.frames import inflate
from desktop.sync.header import Header
from desktop.sync.keys import KeyRing, Site, check_status
from desktop.sync.manifest import DATA, MAX_MANIFEST, PACK, README, Manifest, MemberEntry, read_manifest
from desktop.sync.payload_reader import End, Item, read_payload, split_lines
from desktop.sync.suite import suite_of
from desktop.sync.tables import TableLine

MAX_MEMBERS = 64
MAX_README = 64 << 10
MAX_BLOB = 200_000_000
MAX_BLOBS = 10_000
Step = Literal["container", "manifest", "signature", "recipient", "members", "payload"]


@dataclass(frozen=True)
class Reader:
    """Who reads: own paths and age secrets, the key lists held, the tables of this program, free bytes of the disk."""

    paths: frozenset[str]
    secrets: Sequence[str]
    recipient_ids: frozenset[str]
    ring: KeyRing
    known: Mapping[str, TableLine] = field(default_factory=dict)
    free: int | None = None


@dataclass(frozen=True)
class Package:
    """A package whose outside is sound: container, manifest, signature, recipient and member hashes."""

    path: Path
    manifest: Manifest
    link: str
    site: Site
    sha256: str
    offsets: Mapping[str, int]
    reader: Reader

    def items(self, *, now_ms: int, applied: Callable[[Header], int]) -> Generator[Item, None, None]:
        """Decrypt and give what the payload says, line by line; the `End` comes only when all of §8 holds.

        `applied` tells how far this installation has applied the header's origin (lsn). Whoever stages the items
        throws them away on a PackageError: `clock` and `needs-base` too come after all lines.
        """
        header: Header | None = None
        with self.path.open("rb") as file, self._plain(file, DATA) as plain:
            lines = split_lines(self._measured(inflate(plain)))
            for item in read_payload(lines, self.manifest.envelope, self.reader.known):
                if isinstance(item, Header):
                    header = item
                if isinstance(item, End) and header is not None:
                    check_times(header, item, now_ms)
                    check_base(header, applied(header))
                yield item

    @contextmanager
    def _plain(self, file: IO[bytes], name: str) -> Iterator[Source]:
        entry = self.manifest.member(name)
        if entry is None or entry.raw is None:
            raise PackageError("bad-member", name)
        check_raw(entry)
        check_room(entry, self.reader.free)
        section = _Section(file, self.offsets[name], entry.size)
        with suite_of(self.manifest.suite).decrypting(section, self.reader.secrets) as stream:
            yield stream

    def _measured(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Count plain bytes against the declared `raw`."""
        entry = self.manifest.member(DATA)
        declared, size = (entry.raw or 0) if entry else 0, 0
        for piece in pieces:
            size += len(piece)
            if size > declared:
                raise PackageError("too-large", "more than the declared raw")
            yield piece
        if size != declared:
            raise PackageError("bad-payload", "less than the declared raw")

    def packs(self) -> list[str]:
        """Name the packs of attachments in the package."""
        return [member.name for member in self.manifest.members if PACK.fullmatch(member.name)]

    def blobs(self, pack: str) -> Iterator[tuple[str, int, Source]]:
        """Walk the blobs of one pack: sha256, size and body; the caller hashes what it keeps and compares.

        A SetAsideError where the pack is malformed: what came before it is good if its hash is.
        """
        try:
            with self.path.open("rb") as file, self._plain(file, pack) as plain:
                before = ""
                for count, (name, size, body) in enumerate(ustar.stream_members(plain)):
                    if name <= before or len(name) != 64 or size > MAX_BLOB or count >= MAX_BLOBS:
                        raise SetAsideError("pack", "order, name or size of a blob")
                    before = name
                    yield name, size, body
        except PackageError as error:
            raise SetAsideError("pack", str(error)) from None


@dataclass(slots=True)
class _Section:
    """The bytes of one member, read forward."""

    file: IO[bytes]
    offset: int
    left: int

    def read(self, size: int, /) -> bytes:
        self.file.seek(self.offset)
        piece = self.file.read(min(size, self.left))
        self.offset += len(piece)
        self.left -= len(piece)
        return piece


@dataclass(frozen=True, slots=True)
class Check:
    """One step of §8: passed (`code` None), refused, or not looked at because an earlier one refused."""

    step: Step
    looked_at: bool
    code: str | None = None


@dataclass
class _Opening:
    """What has been found so far."""

    path: Path
    reader: Reader
    members: list[ustar.Member] = field(default_factory=list)
    raw: bytes = b""
    signature: bytes = b""
    manifest: Manifest | None = None
    site: Site | None = None

    def container(self) -> None:
        """Check the limits of §9, the archive, and which members there are in which order."""
        length = self.path.stat().st_size
        if length > MAX_FILE:
            raise PackageError("too-large", "file")
        with self.path.open("rb") as file:
            self.members = ustar.read_index(file, length, MAX_MEMBERS)
            names = [member.name for member in self.members]
            _check_names(names)
            for member, limit in zip(self.members, (MAX_MANIFEST, MAX_SIGNATURE, MAX_README), strict=False):
                if member.size > limit:
                    raise PackageError("too-large", member.name)
            self.raw, self.signature, readme = (_content(file, member) for member in self.members[:3])
        try:
            readme.decode()
        except UnicodeDecodeError:
            raise PackageError("bad-member", README) from None

    def read_manifest(self) -> None:
        """Read the manifest, and compare its names with those of the members."""
        self.manifest = read_manifest(self.raw)
        if [entry.name for entry in self.manifest.members] != [member.name for member in self.members[2:]]:
            raise PackageError("bad-member", "members are not as named")

    def check_signature(self) -> None:
        """Find who signed, check the signature, and whether the key was still good."""
        envelope = self._manifest().envelope
        self.site = self.reader.ring.sender(envelope.sender, kind=envelope.kind)
        comment = f"doudi package {envelope.package_id}"
        suite_of(self._manifest().suite).verify(self.signature, self.raw, self.site.minisign, comment)
        check_status(self.site, envelope.sender, envelope.number)

    def check_recipient(self) -> None:
        """Check that the package is for one of our paths and one of our keys."""
        mine, ids = self.reader.paths, self.reader.recipient_ids
        if not any(to.path in mine and ids & set(to.age) for to in self._manifest().envelope.to):
            raise PackageError("not-for-us", "path or key")

    def check_members(self) -> None:
        """Compare size and SHA-256 of every member."""
        with self.path.open("rb") as file:
            for entry, member in zip(self._manifest().members, self.members[2:], strict=True):
                if entry.size != member.size or _hash(file, member) != entry.sha256:
                    raise PackageError("hash-mismatch", entry.name)

    def package(self) -> Package:
        """Give what stands when every step has passed."""
        if self.site is None:
            raise PackageError("unknown-key", "signature was not looked at")
        return Package(
            path=self.path,
            manifest=self._manifest(),
            link=hashlib.sha256(self.raw).hexdigest(),
            site=self.site,
            sha256=sha256_of(self.path),
            offsets={member.name: member.offset for member in self.members},
            reader=self.reader,
        )

    def _manifest(self) -> Manifest:
        if self.manifest is None:
            raise PackageError("bad-manifest", "not read yet")
        return self.manifest

    def steps(self) -> Iterator[tuple[Step, Callable[[], None]]]:
        """Give the steps in their order."""
        yield "container", self.container
        yield "manifest", self.read_manifest
        yield "signature", self.check_signature
        yield "recipient", self.check_recipient
        yield "members", self.check_members


def open_package(path: Path, reader: Reader) -> Package:
    """Check the outside of a package, from its limits to the hashes of its members; a PackageError refuses it."""
    opening = _Opening(path, reader)
    for _, step in opening.steps():
        step()
    return opening.package()


def inspect_package(path: Path, reader: Reader) -> tuple[Manifest | None, list[Check]]:
    """Tell how far a package passes, step by step, without reading its payload; the manifest where it could be read."""
    opening = _Opening(path, reader)
    checks: list[Check] = []
    refused = False
    for name, step in opening.steps():
        code: str | None = None
        if not refused:
            try:
                step()
            except PackageError as error:
                code = error.code
        checks.append(Check(name, not refused, code))
        refused = refused or code is not None
    return opening.manifest, checks


def check_room(entry: MemberEntry, free: int | None) -> None:
    """Check that the disk has room for three times the plain size of a member; None where nobody asked the disk."""
    if free is not None and free < 3 * (entry.raw or 0):
        raise PackageError("no-space", entry.name)


def check_times(header: Header, end: End, now_ms: int) -> None:
    """Hold a package whose stamps or `created` are later than now + 26 h."""
    if max(end.newest, header.envelope.created) > latest_allowed(now_ms):
        raise PackageError("clock", "a stamp lies in the future")


def check_base(header: Header, applied: int) -> None:
    """Refuse a package that begins after what was applied of its origin."""
    if header.base > applied:
        raise PackageError("needs-base", f"base {header.base}, applied {applied}")


def _check_names(names: list[str]) -> None:
    rest = names[3:]
    packs = rest[1:] if rest[:1] == [DATA] else rest
    wanted = [f"att-{number:04d}.tar.age" for number in range(1, len(packs) + 1)]
    if names[:3] != [MANIFEST, SIGNATURE, README] or packs != wanted:
        raise PackageError("bad-member" if names[:1] == [MANIFEST] else "not-a-package", "names of the members")


def _content(file: IO[bytes], member: ustar.Member) -> bytes:
    file.seek(member.offset)
    return file.read(member.size)


def _hash(file: IO[bytes], member: ustar.Member) -> str:
    digest = hashlib.sha256()
    section = _Section(file, member.offset, member.size)
    while piece := section.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()
