"""The container of files beside the database (security.md): AES-256-GCM in chunks of 64 KiB under a key of its own.

`DOUDI1` and a suite byte, a salt of 32 bytes from which HKDF makes the file's key, then the chunks: each is bound to
its number and to whether it is the last, so none can be moved, left out or cut off. Reading gives a chunk only after
its tag was checked.
"""

import secrets
from collections.abc import Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC, SUITE = b"DOUDI1", b"\x01"
SALT, CHUNK, TAG = 32, 65_536, 16
_PURPOSE = b"doudi attachment"


class ContainerError(Exception):
    """The file is no container of this data key, or was changed or cut off."""


class Source(Protocol):
    """What is read from."""

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes, nothing at the end."""


def sealed(data_key: bytes, source: Source) -> Iterator[bytes]:
    """Give the container of what `source` holds, piece by piece; an empty source has one empty chunk."""
    salt = secrets.token_bytes(SALT)
    cipher = AESGCM(_key(data_key, salt))
    yield MAGIC + SUITE + salt
    number, chunk = 0, _full(source, CHUNK)
    while True:
        following = _full(source, CHUNK)
        last = not following
        yield cipher.encrypt(_nonce(number), chunk, _about(number, last=last))
        if last:
            return
        number, chunk = number + 1, following


def opened(data_key: bytes, source: Source) -> Iterator[bytes]:
    """Give what a container holds, piece by piece; ContainerError where anything of it does not hold."""
    head = _full(source, len(MAGIC) + 1 + SALT)
    if head[: len(MAGIC) + 1] != MAGIC + SUITE or len(head) != len(MAGIC) + 1 + SALT:
        raise ContainerError
    cipher = AESGCM(_key(data_key, head[-SALT:]))
    number, chunk = 0, _full(source, CHUNK + TAG)
    while True:
        following = _full(source, CHUNK + TAG)
        last = not following
        try:
            yield cipher.decrypt(_nonce(number), chunk, _about(number, last=last))
        except (InvalidTag, ValueError):
            raise ContainerError from None
        if last:
            return
        number, chunk = number + 1, following


def _key(data_key: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, _PURPOSE).derive(data_key)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _about(number: int, *, last: bool) -> bytes:
    return SUITE + number.to_bytes(8, "big") + bytes([last])


def _full(source: Source, size: int) -> bytes:
    """Read as much as is wanted, or all that is left."""
    parts, left = [], size
    while left:
        part = source.read(left)
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
