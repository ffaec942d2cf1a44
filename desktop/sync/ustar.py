"""POSIX ustar archives with one spelling (package-format.md §2): nothing is unpacked by name, nothing is guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from desktop.security.age import Source
from desktop.sync.errors import PackageError

BLOCK = 512
RECORD = 10_240
MAX_SIZE = 8**11 - 1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: where its content begins, and its bytes."""

    name: str
    offset: int
    size: int


def header(name: str, size: int) -> bytes:
    """Write a member's header block; name is ASCII, at most 100 bytes."""
    before = b"".join((
        name.encode("ascii").ljust(100, b"\0"),
        b"0000644\x000000000\x000000000\0",
        f"{size:011o}\0".encode(),
        b"00000000000\0",
    ))  # fmt: skip
    after = b"0".ljust(101, b"\0") + b"ustar\x0000" + bytes(64) + b"0000000\x000000000\0" + bytes(167)
    total = sum(before) + sum(after) + 8 * ord(" ")
    return before + f"{total:06o}\0 ".encode() + after


def padding(size: int) -> int:
    """Tell how many zero bytes fill a member's last block."""
    return -size % BLOCK


def archive_size(end: int) -> int:
    """Tell how long an archive is whose last member ends (fill bytes included) at `end`."""
    return -(-(end + 2 * BLOCK) // RECORD) * RECORD


def write_member(target: IO[bytes], name: str, source: Source, size: int) -> None:
    """Copy `size` bytes of `source` into the archive as a member; an OSError where the source is shorter."""
    target.write(header(name, size))
    left = size
    while left:
        piece = source.read(min(left, _CHUNK))
        if not piece:
            raise OSError(5, "source is shorter than its size")
        target.write(piece)
        left -= len(piece)
    target.write(bytes(padding(size)))


def write_end(target: IO[bytes], end: int) -> None:
    """Write the two zero blocks and fill the archive; `end` is what has been written so far."""
    target.write(bytes(archive_size(end) - end))


def read_index(file: IO[bytes], length: int, most: int) -> list[Member]:
    """List the members of a seekable archive of `length` bytes; a PackageError where it is not of one spelling."""
    found: list[Member] = []
    at = 0
    while True:
        file.seek(at)
        block = file.read(BLOCK)
        if len(block) < BLOCK:
            raise _short(at)
        if block == bytes(BLOCK):
            break
        name, size = read_header(block, first=at == 0)
        end = at + BLOCK + size
        if end + padding(size) > length:
            raise PackageError("truncated", f"{name} goes beyond the end")
        file.seek(end)
        if file.read(padding(size)) != bytes(padding(size)):
            raise PackageError("bad-member", "fill bytes are not zero")
        found.append(Member(name, at + BLOCK, size))
        if len(found) > most:
            raise PackageError("too-large", "too many members")
        at = end + padding(size)
    _check_end(file, at, length)
    return found


def _short(at: int) -> PackageError:
    return PackageError("truncated" if at else "not-a-package", "no header block")


def _check_end(file: IO[bytes], at: int, length: int) -> None:
    if at == 0:
        raise PackageError("not-a-package", "no member")
    wanted = archive_size(at)
    if length < wanted:
        raise PackageError("truncated", "the end is missing")
    file.seek(at)
    if length > wanted or any(file.read(wanted - at)):
        raise PackageError("not-a-package", "something stands after the last member")


def read_header(block: bytes, *, first: bool) -> tuple[str, int]:
    """Read name and size off a header block that is exactly as `header` writes it."""
    try:
        name = block[:100].rstrip(b"\0").decode("ascii")
        size = int(block[124:135].decode("ascii"), 8)
        exact = size <= MAX_SIZE and header(name, size) == block
    except ValueError:
        exact = False
    if not exact:
        raise PackageError("not-a-package" if first else "bad-member", "header block is not as in the format")
    return name, size


@dataclass(slots=True)
class Body:
    """The content of one streamed member."""

    _source: Source
    left: int

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes, none at the end of the member."""
        piece = self._source.read(min(size, self.left))
        if self.left and not piece:
            raise PackageError("truncated", "a member is cut")
        self.left -= len(piece)
        return piece


def stream_members(source: Source) -> Iterator[tuple[str, int, Body]]:
    """Walk an archive that can only be read forward: name, size and body; what is left of a body is skipped."""
    at = 0
    while (block := _exactly(source, BLOCK)) != bytes(BLOCK):
        name, size = read_header(block, first=at == 0)
        body = Body(source, size)
        yield name, size, body
        while body.left:
            body.read(_CHUNK)
        if _exactly(source, padding(size)) != bytes(padding(size)):
            raise PackageError("bad-member", "fill bytes are not zero")
        at += BLOCK + size + padding(size)
    rest = archive_size(at) - at - BLOCK
    if _exactly(source, rest) != bytes(rest) or source.read(1):
        raise PackageError("bad-member", "something stands after the last member")


def _exactly(source: Source, size: int) -> bytes:
    found = b""
    while len(found) < size:
        piece = source.read(size - len(found))
        if not piece:
            raise PackageError("truncated", "an archive is cut")
        found += piece
    return found
