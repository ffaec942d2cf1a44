"""A day in the form of a record: what stands there is kept as it stands, a month or a year alone too (imported)."""

import re
from calendar import monthrange
from datetime import date

from desktop.core.calendar import is_date_text
from desktop.core.text import narrow
from desktop.ui.widgets.fields import DateField
from desktop.ui.widgets.typed import parse_date

_PARTS = re.compile(r"(?:(\d{4})\D)?(\d{1,2})(?:\D(\d{1,2})\D?|月)")


def impossible(text: str) -> str:
    """Say which month or day there is none of, where a date is written that no calendar has (`2026-02-30`)."""
    found = _PARTS.fullmatch(narrow(text).strip())
    if found is None:
        return ""
    year, month, day = (int(part) if part else None for part in found.groups())
    if month is None or not 1 <= month <= 12:
        return f"一年没有 {month} 月。请核对日期。"
    most = monthrange(year or 2024, month)[1]
    if day is not None and not 1 <= day <= most:
        return f"{f'{year} 年 ' if year else ''}{month} 月没有 {day} 日。请核对日期。"
    return ""


class DayField(DateField):
    """`held()` gives ISO text of a day, or the month or year alone where that is what is written."""

    def __init__(self, label: str, *, today: date, key: str = "", required: bool = False, past: bool = False) -> None:
        super().__init__(label, today=today, key=key, required=required)
        self._on, self._past = today, past

    def held(self) -> str | None:
        """Give the date as records keep it, or None where nothing readable is written."""
        found = self.date()
        if found is not None:
            return found.isoformat()
        text = narrow(self.edit.text())
        return text if is_date_text(text) else None

    def set_held(self, value: str | None) -> None:
        """Show a date as records keep it."""
        self.set_value(value or "")

    def _leave(self) -> None:
        """Say at once what cannot be a date; what is typed stays. What is not filled in yet is asked for at the end."""
        super()._leave()
        if not self.is_empty():
            self.check()

    def problem(self) -> str:
        """Say what cannot be read as a date, or lies ahead where only what has been can be recorded."""
        if self.is_empty():
            return f"还没有填写{self.label}。请填写。" if self.required else ""
        held = self.held()
        if held is None:
            return impossible(self.edit.text()) or f"{self.label}认不出来。请写成 2026-11-20 的样子。"
        day = parse_date(held, self._on)
        if self._past and day is not None and day > self._on:
            return f"{self.label}在今天之后。会议开过再记录，请核对日期。"
        return ""
