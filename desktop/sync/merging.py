"""The merge of two values of one cell, and what is recorded of it (package-format.md §5 and §6).

The total order decides values, causality only decides whether a conflict is recorded; so replicas cannot diverge.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.core.tables import DELETED
from desktop.sync.canonical import CanonicalError, load_text
from desktop.sync.cells import SEPARATOR, cell_value, digest128
from desktop.sync.encodings import is_erased
from desktop.sync.stamps import NO_FORKS, Forks, Stamp, after_fork, join, make_stamp
from desktop.sync.values import texts_clean

ConflictKind = Literal["edit/edit", "edit/delete", "fork"]
TRAVELLING_KINDS = frozenset({"edit/edit", "edit/delete", "fork"})
CONFLICT_TABLE = "conflict"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a value stands: table, key text and group."""

    table: str
    key: str
    group: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its stamp; `text` is the cell value (canonical JSON of the group's columns)."""

    stamp: Stamp
    text: str

    @property
    def erased(self) -> bool:
        """Tell whether this is a value of `_deleted` that stands for erasure; asked of that group only."""
        columns = load_text(self.text)
        return isinstance(columns, dict) and is_erased(columns.get(DELETED))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict found: the losing write is kept for ever; everybody who finds it makes the same row."""

    cell: Cell
    kind: ConflictKind
    loser: Value

    @property
    def id(self) -> str:
        """Give the deterministic id, 32 hex digits (no UUIDv7)."""
        return conflict_id(self.cell, self.loser.stamp.dot, self.loser.text)

    @property
    def stamp(self) -> Stamp:
        """Give the row stamp: gen 0, the loser's own clock value and origin, no history."""
        return Stamp(0, self.loser.stamp.hlc, self.loser.stamp.origin)

    def row(self) -> dict[str, str | None]:
        """Give the columns of the row in table `conflict`."""
        return {
            "id": self.id,
            "tbl": self.cell.table,
            "pk": self.cell.key,
            "grp": self.cell.group,
            "kind": self.kind,
            "lose_stamp": f"{self.loser.stamp.gen}.{self.loser.stamp.dot}",
            "lose_value": self.loser.text,
            "by": None,
            "note": None,
            "state": "open",
            DELETED: None,
        }


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands after a merge, and the conflict to record, if any."""

    value: Value
    conflict: Conflict | None


def conflict_id(cell: Cell, loser_dot: str, loser_value: str) -> str:
    """Give BLAKE2b-128 over table, key, group, dot and value, joined by one byte 1F."""
    parts = SEPARATOR.join((cell.table, cell.key, cell.group, loser_dot, loser_value))
    return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def merge(cell: Cell, one: Value, other: Value, forks: Forks = NO_FORKS) -> Merged:
    """Merge two values of a cell: the same outcome in any order and however often."""
    winner, loser = (one, other) if _order(cell, one) >= _order(cell, other) else (other, one)
    conflict = _conflict(cell, winner, loser, forks)
    seen = join((dict(winner.stamp.hist), loser.stamp.seen()))
    stamp = make_stamp(winner.stamp.gen, winner.stamp.hlc, winner.stamp.origin, seen)
    return Merged(Value(stamp, winner.text), conflict)


def _order(cell: Cell, value: Value) -> tuple[bool, int, int, bytes, bytes, bytes]:
    erased = cell.group == DELETED and value.erased
    return (erased, *value.stamp.order, digest128(value.text))


def _conflict(cell: Cell, winner: Value, loser: Value, forks: Forks) -> Conflict | None:
    if winner.text == loser.text or cell.table == CONFLICT_TABLE or (cell.group == DELETED and winner.erased):
        return None
    forked = after_fork(loser.stamp, forks) or winner.stamp.dot == loser.stamp.dot
    if not forked and winner.stamp.covers(loser.stamp):
        return None
    return Conflict(cell, "fork" if forked else "edit/edit", loser)


def edits_under_deletion(
    table: str, key: str, deletion: Value, groups: Mapping[str, Value], forks: Forks = NO_FORKS
) -> list[Conflict]:
    """Find the edits that met a deletion which had not seen them; call it when all groups of the row are merged.

    `groups` are the row's other groups; the conflicts come in the order of their names.
    """
    columns = load_text(deletion.text)
    reason = columns.get(DELETED) if isinstance(columns, dict) else None
    if reason is None or is_erased(reason) or table == CONFLICT_TABLE:
        return []
    return [
        Conflict(Cell(table, key, name), "edit/delete", groups[name])
        for name in sorted(groups)
        if name != DELETED and _missed(deletion.stamp, groups[name].stamp, forks)
    ]


def _missed(deletion: Stamp, edit: Stamp, forks: Forks) -> bool:
    return after_fork(edit, forks) or not (deletion.covers(edit) or edit.covers(deletion))


def conflict_fault(columns: Mapping[str, object], stamp: Stamp) -> str | None:
    """Say what is wrong with a row of table `conflict`, or None; `stamp` is that of its group `head`."""
    if columns["kind"] not in TRAVELLING_KINDS:
        return "a kind that does not travel"
    gen, _, dot = str(columns["lose_stamp"]).partition(".")
    if stamp.gen != 0 or dot != stamp.dot or not _is_gen(gen):
        return "lose_stamp is not that of the row"
    value = columns["lose_value"]
    if value is None:
        return None
    cell = Cell(str(columns["tbl"]), str(columns["pk"]), str(columns["grp"]))
    if conflict_id(cell, dot, str(value)) != columns["id"]:
        return "wrong id"
    return _lost_value_fault(str(value))


def _is_gen(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10 and str(int(text)) == text and int(text) < 2**31


def _lost_value_fault(text: str) -> str | None:
    try:
        columns = load_text(text)
    except CanonicalError:
        return "lose_value is no cell value"
    return None if isinstance(columns, dict) and texts_clean(columns) else "lose_value is no cell value"


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A whole row after a merge: the value of each group (None where neither side ever had it) and the conflicts."""

    values: dict[str, Value | None]
    conflicts: list[Conflict]


def merge_row(
    table: str,
    key: str,
    one: Mapping[str, Value | None],
    other: Mapping[str, Value | None],
    forks: Forks = NO_FORKS,
) -> MergedRow:
    """Merge two states of a row, group by group, then deletion against edits; an erased row is nulled, no conflicts.

    This is the oracle that services' set-wise merge is compared with.
    """
    values: dict[str, Value | None] = {}
    conflicts: list[Conflict] = []
    for group in sorted(one.keys() | other.keys()):
        left, right = one.get(group), other.get(group)
        if left is None or right is None:
            values[group] = left or right
            continue
        merged = merge(Cell(table, key, group), left, right, forks)
        values[group] = merged.value
        conflicts += [merged.conflict] if merged.conflict else []
    deletion = values.get(DELETED)
    had = {group: value for group, value in values.items() if value is not None}
    if deletion is not None and deletion.erased:
        return MergedRow({group: value and _nulled(group, value) for group, value in values.items()}, [])
    if deletion is not None:
        found = edits_under_deletion(table, key, deletion, had, forks)
        known = {conflict.id for conflict in conflicts}
        conflicts += [conflict for conflict in found if conflict.id not in known]
    return MergedRow(values, conflicts)


def _nulled(group: str, value: Value) -> Value:
    columns = load_text(value.text)
    if group == DELETED or not isinstance(columns, dict):
        return value
    return Value(value.stamp, cell_value(dict.fromkeys(columns)))
