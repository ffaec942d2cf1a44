"""Size, committee and posts of branches (支部工作条例第四、五、八、二十条; 苏组发〔2017〕8号 第18条)."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.facts import Facts, JointUnit, Post
from tests.rules.rules_world import (
    ROOT,
    VILLAGE,
    found,
    on_roll,
    sound,
    states,
    with_branch,
    with_committee,
    with_members,
)


@pytest.mark.parametrize(("units", "count"), [(4, 0), (5, 0), (6, 1)])
def test_a_joint_branch_covers_five_units_at_most(units: int, count: int) -> None:
    """条例第五条: 一般不超过5个."""
    rows = tuple(JointUnit("b1", f"o{n}") for n in range(1, units + 1))
    facts = replace(with_branch(sound(), kind="P5"), joint_units=rows)
    assert len(found(facts, "ORG-03")) == count
    assert found(with_branch(facts, kind="P4"), "ORG-03") == []
    ended = replace(facts, joint_units=(*rows[:-1], replace(rows[-1], ends_on="2026-11-22")))
    assert len(found(ended, "ORG-03")) == 0


@pytest.mark.parametrize(("full", "probationary", "count"), [(49, 0, 0), (49, 1, 0), (49, 2, 1), (53, 0, 1)])
def test_a_branch_has_fifty_members_at_most(full: int, probationary: int, count: int) -> None:
    """条例第四条: 一般不超过50人."""
    rows = found(with_members(sound(), full, probationary), "ORG-04")
    assert len(rows) == count
    if (full, probationary) == (49, 2):
        assert rows[0].why == "正式党员 49 + 预备党员 2 = 51 > 50，宜划分或升格"


@pytest.mark.parametrize(
    ("full", "seats", "severities"),
    [
        (6, 0, []),
        (7, 0, ["W"]),
        (7, 2, ["W"]),
        (7, 3, []),
        (7, 5, []),
        (7, 6, ["I"]),
        (7, 7, ["I"]),
        (7, 8, ["W"]),
    ],
)
def test_seven_full_members_have_a_committee_of_three_to_five(full: int, seats: int, severities: list[str]) -> None:
    """条例第二十条: 由3至5人组成，一般不超过7人."""
    facts = with_committee(with_members(sound(), full), seats)
    assert [row.severity for row in found(facts, "ORG-05")] == severities


def test_seats_that_nobody_wrote_down_cannot_be_judged() -> None:
    (finding,) = found(with_committee(with_members(sound(), 7), None), "ORG-05")
    assert (finding.state, finding.why[:4]) == ("unknown", "无法判断")


@pytest.mark.parametrize(("full", "seats", "count"), [(6, 3, 1), (6, 2, 0), (7, 3, 0)])
def test_fewer_than_seven_with_a_committee_are_asked_about(full: int, seats: int, count: int) -> None:
    """条例第二十条."""
    assert len(found(with_committee(with_members(sound(), full), seats), "ORG-06")) == count


@pytest.mark.parametrize(
    ("titles", "severity", "why"),
    [
        (("05", "06", "07"), None, ""),
        (("05", "06"), "I", "缺纪检委员"),
        ((), "I", "缺组织委员、宣传委员、纪检委员"),
        (("05", "06", "07", "02"), None, ""),
        (("05", "06", "07", "02", "03"), "W", "副书记 2 名 > 1 名"),
    ],
)
def test_a_committee_has_its_posts_and_one_deputy_at_most(
    titles: tuple[str, ...], severity: str | None, why: str
) -> None:
    """条例第二十条; the secretary is there in each case."""
    rows = found(with_committee(with_members(sound(), 7), 3, *titles), "ORG-07")
    assert [(row.severity, row.why) for row in rows] == ([(severity, why)] if severity else [])


def temporary(ends_on: str | None, on: date) -> Facts:
    """The township with a temporary branch."""
    return replace(with_branch(sound(), kind="P6", ends_on=ends_on), on=on)


@pytest.mark.parametrize(
    ("ends_on", "on", "state"),
    [
        ("2026-12-31", date(2026, 11, 30), []),
        ("2026-12-31", date(2026, 12, 1), ["due"]),
        ("2026-12-31", date(2026, 12, 31), ["due"]),
        ("2026-12-31", date(2027, 1, 1), ["overdue"]),
        (None, date(2026, 12, 1), ["unknown"]),
        ("2026-12", date(2026, 12, 1), ["unknown"]),
    ],
)
def test_a_temporary_branch_ends_with_its_task(ends_on: str | None, on: date, state: list[str]) -> None:
    """条例第八条: 任务结束自然撤销."""
    assert [row[1] for row in states(temporary(ends_on, on), "ORG-10")] == state


def test_a_temporary_branch_has_no_term_to_judge() -> None:
    facts = replace(temporary("2027-12-31", date(2026, 11, 23)), terms=())
    assert found(facts, "ELE-01") == []


@pytest.mark.parametrize(
    ("members", "kind", "count"), [(49, "P4", 0), (50, "P4", 1), (50, "P3", 0), (99, "P3", 0), (100, "P3", 1)]
)
def test_fifty_members_ask_for_a_general_branch_and_a_hundred_for_a_committee(
    members: int, kind: str, count: int
) -> None:
    """党章第三十条 and practice."""
    assert len(found(with_branch(with_members(sound(), members), kind=kind), "ORG-14")) == count


def test_a_general_branch_counts_the_members_below_it() -> None:
    facts = with_members(sound(), 60)
    below = replace(VILLAGE, id="sub", code="SUB", field="8", parent_id="b1")
    rows = tuple(on_roll(f"s{n}", "sub") for n in range(40))
    facts = replace(with_branch(facts, kind="P3"), branches=(*facts.branches, below))
    assert len(found(replace(with_branch(facts, kind="P3"), memberships=(*facts.memberships, *rows)), "ORG-14")) == 1
    other = replace(below, field="7")
    facts = with_branch(replace(facts, branches=(ROOT, VILLAGE, facts.branches[2], other)), kind="P3")
    assert found(replace(facts, memberships=(*facts.memberships, *rows)), "ORG-14") == []


@pytest.mark.parametrize(("full", "count"), [(49, 0), (50, 1), (51, 1)])
def test_a_large_branch_has_a_full_time_deputy(full: int, count: int) -> None:
    """苏组发〔2017〕8号 第18条; the threshold is a local parameter."""
    facts = with_members(sound(), full)
    assert len(found(facts, "ORG-16")) == count
    for post in (Post("d", "m2", "03", "b1"), Post("d", "m2", "02", "b1", full_time=True)):
        assert found(replace(facts, posts=(*facts.posts, post)), "ORG-16") == []
    part_time = replace(facts, posts=(*facts.posts, Post("d", "m2", "02", "b1")))
    assert len(found(part_time, "ORG-16")) == count


def test_the_rolls_of_villages_are_not_judged() -> None:
    facts = with_branch(with_members(sound(), 53), field="7")
    assert not [row for rule in ("ORG-04", "ORG-05", "ORG-14", "ORG-16") for row in found(facts, rule)]


def test_the_sums_of_units_and_seats_are_shown() -> None:
    units = tuple(JointUnit("b1", f"o{n}") for n in range(6))
    (row,) = found(replace(with_branch(sound(), kind="P5"), joint_units=units), "ORG-03")
    assert row.why == "覆盖单位 6 个 > 5 个，一般不超过此数"
    for seats, why in (
        (0, "正式党员 7 ≥ 7，应设支委会；现有委员名额 0 < 3"),
        (8, "正式党员 7 ≥ 7；委员名额 8 > 7，一般不超过此数"),
    ):
        (row,) = found(with_committee(with_members(sound(), 7), seats), "ORG-05")
        assert row.why == why
