"""How far organisation life has come: what was owed, held in time and made up (domain.md §11.7).

The denominator of a running quarter is what has begun: its months up to the present one, and its quarterly duties.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.core.calendar import Period, period_of, periods_between
from desktop.rules.cadence import Owed
from desktop.rules.facts import Branch

# 三会一课: members' meetings, committee meetings, group meetings and lectures; a theme day is none of them.
THREE_AND_ONE = frozenset({"MTG-01", "MTG-02", "MTG-03", "MTG-04"})


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of gatherings: owed, held in their period, made up later."""

    due: int = 0
    on_time: int = 0
    made_up: int = 0

    @property
    def held(self) -> int:
        """Held at all, in time or later."""
        return self.on_time + self.made_up

    @property
    def share(self) -> int | None:
        """The whole per cent of what was owed that was held, rounded down; None where nothing was owed."""
        return 100 * self.held // self.due if self.due else None


@dataclass(frozen=True, slots=True)
class MonthTally:
    """The tally of the duties that fall due in one month; a quarterly one does in its quarter's last."""

    month: Period
    tally: Tally


@dataclass(frozen=True, slots=True)
class BranchTally:
    """The tally of one branch with its Party groups."""

    branch: Branch
    tally: Tally


def tally(rows: Iterable[Owed]) -> Tally:
    """Add up what is owed; more gatherings than are owed count as the owed ones."""
    due = on_time = made_up = 0
    for row in rows:
        in_time = min(row.held, row.times)
        due += row.times
        on_time += in_time
        made_up += min(row.made_up, row.times - in_time)
    return Tally(due, on_time, made_up)


def of_quarter(rows: Iterable[Owed], quarter: Period) -> list[Owed]:
    """Give the 三会一课 of one quarter."""
    return [row for row in rows if _counts(row) and quarter.start <= row.period.start <= quarter.end]


def of_months(rows: Iterable[Owed], on: date) -> list[MonthTally]:
    """Give the 三会一课 of each month of the year up to the present one, by the month in which they fall due."""
    by_month: dict[date, list[Owed]] = {}
    for row in rows:
        if _counts(row):
            by_month.setdefault(row.period.end, []).append(row)
    months = periods_between(date(on.year, 1, 1), on, "M")
    return [MonthTally(month, tally(by_month.get(month.end, []))) for month in months]


def of_branches(rows: Iterable[Owed]) -> list[BranchTally]:
    """Give the branches that have not held all they owe, the least complete first, then the most that is missing."""
    by_branch: dict[str, list[Owed]] = {}
    for row in rows:
        by_branch.setdefault(row.branch.id, []).append(row)
    found = [BranchTally(own[0].branch, tally(own)) for own in by_branch.values()]
    return sorted((row for row in found if row.tally.held < row.tally.due), key=_urgency)


def last_quarter(on: date) -> Period:
    """Give the quarter before the one of a day."""
    this = period_of(on, "Q")
    return period_of(date.fromordinal(this.start.toordinal() - 1), "Q")


def _counts(row: Owed) -> bool:
    return row.duty.rule_id in THREE_AND_ONE


def _urgency(row: BranchTally) -> tuple[float, int, str]:
    return row.tally.held / row.tally.due, row.tally.held - row.tally.due, row.branch.code
