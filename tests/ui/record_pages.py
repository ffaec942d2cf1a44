"""Hands for the tests of the pages of records: open a page, wait for a form, press its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.context import Context
from desktop.ui.main_window import MainWindow
from desktop.ui.records.form_dialog import FormDialog
from desktop.ui.records.list_page import RecordsPage
from desktop.ui.records.pickers import RecordField
from desktop.ui.widgets.buttons import Button

D = TypeVar("D", bound=QDialog)
P = TypeVar("P", bound=RecordsPage)


@dataclass(frozen=True, slots=True)
class Hands:
    """One window with what waits for its work."""

    window: MainWindow
    qtbot: QtBot
    settle: Callable[[Context], None]

    @property
    def context(self) -> Context:
        return self.window.context

    def wait(self) -> None:
        self.settle(self.context)

    def page(self, key: str, shape: type[P], kind: str = "", record: str = "") -> P:
        self.context.navigate.go(key, kind, record)
        self.wait()
        found = self.window.page()
        assert isinstance(found, shape)
        return found

    def dialog(self, shape: type[D]) -> D:
        found: list[D] = []

        def look() -> bool:
            found[:] = [one for one in self.window.findChildren(shape) if one.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(look, timeout=10_000)
        made = found[-1]
        made.activateWindow()
        self.qtbot.waitUntil(made.isActiveWindow, timeout=10_000)
        return made

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key of the window itself."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=10_000)
        self.qtbot.keyClick(self.window, key, modifiers)
        self.wait()

    def save(self, form: FormDialog) -> None:
        self.qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.wait()

    def type(self, edit: QLineEdit, text: str) -> None:
        """Type as an input method does: the words come composed, then committed."""
        edit.setFocus()
        QApplication.sendEvent(edit, QInputMethodEvent(text, []))
        done = QInputMethodEvent("", [])
        done.setCommitString(text)
        QApplication.sendEvent(edit, done)

    def pick(self, field: RecordField, typed: str) -> None:
        """Type into a field that names a record, and take the first that is offered."""
        field.edit.clear()
        self.type(field.edit, typed)
        popup = field._completer.popup()
        self.qtbot.waitUntil(lambda: popup.isVisible() and field._model.rowCount() > 0, timeout=10_000)
        self.qtbot.keyClick(popup, Qt.Key.Key_Down)
        self.qtbot.keyClick(popup, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: field.key_of() is not None, timeout=10_000)

    def names(self, page: RecordsPage) -> list[str]:
        column = page.table.visible_columns()[0]
        return [column.shown(row) for row in page.table.model.rows()]


def words(widget: QWidget) -> str:
    """Give all that a widget says, a line a label, buttons in brackets."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.text() and label.isVisibleTo(widget)]
    buttons = [f"[{button.text().strip()}]" for button in widget.findChildren(Button) if button.isVisibleTo(widget)]
    return "\n".join([*labels, *buttons])
