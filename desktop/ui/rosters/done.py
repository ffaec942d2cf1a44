"""Step 4 of the roster wizard: what came in, with the way back and the way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.importing import ImportResult
from desktop.services.undoing import Undone
from desktop.ui import icons
from desktop.ui.rosters.words import PAGES, said
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.text import plain_label


class DoneStep(QWidget):
    """`undo_wanted`, `again_wanted`, `export_wanted` and `go_wanted(page)` are what can be done next."""

    undo_wanted = Signal()
    again_wanted = Signal()
    export_wanted = Signal()
    go_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        card = Card(gap=12)
        card.body.addStretch(1)
        self._picture = plain_label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._what = plain_label("", "title")
        self._what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said = plain_label("", "label", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self._picture, self._what, self._said):
            card.body.addWidget(label)
        card.body.addLayout(self._build_deeds())
        card.body.addStretch(2)
        box.addWidget(card)

    def _build_deeds(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.go_button = primary("", then=self._go)
        self.undo_button = secondary("整批撤销", "arrow_undo", self.undo_wanted.emit, tip="把这次导入的内容全部退回")
        self.export_button = secondary("导出问题清单", "arrow_upload", self.export_wanted.emit)
        self.again_button = secondary("再导入一份", "arrow_import", self.again_wanted.emit)
        row.addStretch(1)
        for button in (self.go_button, self.again_button, self.export_button, self.undo_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_result(self, kind: str, result: ImportResult, *, problems: bool, has_page: bool) -> None:
        """Show what one import did; `has_page` tells whether the list of what came in is there to go to."""
        self._kind = kind
        _, verb = PAGES[kind]
        self._picture.setPixmap(icons.pixmap("checkmark_circle", "ok", filled=True, size=theme().px(48)))
        self._what.setText("导入完成")
        self._said.setText(said(kind, result))
        self.go_button.set_text(verb)
        self.go_button.setVisible(has_page)
        self.export_button.setVisible(problems)
        self.undo_button.setVisible(result.unit is not None)

    def show_undone(self, undone: Undone) -> None:
        """Say that the import was taken back, what was left and why, and to whom the undo will travel."""
        self._picture.setPixmap(icons.pixmap("arrow_undo", "text2", size=theme().px(48)))
        self._what.setText("已整批撤销")
        first = "能退回的都退回到导入前的样子了" if undone.kept else "所有记录都退回到导入前的样子"
        self._said.setText("".join(f"{words}。" for words in (first, *undone.notes)))
        self.undo_button.hide()
        self.export_button.hide()

    def _go(self) -> None:
        self.go_wanted.emit(PAGES[self._kind][0])
