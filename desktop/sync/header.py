"""The header of data.jsonl (package-format.md §4): who sends what to whom, how far, and what the sender has seen."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from desktop.sync.canonical import Json, dump
from desktop.sync.encodings import (
    hlc_text,
    is_count,
    is_hash,
    is_hex16,
    is_id,
    is_name,
    is_org_path,
    lower_scope,
)
from desktop.sync.errors import PackageError
from desktop.sync.manifest import DOCUMENT_KINDS, ROWLESS_KINDS, Envelope
from desktop.sync.stamps import Origin
from desktop.sync.values import is_text

MAX_LIST = 65_536
MAX_ROWS = 20_000_000
_ENVELOPE = frozenset({"package_id", "kind", "from", "to", "no", "prev", "created"})
_KEYS = _ENVELOPE | {
    "acks", "app", "audit", "base", "forked", "h", "origins", "paths", "state", "tables", "upto", "witness",
}  # fmt: skip


T = TypeVar("T")


class Witness(NamedTuple):
    """The last link that the sender has seen of another origin's chain."""

    origin: Origin
    number: int
    sha256: str
    hlc: int


@dataclass(frozen=True)
class Header:
    """A whole header; `acks`, `forked` map an origin to its lsn or clock, `state` and `tables` a table to hash or rows.

    `audit_head` is the MAC of the sender's last audit line (64 hex), `audit_number` that line's number.
    """

    envelope: Envelope
    app: str
    origins: tuple[Origin, ...]
    paths: tuple[str, ...]
    base: int = 0
    upto: int = 0
    acks: Mapping[Origin, int] = field(default_factory=dict)
    forked: Mapping[Origin, int] = field(default_factory=dict)
    witness: tuple[Witness, ...] = ()
    audit_number: int = 0
    audit_head: str | None = None
    scope: str = ""
    state: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, int] = field(default_factory=dict)

    def json(self) -> dict[str, Json]:
        """Write the header, its lists sorted; a header without scope gets the one that §4 names."""
        return {
            **self.envelope.json(),
            "h": 1,
            "app": self.app,
            "origins": [list(origin.texts()) for origin in self.origins],
            "paths": list(self.paths),
            "base": self.base,
            "upto": self.upto,
            "acks": [[*origin.texts(), lsn] for origin, lsn in sorted(self.acks.items())],
            "forked": [[*origin.texts(), hlc_text(at)] for origin, at in sorted(self.forked.items())],
            "witness": [
                [*origin.texts(), number, sha256, hlc_text(at)] for origin, number, sha256, at in sorted(self.witness)
            ],
            "audit": {"head": self.audit_head, "no": self.audit_number},
            "state": {"scope": self.scope or state_scope(self.envelope), "tables": dict(self.state)},
            "tables": dict(self.tables),
        }


def state_scope(envelope: Envelope) -> str:
    """Give the scope that the state hashes are of."""
    path = envelope.sender.path
    return path if envelope.kind in DOCUMENT_KINDS else lower_scope(path, envelope.to[0].path)


def read_header(value: Json, envelope: Envelope) -> Header:
    """Read a header that must repeat `envelope`; a PackageError `bad-payload`, `inner-mismatch` where it does not."""
    if not isinstance(value, dict) or value.keys() != _KEYS or value["h"] != 1 or value["h"] is True:
        raise _bad("keys of the header")
    if dump({key: value[key] for key in _ENVELOPE}) != dump(envelope.json()):
        raise PackageError("inner-mismatch", "header and manifest differ")
    state, audit = value["state"], value["audit"]
    if not isinstance(state, dict) or state.keys() != {"scope", "tables"} or not is_text(value["app"]):
        raise _bad("state or app")
    if not isinstance(audit, dict) or audit.keys() != {"head", "no"} or not is_count(audit["no"]):
        raise _bad("audit")
    if audit["head"] is not None and not is_hash(audit["head"]):
        raise _bad("audit head")
    acks = _rows(value["acks"], 2, (is_id, is_hex16, is_count))
    forked = _rows(value["forked"], 2, (is_id, is_hex16, is_hex16))
    header = Header(
        envelope=envelope,
        app=str(value["app"]),
        origins=tuple(_origin(row) for row in _rows(value["origins"], 2, (is_id, is_hex16))),
        paths=_paths(value["paths"]),
        base=_count(value["base"]),
        upto=_count(value["upto"]),
        acks={_origin(row): _count(row[2]) for row in acks},
        forked={_origin(row): int(str(row[2]), 16) for row in forked},
        witness=_witness(value["witness"]),
        audit_number=_count(audit["no"]),
        audit_head=None if audit["head"] is None else str(audit["head"]),
        scope=str(state["scope"]),
        state=_table_map(state["tables"], is_hex16, str),
        tables=_table_map(value["tables"], lambda rows: is_count(rows) and rows != 0, _count),
    )
    _check(header)
    return header


def _check(header: Header) -> None:
    kind = header.envelope.kind
    if header.base > header.upto:
        raise _bad("base is greater than upto")
    if kind in ROWLESS_KINDS and (header.tables or header.upto):
        raise _bad("rows or upto in a kind that has none")
    if header.scope != state_scope(header.envelope) or (kind in DOCUMENT_KINDS and header.state):
        raise _bad("state")
    if sum(header.tables.values()) > MAX_ROWS:
        raise PackageError("too-large", "rows")


def _rows(value: Json, width: int, checks: Sequence[Callable[[object], bool]]) -> list[list[Json]]:
    """Read a list of lists that is sorted and names nothing twice by its first `width` values."""
    if not isinstance(value, list) or len(value) > MAX_LIST:
        raise _bad("a list of the header")
    found = [_row(row, checks) for row in value]
    keys = [tuple(_sortable(item) for item in row[:width]) for row in found]
    if any(left >= right for left, right in itertools.pairwise(keys)):
        raise _bad("a list of the header is not sorted, or names something twice")
    return found


def _row(row: Json, checks: Sequence[Callable[[object], bool]]) -> list[Json]:
    if not isinstance(row, list) or len(row) != len(checks):
        raise _bad("a list of the header")
    if not all(check(item) for check, item in zip(checks, row, strict=True)):
        raise _bad("a list of the header")
    return row


def _sortable(item: Json) -> tuple[int, str]:
    return (item, "") if isinstance(item, int) else (0, str(item))


def _origin(row: Sequence[Json]) -> Origin:
    return Origin.of(str(row[0]), str(row[1]))


def _witness(value: Json) -> tuple[Witness, ...]:
    rows = _rows(value, 3, (is_id, is_hex16, is_count, is_hash, is_hex16))
    return tuple(Witness(_origin(row), _count(row[2]), str(row[3]), int(str(row[4]), 16)) for row in rows)


def _paths(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAX_LIST or not all(map(is_org_path, value)):
        raise _bad("paths")
    found = tuple(map(str, value))
    if any(left >= right for left, right in itertools.pairwise(found)):
        raise _bad("paths are not sorted")
    return found


def _table_map(value: Json, check: Callable[[object], bool], make: Callable[[Json], T]) -> dict[str, T]:
    if not isinstance(value, dict) or not all(map(is_name, value)) or not all(map(check, value.values())):
        raise _bad("tables")
    return {name: make(item) for name, item in value.items()}


def _count(value: Json) -> int:
    if type(value) is not int or value < 0:
        raise _bad("a count of the header")
    return value


def _bad(detail: str) -> PackageError:
    return PackageError("bad-payload", detail)
