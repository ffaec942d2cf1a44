"""Dates and intervals as the rules read them (domain.md §0.2): known precision, both ends included."""

from datetime import date

from desktop.core.calendar import Cadence, Period, add_months, first_full_period, last_day, period_of, periods_between


def active(starts_on: str | None, ends_on: str | None, day: date) -> bool:
    """Tell whether an interval holds `day`; no start is since ever, no end is open."""
    return (starts_on is None or last_day(starts_on) <= day) and (ends_on is None or day <= last_day(ends_on))


def earliest_day(text: str) -> date:
    """Give the first day that a date of known precision may mean."""
    return date.fromisoformat((text + "-01-01")[:10])


def is_exact(text: str | None) -> bool:
    """Tell whether a date is precise to the day."""
    return text is not None and len(text) == len("2026-11-23")


def window_start(on: date, go_live: date | None) -> date:
    """Give the first day that a check looks at: 1 January of the year before its date, or the go-live date if later."""
    start = date(on.year - 1, 1, 1)
    return start if go_live is None else max(start, go_live)


def begun_periods(cadence: Cadence, since: date, founded: date, until: date | None, on: date) -> list[Period]:
    """Give the periods that are owed and have begun by `on`.

    The first is the first that begins on or after both `since` (the window) and `founded`; a period that ends after
    `until` (the end of the branch) is not owed.
    """
    first = max(first_full_period(founded, cadence), first_full_period(since, cadence))
    if first.start > on:
        return []
    found = periods_between(first.start, on, cadence)
    return [period for period in found if until is None or period.end <= until]


__all__ = [
    "Cadence",
    "Period",
    "active",
    "add_months",
    "begun_periods",
    "earliest_day",
    "is_exact",
    "period_of",
    "window_start",
]
