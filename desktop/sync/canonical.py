"""Canonical JSON (package-format.md §1): one value has one spelling, and a reader takes no other."""

import msgspec

MAX_INT = 2**53 - 1
MAX_DEPTH = 6
Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder()
_TEXT = frozenset({str})
Raw = msgspec.Raw
_SCALARS = frozenset({str, bool, type(None), Raw})


class CanonicalError(ValueError):
    """Bytes that are not canonical JSON, or a value that has none."""


def dump(value: object) -> bytes:
    """Write a value as canonical JSON (UTF-8, no line feed); a CanonicalError for floats and great integers.

    A `Raw` inside it stands as it is: text that somebody else has already written as canonical JSON.
    """
    depth_of(value)
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        raise CanonicalError("lone surrogate") from None


def dump_text(value: object) -> str:
    """Write a value as canonical JSON text."""
    return dump(value).decode()


def load(line: bytes, *, depth: int = MAX_DEPTH) -> Json:
    """Read one canonical JSON value; a CanonicalError where the bytes are any other spelling, or too deep."""
    try:
        value: Json = _DECODER.decode(line)
    except RecursionError:
        raise CanonicalError("too deep") from None
    except ValueError:
        raise CanonicalError("no JSON") from None
    if depth_of(value) > depth:
        raise CanonicalError("too deep")
    if _ENCODER.encode(value) != line:
        raise CanonicalError("JSON is not canonical")
    return value


def write(value: object) -> str:
    """Write as canonical JSON what has come out of `load` or of a database: nothing is looked at again."""
    return _ENCODER.encode(value).decode()


def parse(text: str | bytes) -> Json:
    """Read JSON that this program has written itself, without looking at its spelling again."""
    value: Json = _DECODER.decode(text)
    return value


def load_text(text: str, *, depth: int = MAX_DEPTH) -> Json:
    """Read canonical JSON from text."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise CanonicalError("lone surrogate") from None
    return load(raw, depth=depth)


def depth_of(value: object) -> int:
    """Count lists and objects inside each other (`[]` is 1, a bare value 0); floats and great integers are refused."""
    items: list[object] | tuple[object, ...]
    if isinstance(value, dict):
        if not _TEXT.issuperset(map(type, value)):
            raise CanonicalError("a key that is no text")
        items = list(value.values())
    elif isinstance(value, list | tuple):
        items = value
    else:
        _check_scalar(value)
        return 0
    deepest = 0
    for item in items:
        if type(item) is str or item is None or type(item) is Raw:
            continue
        if type(item) is int and -MAX_INT <= item <= MAX_INT:
            continue
        if type(item) is dict and not item:
            deepest = max(1, deepest)
            continue
        deepest = max(depth_of(item), deepest)
    return 1 + deepest


def _check_scalar(value: object) -> None:
    if type(value) is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise CanonicalError("integer out of range")
    elif type(value) not in _SCALARS:
        raise CanonicalError("float" if isinstance(value, float) else "no JSON value")
