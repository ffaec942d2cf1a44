"""The engine as a whole: order, remarks, purity, and that every number of every pack is looked at."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.calendar import periods_between
from desktop.rules.engine import check, rule_order, sort_findings
from desktop.rules.facts import Facts, Finding, Remark
from desktop.rules.packs import Packs, Rule, Value
from tests.rules.rules_world import ON, PACKS, found, full_record, on_roll, sound, without

BARE = replace(sound(), meetings=(), terms=(), posts=(), joint_units=(), management=())


def test_findings_come_in_one_order_whatever_the_order_of_the_facts() -> None:
    rows = check(BARE, PACKS)
    assert list(rows) == list(sort_findings(rows))
    assert [row.rule for row in rows] == sorted((row.rule for row in rows), key=rule_order)
    rng = random.Random(1)
    mixed = replace(
        BARE,
        branches=tuple(rng.sample(BARE.branches, len(BARE.branches))),
        memberships=tuple(rng.sample(BARE.memberships, len(BARE.memberships))),
        persons=tuple(rng.sample(BARE.persons, len(BARE.persons))),
    )
    assert check(mixed, PACKS) == rows


def test_no_two_findings_share_rule_subject_and_period() -> None:
    rows = check(BARE, PACKS)
    assert len({(row.rule, row.subject, row.period) for row in rows}) == len(rows) > 20


def test_every_finding_is_whole() -> None:
    for row in check(BARE, PACKS):
        assert row.severity in {"E", "W", "I"}
        assert row.state in {"open", "due", "overdue", "unknown"}
        assert row.subject.partition(":")[2]
        assert row.name
        assert row.clause
        assert row.why
        assert row.go.partition("/")[0] in {"organisations", "branches", "members", "meetings"}
        assert (row.code is None) is (row.subject.partition(":")[0] != "branch")


@pytest.mark.parametrize(
    ("remark", "state"),
    [
        (Remark("MTG-01", "branch:b1", "2026Q2", "explained", "书记住院"), "explained"),
        (Remark("MTG-01", "branch:b1", "2026Q2", "not_applicable"), "not_applicable"),
        (Remark("MTG-01", "branch:b1", "2026Q2", "postponed", "补开", "2026-11-23"), "postponed"),
        (Remark("MTG-01", "branch:b1", "2026Q2", "postponed", "补开", "2026-11-22"), "overdue"),
        (Remark("MTG-01", "branch:b1", "2026Q2", "postponed", "补开"), "overdue"),
        (Remark("MTG-01", "branch:b1", "2026Q1", "explained"), "overdue"),
        (Remark("MTG-02", "branch:b1", "2026Q2", "explained"), "overdue"),
        (Remark("MTG-01", "branch:b2", "2026Q2", "explained"), "overdue"),
    ],
)
def test_what_somebody_said_about_a_finding_becomes_its_state(remark: Remark, state: str) -> None:
    facts = replace(without(sound(), ("members", "2026-04")), remarks=(remark,))
    (row,) = found(facts, "MTG-01")
    assert row.state == state
    assert ("说明：" in row.why) is (bool(remark.reason) and state != "overdue")


def _other(value: Value) -> Value:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else value[:-1]


def _changed(rule: Rule, name: str) -> Packs:
    params = {**rule.params, name: _other(rule.params[name])}
    return Packs(tuple(replace(row, params=params) if row.id == rule.id else row for row in PACKS.rules))


@pytest.mark.parametrize(
    ("rule_id", "name"),
    [("MTG-01", "times"), ("MTG-04", "times"), ("MTG-06", "times"), ("UNI-01", "most"), ("BACK-01", "owners")],
)
def test_a_number_that_is_changed_in_a_pack_changes_the_findings(rule_id: str, name: str) -> None:
    rule = PACKS.find(rule_id, ON)
    assert rule is not None
    facts = sound()
    facts = replace(facts, posts=(*facts.posts, replace(facts.posts[0], id="s2", person_id="m2")))
    assert check(facts, PACKS) != check(facts, _changed(rule, name))


def test_the_facts_and_packs_are_left_as_they_were() -> None:
    facts, packs = sound(), PACKS
    before = (repr(facts), repr(packs))
    check(facts, packs)
    assert (repr(facts), repr(packs)) == before


def test_an_empty_workspace_has_no_findings() -> None:
    assert check(Facts(on=ON), PACKS) == ()


MONTHS = [str(period) for period in periods_between(date(2025, 1, 1), date(2026, 10, 31), "M")]


@given(st.sets(st.sampled_from(MONTHS)), st.dates(date(2026, 1, 1), date(2026, 11, 7)))
@settings(max_examples=60, deadline=None)
def test_the_months_without_a_theme_day_are_exactly_those_found(missing: set[str], on: date) -> None:
    """A plain reading of the rule against the engine, for any history and day."""
    facts = without(sound(on), *(("theme_day", month) for month in missing))
    over = {month for month in missing if date.fromisoformat(f"{month}-28") < on and month != f"{on:%Y-%m}"}
    over = {month for month in over if int(month[:4]) >= on.year - 1}
    got = {row.period for row in found(facts, "MTG-06") if row.state == "overdue"}
    assert got == over


DATES = st.sampled_from([None, "2023", "2023-09", "2023-09-20", "2026-11", "2026-11-23", "2030-01-01"])


@given(DATES, DATES, DATES, DATES, DATES, st.sampled_from([None, "P4", "P5", "P6", "P7", "P8"]))
@settings(max_examples=200, deadline=None)
def test_missing_and_vague_dates_never_break_a_check(
    founded: str | None, elected: str | None, ends: str | None, joined: str | None, held: str | None, kind: str | None
) -> None:
    facts = sound()
    branch = replace(facts.branches[2], founded_on=founded, ends_on=ends, dissolved_on=ends, kind=kind)
    facts = replace(
        facts,
        branches=(*facts.branches[:2], branch),
        organisations=(replace(facts.organisations[0], registered_on=joined, survey_on=elected),),
        terms=(replace(facts.terms[0], elected_on=elected, ends_on=ends, seats=3),),
        memberships=(replace(on_roll("m1"), starts_on=joined, ends_on=ends, standing="40"),),
        persons=tuple(replace(row, joined_on=joined, full_on=None) for row in facts.persons),
        meetings=(*facts.meetings, full_record(held_on=held)),
    )
    assert all(isinstance(row, Finding) for row in check(facts, PACKS))
