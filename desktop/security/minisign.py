"""Signatures in minisign's prehashed form, so that Debian's `minisign` checks ours and makes what we accept.

Layout after jedisct1.github.io/minisign: a public key is `Ed`, 8 bytes of number, 32 of Ed25519; a signature is `ED`,
the number, 64 bytes over BLAKE2b-512 of the message; a second signature covers the first and the trusted comment.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MAX_FILE = 4096
MAX_UNTRUSTED = 1000
_UNTRUSTED = b"untrusted comment: "
_TRUSTED = b"trusted comment: "
_KEY_SIZE, _SECRET_SIZE = 42, 158


class SignatureError(Exception):
    """A signature file or key text is malformed, or does not fit the message."""


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """A secret key: 8 bytes of number and the 32-byte Ed25519 seed."""

    number: bytes
    seed: bytes

    @property
    def public(self) -> str:
        """Give the public key as minisign writes it: 56 characters that begin with `RW`."""
        return _base64(b"Ed" + self.number + self._raw_public())

    @property
    def key_id(self) -> str:
        """Give the key id as minisign prints it."""
        return self.number[::-1].hex().upper()

    def sign(self, message: bytes, trusted_comment: str) -> str:
        """Write a whole signature file over `message`: four lines, the same bytes each time."""
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        signature = private.sign(hashlib.blake2b(message).digest())
        whole = private.sign(signature + trusted_comment.encode())
        return (
            "untrusted comment: signature from minisign secret key\n"
            f"{_base64(b'ED' + self.number + signature)}\n"
            f"trusted comment: {trusted_comment}\n{_base64(whole)}\n"
        )

    def file(self) -> str:
        """Write the key as an unencrypted secret key file that Debian's `minisign -W` reads."""
        pair = self.number + self.seed + self._raw_public()
        check = hashlib.blake2b(b"Ed" + pair, digest_size=32).digest()
        return (
            f"untrusted comment: minisign secret key\n{_base64(b'Ed' + bytes(2) + b'B2' + bytes(48) + pair + check)}\n"
        )

    def _raw_public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()


def new_signing_key() -> SigningKey:
    """Make a fresh secret key."""
    return SigningKey(secrets.token_bytes(8), secrets.token_bytes(32))


def read_key_file(text: str) -> SigningKey:
    """Read an unencrypted secret key file (`minisign -G -W`); a SignatureError where it is encrypted or broken."""
    lines = text.split("\n")
    raw = _unbase64(lines[1].encode()) if len(lines) > 1 else b""
    if len(raw) != _SECRET_SIZE or raw[:6] != b"Ed\0\0B2":
        raise SignatureError("no unencrypted secret key")
    key = SigningKey(raw[54:62], raw[62:94])
    if _base64(b"Ed" + raw[54:62] + raw[94:126]) != key.public:
        raise SignatureError("secret key does not fit its public key")
    return key


def key_id(public: str) -> str:
    """Give the key id of a public key text: 16 upper-case hex digits."""
    return _public_parts(public)[0][::-1].hex().upper()


def is_public_key(text: str) -> bool:
    """Tell whether a text is a public key in canonical base64."""
    try:
        _public_parts(text)
    except SignatureError:
        return False
    return True


def verify(file: bytes, message: bytes, public: str, trusted_comment: str) -> None:
    """Check a whole signature file over `message`, its trusted comment too; a SignatureError where anything differs."""
    number, raw = _public_parts(public)
    signature, whole = _file_parts(file, trusted_comment)
    if signature[:2] != b"ED":
        raise SignatureError("not the prehashed form")
    if signature[2:10] != number:
        raise SignatureError("signed by another key")
    key = Ed25519PublicKey.from_public_bytes(raw)
    try:
        key.verify(signature[10:], hashlib.blake2b(message).digest())
        key.verify(whole, signature[10:] + trusted_comment.encode())
    except InvalidSignature:
        raise SignatureError("signature does not fit") from None


def _file_parts(file: bytes, trusted_comment: str) -> tuple[bytes, bytes]:
    """Split a signature file into its two decoded signatures, 74 and 64 bytes."""
    if len(file) > MAX_FILE:
        raise SignatureError("signature file too long")
    lines = file.split(b"\n")
    if len(lines) != 5 or lines[4]:
        raise SignatureError("not four lines")
    if not lines[0].startswith(_UNTRUSTED) or len(lines[0]) > MAX_UNTRUSTED:
        raise SignatureError("first line is no untrusted comment")
    if lines[2] != _TRUSTED + trusted_comment.encode():
        raise SignatureError("trusted comment of something else")
    signature, whole = _unbase64(lines[1]), _unbase64(lines[3])
    if len(signature) != 74 or len(whole) != 64:
        raise SignatureError("signature of a wrong length")
    return signature, whole


def _public_parts(public: str) -> tuple[bytes, bytes]:
    raw = _unbase64(public.encode("utf-8", "replace"))
    if len(raw) != _KEY_SIZE or raw[:2] != b"Ed":
        raise SignatureError("no public key")
    return raw[2:10], raw[10:]


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _unbase64(text: bytes) -> bytes:
    """Decode canonical base64: no other characters, no spare bits."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise SignatureError("no base64") from None
    if base64.b64encode(raw) != text:
        raise SignatureError("base64 is not canonical")
    return raw
