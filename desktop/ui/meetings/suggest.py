"""A line with suggestions: what was written before, or who is on the list; it suggests and never writes unseen."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCompleter, QMenu

from desktop.ui.widgets.field import LineField


class SuggestField(LineField):
    """A line of text whose suggestions drop down while typing, and all of them with F4 or the arrow."""

    def __init__(self, label: str, *, key: str = "", required: bool = False, limit: int = 0) -> None:
        super().__init__(label, key=key, required=required, limit=limit)
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(completer)
        self._opener = QAction("选一项", self)
        self._opener.setShortcut("F4")
        self._opener.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._opener.triggered.connect(self._open)
        self._opener.setVisible(False)
        self.edit.put_icon("chevron_down", action=self._opener)

    def set_suggestions(self, texts: Sequence[str]) -> None:
        """Suggest these."""
        self._model.setStringList(list(texts))
        self._opener.setVisible(bool(texts))

    def suggestions(self) -> list[str]:
        """Give what is suggested."""
        return self._model.stringList()

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setMinimumWidth(self.edit.width())
        for text in self.suggestions():
            menu.addAction(text.replace("&", "&&"), lambda text=text: self._take(text))
        menu.popup(self.edit.mapToGlobal(self.edit.rect().bottomLeft()))

    def _take(self, text: str) -> None:
        self.set_value(text)
        self.left.emit()
