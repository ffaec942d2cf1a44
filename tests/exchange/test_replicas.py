"""Three replicas with real files, random histories: they converge, and no write is lost without a record."""

import itertools
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.services.exchange import exporting, importing
from desktop.services.sessions import Session
from tests.exchange.exchange_world import COUNTY, TOWNSHIP, add, edit, open_pair, rows

if TYPE_CHECKING:
    from collections.abc import Callable

Cell = tuple[bytes, str]
COLUMNS = ("phone", "workplace", "remark")


@dataclass
class Replica:
    """One laptop, and which writes (numbers) its present knowledge of each cell contains: the ground truth."""

    session: Session
    to: str
    seen: dict[Cell, set[int]] = field(default_factory=dict)


@dataclass
class Stick:
    """A package on its way, with what its sender knew when it was written."""

    file: Path
    sender: int
    seen: dict[Cell, set[int]]


class World:
    """Laptops A and B of one township, and C of the county; all packages go by C."""

    def __init__(self, folder: Path) -> None:
        self.pair = open_pair(folder, second=True)
        assert self.pair.second is not None
        self.replicas = [
            Replica(self.pair.township, COUNTY),
            Replica(self.pair.second, COUNTY),
            Replica(self.pair.county, TOWNSHIP),
        ]
        self.people: list[bytes] = []
        self.sticks: list[Stick] = []
        self.numbers = itertools.count(1)
        self.writes: dict[int, tuple[Cell, str]] = {}
        self.covered: set[int] = set()

    def write(self, at: int, person: int, column: int) -> None:
        """Change one cell at one laptop, and note which writes this one has seen."""
        replica = self.replicas[at]
        key = self.people[person % len(self.people)]
        if replica.session.db.one("SELECT 1 FROM person WHERE id = ?", (key,)) is None:
            return
        number, name = next(self.numbers), COLUMNS[column % len(COLUMNS)]
        edit(replica.session, "person", key, **{name: f"第{number}次"})
        known = replica.seen.setdefault((key, name), set())
        self.covered |= known
        known.add(number)
        self.writes[number] = ((key, name), f"第{number}次")

    def send(self, at: int) -> None:
        """Write a package."""
        replica = self.replicas[at]
        made = exporting.export(replica.session, to=replica.to, out=self.pair.stick)
        self.sticks.append(Stick(made.files[0], at, {cell: set(found) for cell, found in replica.seen.items()}))

    def deliver(self, which: int, to: int) -> None:
        """Apply a package that lies on the stick: again, late or out of turn as it comes."""
        if not self.sticks:
            return
        stick = self.sticks[which % len(self.sticks)]
        reader = self.replicas[2 if stick.sender != 2 else to % 2]
        importing.apply(reader.session, file=stick.file)
        for cell, found in stick.seen.items():
            reader.seen.setdefault(cell, set()).update(found)

    def settle(self) -> None:
        """Exchange until everybody has everything."""
        for _ in range(2):
            for at, targets in ((0, (0,)), (1, (0,)), (2, (0, 1))):
                self.send(at)
                for to in targets:
                    self.deliver(len(self.sticks) - 1, to)

    def state(self, at: int) -> dict[str, str]:
        """Give the state hashes that laptop `at` shares with its partner."""
        return exporting.state(self.replicas[at].session, to=self.replicas[at].to)


@pytest.fixture(scope="module")
def start() -> Path:
    """Give the folder of a world that is copied for each history."""
    return Path(tempfile.mkdtemp(prefix="doudi-worlds-"))


_moves = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 2), st.integers(0, 3), st.integers(0, 2)),
        st.tuples(st.just("delete"), st.integers(0, 2), st.integers(0, 3)),
        st.tuples(st.just("send"), st.integers(0, 2)),
        st.tuples(st.just("deliver"), st.integers(0, 9), st.integers(0, 1)),
    ),
    max_size=14,
)


def walk(folder: Path, moves: list[tuple[object, ...]]) -> None:
    world = World(folder)
    try:
        world.people = [add(world.replicas[0].session, "person", name=f"王伟{at}") for at in range(4)]
        world.settle()
        deeds: dict[str, Callable[..., None]] = {"write": world.write, "send": world.send, "deliver": world.deliver}
        for name, *arguments in moves:
            if name == "delete":
                at, person = (int(str(one)) for one in arguments)
                edit(world.replicas[at].session, "person", world.people[person], deleted="重复")
            else:
                deeds[str(name)](*arguments)
        world.settle()
        _check(world)
    finally:
        world.pair.close()


def _check(world: World) -> None:
    shown = [rows(replica.session) for replica in world.replicas]
    assert shown[0] == shown[1] == shown[2]
    assert world.state(0) == world.state(1) == world.state(2)
    county = world.replicas[2].session
    lost = "".join(str(row[0]) for row in county.db.rows("SELECT lose_value FROM conflict"))
    for number, ((key, column), text) in world.writes.items():
        if number in world.covered:
            continue
        (now,) = county.db.one(f"SELECT {column} FROM person WHERE id = ?", (key,)) or (None,)
        assert now == text or f'"{text}"' in lost
    file = world.sticks[-1].file
    again = importing.apply(world.replicas[0].session, file=file)
    assert (again.new, again.changed, again.deleted, again.conflicts) == (0, 0, 0, 0)
    assert rows(world.replicas[0].session) == shown[0]


_SETTINGS = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    phases=(Phase.generate, Phase.shrink),
)


@settings(_SETTINGS, max_examples=4)
@given(moves=_moves)
def test_replicas_converge_and_no_write_is_lost_without_a_record(start: Path, moves: list[tuple[object, ...]]) -> None:
    folder = Path(tempfile.mkdtemp(dir=start))
    try:
        walk(folder, moves)
    finally:
        shutil.rmtree(folder)


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(_SETTINGS, max_examples=400)
@given(moves=_moves)
def test_replicas_converge_over_long_runs(start: Path, moves: list[tuple[object, ...]]) -> None:
    folder = Path(tempfile.mkdtemp(dir=start))
    try:
        walk(folder, moves)
    finally:
        shutil.rmtree(folder)
