"""What was entered on the morning of the demo's day, done as people do it: records on every step of their way."""

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop.core.clock import FixedClock
from desktop.demo.texts import HANDS, TOPICS
from desktop.services import attachments, meeting_drafts, meeting_states, meetings, minutes
from desktop.services.meeting_drafts import AgendaDraft, MeetingDraft, ResolutionDraft, VoteDraft
from desktop.services.sessions import Role, Session

MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
_PASSED, _ARCHIVED = date(2026, 11, 12), date(2026, 11, 5)
_DRAFT, _SUBMITTED, _RETURNED = date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 17)


@dataclass(frozen=True, slots=True)
class Places:
    """Where it happens: the branch of 书记 施静 with one of its groups, and two other branches."""

    own: bytes
    group: bytes
    archived: bytes
    passed: bytes


def show(session: Session, clock: FixedClock, places: Places) -> None:
    """Leave a passed, an archived, a corrected, a returned, a handed-in and a draft record to be seen."""
    clerk = replace(session, account="gs", account_title="干事 高珊", role=Role.CLERK)
    secretary = replace(session, account="sj", account_title="书记 施静", role=Role.SECRETARY, scope=places.own)
    clock.instant = max(clock.instant, MORNING)
    _archive_and_correct(clerk, clock, places.archived)
    _later(clock)
    meetings.save(clerk, draft=_filled(clerk, places.passed, ("lecture",), _PASSED))
    _hand_in_and_return(clerk, secretary, clock, places)
    _later(clock)
    key = _key(meetings.save(secretary, draft=_filled(secretary, places.own, ("theme_day",), _SUBMITTED)).key)
    meeting_states.hand_in(secretary, meeting=key)
    _later(clock)
    unfinished = meeting_drafts.prefill(secretary, branch=places.own, kinds=("committee",), on=_DRAFT)
    meetings.save(secretary, draft=replace(unfinished, topic="讨论年度总结", agenda=(AgendaDraft("讨论年度总结"),)))


def _archive_and_correct(clerk: Session, clock: FixedClock, branch: bytes) -> None:
    draft = _decided(_filled(clerk, branch, ("members",), _ARCHIVED))
    key = _key(meetings.save(clerk, draft=replace(draft, recorder="高珊")).key)
    meeting_states.archive(clerk, meeting=key)
    _later(clock)
    stored = meetings.open_(clerk, meeting=key)
    right = replace(stored, recorder=draft.recorder)
    made = meeting_states.correct(clerk, meeting=key, draft=right, reason="记录人误填为干事，改为支部的记录人。")
    _attach_signed(clerk, _key(made.key))


def _attach_signed(clerk: Session, meeting: bytes) -> None:
    """Attach the printed record to its meeting, as a scan of the signed paper would be."""
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder) / "签字后的会议记录.pdf"
        scan.write_bytes(minutes.pdf(clerk, meetings=(meeting,), combined=False))
        attachments.add(clerk, kind="meeting", key=meeting, files=(scan,))


def _hand_in_and_return(clerk: Session, secretary: Session, clock: FixedClock, places: Places) -> None:
    _later(clock)
    draft = _filled(secretary, places.own, ("group",), _RETURNED, places.group)
    silent = {draft.attendance[-2].person_id or b"": ("2", None)}  # the last one takes the minutes
    key = _key(meetings.save(secretary, draft=meeting_drafts.with_absent(draft, silent)).key)
    meeting_states.hand_in(secretary, meeting=key)
    _later(clock)
    meeting_states.return_(clerk, meeting=key, reason="有 1 名党员请假，没有填原因，请补填。")


def _filled(
    session: Session, branch: bytes, kinds: tuple[str, ...], day: date, group: bytes | None = None
) -> MeetingDraft:
    """Fill a form as a careful person would."""
    topic = TOPICS[day.day % len(TOPICS)]
    draft = meeting_drafts.prefill(session, branch=branch, kinds=kinds, on=day, party_group=group)
    return replace(
        draft,
        place=draft.place or "党群服务中心会议室",
        recorder=draft.attendance[-1].name,
        lecturer=draft.host if "lecture" in kinds else None,
        topic=topic.title,
        content=topic.content,
        agenda=(AgendaDraft(topic.title),),
    )


def _decided(draft: MeetingDraft) -> MeetingDraft:
    """Add the decision of the one item, carried by everybody who has a vote."""
    topic = next(topic for topic in TOPICS if topic.title == draft.topic)
    count = sum(row.votes for row in draft.attendance)
    vote = VoteDraft(1, method=HANDS, due=count, present=count, approve=count, against=0, abstain=0)
    return replace(draft, resolutions=(ResolutionDraft(topic.resolution, 1),), votes=(vote,))


def _key(key: bytes | None) -> bytes:
    if key is None:
        raise LookupError("a save names its record")
    return key


def _later(clock: FixedClock) -> None:
    """Let a few minutes go by between one entry and the next."""
    clock.instant += timedelta(minutes=7)
