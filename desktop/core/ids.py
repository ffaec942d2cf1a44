"""Record ids: UUIDv7 as 16 bytes in the database and 32 lower-case hex digits outside."""

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime

import uuid_utils

_HEX = re.compile(r"[0-9a-f]{32}")


def new_id() -> bytes:
    """Make a fresh UUIDv7 (16 bytes); its time is never trusted, only its uniqueness."""
    return uuid_utils.uuid7().bytes


def seeded_ids(seed: int, start: datetime) -> Callable[[], bytes]:
    """Make a source of UUIDv7-shaped ids that depend on `seed` alone, for the demo township.

    `start` gives the milliseconds of the first id; each id is one later, so they sort as they were made.
    """
    import random

    rng = random.Random(seed)  # noqa: S311 - the demo must repeat, it guards nothing
    millis = int(start.timestamp() * 1000)

    def make() -> bytes:
        nonlocal millis
        millis += 1
        value = (millis << 80) | (7 << 76) | (rng.getrandbits(12) << 64) | (2 << 62) | rng.getrandbits(62)
        return value.to_bytes(16, "big")

    return make


def derived_id(*parts: str) -> bytes:
    """Make the id of a row whose identity is a natural key: BLAKE2b-128 over its parts, joined by one byte 1F."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).digest()


def to_hex(key: bytes) -> str:
    """Write an id as 32 lower-case hex digits."""
    return key.hex()


def from_hex(text: str) -> bytes:
    """Read 32 lower-case hex digits; anything else is a ValueError."""
    if not _HEX.fullmatch(text):
        raise ValueError(text)
    return bytes.fromhex(text)


def new_epoch() -> bytes:
    """Make the 8 random bytes that name the time of an installation between two restores."""
    return secrets.token_bytes(8)
