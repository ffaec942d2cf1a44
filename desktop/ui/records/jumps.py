"""How one comes to a record on its page: from the address, the palette or another page, past what hides its row."""

from desktop.services import record_owners
from desktop.ui.page import Page
from desktop.ui.records.filters import Filters
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.tabs import Tabs

_PAGES = {"branch": "branches", "organisation": "organisations", "person": "members"}


class Jumps(Page):
    """A page with a list whose rows are gone to by their id; `_goal` is the one that is wanted and not reached yet."""

    kind = ""
    views: tuple[tuple[str, str], ...] = ()
    table: Table
    tabs: Tabs
    filters: Filters
    writes: bool
    _goal: bytes | None

    def read_list(self) -> None:
        """Read the list as it is filtered now."""
        raise NotImplementedError

    def show_record(self, key: bytes) -> None:
        """Show a record in the drawer."""
        raise NotImplementedError

    def edit(self, key: bytes | None) -> None:
        """Open the form of a record, or of a new one."""
        raise NotImplementedError

    def open_record(self, kind: str, key: str) -> None:
        """Show a record at its row, the form, or a view."""
        if kind == "new":
            self.primary()
        elif kind == "view" and key in dict(self.views):
            self.filters.clear()
            self.tabs.set_key(key)
            self.read_list()
        elif kind == "edit" and self.writes:
            self._go_to(bytes.fromhex(key))
            self.edit(bytes.fromhex(key))
        elif kind == self.kind:
            self._go_to(bytes.fromhex(key))
        elif kind in record_owners.PARTS:
            part = bytes.fromhex(key)
            self.context.tasks.run_query(
                self, lambda session: record_owners.owner(session, kind=kind, key=part), self._owned, key="owner"
            )

    def _owned(self, found: tuple[str, bytes]) -> None:
        kind, key = found
        if kind == self.kind:
            self._go_to(key)
        else:
            self.context.navigate.go(_PAGES[kind], kind, key.hex())

    def _go_to(self, key: bytes) -> None:
        self._goal = key
        self.show_record(key)
        self._reach()

    def _reach(self) -> None:
        """Go to the row that is wanted; a filter that hides it is taken away once."""
        if self._goal is None:
            return
        if self.table.select(self._goal):
            self._goal = None
        elif self.table.model.rowCount() and self.narrowed():
            self.tabs.set_key("all")
            self.widen()
            self.filters.clear()

    def narrowed(self) -> bool:
        """Tell whether anything hides rows."""
        return bool(self.filters.words()) or self.tabs.key() not in {"", "all"}

    def widen(self) -> None:
        """Take away what narrows the list beside views and filters."""
