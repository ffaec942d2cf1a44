"""Values of rows by their type (package-format.md §1 and §4), and the text rule."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from desktop.core.calendar import is_date_text
from desktop.core.tables import ColumnType
from desktop.core.text import BIDI
from desktop.sync.canonical import MAX_INT, CanonicalError, depth_of
from desktop.sync.encodings import is_code, is_hash, is_id

JSON_DEPTH = 4
MAX_CELL: Final = 2 << 20
MAX_CONFLICT_CELL: Final = 5 << 20
KEY_TYPES = frozenset({"id", "code", "int", "text", "date"})
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROL_BUT_1F = re.compile("[\x00-\x08\x0b-\x1e\x7f-\x9f]")
_BIDI = re.compile(f"[{''.join(sorted(BIDI))}]")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
_ASCII_DATE = re.compile(r"[0-9-]{4,10}")


def text_fault(text: str, *, key: bool = False) -> str | None:
    """Say what is wrong with a text, or None; `key` lets U+001F stand, as in key texts."""
    if (_CONTROL_BUT_1F if key else _CONTROL).search(text):
        return "control character in text"
    if text.isascii():
        return None
    if _BIDI.search(text):
        return "bidi control in text"
    return None if unicodedata.is_normalized("NFC", text) else "text is not NFC"


def is_text(value: object) -> bool:
    """Tell whether a value is a text of the format."""
    return isinstance(value, str) and text_fault(value) is None


def is_key_text(value: object) -> bool:
    """Tell whether a value is a key text."""
    return isinstance(value, str) and text_fault(value, key=True) is None


def is_json(value: object) -> bool:
    """Tell whether a value may stand in a column of type json: depth at most 4, every text clean."""
    try:
        return depth_of(value) <= JSON_DEPTH and texts_clean(value)
    except CanonicalError:
        return False


def texts_clean(value: object) -> bool:
    """Tell whether every text in a JSON value is clean, the names of keys too."""
    found: list[str] = []
    collect_texts(value, found)
    return text_fault("\n".join(found)) is None


def collect_texts(value: object, found: list[str]) -> int:
    """Add every text in a JSON value to `found`, and give the value's depth.

    Joined by line feeds the texts are clean when each of them is: a line feed is clean itself and neither composes nor
    reorders, so one look at the whole is enough.
    """
    if isinstance(value, str):
        found.append(value)
        return 0
    if isinstance(value, dict):
        found.extend(value)
        items = list(value.values())
    elif isinstance(value, list):
        items = value
    else:
        return 0
    deepest = 0
    for item in items:
        if type(item) is str:
            found.append(item)
        elif item is not None:
            deepest = max(collect_texts(item, found), deepest)
    return 1 + deepest


def is_date(value: object) -> bool:
    """Tell whether a value is a real date of known precision, in ASCII digits."""
    return isinstance(value, str) and _ASCII_DATE.fullmatch(value) is not None and is_date_text(value)


def is_instant(value: object) -> bool:
    """Tell whether a value is an instant in UTC, `2026-11-23T08:00:00Z`."""
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    return match is not None and is_day(match.group(1))


def is_day(value: object) -> bool:
    """Tell whether a value is a date precise to the day."""
    if not isinstance(value, str) or len(value) != 10 or not _ASCII_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_time(value: object) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _is_int(value: object) -> bool:
    return type(value) is int and -MAX_INT <= value <= MAX_INT


def _is_bool(value: object) -> bool:
    return type(value) is bool


CHECKS: dict[ColumnType, Callable[[object], bool]] = {
    "id": is_id,
    "text": is_text,
    "int": _is_int,
    "bool": _is_bool,
    "date": is_date,
    "time": _is_time,
    "instant": is_instant,
    "code": is_code,
    "hash": is_hash,
    "json": is_json,
    "key": is_key_text,
}


def is_value(kind: ColumnType, value: object) -> bool:
    """Tell whether a value fits its column's type; null fits every type (keys are looked at elsewhere)."""
    return value is None or CHECKS[kind](value)


def cell_limit(table: str) -> int:
    """Give the greatest size of a cell value of a table, in bytes of canonical JSON."""
    return MAX_CONFLICT_CELL if table == "conflict" else MAX_CELL
