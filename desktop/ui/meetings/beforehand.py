"""What is known of a meeting before anybody writes: asked for, and taken into the fields that nobody has written in."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.services import meeting_drafts
from desktop.services.meeting_drafts import MeetingDraft
from desktop.ui.context import Context
from desktop.ui.meetings import loading
from desktop.ui.meetings.body import FormBody
from desktop.ui.meetings.loading import Known

_SAID = ("topic", "content", "documents", "agenda", "resolutions", "votes")
_AUTO = ("place", "host", "recorder", "starts_at", "ends_at")


class Beforehand(QObject):
    """Fills a form's body; `taken(draft)` fires with what the last gathering gives, over which what was said stays.

    `take_in` runs what changes the fields: the form then tells what a person wrote from what came beforehand.
    """

    taken = Signal(object)

    def __init__(
        self, context: Context, body: FormBody, take_in: Callable[[Callable[[], None]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._body, self._take_in = context, body, take_in
        self._auto: dict[str, str] = {}
        self.refrozen = False

    def begin(self, draft: MeetingDraft) -> None:
        """A draft is shown: what stands in it nobody has written, and more may be known."""
        self._auto = {name: getattr(draft, name) or "" for name in _AUTO}
        self.ask()

    def ask(self, *, fill: bool = False) -> None:
        """Ask for groups and places of the branch and, to `fill` the form, for who is due on the day."""
        draft = self._body.draft()
        if draft.branch:
            self._context.tasks.run_query(
                self, lambda session: loading.known(session, draft=draft),
                lambda known: self._take_in(lambda: self._know(known, fill=fill)),
                key="known", failed=lambda _error: None,
            )  # fmt: skip

    def _know(self, known: Known, *, fill: bool) -> None:
        body = self._body
        body.group.set_choices(known.groups)
        body.group.set_value(body.group.value() or body.draft().party_group)
        body.place.set_suggestions(known.places)
        body.makes_up.offer(known.missed)
        if fill:
            free = frozenset(name for name, value in self._auto.items() if (getattr(body.draft(), name) or "") == value)
            body.apply(known.draft, free)
            self._auto |= {name: getattr(body.draft(), name) or "" for name in free}

    def refreeze(self) -> None:
        """Take who was due anew, as the members stand on the day of the meeting."""
        self.refrozen = True
        self.ask(fill=True)

    def take_over(self) -> None:
        """Take over the branch's last gathering (沿用上次会议)."""
        draft = self._body.draft()
        on = self._body.held_on.date() or self._context.session.today
        if draft.branch:
            self._context.tasks.run_query(
                self, lambda session: meeting_drafts.repeat(session, branch=draft.branch, on=on), self._take_over,
                title="读上次会议",
            )  # fmt: skip

    def _take_over(self, last: MeetingDraft | None) -> None:
        if last is None:
            self._context.toast.say("这个支部还没有开过会，没有可以沿用的记录")
            return
        now = self._body.draft()
        self.taken.emit(replace(last, **{name: getattr(now, name) for name in _SAID}))
