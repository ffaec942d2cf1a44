"""The records of the demo's gatherings as rows: who was due, who came, what was decided, and the faults planned."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.demo.branches import Branch
from desktop.demo.gatherings import Gathering
from desktop.demo.people import FULL, Member
from desktop.demo.plan import Plan
from desktop.demo.texts import HANDS, REASONS, TIMES, TOPICS, Topic

COLUMNS: dict[str, tuple[str, ...]] = {
    "meeting": (
        "id", "branch_id", "party_group_id", "record_class", "held_on", "starts_at", "ends_at", "place", "host",
        "recorder", "lecturer", "topic", "content", "extra", "state", "version",
    ),
    "meeting_kind": ("meeting_id", "kind", "number"),
    "agenda": ("meeting_id", "number", "title"),
    "attendance": ("meeting_id", "number", "person_id", "name", "post", "standing", "votes", "status", "reason"),
    "resolution": ("meeting_id", "number", "agenda_number", "text"),
    "vote": (
        "meeting_id", "number", "agenda_number", "method", "due", "present", "approve", "against", "abstain",
    ),
}  # fmt: skip
RULE_OF_FAULT = {
    "no majority": "MTG-10", "no quorum": "MTG-11", "probationary vote": "MTG-12", "no reasons": "MTG-17",
}  # fmt: skip
PASSED_FROM = date(2026, 10, 1)
PRESENT = "1"  # 到会, as `rules/codes` has it
_DECIDING = {"members", "committee"}


@dataclass(slots=True)
class Book:
    """The rows of many records, by table, and the running numbers of each branch and kind in the year."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    numbers: dict[tuple[bytes, str, int], int] = field(default_factory=dict)

    def number(self, owner: bytes, kind: str, year: int) -> int:
        """Give the next number of a kind in the year of its branch or group."""
        found = self.numbers[owner, kind, year] = self.numbers.get((owner, kind, year), 0) + 1
        return found


def write(plan: Plan, book: Book, branch: Branch, gathering: Gathering, *, brief: bool = False) -> bytes:
    """Write one record; a brief one, as ledgers before the program held them, has its date, kinds and topic alone."""
    key, topic = plan.new_id(), plan.rng.choice(TOPICS)
    times = (None, None) if brief else plan.rng.choice(TIMES)
    listed = [] if brief else _attendance(plan, branch, gathering)
    book.rows["meeting"].append(_head(branch, gathering, key, topic, times, listed))
    for kind in gathering.kinds:
        owner = gathering.group.id if gathering.group else branch.id
        book.rows["meeting_kind"].append((key, kind, book.number(owner, kind, gathering.day.year)))
    if not brief:
        book.rows["attendance"] += [(key, number, *row) for number, row in enumerate(listed, start=1)]
        book.rows["agenda"].append((key, 1, topic.title))
        if _DECIDING & set(gathering.kinds):
            book.rows["resolution"].append((key, 1, 1, topic.resolution))
        if "members" in gathering.kinds:
            book.rows["vote"].append((key, 1, 1, HANDS, *_count(listed, gathering.fault)))
    if gathering.fault:
        plan.expect(RULE_OF_FAULT[gathering.fault], "meeting", key, topic.title)
    return key


_Line = tuple[bytes, str, str | None, str, int, str, str | None]


def _head(
    branch: Branch,
    gathering: Gathering,
    key: bytes,
    topic: Topic,
    times: tuple[str | None, str | None],
    listed: list[_Line],
) -> tuple[Any, ...]:
    """Give the row of the meeting; one without a list is brief."""
    state = "archived" if gathering.day < PASSED_FROM else "passed"
    group = gathering.group.id if gathering.group else None
    extra = None
    if gathering.makes_up:
        kind, period = gathering.makes_up
        extra = json.dumps({kind: {"makes_up": period}}, separators=(",", ":"))
    first = (key, branch.id, group, "full" if listed else "brief", gathering.day.isoformat())
    if not listed:
        return (*first, None, None, None, None, None, None, topic.title, None, extra, state, 1)
    recorder = [name for _, name, _, _, _, status, _ in listed if status == PRESENT][-1]
    lecturer = branch.secretary if "lecture" in gathering.kinds else None
    text = (f"{branch.place}党群服务中心会议室", branch.secretary, recorder, lecturer, topic.title, topic.content)
    return (*first, *times, *text, extra, state, 1)


def _attendance(plan: Plan, branch: Branch, gathering: Gathering) -> list[_Line]:
    due = list(branch.on_list(gathering.day, gathering.group))
    if gathering.kinds == ("committee",):
        due = [(member, standing) for member, standing in due if member in branch.committee]
    away = _away(plan, len(due), gathering)
    return [
        _line(branch, member, standing, away.get(at), gathering.fault) for at, (member, standing) in enumerate(due)
    ]


def _line(branch: Branch, member: Member, standing: str, away: tuple[str, str] | None, fault: str) -> _Line:
    votes = int(standing == FULL or fault == "probationary vote")
    status, reason = away or (PRESENT, None)
    said = None if fault == "no reasons" else reason
    return (member.id, member.name, branch.posts.get(member.id), standing, votes, status, said)


def _away(plan: Plan, count: int, gathering: Gathering) -> dict[int, tuple[str, str]]:
    """Draw who stays away, by place on the list: never so many that the meeting may not decide, but for the fault."""
    if gathering.fault == "no quorum":
        return {at: plan.rng.choice(REASONS) for at in range(2, count)}
    most = count // 5 if count > 3 or gathering.fault == "no reasons" else 0
    if gathering.fault == "no reasons":
        most = max(most, 1)
        return {count - 1 - at: plan.rng.choice(REASONS) for at in range(most)}
    places = plan.rng.sample(range(1, count), plan.rng.randint(0, most)) if most else []
    return {at: plan.rng.choice(REASONS) for at in places}


def _count(listed: list[_Line], fault: str) -> tuple[int, int, int, int, int]:
    """Count a show of hands: due and present with a vote, for, against, abstained."""
    due = sum(standing == FULL for _, _, _, standing, *_ in listed)
    present = sum(standing == FULL and status == PRESENT for _, _, _, standing, _, status, _ in listed)
    if fault == "no majority":
        approve = due // 2
        return due, present, approve, 1, present - approve - 1
    return due, present, present, 0, 0
