"""The columns of a list: which are chosen, in what order, how wide they are in the room there is; kept by page."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from desktop.ui.settings import Settings
from desktop.ui.theme import theme
from desktop.ui.widgets.column_fit import Span, fit
from desktop.ui.widgets.table_model import Column, TableModel

CHECK_WIDTH = 44


class Columns(QObject):
    """What stands between the columns of a model and the head of its view."""

    def __init__(self, view: QTableView, model: TableModel, settings: Settings | None, page: str) -> None:
        super().__init__(view)
        self._view, self._head, self._model = view, view.horizontalHeader(), model
        self._settings, self._page = settings, page
        self._sized = False
        self._drawn: dict[int, int] = {}
        self._head.sectionMoved.connect(lambda *_: self._save())
        self._head.sectionResized.connect(self._resized)
        self._head.setMinimumSectionSize(0)  # a column that gives way has no width, and is copied still
        self._load()

    def chosen(self) -> list[Column]:
        """Give the columns that are not hidden, in the order shown; one that had to give way is among them."""
        first = self._model.first
        places = sorted(range(first, self._head.count()), key=self._head.visualIndex)
        return [self._model.columns[at - first] for at in places if not self._head.isSectionHidden(at)]

    def menu(self, parent: QWidget) -> QMenu:
        """Give the menu 列设置."""
        menu = QMenu(parent)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        return menu

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        head = self._head
        for at, column in enumerate(self._model.columns):
            section = at + self._model.first
            given_way = not head.isSectionHidden(section) and not head.sectionSize(section)
            action = menu.addAction(f"{column.title}（窗口窄，暂不显示）" if given_way else column.title)
            action.setCheckable(True)
            action.setChecked(not head.isSectionHidden(section))
            action.setEnabled(at > 0)
            action.toggled.connect(lambda on, section=section: self.show(section, on=on))
        menu.addSeparator()
        menu.addAction("恢复默认列", self.reset)

    def show(self, section: int, *, on: bool) -> None:
        """Show a column, or hide it."""
        self._head.setSectionHidden(section, not on)
        self.stretch()
        self._save()

    def reset(self) -> None:
        """Go back to the columns and the order of the design."""
        head = self._head
        for at, column in enumerate(self._model.columns):
            section = at + self._model.first
            head.moveSection(head.visualIndex(section), section)
            head.setSectionHidden(section, column.hidden)
        self.scale()
        if self._settings is not None:
            self._settings.set(f"columns/{self._page}", None)

    def _load(self) -> None:
        head = self._head
        for at, column in enumerate(self._model.columns):
            head.setSectionHidden(at + self._model.first, column.hidden)
        kept = self._settings.get(f"columns/{self._page}", None) if self._settings and self._page else None
        if not isinstance(kept, list):
            return
        places = {column.key: at + self._model.first for at, column in enumerate(self._model.columns)}
        known = [one for one in kept if isinstance(one, dict) and one.get("key") in places]
        for at, one in enumerate(known):
            head.moveSection(head.visualIndex(places[one["key"]]), at + self._model.first)
            head.setSectionHidden(places[one["key"]], bool(one.get("hidden")))

    def _save(self) -> None:
        if self._settings is None or not self._page or not self._sized:
            return
        head, first = self._head, self._model.first
        places = sorted(range(first, head.count()), key=head.visualIndex)
        kept = [{"key": self._model.columns[at - first].key, "hidden": head.isSectionHidden(at)} for at in places]
        self._settings.set(f"columns/{self._page}", kept)

    def scale(self) -> None:
        """Bring widths and the height of the head to the font scale."""
        look, head = theme(), self._head
        head.setFixedHeight(look.px(36))
        self._sized = False
        self._drawn = {}
        if self._model.checks:
            head.resizeSection(0, look.px(CHECK_WIDTH))
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.stretch()
        self._sized = True

    def stretch(self) -> None:
        """Fit the columns into the room; what is left goes to the stretching column, or to the last one."""
        head, first = self._head, self._model.first
        shown = [at for at in range(first, head.count()) if not head.isSectionHidden(at)]
        if not shown:
            return
        wide = next((at for at in shown if self._model.columns[at - first].stretch), shown[-1])
        room = self._view.viewport().width() - (head.sectionSize(0) if first else 0)
        spans = [self._span(at, stretches=at == wide) for at in shown]
        sized, self._sized = self._sized, False
        for at, size in zip(shown, fit(spans, room, wide=shown.index(wide)), strict=True):
            head.resizeSection(at, size)
        self._sized = sized

    def _span(self, section: int, *, stretches: bool) -> Span:
        """Give what a column wants: the width that the person drew it to, else that of the design."""
        px, column = theme().px, self._model.columns[section - self._model.first]
        drawn = None if stretches else self._drawn.get(section)
        width = px(column.width) if drawn is None else drawn
        return Span(width, min(width, px(column.least or column.width)) if drawn is None else drawn, column.gives_way)

    def _resized(self, section: int, before: int, now: int) -> None:
        """Keep the width that the person drew; a column without width is given one by Qt alone, by a new style."""
        if self._sized and before:
            self._drawn[section] = max(now, theme().px(CHECK_WIDTH))
            self._save()
