"""The way of a record: draft, handed in, passed or returned, archived; what is archived is only ever corrected."""

from dataclasses import replace

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.models.meeting import Meeting
from desktop.rules import facts
from desktop.rules.records import Problem, meeting_problems
from desktop.services import meetings, records
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.sessions import EVERYONE, STAFF, WRITERS, Session, allowed, check_scope
from desktop.services.units import unit

_KEEP_NUMBERS = (
    "UPDATE meeting_kind SET number = (SELECT o.number FROM meeting_kind o WHERE o.meeting_id = ? "
    "AND o.kind = meeting_kind.kind) WHERE meeting_id = ? "
    "AND kind IN (SELECT kind FROM meeting_kind WHERE meeting_id = ?)"
)


@allowed(WRITERS)
def hand_in(session: Session, *, meeting: bytes) -> Changes:
    """Hand a draft or a returned record in to the township."""
    return _move(session, meeting, frozenset({"draft", "returned"}), "submitted", "上报", None)


@allowed(STAFF)
def pass_(session: Session, *, meeting: bytes) -> Changes:
    """Pass a record that was handed in."""
    return _move(session, meeting, frozenset({"submitted"}), "passed", "通过", None)


@allowed(STAFF)
def return_(session: Session, *, meeting: bytes, reason: str) -> Changes:
    """Return a record to its branch with a reason."""
    if not reason.strip():
        raise UserError("没有退回。", "没有写退回的理由。", "请写明要补正什么。", "reason", "reason")
    return _move(session, meeting, frozenset({"submitted", "passed"}), "returned", "退回", reason)


@allowed(STAFF)
def archive(session: Session, *, meeting: bytes) -> Changes:
    """Archive a passed record; a full one that lacks something (MTG-17) is refused with all that it lacks."""
    found = gaps(session, draft=meetings.open_(session, meeting=meeting))
    if found:
        why = "；".join(problem.sentence for problem in found)
        raise UserError("没有归档。", f"{why}。", "请补全后再归档。", "incomplete", found[0].field)
    return _move(session, meeting, frozenset({"passed"}), "archived", "归档", None)


@allowed(EVERYONE)
def gaps(session: Session, *, draft: MeetingDraft) -> tuple[Problem, ...]:  # noqa: ARG001 - every service has it
    """Give what a record lacks before it can be archived (MTG-17), with the fields; forms may ask, it reads nothing."""
    return tuple(meeting_problems(_fact(draft)))


@allowed(STAFF)
def correct(session: Session, *, meeting: bytes, draft: MeetingDraft, reason: str) -> Changes:
    """Correct an archived record by a new version that names the old one and the reason; `key` is the new one's."""
    old = records.get(session, "meeting", meeting)
    if old["state"] != "archived":
        raise UserError("没有更正。", "这份记录还没有归档。", "请直接修改它。", "not-archived")
    if not reason.strip():
        raise UserError("没有更正。", "没有写更正的理由。", "请写明为什么更正。", "reason", "reason")
    if session.db.one("SELECT 1 FROM meeting WHERE version_of = ? AND _deleted IS NULL", (meeting,)):
        raise UserError("没有更正。", "这份记录已有更正后的版本。", "请更正最新的版本。", "not-newest")
    with unit(session, meetings.label(session, draft, verb="更正")) as work:
        key = meetings.save(session, draft=replace(draft, id=None)).key or b""
        version = {"version": (old["version"] or 1) + 1, "version_of": meeting, "reason": reason}
        records.update(session, Meeting, key, version)
        if (old["held_on"] or "")[:4] == (draft.held_on or "")[:4] and old["branch_id"] == draft.branch:
            session.workspace.write.run(_KEEP_NUMBERS, (meeting, key, meeting))
    return work.changes.about(key)


def _move(session: Session, meeting: bytes, before: frozenset[str], after: str, verb: str, note: str | None) -> Changes:
    row = records.get(session, "meeting", meeting)
    check_scope(session, row["branch_id"])
    if row["state"] not in before:
        raise UserError(f"没有{verb}。", "这份记录现在的状态不能这样办理。", "请刷新列表，看它的状态。", "state")
    with unit(session, f"{verb} 1 份会议记录") as work:
        records.update(session, Meeting, meeting, {"state": after, "state_note": note})
    return work.changes.about(meeting)


def _fact(draft: MeetingDraft) -> facts.Meeting:
    """Give a saved meeting as rules see it."""
    return facts.Meeting(
        id=draft.id.hex() if draft.id else "",
        kinds=draft.kinds,
        branch_id=draft.branch.hex(),
        party_group_id=draft.party_group.hex() if draft.party_group else None,
        brief=draft.record_class == "brief",
        held_on=draft.held_on,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        place=draft.place,
        host=draft.host,
        recorder=draft.recorder,
        lecturer=draft.lecturer,
        topic=draft.topic,
        content=draft.content,
        agenda=tuple(row.title for row in draft.agenda),
        attendance=tuple(
            facts.Attendance(
                row.name, row.status, row.person_id.hex() if row.person_id else None, row.standing, row.votes,
                row.reason,
            )
            for row in draft.attendance
        ),
        resolutions=tuple(facts.Resolution(row.text, row.agenda_number) for row in draft.resolutions),
        votes=tuple(
            facts.Vote(
                number, row.agenda_number, row.person_id.hex() if row.person_id else None, row.due, row.present,
                row.written, row.approve, row.against, row.abstain, row.other,
            )
            for number, row in enumerate(draft.votes, start=1)
        ),
    )  # fmt: skip
