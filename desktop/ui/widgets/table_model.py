"""The model behind every list: frozen rows with column specs; sorts, checks, and says itself to screen readers.

    COLUMNS = (
        Column("name", "姓名", 96, bold=True, pinyin=True),
        Column("standing", "党员类别", 96, text=lambda row: row.standing_name, tag=lambda row: row.standing_tag),
        Column("members", "党员", 72, align="right"),
    )

A row is any object with an `id`; a column's text is its attribute `key` (dates as 2026-11-23, None as nothing), or
`text(row)`. Rows are held as they came; sorting makes an order of indices, so 100,000 rows cost one list.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.core import pinyin
from desktop.ui.widgets.text import Tag, tip_text

Index = QModelIndex | QPersistentModelIndex
Order = Literal["asc", "desc"]
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
TAG_ROLE = Qt.ItemDataRole.UserRole + 2
CHECK_ROLE = Qt.ItemDataRole.UserRole + 3
BOLD_ROLE = Qt.ItemDataRole.UserRole + 4
LINK_ROLE = Qt.ItemDataRole.UserRole + 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `width` in pixels of the design at 100 %; `tag` gives a soft mark for exceptions only.

    Short of room it shrinks to `least` (0: it does not); `gives_way` is its turn to go when that is not enough.
    """

    key: str
    title: str
    width: int = 120
    align: Literal["left", "right", "center"] = "left"
    text: Callable[[Any], str] | None = None
    tag: Callable[[Any], Tag | None] | None = None
    tip: Callable[[Any], str] | None = None
    sort: Callable[[Any], Any] | None = None
    pinyin: bool = False
    bold: bool = False
    link: bool = False
    hidden: bool = False
    stretch: bool = False
    least: int = 0
    gives_way: int = 0

    def shown(self, row: object) -> str:
        """Give the cell's text for a row."""
        if self.text is not None:
            return self.text(row)
        value = getattr(row, self.key)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else ""
        return value.isoformat() if isinstance(value, date) else str(value)

    def sort_value(self, row: object) -> Any:  # noqa: ANN401 - whatever compares with its like
        """Give what the row is sorted by: empty last, numbers as numbers, names by pinyin."""
        if self.sort is not None:
            return self.sort(row)
        if self.pinyin:
            return pinyin.sort_key(self.shown(row))
        value = getattr(row, self.key, None) if self.text is None else self.text(row)
        if isinstance(value, date):
            return value.isoformat()
        return value


def row_key(row: object) -> Hashable:
    """Give what a row is told apart by: its `id`, else the row itself."""
    found: Hashable = getattr(row, "id", row)
    return found


def ordered(rows: Sequence[object], column: Column, order: Order) -> list[int]:
    """Give the order of the rows by a column; rows with nothing there stand last both ways."""
    values = [column.sort_value(row) for row in rows]
    filled = [at for at, value in enumerate(values) if value not in (None, "")]
    empty = [at for at, value in enumerate(values) if value in (None, "")]
    filled.sort(key=values.__getitem__, reverse=order == "desc")
    return filled + empty


class TableModel(QAbstractTableModel):
    """Rows as Qt wants them; `checked_changed` fires when check marks change."""

    checked_changed = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None, *, checks: bool = True) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.checks = checks
        self._rows: Sequence[object] = ()
        self._order: Sequence[int] = ()
        self._checked: set[Hashable] = set()
        self.sorted_by: tuple[str, Order] | None = None

    @property
    def first(self) -> int:
        """Give the number of the first data column (the check marks stand before it)."""
        return 1 if self.checks else 0

    def set_rows(self, rows: Sequence[object]) -> None:
        """Show other rows in the present order; marks stay on rows that are still there.

        TypeError for a row that cannot be told apart: inside Qt's own calls that would end the program.
        """
        for row in rows:
            if type(row_key(row)).__hash__ is None:
                raise TypeError(f"a row of a list needs an id, or to be hashable: {type(row).__name__}")
        self.beginResetModel()
        self._rows = rows
        self._sort()
        if self._checked:
            self._checked &= {row_key(row) for row in rows}
        self.endResetModel()
        self.checked_changed.emit()

    def row_at(self, at: int) -> object:
        """Give the row that is shown at a place."""
        return self._rows[self._order[at]]

    def place_of(self, key: Hashable) -> int:
        """Give the place at which a row is shown, or -1."""
        return next((at for at, one in enumerate(self._order) if row_key(self._rows[one]) == key), -1)

    def rows(self) -> list[object]:
        """Give all rows in the order shown."""
        return [self._rows[at] for at in self._order]

    def checked_rows(self) -> list[object]:
        """Give the marked rows in the order shown."""
        return [row for row in self.rows() if row_key(row) in self._checked] if self._checked else []

    def is_checked(self, row: object) -> bool:
        """Tell whether a row is marked."""
        return row_key(row) in self._checked

    def check(self, places: Sequence[int], *, on: bool | None = None) -> None:
        """Mark the rows at places (on), unmark them (off) or turn each round (None)."""
        for at in places:
            key = row_key(self.row_at(at))
            if on if on is not None else key not in self._checked:
                self._checked.add(key)
            else:
                self._checked.discard(key)
        self._marks_changed()

    def check_all(self, *, on: bool) -> None:
        """Mark all rows, or none."""
        self._checked = {row_key(row) for row in self._rows} if on else set()
        self._marks_changed()

    def _marks_changed(self) -> None:
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, self.columnCount() - 1))
        self.checked_changed.emit()

    def sort_by(self, key: str | None, order: Order = "asc") -> None:
        """Sort by a column, or go back to the order in which the rows came."""
        self.layoutAboutToBeChanged.emit()
        self.sorted_by = (key, order) if key else None
        self._sort()
        self.layoutChanged.emit()

    def _sort(self) -> None:
        column = next((one for one in self.columns if self.sorted_by and one.key == self.sorted_by[0]), None)
        if column is None or self.sorted_by is None:
            self._order = range(len(self._rows))
        else:
            self._order = ordered(self._rows, column, self.sorted_by[1])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of rows."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Give the number of columns, with the one of the check marks."""
        return 0 if parent.isValid() else len(self.columns) + self.first

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a cell is asked for."""
        row = self.row_at(index.row())
        if index.column() < self.first:
            return self._mark_data(row, role)
        column = self.columns[index.column() - self.first]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.shown(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.ToolTipRole:
                return tip_text(column.tip(row)) if column.tip else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title} {column.shown(row) or '空'}"
            case _:
                return self._own_data(column, row, role)

    def _own_data(self, column: Column, row: object, role: int) -> object:
        if role == TAG_ROLE:
            return column.tag(row) if column.tag else None
        if role == ROW_ROLE:
            return row
        if role == CHECK_ROLE:
            return self.is_checked(row)
        if role == BOLD_ROLE:
            return column.bold
        return column.link if role == LINK_ROLE else None

    def _mark_data(self, row: object, role: int) -> object:
        if role == CHECK_ROLE:
            return self.is_checked(row)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "已选" if self.is_checked(row) else "未选"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Give a column's title, and how it is sorted for screen readers."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if section < self.first:
            return "选择" if role == Qt.ItemDataRole.AccessibleTextRole else None
        column = self.columns[section - self.first]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.AccessibleTextRole and self.sorted_by and self.sorted_by[0] == column.key:
            return f"{column.title}，{'升序' if self.sorted_by[1] == 'asc' else '降序'}"
        return column.title if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _alignment(column: Column) -> int:
    side = {
        "left": Qt.AlignmentFlag.AlignLeft,
        "right": Qt.AlignmentFlag.AlignRight,
        "center": Qt.AlignmentFlag.AlignHCenter,
    }[column.align]
    return int((side | Qt.AlignmentFlag.AlignVCenter).value)
