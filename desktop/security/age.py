"""Encryption of packages with age v1 to X25519 recipients, streamed; Debian's `age` opens ours, and we its files."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from threading import Thread
from typing import IO, Protocol

import pyrage

MAGIC = b"age-encryption.org/v1\n"
_PUBLIC = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class AgeError(Exception):
    """A recipient is no key, or a file cannot be decrypted with the identities given."""


class Source(Protocol):
    """Anything to read from in pieces."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes, none at the end."""


class Target(Protocol):
    """Anything to write to in pieces."""

    def write(self, piece: bytes, /) -> int:
        """Take a piece and tell its length."""

    def flush(self) -> None:
        """Hand on what is held back."""


@dataclass(frozen=True, slots=True, repr=False)
class AgeKey:
    """An X25519 identity: `secret` is `AGE-SECRET-KEY-1…`, `public` is `age1…`."""

    secret: str
    public: str


def new_age_key() -> AgeKey:
    """Make a fresh identity."""
    identity = pyrage.x25519.Identity.generate()
    return AgeKey(str(identity), str(identity.to_public()))


def age_key(secret: str) -> AgeKey:
    """Read an identity from its secret text; an AgeError where it is none."""
    try:
        identity = pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise AgeError("no age identity") from None
    return AgeKey(secret, str(identity.to_public()))


def is_recipient(text: str) -> bool:
    """Tell whether a text is an `age1…` recipient with a right checksum."""
    if not _PUBLIC.fullmatch(text):
        return False
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def encrypt(source: Source, target: Target, recipients: Sequence[str]) -> None:
    """Encrypt `source` into `target` for every recipient, binary and in pieces; an AgeError names a bad recipient.

    What `source` or `target` raises comes out as it was raised, though the library wraps it in its own words.
    """
    if not recipients or not all(map(is_recipient, recipients)):
        raise AgeError("no recipient, or one that is no key")
    keys = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    raised: list[BaseException] = []
    try:
        pyrage.encrypt_io(_WatchedSource(source, raised), _WatchedTarget(target, raised), keys)
    except pyrage.EncryptError:
        if raised:
            raise raised[0] from None
        raise


@dataclass(frozen=True, slots=True)
class _WatchedSource:
    source: Source
    raised: list[BaseException]

    def read(self, size: int, /) -> bytes:
        try:
            return self.source.read(size)
        except BaseException as error:
            self.raised.append(error)
            raise


@dataclass(frozen=True, slots=True)
class _WatchedTarget:
    target: Target
    raised: list[BaseException]

    def write(self, piece: bytes, /) -> int:
        try:
            return self.target.write(piece)
        except BaseException as error:
            self.raised.append(error)
            raise

    def flush(self) -> None:
        self.target.flush()


@contextmanager
def decrypting(source: Source, secrets: Sequence[str]) -> Iterator["Decrypted"]:
    """Give the plain text of an age file as a stream to read; nothing of it touches the disk.

    age only pushes, so one helper thread pushes into a pipe that the caller reads; it ends with the `with` block.
    """
    read_end, write_end = os.pipe()
    outcome: list[Exception] = []
    thread = Thread(target=_push, args=(source, secrets, write_end, outcome), name="age", daemon=True)
    thread.start()
    reader = os.fdopen(read_end, "rb")
    try:
        yield Decrypted(reader, thread, outcome)
    finally:
        reader.close()
        thread.join()


@dataclass(frozen=True, slots=True)
class Decrypted:
    """The reading end; its end of file is only an end when the whole age file was sound, else an AgeError."""

    _reader: BufferedReader
    _thread: Thread
    _outcome: list[Exception]

    def read(self, size: int, /) -> bytes:
        """Give `size` bytes, fewer only at the end."""
        piece = self._reader.read(size)
        if len(piece) < size:
            self._thread.join()
            if self._outcome:
                raise AgeError("cannot be decrypted") from self._outcome[0]
        return piece


def _push(source: Source, secrets: Sequence[str], handle: int, outcome: list[Exception]) -> None:
    with os.fdopen(handle, "wb", closefd=True) as target:
        try:
            _decrypt(source, target, secrets)
        except (AgeError, OSError, ValueError, pyrage.DecryptError, pyrage.IdentityError) as error:
            outcome.append(error)
        finally:
            _close(target)


def _close(target: IO[bytes]) -> None:
    """Close the writing end; a reader that has gone away early is no fault."""
    try:
        target.close()
    except BrokenPipeError:
        return


def _decrypt(source: Source, target: IO[bytes], secrets: Sequence[str]) -> None:
    if source.read(len(MAGIC)) != MAGIC:
        raise AgeError("not a binary age file")
    pyrage.decrypt_io(_Again(source), target, [pyrage.x25519.Identity.from_str(secret) for secret in secrets])


@dataclass(slots=True)
class _Again:
    """Gives the first line once more, then the rest."""

    source: Source
    start: bytes = MAGIC

    def read(self, size: int, /) -> bytes:
        piece, self.start = self.start[:size], self.start[size:]
        return piece or self.source.read(size)
