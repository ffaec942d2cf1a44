"""Keeps a form that is not saved: soon after the last key, each 5 s of typing on, when a field is left, at the end."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.core.errors import UserError
from desktop.services import drafts
from desktop.services.drafts import KeptDraft
from desktop.ui.context import Context
from desktop.ui.meetings import draft_text
from desktop.ui.meetings.draft_text import Kept
from desktop.ui.meetings.pace import Pace

IDLE_MS, LATEST_MS = 1500, 5000


class Autosave(QObject):
    """One kept form at a time; `give` tells what to keep (None: nothing).

    `kept(id)` fires when the form is on disk, with None when one was dropped; `refused(error)` when it could not be
    kept, which is tried again with the next key.
    """

    kept = Signal(object)
    refused = Signal(object)

    def __init__(self, context: Context, give: Callable[[], Kept | None], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._give = context, give
        self._pace = Pace(self.flush, self, quiet=IDLE_MS, most=LATEST_MS)
        self.key: bytes | None = None
        self._last = ""

    def begin(self, kept: KeptDraft | None = None) -> None:
        """Begin another form, or go on with one that was kept."""
        self._pace.stop()
        self.key = kept.id if kept else None
        self._last = kept.content if kept else ""

    def poke(self) -> None:
        """Something was typed."""
        self._pace.poke()

    def flush(self) -> None:
        """Keep what there is now, if it is not kept yet."""
        self._pace.stop()
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
            self.kept.emit, failed=self._not_kept, silent=True, title="保存草稿",
        )  # fmt: skip

    def _not_kept(self, error: UserError) -> None:
        self._last = ""
        self.refused.emit(error)

    def end(self) -> bytes | None:
        """Stop keeping; give the kept form's id, to be dropped together with the save."""
        self._pace.stop()
        key, self.key, self._last = self.key, None, ""
        return key

    def discard(self) -> None:
        """Drop what was kept of this form."""
        key = self.end()
        if key is not None:
            self.drop(key)

    def drop(self, key: bytes) -> None:
        """Drop a kept form."""
        self._context.tasks.run_change(
            self, lambda session: drafts.discard(session, draft=key), lambda _none: self.kept.emit(None),
            silent=True, title="放弃草稿",
        )  # fmt: skip
