"""What a meeting form holds before it is saved, and what it is filled with beforehand (应到, host, time, place)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.core.errors import UserError
from desktop.rules import codes
from desktop.rules.votes import has_vote
from desktop.services.sessions import WRITERS, Session, allowed, check_scope


@dataclass(frozen=True, slots=True)
class AttendanceDraft:
    """One name on the list; `status` is a code of domain.md §3.1, standing and vote are as frozen."""

    name: str
    person_id: bytes | None = None
    post: str | None = None
    standing: str | None = None
    votes: bool = False
    status: str = codes.PRESENT
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaDraft:
    """One item of business."""

    title: str
    content: str | None = None


@dataclass(frozen=True, slots=True)
class ResolutionDraft:
    """One thing decided; dates are YYYY, YYYY-MM or YYYY-MM-DD."""

    text: str
    agenda_number: int | None = None
    responsible: str | None = None
    due_on: str | None = None
    done_on: str | None = None


@dataclass(frozen=True, slots=True)
class VoteDraft:
    """One count; the result is computed from it and never typed."""

    agenda_number: int | None = None
    person_id: bytes | None = None
    method: str | None = None
    due: int | None = None
    present: int | None = None
    written: int | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    approve: int | None = None
    against: int | None = None
    abstain: int | None = None
    other: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """One gathering as the form holds it; `id` None is a new one, times are HH:MM, `extra` is JSON text."""

    branch: bytes
    kinds: tuple[str, ...]
    held_on: str | None = None
    id: bytes | None = None
    party_group: bytes | None = None
    record_class: str = "full"
    starts_at: str | None = None
    ends_at: str | None = None
    place: str | None = None
    host: str | None = None
    recorder: str | None = None
    lecturer: str | None = None
    guide: str | None = None
    topic: str | None = None
    content: str | None = None
    documents: str | None = None
    observers: str | None = None
    extra: str | None = None
    agenda: tuple[AgendaDraft, ...] = ()
    attendance: tuple[AttendanceDraft, ...] = ()
    resolutions: tuple[ResolutionDraft, ...] = ()
    votes: tuple[VoteDraft, ...] = ()


_ROSTER = (
    "SELECT DISTINCT p.id, p.name, m.standing, (SELECT min(o.title) FROM post o WHERE o.person_id = p.id "
    "AND o.branch_id = m.branch_id AND o._deleted IS NULL AND coalesce(o.starts_on, '') <= ? "
    "AND (o.ends_on IS NULL OR o.ends_on >= ?)), m.party_group_id FROM membership m "
    "JOIN person p ON p.id = m.person_id "
    "WHERE m.branch_id = ? AND m._deleted IS NULL AND p._deleted IS NULL AND coalesce(m.starts_on, '') <= ? "
    "AND (m.ends_on IS NULL OR m.ends_on >= ?) ORDER BY p.id, m.starts_on"
)


@allowed(WRITERS)
def due_list(
    session: Session, *, branch: bytes, kinds: tuple[str, ...], on: date, party_group: bytes | None = None
) -> tuple[AttendanceDraft, ...]:
    """Give who should come on a day: all members, the committee, or one group; everyone stands as present."""
    check_scope(session, branch)
    day = on.isoformat()
    found: dict[bytes, AttendanceDraft] = {}
    for person, name, standing, title, group in session.db.rows(_ROSTER, (day, day, branch, day, day)):
        if standing not in codes.MEMBERS:
            continue
        if set(kinds) == {codes.Kind.COMMITTEE} and title not in codes.COMMITTEE_TITLES:
            continue
        if set(kinds) == {codes.Kind.GROUP} and party_group is not None and group != party_group:
            continue
        words = codes.TITLE_WORDS.get(title) if title else None
        found[person] = AttendanceDraft(name, person, words, standing, has_vote(standing))
    return tuple(found.values())


@allowed(WRITERS)
def prefill(
    session: Session, *, branch: bytes, kinds: tuple[str, ...], on: date, party_group: bytes | None = None
) -> MeetingDraft:
    """Give a new form with date, time and place of the last such meeting, host, recorder and 应到 filled in."""
    listed = due_list(session, branch=branch, kinds=kinds, on=on, party_group=party_group)
    last = session.db.one(
        "SELECT m.starts_at, m.ends_at, m.place, m.recorder FROM meeting m JOIN meeting_kind k ON k.meeting_id = m.id "
        "WHERE m.branch_id = ? AND k.kind = ? AND m._deleted IS NULL AND m.held_on <= ? ORDER BY m.held_on DESC",
        (branch, kinds[0] if kinds else "", on.isoformat()),
    )
    starts, ends, place, recorder = last or (None, None, None, None)
    host = next((row.name for row in listed if row.post == codes.TITLE_WORDS["01"]), None)
    return MeetingDraft(
        branch, kinds, on.isoformat(), party_group=party_group, starts_at=starts or "14:30", ends_at=ends or "16:00",
        place=place, host=host, recorder=recorder, attendance=listed,
    )  # fmt: skip


def with_absent(draft: MeetingDraft, absent: Mapping[bytes, tuple[str, str | None]]) -> MeetingDraft:
    """Name the absent by person id as (status, reason); a person who is not on the list is refused."""
    unknown = absent.keys() - {row.person_id for row in draft.attendance}
    if unknown:
        raise UserError("没有记下缺席。", "有人不在应到名单里。", "请先核对应到名单。", "not-on-list", "attendance")
    rows = tuple(
        replace(row, status=absent[row.person_id][0], reason=absent[row.person_id][1])
        if row.person_id is not None and row.person_id in absent
        else row
        for row in draft.attendance
    )
    return replace(draft, attendance=rows)


@allowed(WRITERS)
def repeat(session: Session, *, branch: bytes, on: date) -> MeetingDraft | None:
    """Give a new form that takes over the branch's last gathering (沿用上次会议), or None where there is none.

    Kinds, group, times, place, host, recorder, lecturer and guests come along; 应到 is of the new day, and what was
    said and decided stays behind.
    """
    check_scope(session, branch)
    last = session.db.one(
        "SELECT id, party_group_id, starts_at, ends_at, place, host, recorder, lecturer, guide, observers FROM meeting "
        "WHERE branch_id = ? AND _deleted IS NULL AND held_on <= ? ORDER BY held_on DESC, id DESC",
        (branch, on.isoformat()),
    )
    if last is None:
        return None
    key, group, starts, ends, place, host, recorder, lecturer, guide, observers = last
    rows = session.db.rows("SELECT kind FROM meeting_kind WHERE meeting_id = ? ORDER BY rowid", (key,))
    kinds = tuple(kind for (kind,) in rows)
    listed = due_list(session, branch=branch, kinds=kinds, on=on, party_group=group)
    return MeetingDraft(
        branch, kinds, on.isoformat(), party_group=group, starts_at=starts, ends_at=ends, place=place, host=host,
        recorder=recorder, lecturer=lecturer, guide=guide, observers=observers, attendance=listed,
    )  # fmt: skip


@allowed(WRITERS)
def places(session: Session, *, branch: bytes, most: int = 8) -> tuple[str, ...]:
    """Give where a branch has met, the latest first, to be suggested in a form."""
    check_scope(session, branch)
    rows = session.db.rows(
        "SELECT place FROM meeting WHERE branch_id = ? AND place IS NOT NULL AND _deleted IS NULL "
        "GROUP BY place ORDER BY max(held_on) DESC LIMIT ?",
        (branch, most),
    )
    return tuple(place for (place,) in rows)
