"""Meetings over a real workspace, on both drivers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.core.clock import SystemClock
from desktop.core.errors import UserError
from desktop.models.branch import Branch
from desktop.models.membership import Membership
from desktop.models.person import Person
from desktop.security.slots import Cost
from desktop.services import meeting_states, meeting_votes, meetings, records, undoing, workspaces
from desktop.services.meeting_drafts import MeetingDraft, VoteDraft, prefill, with_absent
from desktop.services.sessions import Role, Session
from desktop.services.units import unit

DAY = date(2026, 3, 12)


@pytest.fixture(params=[True, False], ids=["encrypted", "plain"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    made = workspaces.create(
        tmp_path / "w", kind="township", org_code="329901001", org_name="青禾街道", password="柳溪青禾望湖-2026",
        clock=SystemClock(DAY), encrypted=request.param, cost=Cost(),
    )  # fmt: skip
    yield made.session
    workspaces.close(made.session.workspace)


@pytest.fixture
def branch(session: Session) -> bytes:
    with unit(session, "准备"):
        key = records.insert(session, Branch, {"code": "B001", "name": "柳溪社区老年协会党支部"})
        for name, standing in (("王伟", "50"), ("李明", "50"), ("张静", "40")):
            person = records.insert(session, Person, {"name": name})
            values = {"person_id": person, "branch_id": key, "standing": standing, "starts_on": "2020-01-01"}
            records.insert(session, Membership, values)
    return key


def form(session: Session, branch: bytes, *kinds: str) -> MeetingDraft:
    return prefill(session, branch=branch, kinds=kinds, on=DAY)


def saved(session: Session, draft: MeetingDraft) -> bytes:
    key = meetings.save(session, draft=draft).key
    assert key is not None
    return key


def test_the_list_holds_all_members_and_only_full_ones_vote(session: Session, branch: bytes) -> None:
    rows = form(session, branch, "members").attendance
    assert {(row.name, row.votes) for row in rows} == {("王伟", True), ("李明", True), ("张静", False)}


def test_a_saved_meeting_opens_as_it_was_saved(session: Session, branch: bytes) -> None:
    draft = form(session, branch, "members", "theme_day")
    draft = with_absent(draft, {draft.attendance[0].person_id or b"": ("2", "出差")})
    key = saved(session, draft=draft)
    assert meetings.open_(session, meeting=key) == replace(draft, id=key)


def test_each_kind_of_a_gathering_has_its_own_number_in_the_year(session: Session, branch: bytes) -> None:
    meetings.save(session, draft=form(session, branch, "members"))
    key = saved(session, draft=form(session, branch, "members", "theme_day"))
    found = session.db.rows("SELECT kind, number FROM meeting_kind WHERE meeting_id = ?", (key,))
    assert dict(found) == {"members": 2, "theme_day": 1}


def test_those_due_stay_frozen_when_memberships_change(session: Session, branch: bytes) -> None:
    key = saved(session, draft=form(session, branch, "members"))
    with unit(session, "转出"):
        session.workspace.write.run("UPDATE membership SET ends_on = '2026-01-01' WHERE standing = '40'")
    later = replace(form(session, branch, "members"), id=key, topic="学习党章")
    meetings.save(session, draft=later)
    assert len(meetings.open_(session, meeting=key).attendance) == 3
    meetings.save(session, draft=later, refreeze=True)
    assert len(meetings.open_(session, meeting=key).attendance) == 2


def test_undoing_an_edit_restores_the_meeting(session: Session, branch: bytes) -> None:
    key = saved(session, draft=form(session, branch, "members"))
    before = meetings.open_(session, meeting=key)
    vote = VoteDraft(due=2, present=2, approve=2)
    meetings.save(session, draft=replace(before, topic="改过", kinds=("members", "lecture"), votes=(vote,)))
    undoing.undo_last(session)
    assert meetings.open_(session, meeting=key) == before


def test_votes_that_do_not_add_up_are_refused_at_their_field(session: Session, branch: bytes) -> None:
    vote = VoteDraft(due=12, present=7, approve=7, against=1)
    with pytest.raises(UserError, match=r"赞成 7 \+ 反对 1 = 8，多于实到 7。") as refused:
        meetings.save(session, draft=replace(form(session, branch, "members"), votes=(vote,)))
    assert refused.value.field == "votes.1"


@pytest.mark.parametrize(("yes", "passed"), [(6, False), (7, True)])
def test_more_than_half_of_twelve_is_seven(yes: int, passed: bool) -> None:  # noqa: FBT001
    verdict = meeting_votes.verdict(VoteDraft(due=12, present=7, approve=yes))
    assert verdict is not None
    assert verdict.passed is passed


def test_a_save_tells_which_tables_it_touched(session: Session, branch: bytes) -> None:
    changes = meetings.save(session, draft=form(session, branch, "members"))
    assert changes.topics == {"meeting", "meeting_kind", "attendance"}
    assert changes.label == "记录 柳溪社区老年协会党支部 支部党员大会"


def test_a_removed_meeting_is_found_no_more(session: Session, branch: bytes) -> None:
    key = saved(session, draft=form(session, branch, "members"))
    meetings.remove(session, meeting=key, reason="重复")
    with pytest.raises(UserError):
        meetings.open_(session, meeting=key)


def test_an_incomplete_record_is_not_archived_and_says_what_it_lacks(session: Session, branch: bytes) -> None:
    key = saved(session, draft=form(session, branch, "members"))
    with pytest.raises(UserError, match=r"没有填地点.*没有填记录人"):
        meeting_states.archive(session, meeting=key)


def test_what_is_archived_is_only_corrected_by_a_new_version(session: Session, branch: bytes) -> None:
    key = saved(session, draft=replace(form(session, branch, "members"), record_class="brief"))
    meeting_states.archive(session, meeting=key)
    kept = meetings.open_(session, meeting=key)
    with pytest.raises(UserError, match="归档"):
        meetings.save(session, draft=replace(kept, topic="改"))
    newer = meeting_states.correct(session, meeting=key, draft=replace(kept, topic="改"), reason="写错了议题").key
    assert newer is not None
    row = records.get(session, "meeting", newer)
    assert (row["version"], row["version_of"], row["topic"]) == (2, key, "改")
    assert meetings.open_(session, meeting=key) == kept
    meetings.save(session, draft=replace(kept, id=newer, topic="再改"))
    assert session.db.rows("SELECT number FROM meeting_kind WHERE meeting_id = ?", (newer,)) == [(1,)]


def test_what_a_branch_handed_in_is_locked_for_it_until_returned(session: Session, branch: bytes) -> None:
    secretary = replace(session, role=Role.SECRETARY, scope=branch)
    key = saved(secretary, draft=form(secretary, branch, "members"))
    draft = meetings.open_(secretary, meeting=key)
    meeting_states.hand_in(secretary, meeting=key)
    with pytest.raises(UserError, match="退回"):
        meetings.save(secretary, draft=draft)
    meeting_states.return_(session, meeting=key, reason="缺议题")
    meetings.save(secretary, draft=draft)
    meeting_states.hand_in(secretary, meeting=key)
    meeting_states.pass_(session, meeting=key)
    assert records.get(session, "meeting", key)["state"] == "passed"
