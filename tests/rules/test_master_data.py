"""Uniqueness and completeness (domain.md §11.10, §11.12)."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.facts import Post
from tests.rules.rules_world import PACKS, found, on_roll, person, sound, with_branch, with_organisation


@pytest.mark.parametrize(
    ("starts", "ends", "count"),
    [
        ("2026-11-23", None, 1),
        ("2026-11-24", None, 0),
        ("2026-01-01", "2026-11-22", 0),
        ("2026-01-01", "2026-11-23", 1),
        (None, None, 1),
    ],
)
def test_two_secretaries_on_one_day_are_found(starts: str | None, ends: str | None, count: int) -> None:
    facts = replace(sound(), posts=(*sound().posts, Post("s2", "m2", "01", "b1", starts_on=starts, ends_on=ends)))
    rows = found(facts, "UNI-01")
    assert [row.why for row in rows] == ["在任书记 2 名（人员m1、人员m2）> 1 名"] * count


def test_one_person_with_two_rows_and_a_first_secretary_are_no_second_secretary() -> None:
    for post in (Post("s2", "m1", "01", "b1"), Post("s2", "m2", "04", "b1"), Post("s2", "m2", "01", "v2")):
        assert found(replace(sound(), posts=(*sound().posts, post)), "UNI-01") == []


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 1),
        ({"relation": None}, 1),
        ({"relation": "R6"}, 0),
        ({"relation": "R5"}, 0),
        ({"standing": "20"}, 0),
        ({"ends_on": "2026-11-22"}, 0),
        ({"ends_on": "2026-11-23"}, 1),
    ],
)
def test_a_person_on_two_rolls_is_found(changes: dict[str, object], count: int) -> None:
    second = replace(on_roll("m1", "v1", None), **changes)  # type: ignore[arg-type]
    rows = found(replace(sound(), memberships=(*sound().memberships, second)), "UNI-05")
    assert [row.subject for row in rows] == ["person:m1"] * count
    if not changes:
        assert rows[0].why == "在册组织关系 2 个（望湖社区老年协会党支部、望湖社区党支部）> 1 个"


def test_two_persons_with_one_identity_number_are_each_found() -> None:
    twin = replace(person("m8"), identity="nm1")
    facts = replace(sound(), persons=(*sound().persons, twin), memberships=(*sound().memberships, on_roll("m8", "v1")))
    assert [row.subject for row in found(facts, "UNI-05")] == ["person:m1", "person:m8"]


def test_persons_without_a_number_are_not_taken_for_one() -> None:
    people = tuple(replace(row, identity=None) for row in sound().persons)
    assert found(replace(sound(), persons=people), "UNI-05") == []


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("sex", "性别"),
        ("ethnicity", "民族"),
        ("born_on", "出生日期"),
        ("identity", "身份证号"),
        ("education", "学历"),
        ("joined_on", "入党日期"),
        ("full_on", "转正日期"),
    ],
)
def test_each_field_of_a_member_is_asked_for(name: str, word: str) -> None:
    people = (replace(person("m1"), **{name: None}), *sound().persons[1:])
    (row,) = found(replace(sound(), persons=people), "CMP-01")
    assert (row.subject, row.why, row.go) == ("person:m1", f"必填 9 项，缺 1 项：{word}", "members/person:m1")


def test_a_member_without_a_branch_is_asked_about() -> None:
    rows = (on_roll("m1", None), *sound().memberships[1:])
    (row,) = found(replace(sound(), memberships=rows), "CMP-01")
    assert row.why == "必填 9 项，缺 1 项：所在支部"


def test_applicants_and_those_who_left_are_not_asked() -> None:
    bare = (replace(person("m1"), sex=None), *sound().persons[1:])
    for changes in ({"standing": "20"}, {"standing": "74"}, {"relation": "R3"}, {"ends_on": "2026-11-22"}):
        rows = (replace(on_roll("m1"), **changes), *sound().memberships[1:])  # type: ignore[arg-type]
        assert found(replace(sound(), persons=bare, memberships=rows), "CMP-01") == []


@pytest.mark.parametrize(
    ("on", "standing", "count"),
    [(date(2026, 11, 30), "40", 0), (date(2026, 12, 1), "40", 1), (date(2026, 12, 1), "41", 0)],
)
def test_thirteen_months_on_probation_without_a_date_of_full_membership_are_missing(
    on: date, standing: str, count: int
) -> None:
    """domain.md §11.12; from 31 October 2025 the 13 months end on 30 November 2026."""
    people = (replace(person("m1"), joined_on="2025-10-31", full_on=None), *sound().persons[1:])
    rows = (replace(on_roll("m1"), standing=standing), *sound().memberships[1:])
    said = found(replace(sound(on), persons=people, memberships=rows), "CMP-01")
    assert [row.why for row in said] == ["预备党员满 13 个月（2026年11月30日）而没有转正日期"] * count


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"founded_on": None}, "成立日期"),
        ({"approval": ""}, "批准文号"),
        ({"parent_id": None}, "隶属"),
        ({"contact": None}, "联系方式"),
        ({"place_id": None}, "村（社区）"),
        ({"kind": None}, "类别"),
    ],
)
def test_each_field_of_a_branch_is_asked_for(changes: dict[str, object], word: str) -> None:
    (row,) = found(with_branch(sound(), **changes), "CMP-02")
    assert (row.subject, row.why, row.code) == ("branch:b1", f"必填 11 项，缺 1 项：{word}", "B001")


def test_secretary_end_of_term_and_unit_of_a_branch_are_asked_for() -> None:
    facts = sound()
    for bare, word in (
        (replace(facts, posts=facts.posts[1:]), "书记"),
        (replace(facts, terms=(replace(facts.terms[0], ends_on=None),)), "届满日期"),
        (replace(facts, joint_units=()), "所在单位"),
    ):
        (row,) = found(bare, "CMP-02")
        assert row.why.endswith(word)


def test_the_root_and_the_branches_of_villages_are_not_asked() -> None:
    assert found(replace(sound(), posts=()), "CMP-02")[0].subject == "branch:b1"
    assert len(found(replace(sound(), posts=()), "CMP-02")) == 1


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"type": None}, "类型"),
        ({"registration": None}, "登记或备案"),
        ({"number": None}, "统一代码或备案号"),
        ({"registered_on": None}, "成立日期"),
        ({"place_id": None}, "村（社区）"),
        ({"head_id": None}, "负责人"),
        ({"staff_count": None}, "从业人数"),
        ({"survey_on": None}, "党员摸底日期"),
    ],
)
def test_each_field_of_an_organisation_is_asked_for(changes: dict[str, object], word: str) -> None:
    (row,) = found(with_organisation(sound(), **changes), "CMP-03")
    assert (row.subject, row.why) == ("organisation:o1", f"必填 10 项，缺 1 项：{word}")


def test_an_organisation_without_a_channel_is_asked_about() -> None:
    (row,) = found(replace(sound(), management=()), "CMP-03")
    assert row.why == "必填 10 项，缺 1 项：管理渠道"


def test_a_county_that_collects_no_numbers_does_not_ask_for_them() -> None:
    people = tuple(replace(row, identity=None) for row in sound().persons)
    packs = PACKS.with_local({("CMP-01", "fields"): ("name", "sex", "joined_on")})
    assert len(found(replace(sound(), persons=people), "CMP-01")) == 3
    assert found(replace(sound(), persons=people), "CMP-01", packs) == []
