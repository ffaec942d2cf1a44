"""What people type for a day, a time or a number, read as they mean it; pure, so that fields and grids share it."""

import re
from datetime import date, time, timedelta

from desktop.core.text import narrow

_WORDS = {
    "今": 0, "今天": 0, "jt": 0, "昨": -1, "昨天": -1, "zt": -1, "前天": -2, "qt": -2, "明": 1, "明天": 1, "后天": 2,
}  # fmt: skip
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})日?")
_MONTH = re.compile(r"\d{4}[-./年]\d{1,2}月?")
_DIGITS = re.compile(r"\d{8}|\d{3,4}")
_TIME = re.compile(r"(\d{1,2})(?:[:.点时](\d{1,2})?分?)?")


def parse_date(text: str, today: date) -> date | None:
    """Read `1120`, `11-20`, `2026.11.20`, `20261120`, `2026年11月20日`, `昨天` or `今`; None where it is no day.

    A day without a year is this year's.
    """
    typed = narrow(text)
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    if re.fullmatch(r"\d{8}", typed):
        return _day(int(typed[:4]), int(typed[4:6]), int(typed[6:]))
    if re.fullmatch(r"\d{3,4}", typed):
        return _day(today.year, int(typed[:-2]), int(typed[-2:]))
    if found := _FULL.fullmatch(typed):
        return _day(*(int(part) for part in found.groups()))
    if found := _SHORT.fullmatch(typed):
        return _day(today.year, *(int(part) for part in found.groups()))
    return None


def looks_like_day(text: str) -> bool:
    """Tell whether a text is written as a date is, though there may be no such day (`2026-02-30`, `1960年13月`)."""
    typed = narrow(text)
    return any(shape.fullmatch(typed) for shape in (_FULL, _SHORT, _MONTH, _DIGITS))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """Read `1430`, `930`, `14:30`, `14点30` or `9`; None where it is no time."""
    typed = narrow(text)
    if re.fullmatch(r"\d{3,4}", typed):
        hour, minute = int(typed[:-2]), int(typed[-2:])
    elif found := _TIME.fullmatch(typed):
        hour, minute = int(found[1]), int(found[2] or 0)
    else:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_number(text: str) -> int | None:
    """Read a whole number, full-width or with thousands marks; None where it is none."""
    typed = narrow(text).replace(",", "")
    return int(typed) if re.fullmatch(r"-?\d{1,12}", typed) else None


def date_text(day: date | None) -> str:
    """Write a day as fields and tables show it."""
    return day.isoformat() if day else ""


def time_text(value: time | None) -> str:
    """Write a time as fields and tables show it."""
    return f"{value:%H:%M}" if value else ""
