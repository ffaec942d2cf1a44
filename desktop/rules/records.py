"""Completeness of the record of one meeting: MTG-17 (handbook practice, domain.md §3.1 and §3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.rules import codes
from desktop.rules.codes import Kind
from desktop.rules.facts import Finding, Meeting, Vote
from desktop.rules.view import View
from desktop.rules.votes import due_list, has_vote, meeting_finding


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a record from the archive: the field of the form and a sentence."""

    field: str
    sentence: str


_ALWAYS = (
    ("held_on", "没有填会议日期"),
    ("starts_at", "没有填开始时间"),
    ("ends_at", "没有填结束时间"),
    ("place", "没有填地点"),
    ("host", "没有填主持人"),
    ("recorder", "没有填记录人"),
    ("content", "没有填议程与发言记录"),
)
_DECIDING = frozenset({Kind.MEMBERS, Kind.COMMITTEE})
_WITH_AGENDA = frozenset({Kind.MEMBERS, Kind.COMMITTEE, Kind.GROUP})
_WITH_TOPIC = frozenset({Kind.LECTURE, Kind.THEME_DAY})


def meeting_problems(record: Meeting) -> list[Problem]:
    """Say what a record lacks before it can be archived; a brief record lacks nothing."""
    if record.brief:
        return []
    return [*_heads(record), *_people(record), *_business(record), *_votes(record)]


def check_records(view: View) -> Iterator[Finding]:
    """Judge the passed and archived meetings of the window: MTG-17; one without a date cannot be judged."""
    rule = view.rule("MTG-17")
    if rule is None:
        return
    for meeting in view.recent_meetings:
        problems = meeting_problems(meeting)
        if meeting.held_on is None:
            yield meeting_finding(rule, meeting, "unknown", "无法判断，因为没有填会议日期，不知归入哪一期")
        elif problems:
            yield meeting_finding(rule, meeting, "open", "；".join(problem.sentence for problem in problems))


def _heads(record: Meeting) -> Iterator[Problem]:
    for name, sentence in _ALWAYS:
        if not getattr(record, name):
            yield Problem(name, sentence)
    if not record.kinds:
        yield Problem("kinds", "没有选会议类型")
    if record.held_on and len(record.held_on) < 10:
        yield Problem("held_on", "会议日期没有填到日")
    if record.starts_at and record.ends_at and record.ends_at <= record.starts_at:
        yield Problem("ends_at", f"结束时间 {record.ends_at} 不晚于开始时间 {record.starts_at}")
    if Kind.LECTURE in record.kinds and not record.lecturer:
        yield Problem("lecturer", "党课没有填授课人")
    if Kind.GROUP in record.kinds and not record.party_group_id:
        yield Problem("party_group_id", "党小组会没有选党小组")


def _people(record: Meeting) -> Iterator[Problem]:
    due = due_list(record.attendance)
    if not due:
        yield Problem("attendance", "没有应到名单")
        return
    if not any(row.status in {codes.PRESENT, codes.ONLINE} for row in due):
        yield Problem("attendance", "名单上无人到会")
    silent = [row.name for row in due if row.status in codes.ABSENT and not (row.reason or "").strip()]
    if silent:
        yield Problem("attendance", f"{'、'.join(silent)}未到会而没有填原因")


def _business(record: Meeting) -> Iterator[Problem]:
    kinds = set(record.kinds)
    if kinds & _WITH_AGENDA and not record.agenda:
        yield Problem("agenda", "没有议题")
    if kinds & _WITH_TOPIC and not (record.topic or record.agenda):
        yield Problem("topic", "没有填主题")
    if kinds & _DECIDING and not record.resolutions:
        yield Problem("resolutions", "没有填议定事项（决议）")


def _votes(record: Meeting) -> Iterator[Problem]:
    """Look at each ballot: its figures whole, held against the roll (who came, online too, and votes) and their sum."""
    came = (row for row in due_list(record.attendance) if row.status in {codes.PRESENT, codes.ONLINE})
    here = sum(row.votes or has_vote(row.standing) for row in came)
    for vote in record.votes:
        place = f"第 {vote.number} 项表决"
        if vote.due is None or vote.present is None or vote.approve is None:
            yield Problem("votes", f"{place}没有填全应到、实到、赞成数")
            continue
        if vote.present > vote.due:
            yield Problem("votes", f"{place}实到 {vote.present} 多于应到 {vote.due}")
        elif record.attendance and vote.present > here:
            yield Problem("votes", f"{place}实到 {vote.present} 多于名单上到会且有表决权的 {here}")
        yield from _sum(vote, place, vote.present + (vote.written or 0))


def _sum(vote: Vote, place: str, voters: int) -> Iterator[Problem]:
    counts = [vote.approve or 0, vote.against or 0, vote.abstain or 0, vote.other or 0]
    if sum(counts) > voters:
        words = " + ".join(str(count) for count in counts[: 4 if vote.other else 3])
        yield Problem("votes", f"{place}赞成、反对、弃权之和 {words} = {sum(counts)} 多于实到与书面意见 {voters}")
