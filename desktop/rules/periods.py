"""Dates and intervals as the rules read them (domain.md §0.2): known precision, both ends included."""

from datetime import date
from functools import lru_cache

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


def begun_periods(cadence: Cadence, since: date, founded: date, until: date | None, on: date) -> tuple[Period, ...]:
    """Give the periods that are owed and have begun by `on`.

    The first is the first that begins on or after both `since` (the window) and `founded`; a period that ends after
    `until` (the end of the branch) is not owed.
    """
    first = max(_first(founded, cadence), _first(since, cadence))
    found = _begun(first, on, cadence)
    return found if until is None else tuple(period for period in found if period.end <= until)


@lru_cache(maxsize=4096)
def _first(day: date, cadence: Cadence) -> date:
    return first_full_period(day, cadence).start


@lru_cache(maxsize=4096)  # most branches of a township owe the same periods
def _begun(first: date, on: date, cadence: Cadence) -> tuple[Period, ...]:
    return tuple(periods_between(first, on, cadence)) if first <= on else ()


@lru_cache(maxsize=4096)
def name_of(period: Period) -> str:
    """Write a period as findings do: `2026-07`, `2026Q3`."""
    return str(period)


def period_name(text: str, cadence: Cadence) -> str | None:
    """Name the month or quarter that holds a date of known precision; None where a year alone is known.

    It reads the text and makes no date of it: a check asks for every gathering of two years.
    """
    if len(text) < len("2026-11"):
        return None
    return text[:7] if cadence == "M" else f"{text[:4]}Q{(int(text[5:7]) + 2) // 3}"


__all__ = [
    "Cadence",
    "Period",
    "active",
    "add_months",
    "begun_periods",
    "earliest_day",
    "is_exact",
    "name_of",
    "period_name",
    "period_of",
    "window_start",
]
