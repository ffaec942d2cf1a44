"""Fields for what is a number, a code, a day or a time: typed freely, made narrow, read as it is meant."""

import datetime as dt

from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidgetAction

from desktop.core.text import narrow
from desktop.ui.theme import theme
from desktop.ui.widgets.editors import CodeEdit, LineEdit
from desktop.ui.widgets.field import LineField
from desktop.ui.widgets.typed import date_text, looks_like_day, parse_date, parse_number, parse_time, time_text


class IdField(LineField):
    """An identity number, telephone or code: no input method, full-width characters made narrow when it is left."""

    def _make_edit(self) -> LineEdit:
        return CodeEdit()

    def value(self) -> str:
        """Give the number without blanks, narrow, upper case."""
        return narrow(self.edit.text()).upper()

    def _leave(self) -> None:
        if self.edit.text() != self.value():
            self.edit.setText(self.value())
        super()._leave()


class NumberField(LineField):
    """A whole number with an optional unit after its label (`应到（人）`)."""

    def __init__(
        self, label: str, *, key: str = "", required: bool = False, least: int | None = 0, most: int | None = None,
        hint: str = "",
    ) -> None:  # fmt: skip
        self._least, self._most = least, most
        super().__init__(label, key=key, required=required, hint=hint)

    def _make_edit(self) -> LineEdit:
        return CodeEdit()

    def number(self) -> int | None:
        """Give the number, or None."""
        return parse_number(self.edit.text())

    def set_number(self, value: int | None) -> None:
        """Show a number."""
        self.set_value("" if value is None else str(value))

    def problem(self) -> str:
        """Say what is not a number, or out of its bounds."""
        if self.is_empty():
            return super().problem()
        found = self.number()
        if found is None:
            return f"{self.label}不是整数。请只填数字。"
        if self._least is not None and found < self._least:
            return f"{self.label}少于 {self._least}。请核对后重填。"
        if self._most is not None and found > self._most:
            return f"{self.label}多于 {self._most}。请核对后重填。"
        return ""

    def _leave(self) -> None:
        found = self.number()
        if found is not None and self.edit.text() != str(found):
            self.edit.setText(str(found))
        super()._leave()


class DateField(LineField):
    """A day, typed as `1120`, `11-20`, `2026.11.20`, `昨天` or `今`, or picked from a calendar (F4 or the icon)."""

    def __init__(self, label: str, *, today: dt.date, key: str = "", required: bool = False, hint: str = "") -> None:
        hint = hint or "可填 1120、11-20、昨天、今"
        super().__init__(label, key=key, required=required, hint=hint, example="年-月-日")
        self._today = today
        self._opener = QAction("选日期", self)
        self._opener.setShortcut("F4")
        self._opener.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._opener.triggered.connect(self._pick)
        self.edit.put_icon("calendar_ltr", action=self._opener)

    def date(self) -> dt.date | None:
        """Give the day, or None where nothing or nothing readable is entered."""
        return parse_date(self.edit.text(), self._today)

    def set_date(self, value: dt.date | None) -> None:
        """Show a day."""
        self.set_value(date_text(value))

    def problem(self) -> str:
        """Say what cannot be read as a day, or that there is no such day."""
        if not self.is_empty() and self.date() is None:
            return self._unread("2026-11-20")
        return super().problem()

    def _unread(self, shapes: str) -> str:
        typed = self.value()
        if looks_like_day(typed):
            return f"没有 {typed} 这个日期。请核对后重填。"
        return f"{self.label}认不出来。请写成 {shapes} 的样子。"

    def _leave(self) -> None:
        """Write a day in full; say at once what is none, and keep what was typed."""
        found = self.date()
        if found and self.edit.text() != date_text(found):
            self.edit.setText(date_text(found))
        elif found is None and not self.is_empty():
            self.check()
        super()._leave()

    def _pick(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setAccessibleName(f"{self.label}的日历")
        calendar.setMinimumSize(QSize(theme().px(300), theme().px(240)))
        shown = self.date() or self._today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.clicked.connect(lambda day: self._picked(day, menu))
        calendar.activated.connect(lambda day: self._picked(day, menu))
        menu.popup(self.edit.mapToGlobal(self.edit.rect().bottomLeft()))
        calendar.setFocus()

    def _picked(self, day: QDate, menu: QMenu) -> None:
        self.set_date(dt.date(day.year(), day.month(), day.day()))
        menu.close()
        self.left.emit()


class TimeField(LineField):
    """A time of the day, typed as `1430`, `14:30` or `9`."""

    def __init__(self, label: str, *, key: str = "", required: bool = False) -> None:
        super().__init__(label, key=key, required=required, hint="可填 1430、14:30、9", example="时:分")

    def _make_edit(self) -> LineEdit:
        return CodeEdit()

    def time(self) -> dt.time | None:
        """Give the time, or None."""
        return parse_time(self.edit.text())

    def set_time(self, value: dt.time | None) -> None:
        """Show a time."""
        self.set_value(time_text(value))

    def problem(self) -> str:
        """Say what cannot be read as a time."""
        if not self.is_empty() and self.time() is None:
            return f"{self.label}认不出来。请写成 14:30 的样子。"
        return super().problem()

    def _leave(self) -> None:
        found = self.time()
        if found and self.edit.text() != time_text(found):
            self.edit.setText(time_text(found))
        super()._leave()
