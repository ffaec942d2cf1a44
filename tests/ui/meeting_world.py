"""A branch with members, posts and a record, for the tests of meetings and of the desk."""

from dataclasses import replace
from datetime import date

from desktop.models.branch import Branch
from desktop.models.membership import Membership
from desktop.models.party_group import PartyGroup
from desktop.models.person import Person
from desktop.models.post import Post
from desktop.services import meeting_drafts, meetings, records
from desktop.services.meeting_drafts import AgendaDraft, MeetingDraft, ResolutionDraft
from desktop.services.sessions import Session
from desktop.services.units import unit

NAMES = ("李秀英", "刘芳", "王建国", "陈静", "吴海涛", "高鹏", "何勇")
COMMITTEE = {"李秀英": "01", "刘芳": "05", "王建国": "07"}
PLACE = "柳溪社区二楼会议室"
LAST = date(2026, 10, 20)


def branch(session: Session, name: str = "柳溪社区老年协会党支部", code: str = "329901001B012") -> bytes:
    """Register a branch with seven members, three of them its committee, the last a probationary one."""
    with unit(session, "登记党支部"):
        values = {"name": name, "code": code, "kind": "P4", "field": "8", "founded_on": "2020-01-01", "state": "1"}
        key = records.insert(session, Branch, values)
        for person_name in NAMES:
            person = records.insert(session, Person, {"name": person_name})
            standing = "40" if person_name == NAMES[-1] else "50"
            records.insert(session, Membership, {
                "person_id": person, "branch_id": key, "standing": standing, "relation": "R1",
                "starts_on": "2021-01-01",
            })  # fmt: skip
            if person_name in COMMITTEE:
                title = COMMITTEE[person_name]
                post = {"person_id": person, "branch_id": key, "title": title, "starts_on": "2024-01-01"}
                records.insert(session, Post, post)
    return key


def group(session: Session, owner: bytes) -> bytes:
    """Register a Party group of a branch."""
    with unit(session, "登记党小组"):
        return records.insert(session, PartyGroup, {"branch_id": owner, "name": "第一党小组"})


def complete(
    session: Session, owner: bytes, *, on: date = LAST, kinds: tuple[str, ...] = ("committee",)
) -> MeetingDraft:
    """Give a record that lacks nothing."""
    made = meeting_drafts.prefill(session, branch=owner, kinds=kinds, on=on)
    return replace(
        made, place=PLACE, host="李秀英", recorder="刘芳", content="通报工作。", topic=None,
        agenda=(AgendaDraft("研究第三季度工作"),), resolutions=(ResolutionDraft("同意工作安排。"),),
    )  # fmt: skip


def saved(session: Session, draft: MeetingDraft) -> bytes:
    """Save a record and give its id."""
    key = meetings.save(session, draft=draft).key
    assert key is not None
    return key
