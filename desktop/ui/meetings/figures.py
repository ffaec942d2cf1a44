"""What the form computes while it is filled in: who counts, what a vote comes to, which fields are asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.core.codes import code_set
from desktop.core.errors import UserError
from desktop.services import meeting_votes
from desktop.services.meeting_drafts import AttendanceDraft, VoteDraft
from desktop.services.minutes_words import LEAVE

PRESENT, ONLINE, OBSERVER, EXCLUDED = "1", "7", "6", "8"
STATUS_WORDS = {
    PRESENT: "出席", **LEAVE, "5": "无故缺席", ONLINE: "线上参加", OBSERVER: "列席", EXCLUDED: "不计入应到",
}  # fmt: skip
ASKED = (PRESENT, "2", "3", "4", "5", ONLINE)
NEEDS_REASON = frozenset("2345")
METHODS = tuple((code.code, code.name) for code in code_set("vote_method").codes)
MEMBERS, COMMITTEE, GROUP, LECTURE, THEME_DAY = "members", "committee", "group", "lecture", "theme_day"
KIND_CHOICES = (
    (MEMBERS, "党员大会"), (COMMITTEE, "支委会"), (GROUP, "党小组会"), (LECTURE, "党课"), (THEME_DAY, "主题党日"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were due and came, and of those with a vote."""

    due: int
    present: int
    due_vote: int
    present_vote: int


def turnout(rows: Iterable[AttendanceDraft]) -> Turnout:
    """Count a list; observers and those who do not count are left out."""
    due = [row for row in rows if row.status not in {OBSERVER, EXCLUDED}]
    here = [row for row in due if row.status == PRESENT]
    return Turnout(len(due), len(here), sum(row.votes for row in due), sum(row.votes for row in here))


def turnout_words(rows: Sequence[AttendanceDraft]) -> str:
    """Say who came as the minutes count it: `应到 7 人，实到 5 人，请假 1 人（吴海涛，事假），缺席 1 人（张伟）`."""
    count = turnout(rows)
    leave = [f"{row.name}，{LEAVE[row.status]}" for row in rows if row.status in LEAVE]
    absent = [row.name for row in rows if row.status in NEEDS_REASON and row.status not in LEAVE]
    online = sum(row.status == ONLINE for row in rows)
    words = [f"应到 {count.due} 人", f"实到 {count.present} 人"]
    if online:
        words.append(f"线上 {online} 人")
    for word, mark, names in (("请假", "；", leave), ("缺席", "、", absent)):
        if names:
            more = f"等 {len(names)} 人" if len(names) > 3 else ""
            words.append(f"{word} {len(names)} 人（{mark.join(names[:3])}{more}）")
    return "，".join(words)


def merged(before: Sequence[AttendanceDraft], now: Sequence[AttendanceDraft]) -> tuple[AttendanceDraft, ...]:
    """Take a new list of who is due and keep what was already marked of those who stay on it."""
    said = {(row.person_id, row.name): (row.status, row.reason) for row in before}
    found = []
    for row in now:
        status, reason = said.get((row.person_id, row.name), (row.status, row.reason))
        found.append(AttendanceDraft(row.name, row.person_id, row.post, row.standing, row.votes, status, reason))
    return tuple(found)


def vote_words(vote: VoteDraft) -> tuple[str, bool | None]:
    """Give the sum of a vote as it is printed, and whether it passed; nothing where they are missing or contradict."""
    verdict = meeting_votes.verdict(vote)
    if verdict is None:
        return "", None
    return verdict.formula, verdict.passed


def votes_fault(votes: Sequence[VoteDraft]) -> str:
    """Say of the first vote whose numbers contradict each other what the service would refuse, or nothing."""
    try:
        meeting_votes.check(votes)
    except UserError as error:
        return f"{error.why}{error.do}"
    return ""


def vote_fault(vote: VoteDraft) -> str:
    """Say how the numbers of a vote contradict each other, in a sentence; nothing where they add up."""
    why = meeting_votes.fault(vote)
    return f"这项表决{why}。请核对票数。" if why else ""


def asked_for(kinds: Iterable[str], *, brief: bool) -> frozenset[str]:
    """Name the fields that a record of these kinds must have before it can be archived (MTG-17)."""
    chosen = frozenset(kinds)
    asked = {"branch", "kinds", "held_on"}
    if brief:
        return frozenset(asked)
    asked |= {"starts_at", "ends_at", "place", "host", "recorder", "attendance", "content"}
    if chosen & {MEMBERS, COMMITTEE, GROUP}:
        asked.add("agenda")
    if chosen & {LECTURE, THEME_DAY}:
        asked.add("topic")
    if chosen & {MEMBERS, COMMITTEE}:
        asked.add("resolutions")
    if LECTURE in chosen:
        asked.add("lecturer")
    if GROUP in chosen:
        asked.add("party_group_id")
    return frozenset(asked)
