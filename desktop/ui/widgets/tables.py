"""The list of every page: `Table(columns, name="党员", settings=context.settings, page="members")`.

    table.set_rows(rows)                       # frozen dataclasses with an `id`
    table.opened.connect(self._open)           # Enter or double click: the row
    table.current_changed.connect(self._show)  # the row the person is on (or None): fills the drawer
    table.checked_changed.connect(self._bar)   # how many rows are marked
    table.set_empty("还没有党员。", "从名册导入，或一个一个添加。", "导入名册", self._import)

Keys: Space marks, Ctrl+A marks all shown, Ctrl+C copies (Ctrl+Shift+C with the head) as Excel takes it, Enter opens,
F10 with Shift or a right click opens the menu of `set_menu`. Column widths, order and choice are kept by page.
"""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStackedLayout, QTableView, QVBoxLayout, QWidget

from desktop.ui.settings import Settings
from desktop.ui.theme import theme, tokens
from desktop.ui.widgets.columns import Columns
from desktop.ui.widgets.copying import copied
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.table_model import Column, Order, TableModel
from desktop.ui.widgets.table_paint import Header, RowDelegate


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
        self._settings = settings
        self._menu: Callable[[QMenu, list[object]], None] | None = None
        self.view = _View()
        self.view.setModel(self.model)
        self._set_up_view(name)
        self.columns = Columns(self.view, self.model, settings, page)
        self._empty = EmptyState("还没有记录。")
        inner = QWidget()
        self._stack = QStackedLayout(inner)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(inner)
        self.setFocusProxy(self.view)
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
        view.selectionModel().selectionChanged.connect(lambda: self.current_changed.emit(self.current()))
        view.viewport().installEventFilter(self)
        head = view.horizontalHeader()
        head.sectionClicked.connect(self._head_clicked)
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
        self, why: str, hint: str = "", action: str = "", then: Callable[[], object] | None = None,
        *, more: tuple[str, Callable[[], object]] | None = None,
    ) -> None:  # fmt: skip
        """Say why the list is empty, with one action, or two."""
        shown = self._stack.currentWidget() is self._empty
        self._stack.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = EmptyState(why, hint, action, then, more=more)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty if shown or not self.model.rowCount() else self.view)

    def set_menu(self, fill: Callable[[QMenu, list[object]], None]) -> None:
        """Fill the context menu: gets the menu and the rows that are marked, or the one under the mouse."""
        self._menu = fill

    def current(self) -> object | None:
        """Give the row that the person is on: the highlighted one; the focus alone chooses nothing (Qt sets it)."""
        rows = self.view.selectionModel().selectedRows()
        return self.model.row_at(rows[0].row()) if rows else None

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
        return self.columns.chosen()

    def copy(self, *, head: bool = False) -> int:
        """Copy the chosen rows; give how many there were."""
        rows = self.chosen()
        if rows:
            QGuiApplication.clipboard().setMimeData(copied(rows, self.visible_columns(), head=head))
        return len(rows)

    def column_menu(self) -> QMenu:
        """Give the menu 列设置, for a button of the toolbar."""
        return self.columns.menu(self)

    def _scale(self) -> None:
        """Bring widths and heights to the font scale."""
        kind = self._settings.row_height if self._settings else "default"
        self.view.verticalHeader().setDefaultSectionSize(theme().px(tokens()["row_h"].get(kind, 36)))
        self.columns.scale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the table's new room to the columns."""
        super().resizeEvent(event)
        self.columns.stretch()

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
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down if here.isValid() and self.current() is None:
                self.view.selectRow(here.row())  # the first press after Tab shows where one is
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if here.isValid() and not control:
                self.opened.emit(self.model.row_at(here.row()))
            case _:
                return
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mark a row by a press on its box; give the list's new room to the stretching column."""
        if event.type() is QEvent.Type.Resize:
            self.columns.stretch()
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
