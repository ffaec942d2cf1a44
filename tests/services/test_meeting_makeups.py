"""补开: which closed periods may be made up for, and how a record says so."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.services import meeting_lists, meeting_makeups, meeting_views, meetings
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.meeting_makeups import MakeUp
from desktop.services.sessions import Session
from tests.ui import meeting_world as world


@pytest.fixture
def branch(township: Session) -> bytes:
    return world.branch(township)


def held(session: Session, branch: bytes, on: str, kind: str = "members", extra: str | None = None) -> bytes:
    return world.saved(session, MeetingDraft(branch, (kind,), on, extra=extra))


def test_closed_periods_without_a_gathering_are_offered_the_latest_first(township: Session, branch: bytes) -> None:
    held(township, branch, "2026-05-08")
    found = meeting_makeups.missed(township, draft=MeetingDraft(branch, ("members",), "2026-11-20"))
    assert [one.words for one in found] == [
        "2026年第三季度支部党员大会", "2026年第一季度支部党员大会",
    ]  # fmt: skip


def test_a_period_that_another_gathering_makes_up_for_is_not_offered_again(township: Session, branch: bytes) -> None:
    held(township, branch, "2026-10-14", extra='{"members":{"makes_up":"2026Q3"}}')
    found = meeting_makeups.missed(township, draft=MeetingDraft(branch, ("members",), "2026-11-20"))
    assert MakeUp("members", "2026Q3") not in found


def test_the_record_itself_leaves_its_period_open(township: Session, branch: bytes) -> None:
    key = held(township, branch, "2026-10-14", extra='{"members":{"makes_up":"2026Q3"}}')
    found = meeting_makeups.missed(township, draft=meetings.open_(township, meeting=key))
    assert found[0] == MakeUp("members", "2026Q3")


@pytest.mark.parametrize("held_on", [None, "2026", "2026-11"])
def test_a_day_that_is_not_known_offers_nothing(township: Session, branch: bytes, held_on: str | None) -> None:
    assert meeting_makeups.missed(township, draft=MeetingDraft(branch, ("members",), held_on)) == ()


def test_at_most_three_months_are_offered(township: Session, branch: bytes) -> None:
    found = meeting_makeups.missed(township, draft=MeetingDraft(branch, ("theme_day",), "2026-11-20"))
    assert [one.period for one in found] == ["2026-10", "2026-09", "2026-08"]


def test_assigning_keeps_what_else_the_form_holds() -> None:
    made = meeting_makeups.assign('{"members":{"seats":"5"}}', [MakeUp("members", "2026Q3")])
    assert made == '{"members":{"seats":"5","makes_up":"2026Q3"}}'
    assert meeting_makeups.assigned(made) == (MakeUp("members", "2026Q3"),)
    assert meeting_makeups.assign(made, []) == '{"members":{"seats":"5"}}'
    assert meeting_makeups.assign('{"members":{"makes_up":"2026Q3"}}', []) is None


def test_what_is_not_changed_is_not_written_anew() -> None:
    stored = '{ "members": {"makes_up": "2026Q3"} }'
    assert meeting_makeups.assign(stored, [MakeUp("members", "2026Q3")]) is stored


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (None, ""), ('{"members":{"makes_up":"2026Q3"}}', "补开2026年第三季度支部党员大会"),
        ('{"theme_day":{"makes_up":"2026-07"}}', "补开2026年7月主题党日"),
        ('{"theme_day":{"makes_up":"上半年"}}', "补开上半年主题党日"), ('["makes_up"]', ""),
    ],
)  # fmt: skip
def test_what_is_made_up_for_is_said_in_words(extra: str | None, said: str) -> None:
    assert meeting_makeups.words(extra) == said


def test_the_list_and_the_drawer_say_what_a_record_makes_up_for(township: Session, branch: bytes) -> None:
    draft = world.complete(township, branch, on=date(2026, 10, 14))
    draft = replace(draft, extra='{"committee":{"makes_up":"2026-09"}}')
    key = world.saved(township, draft)
    assert meeting_lists.list_meetings(township)[0].makes_up == "补开2026年9月支部委员会会议"
    assert meeting_views.view(township, meeting=key).makes_up == "补开2026年9月支部委员会会议"
