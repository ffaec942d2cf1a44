"""What a form needs before it opens, read at once on the reader thread."""

from dataclasses import dataclass, replace
from datetime import date

from desktop.services import (
    branch_lists,
    drafts,
    meeting_drafts,
    meeting_lists,
    meeting_makeups,
    meetings,
    party_groups,
)
from desktop.services.drafts import KeptDraft
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.meeting_makeups import MakeUp
from desktop.services.sessions import Session
from desktop.ui.meetings import draft_text

HOLDING = frozenset({"P4", "P5", "P6", "P7", "P8"})
Choices = tuple[tuple[bytes, str], ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The draft to show, the branches to choose from, and the forms that were kept and not saved, newest first."""

    draft: MeetingDraft
    branches: Choices
    kept: tuple[KeptDraft, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a meeting beforehand: the prefilled draft, groups and places of the branch, missed periods."""

    draft: MeetingDraft
    groups: Choices
    places: tuple[str, ...]
    missed: tuple[MakeUp, ...]


def new(session: Session, *, branch: bytes | None, kinds: tuple[str, ...], last: bytes | None) -> Opening:
    """Open a new form: of the named branch, else the own one, the last used, or the one that met last."""
    branches = _branches(session)
    there = {key for key, _ in branches}
    chosen = next((key for key in (branch, session.scope, last) if key in there), None)
    if chosen is None:
        newest = meeting_lists.list_meetings(session, limit=1)
        chosen = newest[0].branch_id if newest and newest[0].branch_id in there else next(iter(there), None)
    draft = MeetingDraft(chosen or b"", kinds, session.today.isoformat())
    if chosen is not None:
        draft = replace(known(session, draft=draft).draft, kinds=kinds)
    return Opening(draft, branches, _kept(session, None))


def stored(session: Session, *, meeting: bytes) -> Opening:
    """Open a saved record."""
    draft = meetings.open_(session, meeting=meeting)
    branches = _branches(session)
    if draft.branch not in {key for key, _ in branches}:
        branches = ((draft.branch, _name(session, draft.branch)), *branches)
    return Opening(draft, branches, _kept(session, meeting.hex()))


def known(session: Session, *, draft: MeetingDraft) -> Known:
    """Give what is known of a meeting of this branch, kinds and day."""
    on = _day(draft.held_on, session.today)
    found = meeting_drafts.prefill(
        session, branch=draft.branch, kinds=draft.kinds, on=on, party_group=draft.party_group
    )
    groups = tuple((row.id, row.name) for row in party_groups.list_groups(session, branch=draft.branch))
    places = meeting_drafts.places(session, branch=draft.branch)
    missed = meeting_makeups.missed(session, draft=draft)
    return Known(replace(found, place=found.place or next(iter(places), None)), groups, places, missed)


def _day(text: str | None, today: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today


def _branches(session: Session) -> Choices:
    """Give the branches that meet, those of social organisations first."""
    rows = [row for row in branch_lists.list_branches(session) if row.kind in HOLDING]
    rows.sort(key=lambda row: row.field != "8")
    return tuple((row.id, row.short_name or row.name) for row in rows)


def _name(session: Session, branch: bytes) -> str:
    rows = branch_lists.list_branches(session)
    return next((row.short_name or row.name for row in rows if row.id == branch), "已撤并的党支部")


def _kept(session: Session, subject: str | None) -> tuple[KeptDraft, ...]:
    found = (row for row in drafts.kept(session, kind=draft_text.KIND) if row.subject == subject)
    return tuple(row for row in found if draft_text.loads(row.content) is not None)
