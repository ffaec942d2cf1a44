"""Keys derived from the data key, and the chain of MACs that the audit is."""

import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_SIZE = 32


def derive(data_key: bytes, purpose: str) -> bytes:
    """Give the 32-byte key of one purpose (`audit`, `backup`, `keys`, `wrap`, `search`), by HKDF-SHA256."""
    return HKDF(SHA256(), KEY_SIZE, salt=None, info=f"doudi {purpose} 1".encode()).derive(data_key)


def next_mac(key: bytes, previous: bytes, line: bytes) -> bytes:
    """Give the MAC of a line that follows one with the MAC `previous` (empty for the first)."""
    return hmac.digest(key, len(previous).to_bytes(1, "big") + previous + line, "sha256")
