"""Small secrets wrapped under a key derived from the data key: the private keys of packages are rows (data.md)."""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.security.audit import derive

NONCE_SIZE = 12


class WrapError(Exception):
    """The wrapped secret is not of this data key, or was changed."""


def wrap(data_key: bytes, secret: bytes, about: bytes) -> bytes:
    """Encrypt a secret, bound to what it is about: nonce and AES-256-GCM text."""
    nonce = secrets.token_bytes(NONCE_SIZE)
    return nonce + AESGCM(derive(data_key, "wrap")).encrypt(nonce, secret, about)


def unwrap(data_key: bytes, wrapped: bytes, about: bytes) -> bytes:
    """Decrypt a wrapped secret; WrapError where it does not hold."""
    try:
        return AESGCM(derive(data_key, "wrap")).decrypt(wrapped[:NONCE_SIZE], wrapped[NONCE_SIZE:], about)
    except (InvalidTag, ValueError):
        raise WrapError from None


def keyed_hash(data_key: bytes, text: str) -> str:
    """Give a hash of an identity number that only this workspace can make, as 64 hex digits."""
    return hmac.digest(derive(data_key, "search"), text.encode(), "sha256").hex()
