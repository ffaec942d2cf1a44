"""What every form field is: label on top, required mark, editor, error under it; and the field of one line.

    title = LineField("议题", required=True, limit=200)
    title.changed.connect(self._draft)      # at each change by the person or by set_value
    title.left.connect(self._check)         # when the person leaves it: validate here, not at each key
    if error.field == title.key: title.set_error(error.why + error.do)

`check()` sets the field's own error (missing, unreadable) and tells whether it is right. `fields.py` has all kinds.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.text import clean_line
from desktop.ui.theme import restyle, theme
from desktop.ui.widgets.editors import LineEdit, TextEdit
from desktop.ui.widgets.text import plain_label, set_tip

ERROR_HEIGHT = 19


class Field(QWidget):
    """What all fields have in common; `key` names the field as services do (`UserError.field`)."""

    changed = Signal()
    left = Signal()

    def __init__(self, label: str, editor: QWidget, *, key: str = "", required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.key = key
        self.label = label
        self.required = required
        self.editor = editor
        self._error = plain_label("", "error", wrap=True)
        self._note = plain_label("", "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self._head = QHBoxLayout()
        self._head.setSpacing(2)
        self._label = plain_label(label, "label")
        self._star = plain_label("*", "required")
        self._head.addWidget(self._label)
        self._head.addWidget(self._star)
        self._head.addStretch(1)
        self._head.addWidget(self._note)
        box.addLayout(self._head)
        box.addWidget(editor)
        box.addWidget(self._error)
        self._star.setVisible(required)  # only now that it stands in the field: alone it would be a window
        self._error.hide()
        self._note.hide()
        editor.setAccessibleName(f"{label}（必填）" if required else label)
        if hint:
            set_tip(editor, hint)

    def focus_target(self) -> QWidget:
        """Give the widget that takes the focus for the field."""
        return self.editor

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus where typing begins; a focus proxy would make a second stop of the field itself for Tab."""
        self.focus_target().setFocus(reason)

    def hasFocus(self) -> bool:
        """Tell whether the person is in the field."""
        return self.focus_target().hasFocus()

    @property
    def error(self) -> str:
        """Give the error shown, or nothing."""
        return self._error.text()

    def set_error(self, text: str | None) -> None:
        """Show an error under the field, or take it away."""
        shown = text or ""
        if shown == self._error.text():
            return
        self._error.setText(shown)
        self._error.setVisible(bool(shown))
        self.editor.setProperty("bad", bool(shown))
        self.editor.setAccessibleDescription(shown)
        restyle(self.editor)

    def hold_room(self) -> None:
        """Keep the place of an error of one line free, so that saying one moves no field below."""
        policy = self._error.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._error.setSizePolicy(policy)
        self._error.setMinimumHeight(theme().px(ERROR_HEIGHT))

    def set_note(self, text: str) -> None:
        """Show a grey note at the right of the label (`实到 6 人`)."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def set_required(self, *, on: bool) -> None:
        """Make the field required, or no longer so, as the rest of the form asks for it."""
        self.required = on
        self.set_star(on=on)

    def set_star(self, *, on: bool) -> None:
        """Mark the field as needed for a complete record, though the form may be saved without it."""
        self._star.setVisible(on)
        self.editor.setAccessibleName(f"{self.label}（必填）" if on else self.label)

    def set_label(self, label: str) -> None:
        """Call the field by another name (`主题`, `党课题目`)."""
        star = not self._star.isHidden()
        self.label = label
        self._label.setText(label)
        self.set_star(on=star)

    def is_empty(self) -> bool:
        """Tell whether nothing is entered."""
        raise NotImplementedError

    def problem(self) -> str:
        """Give what is wrong with the entry itself, or nothing."""
        return f"还没有填写{self.label}。请填写。" if self.required and self.is_empty() else ""

    def too_long(self, count: int, limit: int) -> str:
        """Say how much is too much; a limit of 0 is none."""
        over = count - limit
        return f"{self.label}多了 {over} 字，最多 {limit} 字。请删短一些。" if limit and over > 0 else ""

    def typed(self, count: int, limit: int) -> None:
        """Count near a soft limit, take an error away that is being mended, and tell of the change."""
        if limit:
            self.set_note(f"{count}/{limit} 字" if count * 10 >= limit * 8 else "")
        if self.error:
            self.set_error(None)
        self.changed.emit()

    def check(self) -> bool:
        """Show the field's own problem, if any, and tell whether it is right."""
        found = self.problem()
        self.set_error(found)
        return not found

    def set_read_only(self, *, on: bool) -> None:
        """Let the value be read and copied but not changed."""
        if isinstance(self.editor, QLineEdit | TextEdit):
            self.editor.setReadOnly(on)
        else:
            self.editor.setEnabled(not on)


class LineField(Field):
    """One line of text, cleaned when it is left; `limit` is soft: a counter, never a silent cut."""

    def __init__(
        self, label: str, *, key: str = "", required: bool = False, limit: int = 0, hint: str = "", example: str = ""
    ) -> None:
        self.edit = self._make_edit()
        super().__init__(label, self.edit, key=key, required=required, hint=hint)
        self._limit = limit
        self.edit.setPlaceholderText(example)
        self.edit.textChanged.connect(self._typed)
        self.edit.left.connect(self._leave)
        self._finish: Callable[[], object] = self.focusNextChild
        self.edit.returnPressed.connect(self._entered)

    def _make_edit(self) -> LineEdit:
        return LineEdit()

    def finish_with(self, then: Callable[[], object]) -> None:
        """Let Enter do `then`, as the last field of a sheet presses its primary; else it goes to the next field."""
        self._finish = then

    def value(self) -> str:
        """Give the cleaned text."""
        return clean_line(self.edit.text())

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.edit.setText(value or "")
        self.edit.setCursorPosition(0)

    def is_empty(self) -> bool:
        """Tell whether there is only blank."""
        return not self.value()

    def problem(self) -> str:
        """Say what is missing, or how much is too much."""
        return self.too_long(len(self.value()), self._limit) or super().problem()

    def _typed(self) -> None:
        self.typed(len(self.edit.text()), self._limit)

    def _entered(self) -> None:
        self._finish()

    def _leave(self) -> None:
        self.left.emit()
