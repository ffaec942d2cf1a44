"""The merge against the ground truth of who had seen what (sync.md §2, invariants 1 to 6 and 18)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.sync.canonical import load_text
from desktop.sync.cells import cell_value
from desktop.sync.encodings import hlc, tick
from desktop.sync.merging import Cell, Conflict, Value, merge, merge_row
from desktop.sync.stamps import Origin, Stamp, write_deleted, write_stamp

GROUPS = ("born", "head")
REPLICAS = 3
CELL = Cell("person", "01" * 16, "head")
Row = dict[str, Value | None]


@dataclass
class Replica:
    """One copy of one row, the conflicts it knows, and its clock, which may be wrong."""

    origin: Origin
    skew: int
    row: Row = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    last: int = 0

    def write(self, group: str, columns: Mapping[str, object], now: int, *, correct: bool) -> Value:
        """Write a group as a person does."""
        self.last = tick(self.last, now + self.skew)
        stamps = {name: value.stamp for name, value in self.row.items() if value is not None}
        if group == "_deleted":
            stamp = write_deleted(stamps, self.origin, self.last, correct=correct)
        else:
            deletion = stamps.get("_deleted") if self.reason() is not None else None
            stamp = write_stamp(stamps.get(group), self.origin, self.last, deletion=deletion, correct=correct)
        written = self.row[group] = Value(stamp, cell_value(columns))
        return written

    def reason(self) -> object:
        """Give the reason of the deletion, if any."""
        value = self.row.get("_deleted")
        columns = load_text(value.text) if value else {}
        return columns.get("_deleted") if isinstance(columns, dict) else None

    def take(self, other: "Replica") -> None:
        """Merge what another copy has."""
        merged = merge_row("person", CELL.key, self.row, other.row)
        self.row = merged.values
        self.conflicts |= other.conflicts
        self.conflicts |= {conflict.id: conflict for conflict in merged.conflicts}
        self.last = max(self.last, other.last)


@dataclass
class Truth:
    """Each write with everything of its cell that its author had before the eyes, transitively."""

    seen: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    eyes: dict[tuple[int, str], set[str]] = field(default_factory=dict)

    def wrote(self, replica: int, group: str, value: Value) -> None:
        """Note a write and what its author had before the eyes."""
        eyes = self.eyes.setdefault((replica, group), set())
        self.seen[group, value.stamp.dot] = set(eyes)
        self.texts[value.stamp.dot] = (group, value.text)
        eyes.add(value.stamp.dot)

    def met(self, reader: int, sender: int) -> None:
        """Note that one copy was merged into another."""
        for group in (*GROUPS, "_deleted"):
            self.eyes.setdefault((reader, group), set()).update(self.eyes.get((sender, group), set()))

    def maximal(self, group: str) -> set[str]:
        """Writes that nobody replaced; who replaced a value has also replaced the equal one of somebody else."""
        dots = {dot for found, dot in self.seen if found == group}
        replaced = set().union(*(self.seen[group, dot] for dot in dots))
        texts = {self.texts[dot] for dot in replaced}
        return {dot for dot in dots if self.texts[dot] not in texts}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, REPLICAS - 1), st.sampled_from(GROUPS), st.sampled_from("甲乙丙")),
        st.tuples(
            st.just("delete"), st.integers(0, REPLICAS - 1), st.just("_deleted"), st.sampled_from(["重复", None])
        ),
        st.tuples(st.just("send"), st.integers(0, REPLICAS - 1), st.just(""), st.integers(0, REPLICAS - 1)),
    ),
    max_size=25,
)


def run(steps: list[tuple[str, int, str, object]], skews: list[int]) -> tuple[list[Replica], Truth]:
    replicas = [Replica(Origin(bytes([n]) * 16, bytes([n]) * 8), skews[n]) for n in range(REPLICAS)]
    truth = Truth()
    for now, (verb, actor, group, what) in enumerate(steps, start=1_000_000):
        if verb == "send":
            other = int(str(what))
            replicas[other].take(replicas[actor])
            truth.met(other, actor)
            continue
        columns = {group: None if what is None else f"{what}{now}"}
        value = replicas[actor].write(group, columns, now, correct=actor == 0 and now % 3 == 0)
        truth.wrote(actor, group, value)
    return replicas, truth


def exchange(replicas: list[Replica]) -> None:
    for _ in range(2):
        for reader in replicas:
            for sender in replicas:
                reader.take(sender)


@settings(max_examples=400, deadline=None)
@given(STEPS, st.lists(st.integers(-50, 50), min_size=REPLICAS, max_size=REPLICAS))
def test_after_full_exchange_all_are_equal_and_no_write_is_lost_without_a_record(
    steps: list[tuple[str, int, str, object]], skews: list[int]
) -> None:
    replicas, truth = run(steps, skews)
    exchange(replicas)
    first = replicas[0]
    for other in replicas[1:]:
        assert other.row == first.row
        assert other.conflicts == first.conflicts
    kept = {(conflict.cell.group, conflict.loser.text) for conflict in first.conflicts.values()}
    for group in (*GROUPS, "_deleted"):
        value = first.row.get(group)
        for dot in truth.maximal(group):
            text = truth.texts[dot][1]
            assert (value is not None and value.text == text) or (group, text) in kept


@settings(max_examples=400, deadline=None)
@given(STEPS, st.lists(st.integers(-50, 50), min_size=REPLICAS, max_size=REPLICAS))
def test_a_deletion_that_met_an_edit_unseen_is_on_record(
    steps: list[tuple[str, int, str, object]], skews: list[int]
) -> None:
    replicas, _ = run(steps, skews)
    exchange(replicas)
    first = replicas[0]
    deletion = first.row.get("_deleted")
    if deletion is None or first.reason() is None:
        return
    unseen = [
        (group, value)
        for group in GROUPS
        if (value := first.row.get(group)) is not None
        and not deletion.stamp.covers(value.stamp)
        and not value.stamp.covers(deletion.stamp)
    ]
    kept = {(conflict.cell.group, conflict.loser.text) for conflict in first.conflicts.values()}
    assert {(group, value.text) for group, value in unseen} <= kept


ORIGINS = [Origin(bytes([n]) * 16, bytes([n]) * 8) for n in range(3)]


@st.composite
def values(draw: st.DrawFn) -> Value:
    origin = draw(st.sampled_from(ORIGINS))
    clock = draw(st.integers(1, 6))
    hist = {other: draw(st.integers(1, 6)) for other in draw(st.sets(st.sampled_from(ORIGINS))) if other != origin}
    stamp = Stamp(draw(st.integers(0, 2)), clock, origin, tuple(sorted(hist.items())))
    return Value(stamp, cell_value({"name": draw(st.sampled_from("甲乙丙"))}))


@settings(max_examples=600, deadline=None)
@given(st.lists(values(), min_size=2, max_size=4), st.dictionaries(st.sampled_from(ORIGINS), st.integers(1, 6)))
def test_any_order_gives_one_value_and_one_history(found: list[Value], forks: dict[Origin, int]) -> None:
    outcomes = set()
    for order in permutations(found):
        value, *rest = order
        for other in rest:
            value = merge(CELL, value, other, forks).value
        outcomes.add(value)
    assert len(outcomes) == 1


@settings(max_examples=400, deadline=None)
@given(values(), values(), st.dictionaries(st.sampled_from(ORIGINS), st.integers(1, 6)))
def test_merging_is_commutative_idempotent_and_never_goes_down(
    one: Value, other: Value, forks: dict[Origin, int]
) -> None:
    merged = merge(CELL, one, other, forks)
    assert merge(CELL, other, one, forks) == merged
    assert merge(CELL, merged.value, one, forks).value == merged.value
    assert merge(CELL, merged.value, merged.value, forks).conflict is None
    assert merged.value.stamp.order == max(one.stamp.order, other.stamp.order)


@settings(max_examples=200, deadline=None)
@given(values(), st.sampled_from(ORIGINS))
def test_a_write_made_after_seeing_a_value_never_conflicts_with_it(old: Value, origin: Origin) -> None:
    later = Value(write_stamp(old.stamp, origin, hlc(1)), cell_value({"name": "丁"}))
    merged = merge(CELL, old, later)
    assert merged.conflict is None
    assert merged.value.text == later.text


def test_an_erased_row_is_nulled_whatever_arrives_later_and_leaves_no_conflict() -> None:
    edit = Value(Stamp(5, 9, ORIGINS[1]), cell_value({"name": "甲"}))
    erased = Value(Stamp(0, 1, ORIGINS[0]), cell_value({"_deleted": "erased"}))
    merged = merge_row("person", CELL.key, {"_deleted": erased, "head": None}, {"_deleted": None, "head": edit})
    assert merged.values == {"_deleted": erased, "head": Value(edit.stamp, cell_value({"name": None}))}
    assert merged.conflicts == []


def test_no_conflict_is_recorded_about_a_conflict() -> None:
    cell = Cell("conflict", CELL.key, "resolution")
    one = Value(Stamp(0, 1, ORIGINS[0]), cell_value({"state": "kept"}))
    other = Value(Stamp(0, 2, ORIGINS[1]), cell_value({"state": "other"}))
    assert merge(cell, one, other).conflict is None
