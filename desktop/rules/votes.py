"""Votes: who has one, whether a meeting may decide, whether a motion passed — and MTG-10, 11, 12.

Sources: 中国共产党支部工作条例（试行）第十一、十二条; 中国共产党基层组织选举工作条例第五条; 党章第七条.
Fractions are compared as integers: 半数以上 is 2·p ≥ d, 超过半数 is 2·y > d (domain.md §0.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.core.calendar import last_day
from desktop.rules import codes
from desktop.rules.facts import Attendance, Finding, Meeting, Vote
from desktop.rules.packs import Rule
from desktop.rules.periods import active
from desktop.rules.view import View, other_finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of some arithmetic, with the formula as it is printed."""

    passed: bool
    formula: str


def has_vote(standing: str | None, voting: tuple[str, ...] = ("50",)) -> bool:
    """Tell whether a standing (domain.md §4.9) has a vote: full members, not under 留党察看 or suspended (MTG-12)."""
    return standing in voting


def half(number: int) -> str:
    """Write half of a whole number exactly: `6`, `5.5`."""
    return f"{number // 2}.5" if number % 2 else str(number // 2)


def members_meeting_quorum(due: int, present: int) -> Verdict:
    """Judge whether enough members with a vote came: at least half of those due (条例第十一条)."""
    passed = due > 0 and 2 * present >= due
    sign, mark = ("≥", "✓") if 2 * present >= due else ("<", "✗")
    return Verdict(passed, f"实到有表决权 {present} {sign} 应到 {due} 的半数 {half(due)} {mark}")


def members_meeting_vote(due: int, present: int, yes: int) -> Verdict:
    """Judge an ordinary motion: at least half of those due came, and more than half of those due said yes (MTG-10)."""
    quorum = members_meeting_quorum(due, present)
    enough = 2 * yes > due
    sign, mark = (">", "✓") if enough else ("≤", "✗")
    return Verdict(quorum.passed and enough, f"{quorum.formula}；赞成 {yes} {sign} {due}/2 = {half(due)} {mark}")


def committee_quorum(committee_n: int, present: int) -> Verdict:
    """Judge whether a committee may meet: at least half of its members came (条例第十二条, MTG-11)."""
    passed = committee_n > 0 and 2 * present >= committee_n
    sign, mark = ("≥", "✓") if 2 * present >= committee_n else ("<", "✗")
    return Verdict(passed, f"到会委员 {present} {sign} 委员 {committee_n} 的半数 {half(committee_n)} {mark}")


def due_list(attendance: tuple[Attendance, ...]) -> list[Attendance]:
    """Give those who should come: everyone on the list but observers and those not counted."""
    return [row for row in attendance if row.status not in {codes.OBSERVER, codes.EXCLUDED}]


def came(row: Attendance, *, online_counts: bool) -> bool:
    """Tell whether somebody counts as present; taking part online counts only where the superior allows it."""
    return row.status == codes.PRESENT or (online_counts and row.status == codes.ONLINE)


def check_votes(view: View) -> Iterator[Finding]:
    """Judge the recorded meetings of the window: MTG-10, 11, 12."""
    for meeting in view.recent_meetings:
        if meeting.brief or meeting.held_on is None:
            continue
        day = last_day(meeting.held_on)
        yield from _mtg_10(view, meeting, day)
        yield from _mtg_11(view, meeting, day)
        yield from _mtg_12(view, meeting, day)


def meeting_name(meeting: Meeting) -> str:
    """Name a meeting: its topic, else its kinds joined by 暨."""
    return meeting.topic or "暨".join(codes.KIND_WORDS.get(kind, kind) for kind in meeting.kinds)


def meeting_finding(rule: Rule, meeting: Meeting, state: str, why: str) -> Finding:
    """Make a finding about a meeting."""
    name = meeting_name(meeting)
    return other_finding(
        rule, "meeting", meeting.id, name, page="meetings", state=state, why=why, branch_id=meeting.branch_id
    )


def _decided(meeting: Meeting, vote: Vote) -> bool:
    """Tell whether the record holds a decision of the motion: a resolution of the same item, or one of no item."""
    numbers = {row.agenda_number for row in meeting.resolutions}
    return bool(numbers) and (vote.agenda_number is None or None in numbers or vote.agenda_number in numbers)


def _mtg_10(view: View, meeting: Meeting, day: date) -> Iterator[Finding]:
    rule = view.rule("MTG-10", day)
    if rule is None or codes.Kind.MEMBERS not in meeting.kinds:
        return
    faults, unknown = [], []
    for vote in meeting.votes:
        if vote.person_id is not None:
            continue  # ballots about persons have rules of their own (DEV-13, ELE-07, ELE-08)
        place = f"第 {vote.number} 项表决"
        if vote.due is None or vote.present is None or vote.approve is None:
            unknown.append(f"{place}没有填全应到、实到、赞成数")
            continue
        verdict = members_meeting_vote(vote.due, vote.present, vote.approve)
        quorum = members_meeting_quorum(vote.due, vote.present)
        if not quorum.passed or (not verdict.passed and _decided(meeting, vote)):
            faults.append(f"{place}：{verdict.formula}，而记录作了决议或表决")
    if faults:
        yield meeting_finding(rule, meeting, "open", "；".join(faults))
    elif unknown:
        yield meeting_finding(rule, meeting, "unknown", f"无法判断，因为{'；'.join(unknown)}")


def _mtg_11(view: View, meeting: Meeting, day: date) -> Iterator[Finding]:
    rule = view.rule("MTG-11", day)
    if rule is None or codes.Kind.COMMITTEE not in meeting.kinds:
        return
    listed = due_list(meeting.attendance)
    if set(meeting.kinds) != {codes.Kind.COMMITTEE}:
        listed = _committee_of(view, meeting, listed, day)
    if not listed:
        yield meeting_finding(rule, meeting, "unknown", "无法判断，因为没有委员的到会名单")
        return
    present = sum(came(row, online_counts=rule.flag("online_counts")) for row in listed)
    verdict = committee_quorum(len(listed), present)
    if not verdict.passed:
        yield meeting_finding(rule, meeting, "open", verdict.formula)


def _committee_of(view: View, meeting: Meeting, listed: list[Attendance], day: date) -> list[Attendance]:
    """Give those on a mixed list (党员大会暨支委会) who sat in the committee on the day of the meeting."""
    members = {
        post.person_id
        for post in view.facts.posts
        if post.branch_id == meeting.branch_id
        and post.title in codes.COMMITTEE_TITLES
        and active(post.starts_on, post.ends_on, day)
    }
    return [row for row in listed if row.person_id in members]


def _mtg_12(view: View, meeting: Meeting, day: date) -> Iterator[Finding]:
    rule = view.rule("MTG-12", day)
    if rule is None or not ({codes.Kind.MEMBERS, codes.Kind.COMMITTEE} & set(meeting.kinds) or meeting.votes):
        return
    voting = rule.texts("standings")
    wrong = [row for row in meeting.attendance if row.votes and not has_vote(row.standing, voting)]
    known = [row for row in wrong if row.standing]
    faults = [f"{row.name}是{_standing_words(row)}，没有表决权而计入" for row in known]
    entitled = sum(has_vote(row.standing, voting) for row in due_list(meeting.attendance))
    if codes.Kind.MEMBERS in meeting.kinds and meeting.attendance and not any(row.standing is None for row in wrong):
        faults += [
            f"第 {vote.number} 项表决应到 {vote.due} > 名单上有表决权的 {entitled}"
            for vote in meeting.votes
            if vote.due is not None and vote.due > entitled
        ]
    if faults:
        yield meeting_finding(rule, meeting, "open", "；".join(faults))
    elif wrong:
        names = "、".join(row.name for row in wrong)
        yield meeting_finding(rule, meeting, "unknown", f"无法判断，因为{names}计了表决权而没有当时的党员状态")


def _standing_words(row: Attendance) -> str:
    return codes.STANDING_WORDS.get(row.standing or "", "党员以外的人员")
