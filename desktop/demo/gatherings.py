"""When the branches of the demo meet: a regular year, less what is planned to be missed, with what is made up later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.calendar import Cadence, Period, period_of, periods_between
from desktop.demo.branches import Branch, Group
from desktop.demo.plan import Plan

ON = date(2026, 11, 23)
_CADENCE: dict[str, Cadence] = {
    "members": "Q", "committee": "M", "group": "M", "lecture": "Q", "theme_day": "M",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathering:
    """One gathering of a branch or a group; `makes_up` holds (kind, period), `fault` what is wrong with its record."""

    day: date
    kinds: tuple[str, ...]
    group: Group | None = None
    makes_up: tuple[str, str] | None = None
    fault: str = ""


def schedule(plan: Plan, branch: Branch, first: date, *, joined_up: bool = True) -> list[Gathering]:
    """Give the gatherings of a branch from `first` to the day of the demo, by date.

    Where `joined_up`, the members' meeting of a quarter is one gathering with the theme day of its month.
    """
    months = [month for month in periods_between(first, ON, "M") if month.start >= branch.founded]
    own_month, lecture_month = plan.rng.randrange(2), plan.rng.randrange(2)
    found: list[Gathering] = []
    for month in months:
        place = (month.start.month - 1) % 3
        quarterly = [*(["members"] if place == own_month else []), *(["lecture"] if place == lecture_month else [])]
        found += _of_month(plan, branch, month, quarterly, joined_up=joined_up)
    found += [
        Gathering(day, (kind,), makes_up=(kind, period)) for (kind, period), day in sorted(branch.late.items())
    ]
    return sorted(found, key=lambda row: (row.day, row.kinds))


def _of_month(
    plan: Plan, branch: Branch, month: Period, quarterly: list[str], *, joined_up: bool
) -> Iterator[Gathering]:
    if branch.committee:
        yield from _one(branch, _day(plan, month, 3, 8), ("committee",))
    sets = [(*quarterly, "theme_day")] if joined_up else [(kind,) for kind in (*quarterly, "theme_day")]
    for kinds in sets:
        yield from _one(branch, _day(plan, month, 11, 18), kinds)
    for number, group in enumerate(branch.groups):
        yield from _one(branch, _day(plan, month, 17, 20), ("group",), number, group)


def _one(
    branch: Branch, day: date, kinds: tuple[str, ...], number: int | None = None, group: Group | None = None
) -> Iterator[Gathering]:
    """Give the gathering without the kinds that are missed or made up later; none where nothing is left."""
    periods = {kind: str(period_of(day, _CADENCE[kind])) for kind in kinds}
    held = tuple(
        kind
        for kind in kinds
        if (kind, periods[kind], number) not in branch.missed and (kind, periods[kind]) not in branch.late
    )
    if held:
        faults = [branch.faults.get((kind, periods[kind]), "") for kind in held]
        yield Gathering(day, held, group, fault=max(faults))


def _day(plan: Plan, month: Period, least: int, most: int) -> date:
    """Draw a working day of a month between two days of it, both from 3 to 20."""
    day = month.start + timedelta(days=plan.rng.randint(least, most) - 1)
    return day if day.weekday() < 5 else day - timedelta(days=day.weekday() - 4)
