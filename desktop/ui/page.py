"""What a page is: a widget with a title and topics that reads its rows when it is shown and when they changed.

A page sets `title` and `topics` (`frozenset({"person", "membership"})`) and overrides:
`build` once, to make the widgets and put them into `self.body`; `refresh` to start the queries, called when shown
first and after each change; `open_record(kind, key)` to show one record (hex id) that search, findings or the desk
ask for; `primary` for its main deed; `may_leave` to ask about words that are not saved.
"""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.context import Context


class Page(QWidget):
    """Base of all pages; `body` is the vertical layout with the page's margins."""

    title = ""
    topics: frozenset[str] = frozenset()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setProperty("surface", "page")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 16, 24, 16)
        self.body.setSpacing(16)
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh_now)
        self.build()
        context.topics.subscribe(self, self.topics, self.invalidate)

    def build(self) -> None:
        """Make the widgets; called once."""

    def refresh(self) -> None:
        """Read the rows again, through `context.tasks.run_query`."""

    def open_record(self, kind: str, key: str) -> None:
        """Show one record on this page; ids are hex."""

    def primary(self) -> None:
        """Do the page's main deed."""

    def may_leave(self) -> bool:
        """Tell whether the person may go elsewhere; a form with unsaved words asks here first."""
        return True

    def invalidate(self) -> None:
        """Read again soon, or when next shown."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _refresh_now(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the page was away."""
        super().showEvent(event)
        self._soon.start()
