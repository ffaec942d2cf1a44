"""Cells and the state hash (package-format.md §5 and §6)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from desktop.sync.canonical import dump_text
from desktop.sync.encodings import is_erased
from desktop.sync.stamps import Stamps

SEPARATOR = "\x1f"


def key_text(key: Sequence[str], columns: Mapping[str, object]) -> str:
    """Give the key text of a row: its key columns' values, joined by U+001F."""
    return SEPARATOR.join(str(columns[name]) for name in key)


def cell_value(columns: Mapping[str, object]) -> str:
    """Give the cell value of a group: the canonical JSON of the object of its columns."""
    return dump_text(columns)


def digest128(value: str) -> bytes:
    """Give BLAKE2b-128 of a cell value."""
    return hashlib.blake2b(value.encode(), digest_size=16).digest()


def erase_row(columns: Mapping[str, object], key: Sequence[str]) -> dict[str, object]:
    """Null the columns of a row whose `_deleted` is that of erasure; key and reason stay, other rows as they were."""
    if not is_erased(columns.get("_deleted")):
        return dict(columns)
    return {name: value if name in key or name == "_deleted" else None for name, value in columns.items()}


def erase_conflict(conflict: Mapping[str, object], erased: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Null the value kept in a conflict about one of the `erased` rows (table, key text)."""
    about = (conflict["tbl"], conflict["pk"])
    return {**conflict, "lose_value": None} if about in set(erased) else dict(conflict)


def state_part(table: str, key: str, groups: Stamps) -> int:
    """Give one row's part of the state hash, 64 bits; histories and groups never had do not count."""
    return state_part_of(table, key, state_text(groups))


def state_text(groups: Stamps) -> str:
    """Give what the state hash says of a row's groups: rows that share their stamps share it."""
    had = ((name, groups[name]) for name in sorted(groups))
    return "".join(
        f"\x1e{name}{SEPARATOR}{stamp.gen}{SEPARATOR}{stamp.dot}" for name, stamp in had if stamp is not None
    )


def state_part_of(table: str, key: str, text: str) -> int:
    """Give one row's part of the state hash, its groups as `state_text` wrote them."""
    digest = hashlib.blake2b(f"{table}{SEPARATOR}{key}{text}".encode(), digest_size=32)
    return int.from_bytes(digest.digest()[:8], "big")


def state_sum(parts: Iterable[int]) -> str:
    """Add parts modulo 2⁶⁴ and write them as 16 hex digits."""
    return f"{sum(parts) % 2**64:016x}"


def unequal_tables(theirs: Mapping[str, str], mine: Mapping[str, str], set_aside: Iterable[str] = ()) -> list[str]:
    """Name the tables whose state hashes differ, so that everything must be asked for; none where all is well.

    Compare only when the sender's `acks` cover all that this installation has written or applied in the scope;
    `set_aside` are tables of which rows were set aside there.
    """
    differ = {name for name in theirs.keys() | mine.keys() if theirs.get(name) != mine.get(name)}
    return sorted(differ - set(set_aside))
