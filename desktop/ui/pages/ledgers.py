"""台账: every ledger by area; areas in the first row, their ledgers in the second, the list of one below."""

from PySide6.QtWidgets import QStackedWidget

from desktop.services.ledgers import rows
from desktop.services.ledgers.catalogue import AREAS, LEDGERS
from desktop.services.ledgers.rows import LedgerCount
from desktop.ui.ledgers.list import LedgerList
from desktop.ui.page import Page
from desktop.ui.widgets.tabs import Tabs


class LedgersPage(Page):
    """Places: `ledgers/<table>:<id>` one row, `ledgers/ledger:<table>` one ledger."""

    title = "台账"
    topics = frozenset(LEDGERS)

    def build(self) -> None:
        """Make both rows of tabs; a list is made when it is first chosen."""
        self.body.setContentsMargins(0, 12, 0, 0)
        self.body.setSpacing(0)
        self.areas = Tabs([(area, area) for area in AREAS], name="台账分类")
        self.kinds = Tabs(name="台账", look="chip")
        for tabs, below in ((self.areas, 10), (self.kinds, 0)):
            tabs.setContentsMargins(24, 0, 24, below)
            self.body.addWidget(tabs)
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self._lists: dict[str, LedgerList] = {}
        self._counts: dict[str, int] = {}
        self._last: dict[str, str] = {}
        self.areas.picked.connect(self._show_area)
        self.kinds.picked.connect(self.show_kind)
        self._show_area(AREAS[0])

    def refresh(self) -> None:
        """Count the rows of every ledger."""
        self.context.tasks.run_query(self, rows.counts, self._counted, key="counts")

    def _counted(self, found: tuple[LedgerCount, ...]) -> None:
        self._counts = {one.kind: one.rows for one in found}
        self._show_counts()

    def _show_counts(self) -> None:
        for kind in self._of(self.areas.key()):
            self.kinds.set_count(kind, self._counts.get(kind) or None)

    def _of(self, area: str) -> list[str]:
        return [kind for kind, one in LEDGERS.items() if one.area == area]

    def _show_area(self, area: str) -> None:
        self.areas.set_key(area)
        kinds = self._of(area)
        self.kinds.set_tabs([(kind, LEDGERS[kind].noun) for kind in kinds])
        self._show_counts()
        self.show_kind(self._last.get(area, kinds[0]))

    def show_kind(self, kind: str) -> None:
        """Show the list of one ledger."""
        self._last[LEDGERS[kind].area] = kind
        self.kinds.set_key(kind)
        if kind not in self._lists:
            self._lists[kind] = LedgerList(self.context, LEDGERS[kind])
            self.stack.addWidget(self._lists[kind])
        self.stack.setCurrentWidget(self._lists[kind])

    def now(self) -> LedgerList:
        """Give the list that is shown."""
        return self._lists[self.kinds.key()]

    def open_record(self, kind: str, key: str) -> None:
        """Show a ledger, or a row in its list."""
        table = key if kind == "ledger" else kind
        if table not in LEDGERS:
            return
        self._show_area(LEDGERS[table].area)
        self.show_kind(table)
        if kind != "ledger":
            self.now().open_record(kind, key)

    def primary(self) -> None:
        """Open the form of a new row."""
        self.now().primary()
