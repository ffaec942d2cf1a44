"""Cadence of organisation life (中国共产党支部工作条例（试行）第十一至十三、十六条)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.rules.engine import check
from tests.rules.rules_world import (
    PACKS,
    found,
    group,
    meeting,
    on_roll,
    sound,
    states,
    with_branch,
    with_committee,
    without,
)


def test_a_township_without_a_fault_has_no_findings() -> None:
    assert check(sound(), PACKS) == ()


def test_a_quarter_without_a_members_meeting_is_overdue_and_shows_its_sum() -> None:
    """条例第十一条: 支部党员大会一般每季度召开1次."""
    (finding,) = found(without(sound(), ("members", "2026-04")), "MTG-01")
    assert (finding.period, finding.due, finding.state, finding.severity) == ("2026Q2", "2026-06-30", "overdue", "W")
    assert finding.why == "2026年第二季度支部党员大会 0 次 < 应 1 次；期限2026年6月30日，已过"
    assert finding.clause == "《中国共产党支部工作条例（试行）》第十一条（待核对）"
    assert (finding.subject, finding.code, finding.go) == ("branch:b1", "B001", "meetings/branch:b1")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 9, 14), []),  # 16 days before the end
        (date(2026, 9, 15), ["due"]),  # 15 days before
        (date(2026, 9, 30), ["due"]),  # the last day still counts
        (date(2026, 10, 1), ["overdue"]),  # overdue from the next day (domain.md §0.2)
    ],
)
def test_the_running_quarter_comes_in_fifteen_days_before_its_end(on: date, expected: list[str]) -> None:
    facts = without(sound(on), ("members", "2026-07"))
    assert [state for period, state, _ in states(facts, "MTG-01") if period == "2026Q3"] == expected


@pytest.mark.parametrize(
    ("day", "owed"),
    [("2026-03-31", True), ("2026-04-01", False), ("2026-06-30", False), ("2026-07-01", True)],
)
def test_a_meeting_counts_from_the_first_to_the_last_day_of_its_quarter(day: str, *, owed: bool) -> None:
    facts = without(sound(), ("members", "2026-04"))
    facts = replace(facts, meetings=(*facts.meetings, meeting("late", day, "members")))
    assert bool(found(facts, "MTG-01")) is owed


@pytest.mark.parametrize(
    ("founded", "first"),
    [("2026-04-01", "2026Q2"), ("2026-04-02", "2026Q3"), ("2026-03-31", "2026Q2")],
)
def test_a_branch_owes_its_first_full_quarter_after_founding(founded: str, first: str) -> None:
    facts = replace(with_branch(sound(), founded_on=founded), meetings=())
    assert next(period for period, _, _ in states(facts, "MTG-01")) == first


@pytest.mark.parametrize(("go_live", "first"), [("2026-01-01", "2026Q1"), ("2026-01-02", "2026Q2")])
def test_nothing_is_owed_before_the_go_live_date(go_live: str, first: str) -> None:
    facts = replace(sound(), go_live=date.fromisoformat(go_live), meetings=())
    assert states(facts, "MTG-01")[0][0] == first


def test_the_check_looks_back_to_january_of_the_year_before() -> None:
    facts = replace(sound(), meetings=())
    assert [row[0] for row in states(facts, "MTG-01")] == [
        "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3",
    ]  # fmt: skip


def test_a_branch_dissolved_in_a_period_does_not_owe_it() -> None:
    facts = replace(with_branch(sound(), dissolved_on="2026-06-29"), meetings=())
    assert states(facts, "MTG-01")[-1][0] == "2026Q1"
    facts = with_branch(facts, dissolved_on="2026-06-30", closed=True)
    assert states(facts, "MTG-01")[-1][0] == "2026Q2"


def test_a_suspended_branch_owes_nothing() -> None:
    assert found(replace(with_branch(sound(), suspended=True), meetings=()), "MTG-01") == []


@pytest.mark.parametrize("kind", ["P1", "P2", "P3", "P6", "P8"])
def test_committees_temporary_and_functional_branches_owe_no_cadence(kind: str) -> None:
    facts = replace(with_branch(sound(), kind=kind), meetings=())
    assert not [row for row in check(facts, PACKS) if row.rule.startswith("MTG-")]


@pytest.mark.parametrize("kind", ["P4", "P5", "P7"])
def test_branches_of_the_three_kinds_owe_cadence(kind: str) -> None:
    assert found(replace(with_branch(sound(), kind=kind), meetings=()), "MTG-01")


def test_another_field_is_left_alone_unless_it_is_switched_on() -> None:
    facts = replace(with_branch(sound(), field="7"), meetings=())
    assert found(facts, "MTG-01") == []
    assert found(with_branch(facts, switched_on=True), "MTG-01")


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"state": "passed"}, True),
        ({"brief": False, "state": "passed"}, True),
        ({"state": "draft"}, False),
        ({"state": "submitted"}, False),
        ({"state": "returned"}, False),
        ({"branch_id": "v1"}, False),
    ],
)
def test_only_passed_and_archived_meetings_of_the_branch_count(changes: dict[str, object], *, counts: bool) -> None:
    facts = without(sound(), ("members", "2026-04"))
    extra = meeting("e", "2026-05-05", "members", **changes)
    assert (found(replace(facts, meetings=(*facts.meetings, extra)), "MTG-01") == []) is counts


def test_only_the_newest_version_counts_and_a_draft_of_one_takes_nothing_away() -> None:
    facts = without(sound(), ("members", "2026-04"))
    first = meeting("e1", "2026-05-05", "members")
    moved = meeting("e2", "2026-07-05", "members", version=2, version_of="e1")
    assert found(replace(facts, meetings=(*facts.meetings, first, moved)), "MTG-01")
    draft = replace(moved, state="draft")
    assert found(replace(facts, meetings=(*facts.meetings, first, draft)), "MTG-01") == []


def test_each_kind_of_one_gathering_counts_once() -> None:
    facts = without(sound(), ("members", "2026-04"), ("lecture", "2026-04"), ("theme_day", "2026-05"))
    extra = meeting("e", "2026-05-05", "members", "lecture", "theme_day")
    assert len([row for row in check(facts, PACKS) if row.rule.startswith("MTG-0")]) == 3
    assert check(replace(facts, meetings=(*facts.meetings, extra)), PACKS) == ()


def test_a_meeting_dated_to_the_month_counts_and_one_dated_to_the_year_cannot_be_placed() -> None:
    facts = without(sound(), ("members", "2026-04"))
    assert found(replace(facts, meetings=(*facts.meetings, meeting("e", "2026-05", "members"))), "MTG-01") == []
    (finding,) = found(replace(facts, meetings=(*facts.meetings, meeting("e", "2026", "members"))), "MTG-01")
    assert finding.state == "unknown"
    assert finding.why.startswith("无法判断，因为有 1 次支部党员大会的日期没有填到可归入2026年第二季度的精度")


@pytest.mark.parametrize("founded", [None, "2025", "2026-02"])
def test_a_branch_without_a_founding_day_cannot_be_judged(founded: str | None) -> None:
    (finding,) = found(with_branch(sound(), founded_on=founded), "MTG-01")
    assert (finding.period, finding.state) == (None, "unknown")
    assert finding.why.startswith("无法判断，因为党组织")


def test_a_vague_founding_date_before_the_window_is_enough() -> None:
    assert found(with_branch(sound(), founded_on="2019"), "MTG-01") == []


def test_a_committee_meets_every_month_from_the_first_full_month_of_its_term() -> None:
    """条例第十二条: 支部委员会会议一般每月召开1次."""
    assert found(with_committee(sound()), "MTG-02") == []
    facts = without(with_committee(sound()), ("committee", "2026-02"))
    assert states(facts, "MTG-02") == [("2026-02", "overdue", "2026-02-28")]
    bare = replace(with_committee(sound()), meetings=())
    assert states(bare, "MTG-02")[0][0] == "2025-07"  # elected on 10 June 2025


@pytest.mark.parametrize(("seats", "owes"), [(2, False), (3, True)])
def test_three_seats_make_a_committee(seats: int, *, owes: bool) -> None:
    assert bool(found(replace(with_committee(sound(), seats), meetings=()), "MTG-02")) is owes


def test_a_leap_february_ends_on_its_29th() -> None:
    facts = without(with_committee(sound(date(2028, 3, 1))), ("committee", "2028-02"))
    assert ("2028-02", "overdue", "2028-02-29") in states(facts, "MTG-02")


def test_a_party_group_meets_every_month_from_its_first_member_on() -> None:
    """条例第十三条: 党小组会一般每月召开1次."""
    member = replace(on_roll("m1"), party_group_id="g1", starts_on="2026-08-02")
    facts = replace(sound(), groups=(group(),), memberships=(member, on_roll("m2"), on_roll("m3")))
    (first, second, third) = found(facts, "MTG-03")
    assert [first.period, second.period, third.period] == ["2026-09", "2026-10", "2026-11"]
    assert [first.state, third.state] == ["overdue", "due"]
    assert (first.subject, first.code, first.name) == ("party_group:g1", None, "第一党小组")
    assert (first.go, first.branch_id) == ("meetings/party_group:g1", "b1")
    held = meeting("g", "2026-09-30", "group", party_group_id="g1")
    assert len(found(replace(facts, meetings=(*facts.meetings, held)), "MTG-03")) == 2


def test_a_lecture_is_held_every_quarter_and_the_county_may_ask_for_none() -> None:
    """条例第十六条 and practice: the number is a local parameter."""
    facts = without(sound(), ("lecture", "2025-10"))
    assert states(facts, "MTG-04") == [("2025Q4", "overdue", "2025-12-31")]
    assert found(facts, "MTG-04", PACKS.with_local({("MTG-04", "times"): 0})) == []
    twice = states(sound(), "MTG-04", PACKS.with_local({("MTG-04", "times"): 2}))
    assert len(twice) == 7


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 11, 7), []),
        (date(2026, 11, 8), [("2026-11", "due", "2026-11-15")]),
        (date(2026, 11, 30), [("2026-11", "due", "2026-11-15")]),
        (date(2026, 12, 1), [("2026-11", "overdue", "2026-11-15")]),
    ],
)
def test_a_theme_day_is_due_seven_days_before_its_day_and_missed_at_the_end_of_the_month(
    on: date, expected: list[tuple[str, str, str]]
) -> None:
    """条例第十六条: 每月相对固定1天."""
    assert states(without(sound(on), ("theme_day", "2026-11")), "MTG-06") == expected


def test_a_fixed_day_beyond_the_month_is_its_last_day() -> None:
    packs = PACKS.with_local({("MTG-06", "day"): 31})
    assert states(without(sound(), ("theme_day", "2026-02")), "MTG-06", packs) == [("2026-02", "overdue", "2026-02-28")]


def test_any_gathering_in_a_month_is_asked_for_only_where_it_is_switched_on() -> None:
    """Practice (domain.md §11.7)."""
    facts = without(sound(), ("theme_day", "2026-02"), ("theme_day", "2026-04"))
    assert found(facts, "MTG-18") == []
    packs = PACKS.with_switches({"MTG-18": True})
    assert states(facts, "MTG-18", packs) == [("2026-02", "overdue", "2026-02-28")]  # April had its members' meeting


@pytest.mark.parametrize(
    ("rule", "on", "period"),
    [
        ("MTG-02", date(2026, 11, 15), "2026-11"),
        ("MTG-03", date(2026, 11, 15), "2026-11"),
        ("MTG-04", date(2026, 12, 16), "2026Q4"),
        ("MTG-18", date(2026, 11, 15), "2026-11"),
    ],
)
def test_each_running_period_comes_in_fifteen_days_before_its_end(rule: str, on: date, period: str) -> None:
    packs = PACKS.with_switches({"MTG-18": True})
    for day, expected in ((on - timedelta(days=1), []), (on, [(period, "due")])):
        facts = replace(with_committee(sound(day)), groups=(group(),))
        facts = without(facts, ("committee", period), ("lecture", "2026-10"), ("theme_day", "2026-11"))
        rows = [(row.period, row.state) for row in found(facts, rule, packs) if row.period == period]
        assert rows == expected


@pytest.mark.parametrize(("held_on", "state"), [("2025", "unknown"), ("2026", "overdue")])
def test_a_vague_date_of_another_year_does_not_cloud_a_period(held_on: str, state: str) -> None:
    facts = without(sound(), ("members", "2025-10"))
    facts = replace(facts, meetings=(*facts.meetings, meeting("e", held_on, "members")))
    assert [row[1] for row in states(facts, "MTG-01")] == [state]
