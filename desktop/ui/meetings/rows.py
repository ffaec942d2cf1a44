"""Lists inside the form: rows that are added, removed and moved, for items of business, resolutions and votes."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.theme import restyle
from desktop.ui.widgets.buttons import link, quiet
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.text import plain_label

T = TypeVar("T")
R = TypeVar("R", bound="FormRow[Any]")


class FormRow(QWidget, Generic[T]):
    """One row: a number, its editors in `body`, and a menu with 上移 下移 删除; Alt+↑ and Alt+↓ move it."""

    changed = Signal()
    left = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, noun: str) -> None:
        super().__init__()
        self.noun = noun
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._number = plain_label("", "label")
        self._number.setFixedWidth(18)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        box.addLayout(self.body, 1)
        self.menu = QMenu(self)
        self.menu.addAction("上移（Alt+↑）", lambda: self.moved.emit(-1))
        self.menu.addAction("下移（Alt+↓）", lambda: self.moved.emit(1))
        self.menu.addAction("删除", self.removed.emit)
        self._more = quiet("", "more_horizontal", tip=f"移动或删除这条{noun}")
        self._more.setMenu(self.menu)
        box.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)

    def set_number(self, number: int, height: int) -> None:
        """Show the row's number beside its first editor."""
        self._number.setText(f"{number}.")
        self._number.setMinimumHeight(height)
        self._more.setAccessibleName(f"移动或删除第 {number} 条{self.noun}")
        self.name_editors(number)

    @abstractmethod
    def focus_target(self) -> QWidget:
        """Give the editor that takes the focus for the row."""

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus where typing begins; a focus proxy would make a second stop of the row itself for Tab."""
        self.focus_target().setFocus(reason)

    def name_editors(self, number: int) -> None:
        """Give the editors their accessible names."""

    @abstractmethod
    def value(self) -> T:
        """Give what is written in the row."""

    @abstractmethod
    def show_value(self, value: T) -> None:
        """Show what is known of a row."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Tell whether nothing is written in the row."""

    def fields(self) -> tuple[Field, ...]:
        """Give the row's editors whose entries can be wrong in themselves."""
        return ()

    def bad(self) -> Field | None:
        """Give the first editor whose entry cannot stand, each marked, or None."""
        checked = [(field, field.check()) for field in self.fields()]
        return next((field for field, right in checked if not right), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and the arrows."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class RowsField(Field, Generic[R]):
    """A list of rows; `first` keeps one open row in an empty list, `ordered` fires as rows come and go."""

    ordered = Signal()

    def __init__(
        self, label: str, noun: str, make: Callable[[], R], *, key: str, first: bool = True, most: int = 50
    ) -> None:
        self._area = QWidget()
        super().__init__(label, self._area, key=key)
        self._make, self._first, self._most, self.noun = make, first, most, noun
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._box = QVBoxLayout(self._area)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._rows: list[R] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._box.addLayout(self._list)
        self.add_button = link(f"添加{noun}", self._add)
        self._box.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        if first:
            self.add()

    def focus_target(self) -> QWidget:
        """Give the first row's editor, or the button that adds one."""
        return self._rows[0].focus_target() if self._rows else self.add_button

    def rows(self) -> tuple[R, ...]:
        """Give all rows, blank ones too."""
        return tuple(self._rows)

    def values(self) -> tuple[Any, ...]:
        """Give what is written, without blank rows."""
        return tuple(row.value() for row in self._rows if not row.is_empty())

    def set_values(self, values: Sequence[Any]) -> None:
        """Show these rows."""
        while self._rows:
            self._drop(self._rows[-1])
        for value in values:
            self.add().show_value(value)
        if self._first and not values:
            self.add()

    def set_error(self, text: str | None) -> None:
        """Show an error under the list, and mark the first row's editor."""
        super().set_error(text)
        editor = self._rows[0].focus_target() if self._rows else None
        if editor is not None:
            editor.setProperty("bad", bool(text))
            restyle(editor)

    def bad(self) -> Field | None:
        """Give the first editor of a row whose entry cannot stand, or None."""
        found = [one for row in self._rows if (one := row.bad()) is not None]
        return found[0] if found else None

    def faults(self) -> tuple[tuple[Field, str], ...]:
        """Give the editors of all rows whose entries cannot stand, with what is wrong; nothing is marked."""
        fields = (field for row in self._rows for field in row.fields())
        return tuple((field, problem) for field in fields if (problem := field.problem()))

    def add(self) -> R:
        """Add a row at the end."""
        row = self._make()
        row.changed.connect(self._tell)
        row.left.connect(self.left)
        row.moved.connect(lambda by: self.shift(row, by))
        row.removed.connect(lambda: self.remove(row))
        self._rows.append(row)
        self._list.addWidget(row)
        self._order()
        return row

    def _add(self) -> None:
        """Add a row by hand: one that is meant though it is blank (a vote) changes the form at once."""
        self.add().setFocus()
        self._tell()

    def remove(self, row: R) -> None:
        """Take a row away; where one must stay open, a blank one stays."""
        self._drop(row)
        if self._first and not self._rows:
            self.add()
        self._tell()

    def shift(self, row: R, by: int) -> None:
        """Move a row up or down."""
        at = self._rows.index(row)
        to = at + by
        if 0 <= to < len(self._rows):
            self._rows.insert(to, self._rows.pop(at))
            self._list.insertWidget(to, row)
            self._order()
            row.setFocus()
            self._tell()

    def is_empty(self) -> bool:
        """Tell whether nothing is written."""
        return not self.values()

    def _drop(self, row: R) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.setParent(None)
        row.deleteLater()
        self._order()

    def _order(self) -> None:
        height = self.add_button.sizeHint().height()
        for number, row in enumerate(self._rows, start=1):
            row.set_number(number, height)
        self.add_button.setVisible(len(self._rows) < self._most)
        self.ordered.emit()

    def _tell(self) -> None:
        if self.error:
            self.set_error(None)
        self.changed.emit()
