"""The list of every page: `Table(columns, name="党员", settings=context.settings, page="members")`.

    table.set_rows(rows)                       # frozen dataclasses with an `id`
    table.opened.connect(self._open)           # Enter or double click: the row
    table.current_changed.connect(self._show)  # the row the person is on (or None): fills the drawer
    table.checked_changed.connect(self._bar)   # how many rows are marked
    table.set_empty("还没有党员。", "从名册导入，或一个一个添加。", "导入名册", self._import)

Keys: Space marks, Ctrl+A marks all shown, Ctrl+C copies (Ctrl+Shift+C with the head) as Excel takes it, Enter opens,
F10 with Shift or a right click opens the menu of `set_menu`. Column widths, order and choice are kept by page.
"""

import csv
import html
import io
from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStackedLayout, QTableView, QVBoxLayout, QWidget

from desktop.ui.settings import Settings
from desktop.ui.theme import theme, tokens
from desktop.ui.widgets.column_fit import Span, fit
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.table_model import Column, Order, TableModel
from desktop.ui.widgets.table_paint import Header, RowDelegate

CHECK_WIDTH = 44


def tsv(rows: Sequence[object], columns: Sequence[Column], *, head: bool) -> str:
    """Write rows as tab-separated text; every number as it stands, so that pasting back loses nothing."""
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    if head:
        writer.writerow([column.title for column in columns])
    writer.writerows([[_no_formula(column.shown(row)) for column in columns] for row in rows])
    return out.getvalue()


def _no_formula(text: str) -> str:
    """Keep a spreadsheet from running text as a formula."""
    return f"'{text}" if text[:1] in ("=", "@") or (text[:1] in ("+", "-") and not text[1:].isdigit()) else text


def html_table(rows: Sequence[object], columns: Sequence[Column], *, head: bool) -> str:
    """Write rows as the table that Excel and WPS prefer, each cell marked as text: 18 digits stay 18 digits."""
    lines = [[column.title for column in columns]] if head else []
    lines += [[column.shown(row) for column in columns] for row in rows]
    cell = "<td style=\"mso-number-format:'\\@'\">{}</td>".format
    body = "".join(f"<tr>{''.join(cell(html.escape(text)) for text in one)}</tr>" for one in lines)
    return f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'


class _View(QTableView):
    """The table itself; keys that the list knows are handled before Qt's."""

    key_pressed = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.key_pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)


class Table(QWidget):
    """A list with head, marks, sorting, copying, column choice and an empty state."""

    opened = Signal(object)
    current_changed = Signal(object)
    checked_changed = Signal(int)

    def __init__(
        self, columns: Sequence[Column], *, name: str, settings: Settings | None = None, page: str = "",
        checks: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.model = TableModel(columns, self, checks=checks)
        self._settings, self._page = settings, page
        self._menu: Callable[[QMenu, list[object]], None] | None = None
        self._sized = False
        self._drawn: dict[int, int] = {}
        self.view = _View()
        self.view.setModel(self.model)
        self._set_up_view(name)
        self._empty = EmptyState("还没有记录。")
        inner = QWidget()
        self._stack = QStackedLayout(inner)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(inner)
        self.setFocusProxy(self.view)
        self._load_columns()
        theme().changed.connect(self._scale)
        self._scale()

    def _set_up_view(self, name: str) -> None:
        view = self.view
        view.setAccessibleName(name)
        view.setItemDelegate(RowDelegate(view))
        view.setHorizontalHeader(Header(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu)
        view.key_pressed.connect(self._key)
        view.doubleClicked.connect(lambda index: self.opened.emit(self.model.row_at(index.row())))
        view.selectionModel().currentRowChanged.connect(self._current)
        view.viewport().installEventFilter(self)
        head = view.horizontalHeader()
        head.sectionClicked.connect(self._head_clicked)
        head.sectionMoved.connect(lambda *_: self._save_columns())
        head.sectionResized.connect(self._resized)
        head.setMinimumSectionSize(0)  # a column that gives way has no width; it is not hidden, it is copied still
        self.model.checked_changed.connect(lambda: self.checked_changed.emit(len(self.model.checked_rows())))

    def set_rows(self, rows: Sequence[object]) -> None:
        """Show rows; the person stays on the row they were on, if it is still there."""
        before = self.current()
        key: Hashable | None = getattr(before, "id", before)
        self.model.set_rows(rows)
        self._stack.setCurrentWidget(self.view if rows else self._empty)
        if key is not None:
            self.select(key)

    def set_empty(
        self, why: str, hint: str = "", action: str = "", then: Callable[[], object] | None = None
    ) -> None:  # fmt: skip
        """Say why the list is empty, with one action."""
        shown = self._stack.currentWidget() is self._empty
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = EmptyState(why, hint, action, then)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty if shown or not self.model.rowCount() else self.view)

    def set_menu(self, fill: Callable[[QMenu, list[object]], None]) -> None:
        """Fill the context menu: gets the menu and the rows that are marked, or the one under the mouse."""
        self._menu = fill

    def current(self) -> object | None:
        """Give the row that the person is on."""
        index = self.view.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def chosen(self) -> list[object]:
        """Give the marked rows, or the one that the person is on."""
        marked = self.model.checked_rows()
        here = self.current()
        return marked or ([here] if here is not None else [])

    def select(self, key: Hashable) -> bool:
        """Go to the row with an id; False where it is not shown."""
        place = self.model.place_of(key)
        if place < 0:
            return False
        index = self.model.index(place, self.model.first)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self.view.scrollTo(index)
        return True

    def sort_by(self, key: str | None, order: Order = "asc") -> None:
        """Sort by a column, or not at all."""
        self.model.sort_by(key, order)
        self.view.horizontalHeader().viewport().update()

    def visible_columns(self) -> list[Column]:
        """Give the columns shown, in the order shown."""
        head, first = self.view.horizontalHeader(), self.model.first
        places = sorted(range(first, head.count()), key=head.visualIndex)
        return [self.model.columns[at - first] for at in places if not head.isSectionHidden(at)]

    def copy(self, *, head: bool = False) -> int:
        """Copy the chosen rows; give how many there were."""
        rows = self.chosen()
        if rows:
            shown = QMimeData()
            shown.setText(tsv(rows, self.visible_columns(), head=head))
            shown.setHtml(html_table(rows, self.visible_columns(), head=head))
            QGuiApplication.clipboard().setMimeData(shown)
        return len(rows)

    def column_menu(self) -> QMenu:
        """Give the menu 列设置, for a button of the toolbar."""
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill_columns(menu))
        return menu

    def _fill_columns(self, menu: QMenu) -> None:
        menu.clear()
        head = self.view.horizontalHeader()
        for at, column in enumerate(self.model.columns):
            section = at + self.model.first
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not head.isSectionHidden(section))
            action.setEnabled(at > 0)
            action.toggled.connect(lambda on, section=section: self._show_column(section, on=on))
        menu.addSeparator()
        menu.addAction("恢复默认列", self._default_columns)

    def _show_column(self, section: int, *, on: bool) -> None:
        self.view.horizontalHeader().setSectionHidden(section, not on)
        self._stretch()
        self._save_columns()

    def _default_columns(self) -> None:
        head = self.view.horizontalHeader()
        for at, column in enumerate(self.model.columns):
            section = at + self.model.first
            head.moveSection(head.visualIndex(section), section)
            head.setSectionHidden(section, column.hidden)
        self._scale()
        if self._settings is not None:
            self._settings.set(f"columns/{self._page}", None)

    def _load_columns(self) -> None:
        head = self.view.horizontalHeader()
        for at, column in enumerate(self.model.columns):
            head.setSectionHidden(at + self.model.first, column.hidden)
        kept = self._settings.get(f"columns/{self._page}", None) if self._settings and self._page else None
        if not isinstance(kept, list):
            return
        places = {column.key: at + self.model.first for at, column in enumerate(self.model.columns)}
        known = [one for one in kept if isinstance(one, dict) and one.get("key") in places]
        for at, one in enumerate(known):
            head.moveSection(head.visualIndex(places[one["key"]]), at + self.model.first)
            head.setSectionHidden(places[one["key"]], bool(one.get("hidden")))

    def _save_columns(self) -> None:
        if self._settings is None or not self._page or not self._sized:
            return
        head, first = self.view.horizontalHeader(), self.model.first
        places = sorted(range(first, head.count()), key=head.visualIndex)
        kept = [{"key": self.model.columns[at - first].key, "hidden": head.isSectionHidden(at)} for at in places]
        self._settings.set(f"columns/{self._page}", kept)

    def _scale(self) -> None:
        """Bring widths and heights to the font scale."""
        look, head = theme(), self.view.horizontalHeader()
        kind = self._settings.row_height if self._settings else "default"
        self.view.verticalHeader().setDefaultSectionSize(look.px(tokens()["row_h"].get(kind, 36)))
        head.setFixedHeight(look.px(36))
        self._sized = False
        self._drawn = {}
        if self.model.checks:
            head.resizeSection(0, look.px(CHECK_WIDTH))
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self._stretch()
        self._sized = True

    def _stretch(self) -> None:
        """Fit the columns into the room; what is left goes to the stretching column, or to the last one."""
        head, first = self.view.horizontalHeader(), self.model.first
        shown = [at for at in range(first, head.count()) if not head.isSectionHidden(at)]
        if not shown:
            return
        wide = next((at for at in shown if self.model.columns[at - first].stretch), shown[-1])
        room = self.view.viewport().width() - (head.sectionSize(0) if first else 0)
        spans = [self._span(at, stretches=at == wide) for at in shown]
        sized, self._sized = self._sized, False
        for at, size in zip(shown, fit(spans, room, wide=shown.index(wide)), strict=True):
            head.resizeSection(at, size)
        self._sized = sized

    def _span(self, section: int, *, stretches: bool) -> Span:
        """Give what a column wants: the width that the person drew it to, else that of the design."""
        px, column = theme().px, self.model.columns[section - self.model.first]
        drawn = None if stretches else self._drawn.get(section)
        width = px(column.width) if drawn is None else drawn
        return Span(width, min(width, px(column.least or column.width)) if drawn is None else drawn, column.gives_way)

    def _resized(self, section: int, _before: int, now: int) -> None:
        if self._sized:
            self._drawn[section] = max(now, theme().px(CHECK_WIDTH))
            self._save_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the table's new room to the columns."""
        super().resizeEvent(event)
        self._stretch()

    def _head_clicked(self, section: int) -> None:
        if section < self.model.first:
            count = self.model.rowCount()
            self.model.check_all(on=len(self.model.checked_rows()) < count)
            return
        key = self.model.columns[section - self.model.first].key
        now = self.model.sorted_by
        if now is None or now[0] != key:
            self.sort_by(key)
        else:
            self.sort_by(key if now[1] == "asc" else None, "desc")

    def _current(self, index: QModelIndex) -> None:
        self.current_changed.emit(self.model.row_at(index.row()) if index.isValid() else None)

    def _key(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        here = self.view.currentIndex()
        match event.key():
            case Qt.Key.Key_C if control:
                self.copy(head=shift)
            case Qt.Key.Key_A if control and self.model.checks:
                self.model.check_all(on=True)
            case Qt.Key.Key_Space if here.isValid() and self.model.checks:
                self.model.check([here.row()])
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if here.isValid() and not control:
                self.opened.emit(self.model.row_at(here.row()))
            case _:
                return
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mark a row by a press on its box; give the list's new room to the stretching column."""
        if event.type() is QEvent.Type.Resize:
            self._stretch()
        if (
            event.type() is QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and self.model.checks
            and event.button() is Qt.MouseButton.LeftButton
        ):
            index = self.view.indexAt(event.position().toPoint())
            if index.isValid() and index.column() == 0:
                self.model.check([index.row()])
                return True
        return super().eventFilter(watched, event)

    def _open_menu(self, where: QPoint) -> None:
        rows = self.chosen()
        menu = QMenu(self)
        if self._menu is not None and rows:
            self._menu(menu, rows)
            menu.addSeparator()
        menu.addAction("复制", self.copy).setEnabled(bool(rows))
        menu.addAction("连同表头复制", lambda: self.copy(head=True)).setEnabled(bool(rows))
        menu.popup(self.view.viewport().mapToGlobal(where))
