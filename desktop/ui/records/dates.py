"""A date of known precision in a form: a day, or the month or year alone where no more is known."""

import re

from desktop.core.calendar import is_date_text
from desktop.core.text import narrow
from desktop.ui.widgets.fields import DateField

_PART = re.compile(r"(\d{4})(?:[-./年](\d{1,2})月?|年)?")


class KnownDateField(DateField):
    """`held()` gives ISO text (`1985-06-03`, `1985-06`, `1985`), `set_held()` shows it."""

    def held(self) -> str | None:
        """Give the date as records keep it, or None where nothing readable is written."""
        day = self.date()
        if day is not None:
            return day.isoformat()
        found = _PART.fullmatch(narrow(self.edit.text()))
        text = "-".join([found[1], *([found[2].zfill(2)] if found[2] else [])]) if found else ""
        return text if text and is_date_text(text) else None

    def set_held(self, value: str | None) -> None:
        """Show a date as records keep it."""
        self.set_value(value or "")

    def problem(self) -> str:
        """Say what cannot be read as a date."""
        if self.is_empty():
            return f"还没有填写{self.label}。请填写。" if self.required else ""
        return "" if self.held() else self._unread("2026-11-20、2026-11 或 2026")
