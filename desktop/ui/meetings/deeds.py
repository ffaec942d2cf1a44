"""What may be done with saved records, one or many: hand in, pass, return, archive, to the recycle bin, print."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.services import meeting_batches, meeting_states, meetings
from desktop.services.meeting_batches import Batch
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.dialogs.print_preview import PrintPreview
from desktop.ui.dialogs.reason import ask_reason
from desktop.ui.meetings import papers

MOST_NAMED = 8


class Deeds:
    """The deeds of the page, over the records that are given; every write is one unit with 撤销 in the toast."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def print_(self, keys: Sequence[bytes], name: str = "") -> PrintPreview | None:
        """Open the preview of records; Enter prints there."""
        if not keys:
            self._context.toast.say("先选一份或几份会议记录，再打印")
            return None
        box = PrintPreview(self._context, papers.of_meetings(keys, name), self._owner.window())
        box.open()
        return box

    def hand_in(self, keys: Sequence[bytes]) -> None:
        """Hand records in."""
        self._many(keys, "上报", lambda session: meeting_batches.hand_in(session, meetings=keys))

    def pass_(self, keys: Sequence[bytes]) -> None:
        """Pass records that were handed in."""
        self._many(keys, "通过", lambda session: meeting_batches.pass_(session, meetings=keys))

    def archive(self, keys: Sequence[bytes]) -> None:
        """Archive records; one that lacks something says all that it lacks."""
        if len(keys) == 1:
            key = keys[0]
            self._context.tasks.run_change(self._owner, lambda session: meeting_states.archive(session, meeting=key))
        else:
            self._many(keys, "归档", lambda session: meeting_batches.archive(session, meetings=keys))

    def remove(self, keys: Sequence[bytes]) -> None:
        """Put records into the recycle bin."""
        if len(keys) == 1:
            key = keys[0]
            self._context.tasks.run_change(
                self._owner, lambda session: meetings.remove(session, meeting=key, reason="")
            )
        else:
            self._many(keys, "移到回收站", lambda session: meeting_batches.remove(session, meetings=keys, reason=""))

    def return_(self, key: bytes) -> None:
        """Return a record with a reason."""
        reason = ask_reason(
            self._owner.window(), "退回这份会议记录", "退回后由支部补正，再重新上报。", "退回理由", "退回"
        )
        if reason is not None:
            self._context.tasks.run_change(
                self._owner, lambda session: meeting_states.return_(session, meeting=key, reason=reason)
            )

    def _many(self, keys: Sequence[bytes], verb: str, work: Callable[[Session], Batch]) -> None:
        if keys:
            self._context.tasks.run_change(
                self._owner, work, lambda batch: self._told(batch, verb), title=f"{verb}会议记录"
            )

    def _told(self, batch: Batch, verb: str) -> None:
        if batch.left:
            what = f"{verb}了 {batch.done} 份，{len(batch.left)} 份没有{verb}。"
            lines = [f"{row.name}：{row.why}。" for row in batch.left[:MOST_NAMED]]
            if len(batch.left) > MOST_NAMED:
                lines.append(f"还有 {len(batch.left) - MOST_NAMED} 份，原因类似。")
            messages.notice(self._owner.window(), what, "\n".join(lines))
