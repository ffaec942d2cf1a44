"""Terms of office (支部工作条例第二十一、二十二条; month arithmetic of domain.md §0.2)."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.facts import Facts, Term
from desktop.rules.terms import term_end
from tests.rules.rules_world import VILLAGE, found, sound, states, with_branch


def with_term(on: date, elected: str | None, ends: str | None = None, **changes: object) -> Facts:
    """The township with one term of the branch."""
    term = replace(Term("t1", "b1", elected, ends, 0), **changes)  # type: ignore[arg-type]
    return replace(sound(on), terms=(term,))


@pytest.mark.parametrize(
    ("elected", "years", "end"),
    [
        ("2023-06-10", 3, date(2026, 6, 10)),
        ("2024-02-29", 3, date(2027, 2, 28)),  # 29 February becomes 28
        ("2024-02-29", 5, date(2029, 2, 28)),
        ("2023-12-31", 3, date(2026, 12, 31)),
    ],
)
def test_a_term_ends_on_the_same_day_years_later(elected: str, years: int, end: date) -> None:
    assert term_end(Term("t", "b", elected), years) == end


@pytest.mark.parametrize(
    ("on", "rule", "state"),
    [
        (date(2026, 2, 22), None, None),
        (date(2026, 2, 23), "ELE-02", "due"),  # six months before
        (date(2026, 8, 22), "ELE-02", "due"),
        (date(2026, 8, 23), "ELE-02", "due"),  # the last day of the term
        (date(2026, 8, 24), "ELE-01", "overdue"),
        (date(2029, 1, 1), "ELE-01", "overdue"),  # however long ago
    ],
)
def test_a_term_is_called_up_six_months_before_its_end_and_overdue_after_it(
    on: date, rule: str | None, state: str | None
) -> None:
    """条例第二十一、二十二条."""
    facts = with_term(on, "2023-08-23")
    rows = [*found(facts, "ELE-01"), *found(facts, "ELE-02")]
    assert [(row.rule, row.state, row.due) for row in rows] == ([(rule, state, "2026-08-23")] if rule else [])


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (date(2026, 8, 31), "提前 6 个月"),  # six months before 28 February 2027 is 28 August
        (date(2026, 11, 27), "提前 6 个月"),
        (date(2026, 11, 28), "提前 3 个月"),
        (date(2027, 1, 27), "提前 3 个月"),
        (date(2027, 1, 28), "提前 1 个月"),
    ],
)
def test_the_reminder_says_which_of_the_three_it_is(on: date, stage: str) -> None:
    (row,) = found(with_term(on, "2024-02-29"), "ELE-02")
    assert stage in row.why


def test_the_sum_is_shown() -> None:
    (row,) = found(with_term(date(2026, 11, 23), "2023-09-20"), "ELE-01")
    assert row.why == "2023年9月20日选举，任期 3 年，2026年9月20日届满；已过 64 天（第 3 个月），未见换届选举"
    assert (row.severity, row.go) == ("E", "branches/branch:b1")


@pytest.mark.parametrize(("field", "count"), [("8", 1), ("7", 0), ("3", 0), ("1", 1)])
def test_villages_and_communities_have_five_years(field: str, count: int) -> None:
    facts = with_branch(with_term(date(2026, 11, 23), "2023-09-20"), field=field)
    assert len(found(facts, "ELE-01")) == count


@pytest.mark.parametrize(("elected", "count"), [("2021-11-22", 1), ("2021-11-23", 0), ("2021-11-24", 0)])
def test_a_village_term_is_over_the_day_after_its_five_years(elected: str, count: int) -> None:
    facts = with_branch(with_term(date(2026, 11, 23), elected), field="3")
    assert len(found(facts, "ELE-01")) == count


@pytest.mark.parametrize(
    ("document", "to", "rules"),
    [
        ("青工委〔2026〕9号", "2027-09-20", []),
        ("青工委〔2026〕9号", "2026-12-20", ["ELE-02"]),
        ("青工委〔2026〕9号", "2026-11-22", ["ELE-01"]),
        (None, "2027-09-20", ["ELE-01"]),  # nobody approved it
    ],
)
def test_only_an_approved_extension_moves_the_end(document: str | None, to: str, rules: list[str]) -> None:
    facts = with_term(date(2026, 11, 23), "2023-09-20", extended_to=to, extension_document=document)
    assert [row.rule for rule in ("ELE-01", "ELE-02") for row in found(facts, rule)] == rules


def test_a_recorded_end_that_is_earlier_stands_and_one_that_is_later_does_not() -> None:
    assert states(with_term(date(2026, 11, 23), "2025-01-01", "2026-11-22"), "ELE-01")
    assert states(with_term(date(2026, 11, 23), "2023-09-20", "2028-09-20"), "ELE-01") == [
        (None, "overdue", "2026-09-20")
    ]


@pytest.mark.parametrize(
    ("elected", "ends", "words"),
    [
        ("2021-05-24", "2026-05-24", "登记的届满日期 2026年5月24日超过 3 年，按 3 年计，2024年5月24日届满"),
        ("2023-09-20", "2025-09-20", "登记的届满日期 2025年9月20日不足 3 年，按登记的计，2025年9月20日届满"),
        ("2023-09-20", "2026-09-20", "登记的届满日期 2026年9月20日，2026年9月20日届满"),
        ("2023-09-20", "2026", "登记的届满日期 2026年，2026年9月20日届满"),
    ],
)
def test_the_sum_says_what_a_recorded_end_is_worth(elected: str, ends: str, words: str) -> None:
    (row,) = found(with_term(date(2026, 11, 23), elected, ends), "ELE-01")
    assert row.why.split("；")[0].endswith(f"选举，任期 3 年，{words}")


def test_the_newest_election_on_or_before_the_day_is_the_term_in_force() -> None:
    old, new = Term("t1", "b1", "2023-09-20"), Term("t2", "b1", "2026-09-19")
    facts = replace(sound(), terms=(old, new))
    assert found(facts, "ELE-01") == []
    future = replace(sound(), terms=(old, replace(new, elected_on="2026-11-24")))
    assert found(future, "ELE-01")


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ((), "没有届次记录，不知届满日期"),
        ((Term("t", "b1"),), "届次没有填选举日期，也没有填届满日期"),
        ((Term("t", "b1", "2023"),), "届次日期只填到 2023"),
    ],
)
def test_a_term_without_its_dates_cannot_be_judged(terms: tuple[Term, ...], why: str) -> None:
    (row,) = found(replace(sound(), terms=terms), "ELE-01")
    assert (row.state, row.why) == ("unknown", f"无法判断，因为{why}")


def test_a_village_branch_without_a_term_is_none_of_ours() -> None:
    assert VILLAGE.field == "7"
    assert not [row for row in found(replace(sound(), terms=()), "ELE-01") if row.subject == "branch:v1"]


@pytest.mark.parametrize("kind", ["P1", "P2", "P3", "P6", "P8"])
def test_other_kinds_have_no_term_to_judge(kind: str) -> None:
    assert found(with_branch(replace(sound(), terms=()), kind=kind), "ELE-01") == []


def test_an_election_on_the_day_of_the_check_begins_the_new_term() -> None:
    facts = replace(sound(), terms=(Term("t1", "b1", "2023-09-20"), Term("t2", "b1", "2026-11-23")))
    assert found(facts, "ELE-01") == []


@pytest.mark.parametrize(("on", "month"), [(date(2026, 10, 20), 1), (date(2026, 10, 21), 2)])
def test_the_months_past_are_counted_to_the_day(on: date, month: int) -> None:
    (row,) = found(with_term(on, "2023-09-20"), "ELE-01")
    assert f"（第 {month} 个月）" in row.why
