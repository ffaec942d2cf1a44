"""工作台: the first page."""

from desktop.core.calendar import chinese_date
from desktop.ui.page import Page
from desktop.ui.widgets.pagehead import PageHead

WEEKDAYS = "一二三四五六日"


class HomePage(Page):
    """What is overdue, due and missing, and one press to the place."""

    title = "工作台"

    def build(self) -> None:
        """Make the head."""
        today = self.context.session.today
        note = f"{chinese_date(today)}　星期{WEEKDAYS[today.weekday()]}"
        self.body.addWidget(PageHead(self.title, note=note))
        self.body.addStretch(1)
