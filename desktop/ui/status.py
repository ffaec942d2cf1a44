"""What the head of the window tells: how much waits for export, and that these are example records."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.core.calendar import chinese_date
from desktop.services.exchange import partners
from desktop.services.sessions import STAFF, Session
from desktop.ui.context import Context
from desktop.ui.header import Header
from desktop.ui.pages import PAGES
from desktop.ui.widgets.text import plain_label

EXCHANGE, SETTINGS = "exchange", "settings"


def demo_band(session: Session) -> QFrame:
    """Give the band that marks example records with their date."""
    band = QFrame()
    band.setProperty("surface", "demo")
    row = QHBoxLayout(band)
    row.setContentsMargins(24, 4, 24, 4)
    row.addWidget(plain_label(f"示例数据 · 日期 {chinese_date(session.today)}", "demo"))
    row.addStretch(1)
    return band


def watch(context: Context, header: Header) -> None:
    """Keep the count of what waits for export up to date, and lead its press to the page."""
    keys = {entry.key for entry in PAGES}
    if EXCHANGE in keys and context.session.role in STAFF:

        def count() -> None:
            context.tasks.run_query(
                header, partners.count_waiting, header.set_waiting, key="waiting",
                failed=lambda _error: header.set_waiting(None),
            )  # fmt: skip

        context.topics.published.connect(lambda _topics: count())
        header.waiting_pressed.connect(lambda: context.navigate.go(EXCHANGE))
        count()
    header.backup.setVisible(SETTINGS in keys)
    header.backup_pressed.connect(lambda: context.navigate.go(SETTINGS, "backup"))
