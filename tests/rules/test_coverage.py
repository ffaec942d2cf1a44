"""Coverage of social organisations (苏组发〔2017〕8号 第7、9、11条; 支部工作条例第四、五条)."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.facts import Facts, Instructor, JointUnit, Management, Post
from tests.rules.rules_world import (
    ON,
    ORGANISATION,
    PACKS,
    VILLAGE,
    found,
    on_roll,
    person,
    sound,
    states,
    with_organisation,
)


def bare(full: int, probationary: int = 0, **changes: object) -> Facts:
    """The township with an organisation that no branch covers; its members stand in the village branch."""
    rows = [
        replace(on_roll(f"m{n}", "v1", standing="50" if n < full else "40"), starts_on="2026-11-01")
        for n in range(full + probationary)
    ]
    facts = with_organisation(sound(), survey_full=0, **changes)
    people = tuple(person(f"m{n}") for n in range(full + probationary))
    return replace(facts, joint_units=(), memberships=tuple(rows), persons=people)


@pytest.mark.parametrize(("full", "rules"), [(0, []), (1, ["ORG-02"]), (2, ["ORG-02"]), (3, ["ORG-01"])])
def test_three_full_members_ask_for_a_branch_and_one_or_two_for_a_joint_one(full: int, rules: list[str]) -> None:
    """苏组发〔2017〕8号 第9条; 以上 includes the number itself."""
    facts = bare(full, 2)
    assert [rule for rule in ("ORG-01", "ORG-02") if found(facts, rule)] == rules


def test_the_finding_shows_its_sum_and_leads_to_the_organisation() -> None:
    (finding,) = found(bare(3), "ORG-01")
    assert (finding.subject, finding.code, finding.name) == ("organisation:o1", None, ORGANISATION.name)
    assert (finding.period, finding.due, finding.state) == (None, "2026-12-01", "due")
    assert finding.go == "organisations/organisation:o1"
    assert finding.why == (
        "在册正式党员 3 名、预备党员 0 名，摸底正式党员 0 名、预备党员 0 名；3 ≥ 3，尚无党组织覆盖，应单独组建；"
        "2026年11月1日起算 30 天，至2026年12月1日"
    )


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 11, 30), "due"), (date(2026, 12, 1), "due"), (date(2026, 12, 2), "overdue")]
)
def test_a_branch_is_to_be_set_up_within_thirty_days_of_the_third_member(day: date, state: str) -> None:
    assert [row.state for row in found(replace(bare(3), on=day), "ORG-01")] == [state]


def test_the_thirty_days_run_again_after_the_count_fell_below_three() -> None:
    facts = bare(3)
    early = [replace(row, starts_on="2026-01-01", ends_on="2026-06-30") for row in facts.memberships]
    facts = replace(facts, memberships=(*early, *facts.memberships))
    assert states(facts, "ORG-01") == [(None, "due", "2026-12-01")]


def test_members_since_ever_give_no_due_date() -> None:
    facts = bare(3)
    facts = replace(facts, memberships=tuple(replace(row, starts_on=None) for row in facts.memberships))
    assert states(facts, "ORG-01") == [(None, "open", None)]


def test_a_survey_that_found_more_than_the_roll_counts() -> None:
    facts = with_organisation(bare(0), survey_full=4, survey_on="2026-11-10")
    assert states(facts, "ORG-01") == [(None, "due", "2026-12-10")]


@pytest.mark.parametrize(("standing", "counts"), [("40", 0), ("50", 1), ("51", 1), ("52", 1), ("60", 0), ("30", 0)])
def test_members_under_probation_of_the_party_are_still_full_members(standing: str, counts: int) -> None:
    facts = bare(2)
    facts = replace(facts, memberships=(*facts.memberships, on_roll("m9", "v1", standing=standing)))
    assert len(found(facts, "ORG-01")) == counts


@pytest.mark.parametrize(
    ("relation", "counts"), [("R1", 1), ("R2", 1), ("R5", 1), ("R7", 1), ("R3", 0), ("R4", 0), ("R6", 0)]
)
def test_only_members_whose_relation_is_here_count(relation: str, counts: int) -> None:
    facts = bare(2)
    extra = replace(on_roll("m9", "v1"), relation=relation)
    assert len(found(replace(facts, memberships=(*facts.memberships, extra)), "ORG-01")) == counts


@pytest.mark.parametrize(
    ("kind", "covers"), [("P3", True), ("P4", True), ("P5", True), ("P6", False), ("P7", False), ("P8", False)]
)
def test_a_temporary_floating_or_functional_branch_is_no_cover(kind: str, *, covers: bool) -> None:
    own = replace(VILLAGE, id="x", code="X", kind=kind)
    facts = replace(bare(3), branches=(*sound().branches, own), joint_units=(JointUnit("x", "o1"),))
    assert (found(facts, "ORG-01") == []) is covers


def test_a_closed_organisation_is_left_alone() -> None:
    for changes in ({"closed": True}, {"dissolved_on": "2026-11-23"}):
        assert found(bare(3, **changes), "ORG-01") == []
    assert found(bare(3, dissolved_on="2026-11-24"), "ORG-01")


def test_an_organisation_without_members_needs_an_instructor_in_post() -> None:
    """苏组发〔2017〕8号 第9条."""
    facts = bare(0)
    (finding,) = found(facts, "ORG-12")
    assert finding.state == "open"
    assert found(bare(0, 1), "ORG-12") == []
    for starts, ends, findings in (("2026-11-23", None, 0), ("2026-11-24", None, 1), (None, "2026-11-22", 1)):
        sent = replace(facts, instructors=(Instructor("m1", "o1", starts, ends),))
        assert len(found(sent, "ORG-12")) == findings


@pytest.mark.parametrize(
    ("survey", "on", "state"),
    [
        (None, date(2026, 11, 15), []),
        (None, date(2026, 11, 16), ["due"]),
        (None, date(2026, 12, 1), ["due"]),
        (None, date(2026, 12, 2), ["overdue"]),
        ("2026-12-01", date(2026, 12, 5), []),
        ("2026-12-02", date(2026, 12, 5), ["open"]),
    ],
)
def test_the_survey_of_members_is_due_thirty_days_after_registration(
    survey: str | None, on: date, state: list[str]
) -> None:
    """苏组发〔2017〕8号 第9、11条 (三同步); the 30 days are a local parameter."""
    facts = replace(with_organisation(sound(), registered_on="2026-11-01", survey_on=survey), on=on)
    assert [row[1] for row in states(facts, "ORG-13")] == state


def test_an_old_registration_is_no_matter_of_the_survey_and_a_vague_one_cannot_be_judged() -> None:
    assert found(with_organisation(sound(), registered_on="2024-11-30", survey_on=None), "ORG-13") == []
    assert found(with_organisation(sound(), registered_on="2024-12-02", survey_on=None), "ORG-13")
    (finding,) = found(with_organisation(sound(), registered_on="2026-10", survey_on=None), "ORG-13")
    assert (finding.state, finding.why) == ("unknown", "无法判断，因为登记（备案）日期只填到 2026-10")
    before = with_organisation(replace(sound(), go_live=date(2026, 6, 1)), registered_on="2026-05-31", survey_on=None)
    assert found(before, "ORG-13") == []


OWNER = sound().management[0]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((), "兜底管理党组织 0 个，应为 1 个"),
        ((OWNER, replace(OWNER, branch_id="b1")), "兜底管理党组织 2 个，应为 1 个"),
        ((replace(OWNER, ends_on="2026-11-22"),), "兜底管理党组织 0 个，应为 1 个"),
        ((replace(OWNER, branch_id=None),), "有一条兜底管理没有写党组织"),
        ((replace(OWNER, contact_post_id=None),), "没有联系人"),
        ((replace(OWNER, contact_post_id="gone"),), "联系人的任职已结束"),
    ],
)
def test_a_filed_organisation_has_one_owner_and_one_contact(rows: tuple[Management, ...], why: str) -> None:
    """苏组发〔2017〕8号 第7条."""
    (finding,) = found(replace(sound(), management=rows), "BACK-01")
    assert (finding.subject, finding.severity, finding.why) == ("organisation:o1", "E", why)


@pytest.mark.parametrize(("ends", "count"), [("2026-11-22", 1), ("2026-11-23", 0), ("2026-11-24", 0)])
def test_the_post_of_the_contact_holds_to_its_last_day(ends: str, count: int) -> None:
    posts = (*sound().posts[:1], Post("c1", "v9", "01", "v1", starts_on="2024-01-01", ends_on=ends))
    assert len(found(replace(sound(), posts=posts), "BACK-01")) == count


def test_an_owner_that_was_dissolved_is_found() -> None:
    rows = tuple(replace(row, dissolved_on="2026-01-01") if row.id == "v1" else row for row in sound().branches)
    (finding,) = found(replace(sound(), branches=rows), "BACK-01")
    assert finding.why == "兜底的望湖社区党支部已撤销"


def test_a_registered_organisation_needs_no_backstop() -> None:
    assert found(replace(with_organisation(sound(), registration="A"), management=()), "BACK-01") == []


def test_one_parameter_changed_changes_the_findings() -> None:
    facts = replace(bare(3), on=ON)
    rules = tuple(
        replace(rule, params={**rule.params, "min_full": 4}) if rule.id == "ORG-01" else rule for rule in PACKS.rules
    )
    assert found(facts, "ORG-01")
    assert found(facts, "ORG-01", replace(PACKS, rules=rules)) == []


def test_the_third_member_counts_from_the_day_of_coming() -> None:
    facts = bare(3)
    today = tuple(replace(row, starts_on="2026-11-23") for row in facts.memberships)
    assert states(replace(facts, memberships=today), "ORG-01") == [(None, "due", "2026-12-23")]


def test_a_registration_on_the_day_of_going_live_is_judged() -> None:
    facts = with_organisation(replace(sound(), go_live=date(2026, 6, 1)), registered_on="2026-06-01", survey_on=None)
    assert states(facts, "ORG-13") == [(None, "overdue", "2026-07-01")]


def test_the_days_do_not_run_before_going_live() -> None:
    facts = replace(bare(3), go_live=date(2026, 11, 20))
    assert states(facts, "ORG-01") == [(None, "due", "2026-12-20")]
