"""Packages in any order leave the same values, those that the pure merge of `sync` makes of the same packages.

Which conflicts one reader notes depends on the states that met (decision 0024); orders may differ in overtaken losers.
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from desktop.core.tables import DELETED
from desktop.models.registry import SPECS
from desktop.services import workspaces
from desktop.services.exchange import exporting, importing, staging
from desktop.services.exchange.origins import Origins, stamps_of
from desktop.services.exchange.row_values import read_rows
from desktop.services.sessions import Session
from desktop.sync.merging import Conflict, MergedRow, Value, merge_row
from desktop.sync.opening import open_package
from desktop.sync.payload_reader import TableStart
from desktop.sync.rows import Row, cells_of
from desktop.sync.stamps import Stamp
from desktop.sync.tables import table_line
from tests.exchange.exchange_world import COUNTY, TOWNSHIP, add, edit, open_pair, rows
from tests.support.places import reopen

COLUMNS = ("phone", "workplace", "remark")
NOW_MS = 4_000_000_000_000
Cells = dict[str, tuple[Stamp, str] | None]


def history(folder: Path, moves: Sequence[tuple[int, int, int, bool]]) -> list[Path]:
    """Let two laptops of a township write about the same people, unseen by each other; give all their packages."""
    pair = open_pair(folder, second=True)
    assert pair.second is not None
    try:
        people = [add(pair.township, "person", name=f"王伟{at}") for at in range(3)]
        files = [pair.up().files[0]]
        importing.apply(pair.county, file=files[0])
        importing.apply(pair.second, file=exporting.export(pair.county, to=TOWNSHIP, out=pair.stick).files[0])
        desks = (pair.township, pair.second)
        for number, (at, person, column, sends) in enumerate(moves):
            if column == len(COLUMNS):
                edit(desks[at], "person", people[person], deleted=f"重复{number}")
            else:
                edit(desks[at], "person", people[person], **{COLUMNS[column]: f"第{number}次"})
            if sends:
                files.append(exporting.export(desks[at], to=COUNTY, out=pair.stick).files[0])
        return files + [exporting.export(desk, to=COUNTY, out=pair.stick).files[0] for desk in desks]
    finally:
        pair.close()


@dataclass
class Fold:
    """What the pure merge makes of packages in an order: cells, conflicts by id, and every write that it met."""

    cells: dict[str, Cells]
    conflicts: dict[str, Conflict]
    met: dict[tuple[str, str], list[Stamp]]

    def overtaken(self, conflict: Conflict) -> bool:
        """Tell whether somebody wrote the cell, or deleted its row, who had seen the loser."""
        cell, loser = conflict.cell, conflict.loser.stamp
        later = self.met[cell.key, cell.group] + self.met.get((cell.key, DELETED), [])
        return any(stamp.covers(loser) and stamp.dot != loser.dot for stamp in later)


def oracle(county: Session, files: Sequence[Path]) -> Fold:
    """Fold the persons of all packages with the pure merge."""
    merged: dict[str, dict[str, Value | None]] = {}
    conflicts: dict[str, Conflict] = {}
    met: dict[tuple[str, str], list[Stamp]] = {}
    for file in files:
        package = open_package(file, staging.reader(county.workspace))
        line = None
        for item in package.items(now_ms=NOW_MS, applied=lambda _header: 0):
            if isinstance(item, TableStart):
                line = item.table if item.table.name == "person" else None
            elif isinstance(item, Row) and line is not None:
                texts = cells_of(line, item.columns(line))
                theirs = {group: Value(stamp, texts[group]) for group, stamp in item.stamps(line).items() if stamp}
                for group, value in theirs.items():
                    met.setdefault((item.key, group), []).append(value.stamp)
                now: MergedRow = merge_row("person", item.key, merged.get(item.key, {}), theirs)
                merged[item.key] = now.values
                conflicts |= {conflict.id: conflict for conflict in now.conflicts}
    cells: dict[str, Cells] = {
        key: {group: (value.stamp, value.text) if value else None for group, value in row.items()}
        for key, row in merged.items()
    }
    return Fold(cells, conflicts, met)


def stands(session: Session) -> tuple[dict[str, Cells], set[str]]:
    """Give every cell of the persons of a workspace, and the ids of its conflicts."""
    db, spec = session.db, SPECS["person"]
    keys = [row[0].hex() for row in db.rows("SELECT id FROM person ORDER BY id")]
    values = read_rows(db, spec, keys)
    stamps = stamps_of(db, Origins(db), spec, session.workspace.tables["person"], keys)
    cells: dict[str, Cells] = {}
    for key in keys:
        texts = cells_of(table_line(spec), values[key])
        cells[key] = {group: (stamp, texts[group]) if stamp else None for group, stamp in stamps[key].items()}
    return cells, {row[0].hex() for row in db.rows("SELECT id FROM conflict")}


def in_order(folder: Path, name: str, files: Sequence[Path]) -> Session:
    """Apply packages in an order to a copy of the county as it began."""
    shutil.copytree(folder / "county-before", folder / name)
    session = reopen(folder / name)
    for file in files:
        importing.apply(session, file=file)
    return session


def compare(folder: Path, moves: Sequence[tuple[int, int, int, bool]], order: Sequence[int]) -> None:
    template = open_pair(folder / "template")
    template.close()
    shutil.copytree(folder / "template" / "county", folder / "county-before")
    files = history(folder / "pair", moves)
    shuffled = [file for _, file in sorted(zip(order, files, strict=False), key=lambda pair: pair[0])]
    shuffled += [file for file in files if file not in shuffled]
    one, other = in_order(folder, "one", files), in_order(folder, "other", [*shuffled, shuffled[0]])
    try:
        assert {**rows(one), "conflict": []} == {**rows(other), "conflict": []}
        first, second = oracle(one, files), oracle(other, shuffled)
        assert stands(one) == (first.cells, set(first.conflicts))
        assert stands(other) == (second.cells, set(second.conflicts))
        assert first.cells == second.cells
        for key in first.conflicts.keys() ^ second.conflicts.keys():
            assert first.overtaken((first.conflicts | second.conflicts)[key])
    finally:
        for session in (one, other):
            workspaces.close(session.workspace)


_moves = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 3), st.booleans()), max_size=10)
_order = st.permutations(range(13))
_SETTINGS = settings(
    deadline=None, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


def _try(moves: Sequence[tuple[int, int, int, bool]], order: Sequence[int]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="doudi-orders-"))
    try:
        compare(folder, moves, order)
    finally:
        shutil.rmtree(folder)


@settings(_SETTINGS, max_examples=2)
@given(moves=_moves, order=_order)
@example(moves=[(0, 0, 0, True), (1, 0, 0, True), (0, 0, 3, False), (1, 0, 1, True)], order=[5, 0, 4, 1, 3, 2])
@example(moves=[(0, 0, 0, True), (0, 0, 3, False), (1, 0, 3, True)], order=[1, 0, 4, 3, 2])
def test_packages_in_any_order_leave_what_the_pure_merge_makes_of_them(
    moves: list[tuple[int, int, int, bool]], order: list[int]
) -> None:
    _try(moves, order)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(_SETTINGS, max_examples=300)
@given(moves=_moves, order=_order)
def test_packages_in_any_order_leave_what_the_pure_merge_makes_over_long_runs(
    moves: list[tuple[int, int, int, bool]], order: list[int]
) -> None:
    _try(moves, order)
