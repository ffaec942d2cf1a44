from datetime import date, datetime, time

import pytest

from desktop.spreadsheets.dates import parse_date, parse_span
from desktop.spreadsheets.results import Problem

SPELLINGS = {
    "1985.6": "1985-06",
    "1985.06": "1985-06",
    "198506": "1985-06",
    "19850603": "1985-06-03",
    "1985年6月": "1985-06",
    "1985年06月03日": "1985-06-03",
    "1985 年 6 月 3 日": "1985-06-03",
    "1985-6-3": "1985-06-03",
    "1985/06/03": "1985-06-03",
    "1985.6.3": "1985-06-03",
    "1985。6。3": "1985-06-03",
    "1985．6": "1985-06",
    "１９８５年６月": "1985-06",
    "1985年": "1985",
    "1985": "1985",
    "1969.01": "1969-01",
    "2019/2/3  14:30": "2019-02-03",
    "2019-02-03 00:00:00": "2019-02-03",
    "2019-02-03T14:30:00": "2019-02-03",
    "2019年2月3日下午2:30": "2019-02-03",
    "二〇二六年十一月二十三日": "2026-11-23",
    "二○二六年一月": "2026-01",
    "二〇〇六年六月廿一日": "2006-06-21",
    "1985年10月": "1985-10",
    "1985.10": "1985-10",
    "38504": "2005-06-01",
    "1985年6月生": "1985-06",
    "1985.06.": "1985-06",
}


@pytest.mark.parametrize(("text", "iso"), SPELLINGS.items())
def test_every_spelling_of_a_date_is_read(text: str, iso: str) -> None:
    assert parse_date(text).value == iso
    assert parse_date(text).problem is None


def test_numbers_are_read_as_they_were_meant() -> None:
    numbers = {198506.0: "1985-06", 19850603: "1985-06-03", 1985.06: "1985-06", 1985.0: "1985", 38504.0: "2005-06-01"}
    assert {number: parse_date(number).value for number in numbers} == numbers
    assert parse_date(38504.604).value == "2005-06-01"


def test_a_date_cell_is_read_with_its_day() -> None:
    assert parse_date(date(1985, 6, 3)).value == "1985-06-03"
    assert parse_date(datetime(2019, 2, 3, 14, 30), "入党时间").value == "2019-02-03"  # noqa: DTZ001


def test_the_first_of_a_month_under_year_and_month_is_the_month() -> None:
    assert parse_date(date(1985, 6, 1), "出生年月").value == "1985-06"
    assert parse_date(date(1985, 6, 1), "出生年月日").value == "1985-06-01"
    assert parse_date(date(1985, 6, 3), "出生年月").value == "1985-06-03"


def test_a_number_that_may_have_lost_its_zero_is_remarked_on() -> None:
    parsed = parse_date(1985.1)
    assert parsed.value == "1985-01"
    assert parsed.problem == Problem(
        "warn", "Excel 会把 10 月写成 .1，这里按 1 月读入。", "若是 10 月，请把这一格改为文本 .10。"
    )


@pytest.mark.parametrize("text", ["", "/", "—", "无", " ", "　"])
def test_an_empty_cell_says_nothing(text: str) -> None:
    assert (parse_date(text).value, parse_date(text).problem) == (None, None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1970年2月30日", "日期“1970年2月30日”不存在。"),
        ("1999-13", "日期“1999-13”不存在。"),
        ("0985.06", "日期“0985.06”不存在。"),
        ("85.6", "日期“85.6”的年份不是四位。"),
        ("850603", "日期“850603”的年份不是四位。"),
        ("不详", "日期“不详”读不出来。"),
    ],
)
def test_a_date_that_is_none_parks_the_row_and_says_why(text: str, why: str) -> None:
    assert parse_date(text).problem == Problem("refuse", why, "请写成 1985-06-03、1985.06 或 1985年6月，再导入这一行。")


def test_a_clock_time_alone_is_no_date() -> None:
    problem = parse_date(time(14, 30)).problem
    assert problem is not None
    assert problem.why == "这一格只有钟点，没有日期。"


@pytest.mark.parametrize(
    "text",
    [
        "2022.6-2025.6",
        "2022年6月至2025年6月",
        "2022-06—2025-06",
        "2022/6～2025/6",
        "2022.06 - 2025.06",
        "2022年6月-2025年6月",
    ],
)
def test_a_term_in_one_cell_becomes_two_dates(text: str) -> None:
    assert parse_span(text, "a", "b").extras == (("a", "2022-06"), ("b", "2025-06"))


def test_an_open_term_has_a_start_only() -> None:
    assert parse_span("2022.6至今", "a", "b").extras == (("a", "2022-06"),)


def test_a_term_that_cannot_be_read_parks_the_row() -> None:
    assert parse_span("三年", "a", "b").problem == Problem(
        "refuse", "起止时间“三年”读不出来。", "请写成 2022.06-2025.06，再导入这一行。"
    )
