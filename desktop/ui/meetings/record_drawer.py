"""The drawer of the page: which record is in it, read again when something changed, on the version that stands."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.services import meeting_views as views
from desktop.services.meeting_views import MeetingView
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.meetings import drawer
from desktop.ui.meetings.deeds import Deeds
from desktop.ui.records.attached import Attached
from desktop.ui.widgets.drawer import DrawerHost


class RecordDrawer(QObject):
    """One record at a time; `shown(key)` fires when it is there, `change(key, correct)` opens the form on it."""

    shown = Signal(object)

    def __init__(self, context: Context, host: DrawerHost, deeds: Deeds, change: Callable[[bytes, bool], None]) -> None:
        super().__init__(host)
        self._context, self._host, self._deeds, self._change = context, host, deeds, change
        self.key: bytes | None = None
        self._newest = False

    @property
    def is_open(self) -> bool:
        """Tell whether a record is being looked at."""
        return self._host.drawer.isVisible() and self.key is not None

    def show(self, key: bytes) -> None:
        """Show a record, whichever version it is."""
        self.key = key
        self._read(lambda session: views.view(session, meeting=key))

    def refresh(self) -> None:
        """Read the record again; one that was the newest, or was undone, makes way for the version that stands now."""
        key, newest = self.key, self._newest
        if key is not None and self._host.drawer.isVisible():
            self._read(
                lambda session: views.view(session, meeting=views.standing(session, meeting=key, newest=newest))
            )

    def _read(self, work: Callable[[Session], MeetingView]) -> None:
        self._context.tasks.run_query(
            self._host, work, self._show, key="drawer", failed=lambda _error: self._host.close_drawer()
        )

    def _show(self, seen: MeetingView) -> None:
        key = self.key = seen.id
        self._newest = seen.newest
        drawer.fill(self._host.drawer, seen, {
            views.PRINT: lambda: self._deeds.print_([key]),
            views.EDIT: lambda: self._change(key, False),
            views.CORRECT: lambda: self._change(key, True),
            views.HAND_IN: lambda: self._deeds.hand_in([key]),
            views.PASS: lambda: self._deeds.pass_([key]),
            views.RETURN: lambda: self._deeds.return_(key),
            views.ARCHIVE: lambda: self._deeds.archive([key]),
            views.REMOVE: lambda: self._deeds.remove([key]),
        }, lambda: Attached(self._context, "meeting", key))  # fmt: skip
        self._host.open()
        self.shown.emit(key)
