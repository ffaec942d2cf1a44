"""Hands of the tests of the meeting form: what a clerk writes."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from desktop.ui.context import Context
from desktop.ui.pages.meeting_form import MeetingForm

Settle = Callable[[Context], None]


def fill(form: MeetingForm) -> None:
    """Write what nobody can know beforehand, once what is known has come."""
    form.body.kinds.set_value("committee")
    while not form.context.tasks.idle:
        QApplication.processEvents()
    form.body.agenda.rows()[0].title.setText("研究第四季度主题党日安排")
    form.body.content.set_value("李秀英通报工作部署。")
    form.body.resolutions.rows()[0].text.setPlainText("11月28日开展主题党日。")
