"""Reads which glibc a bundle needs: the version references of every ELF file in it (System V gABI; GNU versioning)."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

VERNEED = 0x6FFFFFFE
_GLIBC = re.compile(rb"GLIBC_(\d+)\.(\d+)")


def is_elf(path: Path) -> bool:
    """Tell whether a file is a 64-bit little-endian ELF file, the only kind of our platforms."""
    with path.open("rb") as source:
        return source.read(6) == b"\x7fELF\x02\x01"


def needed(content: bytes) -> Iterator[bytes]:
    """Give the names of the symbol versions that an ELF file needs from others."""
    (offset,) = struct.unpack_from("<Q", content, 0x28)
    size, count = struct.unpack_from("<HH", content, 0x3A)
    sections = [struct.unpack_from("<IIQQQQII", content, offset + size * at) for at in range(count)]
    for _, kind, _, _, start, _, link, entries in sections:
        if kind == VERNEED:
            yield from _names(content, start, entries, sections[link][4])


def _names(content: bytes, start: int, entries: int, strings: int) -> Iterator[bytes]:
    at = start
    for _ in range(entries):
        _, names, _, first, following = struct.unpack_from("<HHIII", content, at)
        one = at + first
        for _ in range(names):
            *_, name, onward = struct.unpack_from("<IHHII", content, one)
            begin = strings + name
            yield content[begin : content.index(b"\0", begin)]
            one += onward
        at += following


def glibc_of(path: Path) -> tuple[int, int]:
    """Give the highest glibc version that one ELF file needs; (0, 0) where it needs none."""
    found = (_GLIBC.fullmatch(name) for name in needed(path.read_bytes()))
    return max(((int(match[1]), int(match[2])) for match in found if match), default=(0, 0))


def scan(folder: Path) -> dict[Path, tuple[int, int]]:
    """Give the glibc that each ELF file under a folder needs."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path: glibc_of(path) for path in files if is_elf(path)}
