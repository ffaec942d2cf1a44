"""Votes and quorums (支部工作条例第十一、十二条; 选举工作条例第五条; 党章第七条)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.facts import Attendance, Facts, Meeting, Post, Resolution, Vote
from desktop.rules.votes import Verdict, committee_quorum, has_vote, members_meeting_vote
from tests.rules.rules_world import found, full_record, sound


def with_record(record: Meeting) -> Facts:
    """The sound township with one more meeting."""
    return replace(sound(), meetings=(*sound().meetings, record))


@pytest.mark.parametrize(
    ("due", "present", "yes", "passed"),
    [
        (12, 5, 5, False),  # 2·5 < 12
        (12, 6, 6, False),  # half came, but 6 is not more than half
        (12, 6, 7, True),  # the arithmetic alone; a record with 7 of 6 is stopped by MTG-17
        (12, 7, 6, False),  # 6 of 12
        (12, 7, 7, True),  # 7 of 12
        (11, 5, 5, False),  # 2·5 < 11
        (11, 6, 5, False),
        (11, 6, 6, True),
        (1, 1, 1, True),
        (0, 0, 0, False),
    ],
)
def test_half_must_come_and_more_than_half_of_those_due_must_say_yes(
    due: int, present: int, yes: int, *, passed: bool
) -> None:
    """条例第十一条: 半数以上 includes the half, 超过半数 does not (domain.md §0.2)."""
    assert members_meeting_vote(due, present, yes).passed is passed


def test_the_formula_is_the_one_that_is_printed() -> None:
    """domain.md §3.1 gives this line."""
    assert members_meeting_vote(12, 7, 7).formula == "实到有表决权 7 ≥ 应到 12 的半数 6 ✓；赞成 7 > 12/2 = 6 ✓"
    assert members_meeting_vote(11, 5, 5).formula == "实到有表决权 5 < 应到 11 的半数 5.5 ✗；赞成 5 ≤ 11/2 = 5.5 ✗"


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_the_integers_agree_with_exact_fractions(due: int, present: int, yes: int) -> None:
    from fractions import Fraction

    half = Fraction(due, 2)
    assert members_meeting_vote(due, present, yes).passed is (present >= half and yes > half)
    assert committee_quorum(due, present).passed is (present >= half)


@pytest.mark.parametrize(
    ("members", "present", "passed"), [(5, 2, False), (5, 3, True), (4, 2, True), (3, 1, False), (0, 0, False)]
)
def test_half_of_a_committee_must_come(members: int, present: int, *, passed: bool) -> None:
    """条例第十二条."""
    assert committee_quorum(members, present).passed is passed


@pytest.mark.parametrize(
    ("standing", "vote"),
    [
        ("50", True),
        ("40", False),
        ("41", False),
        ("51", False),
        ("52", False),
        ("60", False),
        ("30", False),
        (None, False),
    ],
)
def test_only_full_members_with_their_rights_have_a_vote(standing: str | None, *, vote: bool) -> None:
    """选举工作条例第五条, 党章第七条."""
    assert has_vote(standing) is vote


@pytest.mark.parametrize(
    ("vote", "resolved", "count"),
    [
        (Vote(1, 1, None, 12, 12, None, 7, 5, 0), True, 0),
        (Vote(1, 1, None, 12, 12, None, 6, 6, 0), True, 1),
        (Vote(1, 1, None, 12, 12, None, 6, 6, 0), False, 0),  # a motion that failed and was not decided
        (Vote(1, 1, None, 12, 5, None, 5, 0, 0), False, 1),  # too few came: the vote itself is void
        (Vote(1, 1, "p", 12, 12, None, 6, 6, 0), True, 0),  # about a person: other rules
        (Vote(1, None, None, 12, 12, None, 6, 6, 0), True, 1),
        (Vote(1, 2, None, 12, 12, None, 6, 6, 0), True, 0),  # the resolution belongs to item 1
    ],
)
def test_a_decision_without_its_majority_is_found(vote: Vote, count: int, *, resolved: bool) -> None:
    resolutions = (Resolution("同意。", 1),) if resolved else ()
    rows = found(with_record(full_record(votes=(vote,), resolutions=resolutions)), "MTG-10")
    assert len(rows) == count
    for row in rows:
        assert (row.subject, row.code, row.name, row.period) == ("meeting:x1", None, "通报年度工作计划", None)
        assert (row.go, row.branch_id, row.severity) == ("meetings/meeting:x1", "b1", "E")


def test_a_vote_with_missing_numbers_cannot_be_judged() -> None:
    (row,) = found(with_record(full_record(votes=(Vote(1, 1, None, 12, None, None, 7),))), "MTG-10")
    assert (row.state, row.why) == ("unknown", "无法判断，因为第 1 项表决没有填全应到、实到、赞成数")


@pytest.mark.parametrize(
    ("held_on", "count"), [("2024-12-31", 0), ("2025-01-01", 1), ("2026-11-23", 1), ("2026-11-24", 0)]
)
def test_meetings_are_judged_from_january_of_the_year_before_to_the_day(held_on: str, count: int) -> None:
    record = full_record(held_on=held_on, votes=(Vote(1, 1, None, 12, 5, None, 5),))
    assert len(found(with_record(record), "MTG-10")) == count


def test_brief_records_and_drafts_are_not_judged() -> None:
    record = full_record(votes=(Vote(1, 1, None, 12, 5, None, 5),))
    assert found(with_record(replace(record, brief=True)), "MTG-10") == []
    assert found(with_record(replace(record, state="draft")), "MTG-10") == []


def committee(present: int, of: int, *, kinds: tuple[str, ...] = ("committee",), online: bool = False) -> Meeting:
    """A committee meeting to which so many came, one of them online if asked."""
    rows = [
        Attendance(
            f"委员{n}", "1" if n < present else ("7" if online and n == present else "2"), f"k{n}", "50", reason="事"
        )
        for n in range(of)
    ]
    return full_record(kinds=kinds, attendance=(*rows, Attendance("列席者", "6")))


@pytest.mark.parametrize(("present", "of", "count"), [(2, 5, 1), (3, 5, 0), (2, 4, 0), (1, 3, 1)])
def test_a_committee_meeting_with_too_few_is_found(present: int, of: int, count: int) -> None:
    rows = found(with_record(committee(present, of)), "MTG-11")
    assert len(rows) == count
    if (present, of) == (2, 5):
        assert rows[0].why == "到会委员 2 < 委员 5 的半数 2.5 ✗"


def test_taking_part_online_counts_only_where_the_superior_allows_it() -> None:
    from tests.rules.rules_world import PACKS

    facts = with_record(committee(2, 5, online=True))
    assert len(found(facts, "MTG-11")) == 1
    assert found(facts, "MTG-11", PACKS.with_local({("MTG-11", "online_counts"): True})) == []


def test_on_a_mixed_list_only_the_members_of_the_committee_count() -> None:
    facts = with_record(committee(2, 9, kinds=("members", "committee")))
    (row,) = found(facts, "MTG-11")
    assert (row.state, row.why) == ("unknown", "无法判断，因为没有委员的到会名单")
    posts = tuple(Post(f"p{n}", f"k{n}", "10", "b1", starts_on="2025-06-10") for n in range(3))
    assert found(replace(facts, posts=(*facts.posts, *posts)), "MTG-11") == []


@pytest.mark.parametrize(
    ("standing", "why"), [("40", "预备党员"), ("51", "留党察看期间的党员"), ("52", "权利中止的党员")]
)
def test_a_vote_given_to_somebody_without_one_is_found(standing: str, why: str) -> None:
    record = full_record()
    rows = (*record.attendance, Attendance("张伟", "1", "m13", standing, votes=True))
    (row,) = found(with_record(replace(record, attendance=rows)), "MTG-12")
    assert row.why == f"张伟是{why}，没有表决权而计入"


@pytest.mark.parametrize(("due", "count"), [(11, 0), (12, 0), (13, 1)])
def test_more_votes_due_than_names_with_a_vote_are_found(due: int, count: int) -> None:
    probationer = Attendance("张伟", "1", "m13", "40")
    record = full_record(votes=(Vote(1, 1, None, due, 12, None, 12),))
    record = replace(record, attendance=(*record.attendance, probationer))
    assert len(found(with_record(record), "MTG-12")) == count


def test_a_vote_without_a_frozen_standing_cannot_be_judged() -> None:
    record = full_record()
    rows = (*record.attendance, Attendance("张伟", "1", votes=True))
    (row,) = found(with_record(replace(record, attendance=rows)), "MTG-12")
    assert (row.state, row.why) == ("unknown", "无法判断，因为张伟计了表决权而没有当时的党员状态")


@pytest.mark.parametrize(
    ("verdict", "formula"),
    [
        (members_meeting_vote(12, 6, 7), "实到有表决权 6 ≥ 应到 12 的半数 6 ✓；赞成 7 > 12/2 = 6 ✓"),
        (members_meeting_vote(12, 7, 6), "实到有表决权 7 ≥ 应到 12 的半数 6 ✓；赞成 6 ≤ 12/2 = 6 ✗"),
        (committee_quorum(4, 2), "到会委员 2 ≥ 委员 4 的半数 2 ✓"),
        (committee_quorum(4, 1), "到会委员 1 < 委员 4 的半数 2 ✗"),
    ],
)
def test_the_formula_at_the_very_half_shows_the_sign_that_was_used(verdict: Verdict, formula: str) -> None:
    assert verdict.formula == formula
