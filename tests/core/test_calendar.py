"""Dates of known precision, months and periods (domain.md §0.2)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import calendar

DAYS = st.dates(date(1930, 1, 1), date(2090, 12, 31))
CADENCES = st.sampled_from(["M", "Q", "H", "Y"])


@pytest.mark.parametrize(
    ("text", "last"),
    [("1985", date(1985, 12, 31)), ("1985-02", date(1985, 2, 28)), ("2024-02", date(2024, 2, 29)),
     ("1985-06-03", date(1985, 6, 3))],
)  # fmt: skip
def test_a_date_is_compared_by_its_last_day(text: str, last: date) -> None:
    assert calendar.last_day(text) == last


@pytest.mark.parametrize("text", ["", "85", "1985-13", "1985-00", "1985-02-30", "1985-6", "1985-06-03T00", "１９８５"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert not calendar.is_date_text(text)


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [(date(2024, 1, 31), 1, date(2024, 2, 29)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
     (date(2026, 1, 15), -13, date(2024, 12, 15)), (date(2026, 12, 31), 2, date(2027, 2, 28))],
)  # fmt: skip
def test_months_are_added_to_the_last_day_that_is(day: date, months: int, wanted: date) -> None:
    assert calendar.add_months(day, months) == wanted


@given(DAYS, CADENCES)
def test_a_day_lies_in_its_period_and_the_next_begins_the_day_after(day: date, cadence: calendar.Cadence) -> None:
    period = calendar.period_of(day, cadence)
    assert period.start <= day <= period.end
    assert period.next().start == period.end + timedelta(days=1)


@given(DAYS, DAYS, CADENCES)
def test_periods_between_two_days_cover_them_without_a_gap(one: date, other: date, cadence: calendar.Cadence) -> None:
    first, last = sorted((one, other))
    if (last - first).days > 3000:
        last = first + timedelta(days=3000)
    found = calendar.periods_between(first, last, cadence)
    assert found[0].start <= first
    assert found[-1].end >= last
    assert all(right.start == left.end + timedelta(days=1) for left, right in pairwise(found))


def test_periods_are_written_for_programs_and_for_clerks() -> None:
    day = date(2026, 8, 3)
    written = {str(calendar.period_of(day, cadence)) for cadence in ("M", "Q", "H", "Y")}  # type: ignore[arg-type]
    assert written == {"2026-08", "2026Q3", "2026H2", "2026"}
    assert calendar.period_of(day, "Q").words() == "2026年第三季度"
    assert calendar.period_of(day, "H").words() == "2026年下半年"


def test_a_branch_owes_its_first_full_period() -> None:
    assert str(calendar.first_full_period(date(2026, 7, 1), "Q")) == "2026Q3"
    assert str(calendar.first_full_period(date(2026, 7, 2), "Q")) == "2026Q4"


def test_dates_are_written_in_chinese_without_a_zero() -> None:
    assert calendar.chinese_date(date(2026, 1, 3)) == "2026年1月3日"
    assert [calendar.date_words(text) for text in ("1985", "1985-06", "1985-06-03", None)] == [
        "1985年", "1985年6月", "1985年6月3日", "",
    ]  # fmt: skip
