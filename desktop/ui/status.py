"""What the head of the window tells: how much waits for export, and that these are example records."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.core.calendar import chinese_date
from desktop.core.clock import local_text
from desktop.services import backups
from desktop.services.backups import BackupRow
from desktop.services.sessions import STAFF, Session
from desktop.ui.context import Context
from desktop.ui.header import Header
from desktop.ui.pages import PAGES
from desktop.ui.widgets.text import plain_label

EXCHANGE, SETTINGS = "exchange", "settings"
FRESH_DAYS = 7
LATER_MS = 1000  # counting brings in all that packages need, which nobody waits for to see the first page


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
                header, _count_waiting, header.set_waiting, key="waiting",
                failed=lambda _error: header.set_waiting(None),
            )  # fmt: skip

        context.topics.published.connect(lambda _topics: count())
        header.waiting_pressed.connect(lambda: context.navigate.go(EXCHANGE))
        context.navigate.came.connect(lambda place: count() if place.page == EXCHANGE else None)
        QTimer.singleShot(0, header, lambda: QTimer.singleShot(LATER_MS, header, count))  # from the loop's beginning
    if SETTINGS in keys:
        _watch_backups(context, header)
    header.backup.setVisible(SETTINGS in keys)
    header.backup_pressed.connect(lambda: context.navigate.go(SETTINGS, "backup"))


def _count_waiting(session: Session) -> int:
    from desktop.services.exchange import partners

    return partners.count_waiting(session)


def _watch_backups(context: Context, header: Header) -> None:
    """Let the shield say how old the newest backup is."""

    def show(rows: tuple[BackupRow, ...]) -> None:
        text, good = backup_words(rows[0].made_at if rows else None, context.session.workspace.clock.now())
        header.set_backup(text, good=good)

    def read() -> None:
        context.tasks.run_query(header, backups.list_backups, show, key="backups")

    context.topics.subscribe(header, {"backup"}, read)
    read()


def backup_words(made_at: str | None, now: datetime) -> tuple[str, bool]:
    """Say how old the newest backup is, and whether that is fresh enough."""
    if made_at is None:
        return "还没有备份过，点这里备份", False
    days = (now - datetime.fromisoformat(made_at)).days
    if days > FRESH_DAYS:
        return f"已经 {days} 天没有备份，点这里备份", False
    return f"上次备份：{local_text(made_at)}", True
