"""Ends something that lasts (任职, 管理渠道, 指导员) on a day; its record stays, history with it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.core.changes import Changes
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.records.form_dialog import FormDialog, Work
from desktop.ui.widgets.fields import DateField


class EndDialog(FormDialog):
    """`end(session, "2026-11-23")` is what is done; the day is today at first."""

    def __init__(
        self, context: Context, parent: QWidget | None, *, title: str, note: str, verb: str,
        end: Callable[[Session, str], Changes],
    ) -> None:  # fmt: skip
        super().__init__(context, parent, title=title, note=note, verb=verb, width=440, columns=1)
        self._end = end
        self.on = DateField("最后一天", today=context.session.today, key="ends_on", required=True)
        self.on.set_date(context.session.today)
        self.section("", [self.on])
        self.begin()

    def work(self) -> Work | None:
        """End it."""
        day, end = self.on.date(), self._end
        return (lambda session: end(session, day.isoformat())) if day else None
