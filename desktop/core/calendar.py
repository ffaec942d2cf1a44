"""Calendar arithmetic of the rules (domain.md §0.2): dates of known precision, months, periods.

A date is ISO text: `1985`, `1985-06` or `1985-06-03`. It is compared by its last day.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Cadence = Literal["M", "Q", "H", "Y"]
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS_IN: dict[Cadence, int] = {"M": 1, "Q": 3, "H": 6, "Y": 12}


def is_date_text(text: str) -> bool:
    """Tell whether `text` is a real date of any of the three precisions."""
    try:
        last_day(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8192)  # a check asks for the same few thousand dates hundreds of thousands of times
def last_day(text: str) -> date:
    """Give the last day that a date of known precision may mean; a ValueError where it is no date."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None:
        raise ValueError(text)
    month_number = 12 if month is None else month
    if not 1 <= month_number <= 12:
        raise ValueError(text)
    return date(year, month_number, monthrange(year, month_number)[1] if day is None else day)


def full_day(text: str | None) -> date | None:
    """Give the day where the text is precise to the day, else None (a rule then "cannot be judged, because")."""
    return date.fromisoformat(text) if text is not None and len(text) == 10 else None


def add_months(day: date, months: int) -> date:
    """Give the same day `months` later (or earlier); where it is absent, the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Give the same day `years` later; 29 February becomes 28 February."""
    return add_months(day, 12 * years)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter, half-year or year; both ends are included."""

    start: date
    end: date
    cadence: Cadence

    def __str__(self) -> str:
        """Write `2026-07`, `2026Q3`, `2026H2` or `2026`."""
        year, month = self.start.year, self.start.month
        match self.cadence:
            case "M":
                return f"{year}-{month:02d}"
            case "Q":
                return f"{year}Q{(month + 2) // 3}"
            case "H":
                return f"{year}H{1 if month == 1 else 2}"
            case "Y":
                return str(year)

    def words(self) -> str:
        """Write the period as a clerk says it: `2026年7月`, `2026年第三季度`, `2026年上半年`, `2026年`."""
        year, month = self.start.year, self.start.month
        match self.cadence:
            case "M":
                return f"{year}年{month}月"
            case "Q":
                return f"{year}年第{'一二三四'[(month - 1) // 3]}季度"
            case "H":
                return f"{year}年{'上' if month == 1 else '下'}半年"
            case "Y":
                return f"{year}年"

    def next(self) -> "Period":
        """Give the period after this one."""
        return period_of(self.end + timedelta(days=1), self.cadence)


def period_of(day: date, cadence: Cadence) -> Period:
    """Give the period that holds `day`."""
    months = _MONTHS_IN[cadence]
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    return Period(start, add_months(start, months) - timedelta(days=1), cadence)


def periods_between(first: date, last: date, cadence: Cadence) -> list[Period]:
    """Give the periods from the one that holds `first` to the one that holds `last`."""
    found = []
    period = period_of(first, cadence)
    while period.start <= last:
        found.append(period)
        period = period.next()
    return found


def first_full_period(founded: date, cadence: Cadence) -> Period:
    """Give the first period that a branch owes: the one that starts on or after the day it was founded."""
    period = period_of(founded, cadence)
    return period if period.start == founded else period.next()


def chinese_date(day: date) -> str:
    """Write `2026年11月23日`, as official papers do (no zero before a single digit)."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_words(text: str | None) -> str:
    """Write a date of known precision in Chinese: `1985年`, `1985年6月`, `1985年6月3日`; empty for none."""
    if not text:
        return ""
    parts = [int(part) for part in text.split("-")]
    return "".join(f"{number}{unit}" for number, unit in zip(parts, "年月日", strict=False))
