"""What signs and encrypts packages, behind a number: 1 is minisign, age and SHA-256; 2 is kept for SM2, SM3 and SM4."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import IO, Protocol

from desktop.security import age, minisign
from desktop.sync.errors import PackageError


class Suite(Protocol):
    """The choices that a suite makes."""

    number: int

    def verify(self, file: bytes, message: bytes, public: str, comment: str) -> None:
        """Check a signature file; a PackageError `bad-signature` else."""

    def encrypt(self, source: age.Source, target: IO[bytes], recipients: Sequence[str]) -> None:
        """Encrypt for every recipient."""

    def decrypting(self, source: age.Source, secrets: Sequence[str]) -> AbstractContextManager[age.Source]:
        """Give the plain text as a stream; reading raises a PackageError `cannot-decrypt`."""

    def recipient_id(self, public: str) -> str:
        """Name a recipient in 16 hex digits."""


class _Opened:
    """A plain-text stream whose faults are refusals of the format."""

    def __init__(self, stream: age.Source) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        try:
            return self._stream.read(size)
        except age.AgeError:
            raise PackageError("cannot-decrypt", "age") from None


class SuiteOne:
    """Suite 1."""

    number = 1

    def verify(self, file: bytes, message: bytes, public: str, comment: str) -> None:
        """Check a signature in minisign's prehashed form."""
        try:
            minisign.verify(file, message, public, comment)
        except minisign.SignatureError as error:
            raise PackageError("bad-signature", str(error)) from None

    def encrypt(self, source: age.Source, target: IO[bytes], recipients: Sequence[str]) -> None:
        """Encrypt with age to X25519 recipients."""
        age.encrypt(source, target, recipients)

    @contextmanager
    def decrypting(self, source: age.Source, secrets: Sequence[str]) -> Iterator[age.Source]:
        """Decrypt with age, as a stream."""
        with age.decrypting(source, secrets) as stream:
            yield _Opened(stream)

    def recipient_id(self, public: str) -> str:
        """Give the first 16 hex digits of SHA-256 over the `age1…` text."""
        return hashlib.sha256(public.encode()).hexdigest()[:16]


SUITE_1: Suite = SuiteOne()


def suite_of(number: int) -> Suite:
    """Give a suite by its number; a PackageError `newer-format` for one that is not known."""
    if number != SUITE_1.number:
        raise PackageError("newer-format", f"suite {number}")
    return SUITE_1
