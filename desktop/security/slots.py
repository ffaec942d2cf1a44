"""Password slots: the data key wrapped once for each account, the recovery sheet and escrow (security.md).

`keys.json` is canonical JSON `{"check","format","mac","slots":[{"kind","lanes","memory","name","nonce","passes","salt",
"wrapped"}],"suite"}`, bytes as hex, MACed under a key derived from the data key and, against rot, summed by SHA-256.
Suite 1 is Argon2id and AES-256-GCM.
"""

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.security.audit import derive

SlotKind = Literal["account", "recovery", "escrow"]
FORMAT = SUITE = 1
KEY_SIZE = 32
NONCE_SIZE = 12
FLOOR_KIB, CEILING_KIB = 64 << 10, 1 << 20
FLOOR_PASSES, CEILING_PASSES = 3, 64
MAX_LANES = 16
MAX_SLOTS = 1000


class SlotError(Exception):
    """A wrong password, an unknown name, or a key file that is damaged or weakened."""


class ChangedError(SlotError):
    """The password fits, but somebody without the data key has changed the slots."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes and lanes; never below the floor."""

    memory: int = FLOOR_KIB
    passes: int = FLOOR_PASSES
    lanes: int = 4

    def is_sound(self) -> bool:
        """Tell whether the parameters lie between floor and ceiling."""
        return (
            FLOOR_KIB <= self.memory <= CEILING_KIB
            and FLOOR_PASSES <= self.passes <= CEILING_PASSES
            and 1 <= self.lanes <= MAX_LANES
        )


FLOOR = Cost()
USUAL = Cost(memory=256 << 10, passes=4)


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key."""

    name: str
    kind: SlotKind
    memory: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The slots and the MAC over them."""

    slots: tuple[Slot, ...]
    mac: str


def new_data_key() -> bytes:
    """Make the 256-bit key that everything of a workspace lies under."""
    return secrets.token_bytes(KEY_SIZE)


def create(data_key: bytes, name: str, password: str, *, cost: Cost | None = None) -> KeyFile:
    """Make a key file with the slot of the first account."""
    return with_slot(KeyFile((), ""), data_key, name, password, kind="account", cost=cost)


def with_slot(
    kept: KeyFile, data_key: bytes, name: str, password: str, *, kind: SlotKind, cost: Cost | None = None
) -> KeyFile:
    """Give the key file with one slot added, or replaced where the name has one."""
    cost = cost or USUAL
    if not cost.is_sound():
        raise SlotError("cost below the floor")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(NONCE_SIZE)
    bare = Slot(name, kind, cost.memory, cost.passes, cost.lanes, salt.hex(), nonce.hex(), "")
    wrapped = AESGCM(_stretch(bare, password)).encrypt(nonce, data_key, _bound(bare))
    others = tuple(slot for slot in kept.slots if slot.name != name)
    return _signed((*others, replace(bare, wrapped=wrapped.hex())), data_key)


def without_slot(kept: KeyFile, data_key: bytes, name: str) -> KeyFile:
    """Give the key file without one slot."""
    return _signed(tuple(slot for slot in kept.slots if slot.name != name), data_key)


def has_slot(kept: KeyFile, name: str) -> bool:
    """Tell whether a name has a slot."""
    return any(slot.name == name for slot in kept.slots)


def open_slot(kept: KeyFile, name: str, password: str) -> bytes:
    """Unwrap the data key with one slot's password and check the file's MAC; SlotError for anything wrong."""
    slot = next((slot for slot in kept.slots if slot.name == name), None)
    if slot is None:
        raise SlotError("no such slot")
    try:
        data_key = AESGCM(_stretch(slot, password)).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _bound(slot)
        )
    except InvalidTag:
        raise SlotError("wrong password") from None
    check(kept, data_key)
    return data_key


def check(kept: KeyFile, data_key: bytes) -> None:
    """Check the MAC over all slots; ChangedError where it does not hold."""
    if not hmac.compare_digest(_mac(kept.slots, data_key), kept.mac):
        raise ChangedError("key file was changed")


def dump(kept: KeyFile) -> bytes:
    """Write a key file."""
    raw: dict[str, Any] = {"format": FORMAT, "suite": SUITE, "mac": kept.mac}
    raw |= {"check": _check_sum(kept), "slots": [asdict(slot) for slot in kept.slots]}
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def parse(content: bytes) -> KeyFile:
    """Read a key file; SlotError where it is none, of another suite, or asks for too little or too much work."""
    try:
        raw: dict[str, Any] = json.loads(content)
        slots = tuple(_parse_slot(slot) for slot in raw["slots"])
        if raw["format"] != FORMAT or raw["suite"] != SUITE or len(slots) > MAX_SLOTS:
            raise SlotError("unknown format")
        kept = KeyFile(slots, str(raw["mac"]))
        is_whole = raw["check"] == _check_sum(kept)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SlotError("damaged key file") from error
    if not is_whole:
        raise SlotError("damaged key file")
    return kept


def _check_sum(kept: KeyFile) -> str:
    """Give the SHA-256 that tells a damaged file from a wrong password before any password is tried."""
    return hashlib.sha256(json.dumps(asdict(kept), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _parse_slot(raw: dict[str, Any]) -> Slot:
    slot = Slot(**raw)
    if slot.kind not in {"account", "recovery", "escrow"} or not Cost(slot.memory, slot.passes, slot.lanes).is_sound():
        raise SlotError("unsound slot")
    for text, size in ((slot.salt, 16), (slot.nonce, NONCE_SIZE), (slot.wrapped, KEY_SIZE + 16)):
        if len(bytes.fromhex(text)) != size:
            raise SlotError("damaged slot")
    return slot


def _stretch(slot: Slot, password: str) -> bytes:
    typed = password.encode(errors="surrogatepass")  # a terminal may hand over bytes that are no UTF-8
    salt = bytes.fromhex(slot.salt)
    return hash_secret_raw(typed, salt, slot.passes, slot.memory, slot.lanes, KEY_SIZE, Type.ID)


def _bound(slot: Slot) -> bytes:
    """Bind the wrapped key to everything else that its slot says."""
    bare = asdict(replace(slot, wrapped=""))
    return json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _signed(slots: tuple[Slot, ...], data_key: bytes) -> KeyFile:
    return KeyFile(slots, _mac(slots, data_key))


def _mac(slots: tuple[Slot, ...], data_key: bytes) -> str:
    text = json.dumps([asdict(slot) for slot in slots], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(derive(data_key, "keys"), text.encode(), "sha256").hex()
