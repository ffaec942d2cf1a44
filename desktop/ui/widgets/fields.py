"""All kinds of form fields; import them from here.

`LineField`, `TextField`, `SecretField`, `ChoiceField` and `IdField` (narrow, upper case) have `value()`, `set_value()`;
`DateField` has `date()`/`set_date()`, `TimeField` `time()`/`set_time()`, `NumberField` `number()`/`set_number()`.
How to use them is said in `field.py`.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QLineEdit

from desktop.core.text import clean
from desktop.ui.widgets.editors import Combo, LineEdit, TextEdit
from desktop.ui.widgets.field import Field, LineField
from desktop.ui.widgets.typed_fields import DateField, IdField, NumberField, TimeField

__all__ = [
    "ChoiceField", "DateField", "Field", "IdField", "LineField", "NumberField", "SecretField", "TextField", "TimeField",
    "first_problem", "missing",
]  # fmt: skip

T = TypeVar("T")


class SecretField(LineField):
    """A password: shown as dots, kept as typed."""

    def _make_edit(self) -> LineEdit:
        edit = LineEdit()
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        return edit

    def value(self) -> str:
        """Give the text just as it was typed."""
        return self.edit.text()


class TextField(Field):
    """Several lines of text; grows from `rows` to `most` lines."""

    def __init__(
        self, label: str, *, key: str = "", required: bool = False, rows: int = 3, most: int = 12, limit: int = 0
    ) -> None:
        self.edit = TextEdit(rows, most)
        super().__init__(label, self.edit, key=key, required=required)
        self._limit = limit
        self.edit.textChanged.connect(self._typed)
        self.edit.left.connect(self.left)
        self.edit.too_long.connect(self._refuse)

    def _refuse(self, count: int) -> None:
        self.set_error(f"没有粘贴。这段文字有 {count:,} 字，太长了。请分成几段，只粘贴要记录的部分。")

    def value(self) -> str:
        """Give the cleaned text."""
        return clean(self.edit.toPlainText()).strip()

    def set_value(self, value: str | None) -> None:
        """Show a text; does nothing where it stands already, so that the cursor stays."""
        if (value or "") != self.edit.toPlainText():
            self.edit.setPlainText(value or "")

    def insert(self, text: str) -> None:
        """Put a text where the cursor stands (常用语)."""
        self.edit.insertPlainText(text)
        self.edit.setFocus()

    def is_empty(self) -> bool:
        """Tell whether there is only blank."""
        return not self.value()

    def problem(self) -> str:
        """Say what is missing, or how much is too much."""
        return self.too_long(len(self.value()), self._limit) or super().problem()

    def _typed(self) -> None:
        self.typed(len(self.edit.toPlainText()), self._limit)


class ChoiceField(Field, Generic[T]):
    """One of a list: `set_choices([(value, "文字"), …])`; with `blank` nothing may be chosen."""

    def __init__(
        self, label: str, choices: Sequence[tuple[T, str]] = (), *, key: str = "", required: bool = False,
        blank: str | None = None, hint: str = "",
    ) -> None:  # fmt: skip
        self.combo = Combo()
        super().__init__(label, self.combo, key=key, required=required, hint=hint)
        self._values: list[T | None] = []
        self._blank = blank
        self.set_choices(choices)
        self.combo.currentIndexChanged.connect(self._picked)
        self.combo.left.connect(self.left)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Replace the list and keep the value where it is still there."""
        before = self.value() if self._values else None
        blocked = self.combo.blockSignals(True)
        self.combo.clear()
        pairs: list[tuple[T | None, str]] = [*choices]
        if self._blank is not None:
            pairs.insert(0, (None, self._blank))
        self._values = [value for value, _ in pairs]
        self.combo.addItems([text for _, text in pairs])
        self.combo.blockSignals(blocked)
        self.combo.setCurrentIndex(self._values.index(before) if before in self._values else 0 if pairs else -1)

    def value(self) -> T | None:
        """Give the chosen value, or None."""
        at = self.combo.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def set_value(self, value: T | None) -> None:
        """Choose a value; -1 (nothing) where it is not in the list."""
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def is_empty(self) -> bool:
        """Tell whether nothing is chosen."""
        return self.value() is None

    def problem(self) -> str:
        """Say that nothing is chosen."""
        return f"还没有选{self.label}。请选一项。" if self.required and self.is_empty() else ""

    def _picked(self) -> None:
        if self.error:
            self.set_error(None)
        self.changed.emit()


def first_problem(fields: Sequence[Field]) -> Field | None:
    """Check all fields, show each one's problem, and give the first that is wrong, to be focused."""
    wrong = [field for field in fields if not field.check()]
    return wrong[0] if wrong else None


def missing(fields: Sequence[Field]) -> int:
    """Count the required fields that are empty (`还差 1 项必填`)."""
    return sum(field.required and field.is_empty() for field in fields)
