"""The page of a list of records, as 党组织, 党员 and 社会组织 are: views, filters, list, bar for marked rows, drawer.

Places of such a page: `kind:<id>` a record (or a part, which is shown with its owner), `new` the form,
`view:<key>` a saved view, and `branch:<id>` a filter where the page has one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.services import overview
from desktop.services.overview import Overview
from desktop.services.sessions import STAFF, Session
from desktop.ui.records import export
from desktop.ui.records.filters import Filters
from desktop.ui.records.form_dialog import FormDialog
from desktop.ui.records.jumps import Jumps
from desktop.ui.widgets.buttons import Button, menu_button, primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.chips import FilterChip
from desktop.ui.widgets.drawer import DrawerHost
from desktop.ui.widgets.pagehead import PageHead
from desktop.ui.widgets.selection import SelectionBar
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.tabs import Tabs

OVERVIEW_MS = 200
MenuDeed = tuple[str, Callable[[], object]]
ButtonDeed = tuple[str, str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list reads in one go: its rows, the count of each view, and whatever else the page wants."""

    rows: Sequence[Any]
    counts: dict[str, int]
    more: dict[str, Any] = field(default_factory=dict)


class RecordsPage(Jumps):
    """What the three pages share; each names its columns, views and words, and fills its drawer."""

    place = noun = measure = placeholder = new_verb = belongs = ""
    columns: tuple[Column, ...] = ()

    def build(self) -> None:
        """Make the list with its drawer."""
        self.writes = self.context.session.role in STAFF
        self.overview: Overview | None = None
        self.shown: bytes | None = None
        self._goal = None
        self._later = QTimer(self, singleShot=True, interval=OVERVIEW_MS)
        self._later.timeout.connect(self._look_over)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.host = DrawerHost(self._build_list())
        self.host.closed.connect(self._closed)
        self.body.addWidget(self.host)
        for keys, deed in (
            ("Ctrl+F", self.filters.search.setFocus), ("Ctrl+Tab", lambda: self.tabs.step(1)),
            ("Ctrl+Shift+Tab", lambda: self.tabs.step(-1)),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self.host)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    def _build_list(self) -> QWidget:
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(12)
        self.export_button = secondary("导出", "arrow_upload", self.export_all, tip="把现在列出的存成 Excel 表")
        self.new_button = primary(self.new_verb, "add", self.primary, tip=self.new_verb, shortcut="F2")
        self.new_button.setVisible(self.writes)
        self.head = PageHead(self.title, [*self.head_buttons(), self.export_button, self.new_button])
        self.tabs = Tabs(self.views, name="视图")
        self.tabs.picked.connect(lambda _key: self.read_list())
        self.table = self._build_table()
        self.filters = Filters(self.placeholder, self.make_chips(), self.table.column_menu())
        self.filters.filtered.connect(self.read_list)
        hint = "空格选中，回车查看，Ctrl+C 复制到 Excel"
        self.bar = SelectionBar(self.measure, self.bar_deeds(), hint=hint)
        self.table.checked_changed.connect(self.bar.show_count)
        self.card = Card(padding=1, gap=0)
        for part in (self.filters, self.table, self.bar):
            self.card.body.addWidget(part, 1 if part is self.table else 0)
        box.addWidget(self.head)
        box.addWidget(self.tabs)
        self.tabs.setVisible(len(self.views) > 1)
        box.addWidget(self.wrap(self.card), 1)
        return content

    def _build_table(self) -> Table:
        table = Table(self.columns, name=self.noun, settings=self.context.settings, page=self.place)
        table.opened.connect(self._open_row)
        table.view.clicked.connect(lambda index: self._open_row(table.model.row_at(index.row())))
        table.current_changed.connect(self._follow)
        table.set_menu(self._fill_menu)
        return table

    # what a page says of itself

    def head_buttons(self) -> list[QWidget]:
        """Give further buttons of the head."""
        if not self.writes:
            return []
        return [secondary("导入", "arrow_import", self._import, tip=f"从名册导入{self.noun}")]

    def _import(self) -> None:
        self.context.navigate.go("import")

    def make_chips(self) -> list[FilterChip[Any]]:
        """Give the filters."""
        return []

    def bar_deeds(self) -> list[QWidget]:
        """Give what may be done with marked rows."""
        return []

    def menu_deeds(self, keys: list[bytes]) -> list[MenuDeed]:
        """Give what may be done with rows from their menu."""
        del keys
        return []

    def wrap(self, card: QWidget) -> QWidget:
        """Put something beside the list."""
        return card

    def reading(self) -> Callable[[Session], Listed]:
        """Give the query of the list as it is filtered now."""
        raise NotImplementedError

    def take(self, listed: Listed) -> None:
        """Take the choices of filters from what was read."""

    def sheet_reading(self, key: bytes) -> Callable[[Session], Any]:
        """Give the query of one record."""
        raise NotImplementedError

    def fill_drawer(self, sheet: Any) -> None:  # noqa: ANN401 - the sheet of the page's own kind
        """Show one record in the drawer."""
        raise NotImplementedError

    # reading

    def refresh(self) -> None:
        """Read the list, the record in the drawer, and then how all stand."""
        self.read_list()
        if self.host.drawer.isVisible() and self.shown is not None:
            self.show_record(self.shown)
        self._later.start()

    def read_list(self) -> None:
        """Read the list as it is filtered now."""
        self.context.tasks.run_query(self, self.reading(), self._show, key="list")

    def _look_over(self) -> None:
        self.context.tasks.run_query(self, overview.read, self._looked_over, key="overview")

    def _looked_over(self, found: Overview) -> None:
        before, self.overview = self.overview, found
        self.on_overview(found)
        if self.host.drawer.isVisible() and self.shown is not None and (
            before is None or before.of(self.kind, self.shown) != found.of(self.kind, self.shown)
        ):  # fmt: skip
            self.show_record(self.shown)

    def on_overview(self, found: Overview) -> None:
        """Use what was found of all records in the list."""

    def _show(self, listed: Listed) -> None:
        self.take(listed)
        for key, count in listed.counts.items():
            self.tabs.set_count(key, count)
        self.head.set_count(f"{len(listed.rows):,} {self.measure}")
        self.say_empty(listed.counts.get(self.tabs.key(), 0))
        self.table.set_rows(listed.rows)
        self._reach()

    def say_empty(self, hidden: int) -> None:
        """Say why nothing is listed, and what leads on."""
        words = self.filters.words()
        if words and hidden:
            said = f"筛选“{words}”藏起了 {hidden:,} {self.measure}。"
            self.table.set_empty(said, "", "清除筛选", self.filters.clear)
        elif self.tabs.key() not in {"", "all"}:
            self.table.set_empty(f"没有“{dict(self.views)[self.tabs.key()]}”的{self.noun}。", "这一栏现在是齐的。")
        elif self.writes:
            hint, take_in = f"{self.belongs}一个一个登记，或从已有的名册导入。", ("导入名册", self._import)
            self.table.set_empty(f"还没有{self.noun}。", hint, self.new_verb, self.primary, more=take_in)
        else:
            self.table.set_empty(f"还没有{self.noun}。", f"{self.belongs}由干事登记后，就会列出来。")

    # the drawer

    def _open_row(self, row: object) -> None:
        self._goal = None
        self.show_record(_key(row))

    def _follow(self, row: object | None) -> None:
        if row is not None and self.host.drawer.isVisible() and _key(row) != self.shown:
            self.show_record(_key(row))

    def show_record(self, key: bytes) -> None:
        """Show a record in the drawer."""
        self.shown = key
        self.context.tasks.run_query(
            self, self.sheet_reading(key), self._fill, key="drawer", failed=lambda _error: self.host.close_drawer()
        )

    def _fill(self, sheet: Any) -> None:  # noqa: ANN401 - the sheet of the page's own kind
        self.fill_drawer(sheet)
        if not self.host.drawer.isVisible():
            self.host.open()
            self.drawer_moved()

    def _closed(self) -> None:
        self.shown = None
        self.table.setFocus()
        self.drawer_moved()

    def drawer_moved(self) -> None:
        """Make room after the drawer was opened or closed."""

    def deeds(self, first: Sequence[ButtonDeed], more: Sequence[MenuDeed]) -> None:
        """Put deeds at the drawer's foot: the first as buttons (words, icon, deed), the rest in a menu."""
        found: list[QWidget] = [secondary(text, icon, then) for text, icon, then in first]
        if more:
            menu = QMenu()
            for text, then in more:
                menu.addAction(text, then)
            button: Button = menu_button("", "more_horizontal", menu, tip="更多")
            menu.setParent(button, menu.windowFlags())
            found.append(button)
        self.host.drawer.set_deeds(found)

    # what is done

    def keys(self) -> list[bytes]:
        """Give the ids of the marked rows, or of the one the person is on."""
        return [_key(row) for row in self.table.chosen()]

    def show_form(self, dialog: FormDialog, *, own: bool = False) -> FormDialog:
        """Open a form; `own` is that of a record of this page, which is shown in the drawer once it is saved."""
        if own:
            dialog.saved.connect(self._saved)
        dialog.open()
        return dialog

    def _saved(self, changes: Changes) -> None:
        if changes.key is not None:
            self._goal = changes.key
            self.show_record(changes.key)

    def change(self, work: Callable[[Session], Changes], title: str = "") -> None:
        """Do something that is one deed with 撤销."""
        self.context.tasks.run_change(self, work, title=title)

    def export_all(self) -> None:
        """Write what is listed into a workbook."""
        export.ask(self.context, self, self.table, self.noun, self.table.model.rows())

    def export_chosen(self) -> None:
        """Write the marked rows into a workbook."""
        export.ask(self.context, self, self.table, self.noun, self.table.chosen())

    def primary(self) -> None:
        """Open the form of a new record."""
        if self.writes:
            self.edit(None)

    def _fill_menu(self, menu: QMenu, rows: list[object]) -> None:
        keys = [_key(row) for row in rows]
        menu.addAction("查看", lambda: self.show_record(keys[0]))
        for text, then in self.menu_deeds(keys):
            menu.addAction(text, then)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the drawer with Esc; put marked rows into the recycle bin with Del."""
        if event.key() == Qt.Key.Key_Escape and self.host.drawer.isVisible():
            self.host.close_drawer()
        elif event.key() == Qt.Key.Key_Delete and self.writes:
            self.remove(self.keys())
        else:
            super().keyPressEvent(event)

    def remove(self, keys: list[bytes]) -> None:
        """Put records into the recycle bin."""
        raise NotImplementedError


def _key(row: object) -> bytes:
    found: bytes = getattr(row, "id")  # noqa: B009 - rows are objects to the list
    return found
