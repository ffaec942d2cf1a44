"""Keeps a form that is not saved yet: 1.5 s after the last key, when a field is left, and when the form closes."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services import drafts
from desktop.services.drafts import KeptDraft
from desktop.ui.context import Context
from desktop.ui.meetings import draft_text
from desktop.ui.meetings.draft_text import Kept

IDLE_MS = 1500


class Autosave(QObject):
    """One kept form at a time; `saved()` fires when the journal has it, `give` tells what to keep (None: nothing)."""

    saved = Signal()

    def __init__(self, context: Context, give: Callable[[], Kept | None], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._give = context, give
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self.flush)
        self.key: bytes | None = None
        self._last = ""

    def begin(self, kept: KeptDraft | None = None) -> None:
        """Begin another form, or go on with one that was kept."""
        self._timer.stop()
        self.key = kept.id if kept else None
        self._last = kept.content if kept else ""

    def poke(self) -> None:
        """Something was typed."""
        self._timer.start()

    def flush(self) -> None:
        """Keep what there is now, if it is not kept yet."""
        self._timer.stop()
        kept = self._give()
        content = draft_text.dumps(kept) if kept is not None else ""
        if kept is None or content == self._last:
            return
        self._last = content
        self.key = self.key or self._context.session.new_id()
        key, subject = self.key, kept.corrects or kept.draft.id
        self._context.tasks.run_change(
            self,
            lambda session: drafts.keep(
                session, kind=draft_text.KIND, content=content, subject=subject.hex() if subject else None,
                title=draft_text.title(kept.draft), draft=key,
            ),
            lambda _key: self.saved.emit(),
            silent=True, title="保存草稿",
        )  # fmt: skip

    def end(self) -> bytes | None:
        """Stop keeping; give the kept form's id, to be dropped together with the save."""
        self._timer.stop()
        key, self.key, self._last = self.key, None, ""
        return key

    def discard(self) -> None:
        """Drop what was kept."""
        key = self.end()
        if key is not None:
            self._context.tasks.run_change(self, lambda session: drafts.discard(session, draft=key), silent=True)
