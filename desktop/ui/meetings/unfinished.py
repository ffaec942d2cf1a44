"""The line above the list about records begun and not saved: the own account's kept forms, there after a crash too."""

from collections.abc import Mapping, Sequence

from desktop.core.clock import local_text
from desktop.services import branch_lists, drafts
from desktop.services.drafts import KeptDraft
from desktop.services.meeting_lists import kinds_short
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.meetings import draft_text
from desktop.ui.meetings.banner import KeptBanner
from desktop.ui.meetings.draft_text import Kept

Found = tuple[tuple[KeptDraft, ...], dict[bytes, str]]


def read(session: Session) -> Found:
    """Read the kept forms that can still be opened, newest first, and how their branches are called."""
    kept = tuple(one for one in drafts.kept(session, kind=draft_text.KIND) if draft_text.loads(one.content) is not None)
    rows = branch_lists.list_branches(session) if kept else ()
    return kept, {row.id: row.short_name or row.name for row in rows}


def words(kept: Sequence[KeptDraft], names: Mapping[bytes, str]) -> str:
    """Say how many are unfinished, and which is the newest: `有 1 份没有写完的会议记录（柳溪 支委会，…）`."""
    found = draft_text.loads(kept[0].content)
    told = "，".join(filter(None, (_about(found, names) if found else "", f"保存于 {local_text(kept[0].saved_at)}")))
    return f"有 {len(kept)} 份没有写完的会议记录（{'最近一份：' if len(kept) > 1 else ''}{told}）"


def _about(found: Kept, names: Mapping[bytes, str]) -> str:
    draft = found.draft
    about = " ".join(filter(None, (names.get(draft.branch), kinds_short(draft.kinds), draft.held_on)))
    return "，".join(filter(None, (about, "更正" if found.corrects else "")))


class Unfinished(KeptBanner):
    """`refresh()` reads it anew; `with_id` gives a kept form that was read."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._names: dict[bytes, str] = {}
        self._found: tuple[KeptDraft, ...] = ()
        self.dropped.connect(self._drop)

    def refresh(self) -> None:
        """Read what is kept now."""
        self._context.tasks.run_query(self, read, self._show, key="kept")

    def with_id(self, key: bytes) -> KeptDraft | None:
        """Give the kept form of an id, where it is still there."""
        return next((one for one in self._found if one.id == key), None)

    def question(self, kept: Sequence[KeptDraft]) -> str:
        """Say what is unfinished."""
        return words(kept, self._names)

    def _show(self, found: Found) -> None:
        self._found, self._names = found
        self.ask(self._found)

    def _drop(self, kept: KeptDraft) -> None:
        self._context.tasks.run_change(
            self, lambda session: drafts.discard(session, draft=kept.id), lambda _none: self.refresh(),
            silent=True, title="放弃草稿",
        )  # fmt: skip
