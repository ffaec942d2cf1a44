"""The question about a form that was kept and not saved: `发现 11月20日未完成的支委会记录`, asked once a form."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.services.drafts import KeptDraft
from desktop.ui import icons
from desktop.ui.meetings import draft_text
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.text import elided_label, plain_label


class KeptBanner(QFrame):
    """Asks about one kept form; `resumed(kept)` or `dropped(kept)` fires with the answer, and it goes away."""

    resumed = Signal(object)
    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        self._picture = plain_label()
        row.addWidget(self._picture)
        self._words = elided_label("")
        row.addWidget(self._words, 1)
        self.go_on = secondary("继续填写", "edit", lambda: self._answer(on=True))
        self.drop = secondary("放弃", then=lambda: self._answer(on=False))
        row.addWidget(self.go_on)
        row.addWidget(self.drop)
        self._kept: list[KeptDraft] = []
        self._colour()
        theme().changed.connect(self._colour)
        self.hide()

    def ask(self, kept: Sequence[KeptDraft]) -> None:
        """Ask about the newest of these, and after 放弃 about the next."""
        self._kept = list(kept)
        self._next()

    def words(self) -> str:
        """Give the question that is shown."""
        return self._words.text()

    def _next(self) -> None:
        self.setVisible(bool(self._kept))
        if self._kept:
            question = self.question(self._kept)
            self._words.setText(question)
            self.setAccessibleName(question)

    def question(self, kept: Sequence[KeptDraft]) -> str:
        """Say what is asked about the first of these."""
        found = draft_text.loads(kept[0].content)
        return draft_text.question(found.draft) if found else "发现未完成的会议记录"

    def _answer(self, *, on: bool) -> None:
        kept = self._kept.pop(0)
        if on:
            self._kept = []
            self.hide()
            self.resumed.emit(kept)
        else:
            self.dropped.emit(kept)
            self._next()

    def _colour(self) -> None:
        self._picture.setPixmap(icons.pixmap("history", "info", size=theme().px(20)))
