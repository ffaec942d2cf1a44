"""Makes a demo workspace: the small town with its faults, or the big profiles that benchmarks run on."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from desktop.core import ids
from desktop.core.clock import FixedClock
from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.demo import bulk, showcase, small, town
from desktop.demo.gatherings import ON
from desktop.demo.minutes import COLUMNS, Book
from desktop.demo.plan import Plan, Planted, Row
from desktop.security.slots import FLOOR
from desktop.services import accounts, branches, loading, workspaces
from desktop.services.sessions import Role, Session

PASSWORD = "doudi-demo"  # noqa: S105 - it lies open beside every demo
CODE = "329901001"
BEGUN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # the Friday on which the town took the program up
ACCOUNTS = (("gly", "管理员"), ("gs", "干事 高珊"), ("sj", "书记 施静"), ("cy", "查阅 曹颖"))
PROFILES = ("small", "township", "roster")
_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("登记村（社区）和党组织", ("place", "office", "branch", "party_group", "term")),
    ("登记党员和其他人员", ("person", "post")),
    ("登记社会组织、管理渠道和指导员", ("organisation", "management", "joint_unit", "instructor")),
    ("登记组织关系", ("membership",)),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A demo workspace as it was made: its password, its day, and every finding that `check` must give."""

    password: str
    on: str
    planted: tuple[Planted, ...]


@dataclass(slots=True)
class _Maker:
    """What the steps of making share: the session, its clock, the plan and whom to tell of progress."""

    session: Session
    clock: FixedClock
    plan: Plan
    progress: Progress

    def load(self, label: str, rows: Sequence[loading.Rows], hours: float = 0.5) -> None:
        """Load rows as one unit, some time after the one before."""
        self.clock.instant += timedelta(hours=hours)
        loading.load(self.session, label=label, rows=rows, progress=self.progress)


def make(
    folder: Path, *, profile: str = "small", seed: int = 1, encrypted: bool = True, progress: Progress | None = None
) -> Made:
    """Make a demo workspace in a folder that is absent or empty; what depends on `seed` is the same each time.

    Profiles: `small` (the town), `township` (300 branches, 65,000 meetings over five years), `roster` (100,000 people).
    A folder that is not empty is a UserError; a demo that is not finished leaves nothing behind.
    """
    if profile not in PROFILES:
        raise UserError("没有建立示例。", f"没有“{profile}”这种示例。", f"请选 {'、'.join(PROFILES)}。", "bad-profile")
    clock = FixedClock(BEGUN)
    new_id = ids.seeded_ids(seed, BEGUN - timedelta(days=1))
    created = workspaces.create(
        folder, kind="township", org_code=CODE, org_name=f"{town.TOWN}党工委", password=PASSWORD, clock=clock,
        encrypted=encrypted, cost=FLOOR, new_id=new_id,
    )  # fmt: skip
    maker = _Maker(created.session, clock, Plan(Random(seed), new_id), progress or Progress())
    try:
        planted = _fill(maker, profile)
        note = workspaces.Demo(PASSWORD, ON.isoformat(), ACCOUNTS)
        workspaces.mark_demo(folder, note)
    except BaseException:
        workspaces.close(created.session.workspace)
        _sweep(folder)
        raise
    workspaces.close(created.session.workspace)
    return Made(PASSWORD, ON.isoformat(), planted)


def _sweep(folder: Path) -> None:
    """Take away what was made of a demo: the folder was empty before."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _fill(maker: _Maker, profile: str) -> tuple[Planted, ...]:
    session, plan = maker.session, maker.plan
    workspaces.begin_root(session)
    root = branches.root(session)
    if root is None:
        raise LookupError("a township begins with its root")
    places = _fill_small(maker, root) if profile == "small" else None
    sj = places.own if places is not None else _fill_big(maker, bulk.PROFILES[profile](plan, root))
    scopes = {"gs": (Role.CLERK, None), "sj": (Role.SECRETARY, sj), "cy": (Role.READER, None)}
    for name, title in ACCOUNTS[1:]:
        role, branch = scopes[name]
        accounts.add_account(session, name=name, title=title, role=role, password=PASSWORD, branch=branch, cost=FLOOR)
    if places is not None:
        showcase.show(session, maker.clock, places)
    return tuple(sorted(plan.planted, key=lambda row: (row.rule, row.subject, row.period or "")))


def _fill_small(maker: _Maker, root: bytes) -> showcase.Places:
    found, book = small.build(maker.plan, root)
    plan = maker.plan
    for label, tables in _STEPS:
        maker.load(label, rows_of(plan.take(tables)))
    for year, part in _years(book):
        maker.load(f"补录 {year} 年的会议记录", part)
    maker.load("说明 2 条检查结果", rows_of(plan.take(("remark",))))
    maker.load("登记台账", rows_of(plan.take(list(plan.tables))))
    own, archived, passed = (found.branches[note] for note in ("sj", "no committee", "plain"))
    return showcase.Places(own.id, own.groups[0].id, archived.id, passed.id)


def _fill_big(maker: _Maker, parts: Iterator[bulk.Part]) -> bytes:
    first = b""
    for part in parts:
        first = first or part.branch
        maker.load(part.label, [*rows_of(maker.plan.take(list(maker.plan.tables))), *meeting_rows(part.book)], 0.01)
    return first


def rows_of(tables: dict[str, list[Row]]) -> list[loading.Rows]:
    """Give planned records as rows to be loaded; a column that a record does not name is empty."""
    found = []
    for table, records in tables.items():
        columns = tuple(dict.fromkeys(name for record in records for name in record))
        found.append(loading.Rows(table, columns, [tuple(record.get(name) for name in columns) for record in records]))
    return found


def meeting_rows(book: Book) -> list[loading.Rows]:
    """Give the records of meetings, and their parts, as rows to be loaded."""
    return [loading.Rows(table, COLUMNS[table], rows) for table, rows in book.rows.items()]


def _years(book: Book) -> Iterator[tuple[str, list[loading.Rows]]]:
    """Cut a book by the year of its meetings."""
    at = COLUMNS["meeting"].index("held_on")
    year_of: dict[Any, str] = {row[0]: row[at][:4] for row in book.rows["meeting"]}
    key: Callable[[tuple[Any, ...]], str] = lambda row: year_of[row[0]]  # noqa: E731 - typed in place
    for year in sorted(set(year_of.values())):
        yield (
            year,
            [
                loading.Rows(table, COLUMNS[table], [row for row in rows if key(row) == year])
                for table, rows in book.rows.items()
            ],
        )
