from datetime import date

import pytest

from desktop.spreadsheets.numbers import (
    identity_facts,
    parse_branch_code,
    parse_count,
    parse_credit_code,
    parse_filing_number,
    parse_identity,
    parse_phone,
)
from desktop.spreadsheets.reading import Cell
from desktop.spreadsheets.results import Problem
from tests.support.workbooks import credit_code, identity

ON = date(2026, 11, 23)
GOOD = identity("329901", "19690115", "002")
WITH_X = next(number for n in range(999) if (number := identity("329901", "19690115", f"{n:03}")).endswith("X"))
CHECK = "请照证件核对，改正后再导入这一行。"
LOST = Problem(
    "refuse",
    "身份证号被 Excel 改写，后几位已经丢失。",
    "请照证件补录：先把这一列设为文本格式，重新填写，再导入这一行。",
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@pytest.mark.parametrize(
    "text",
    [WITH_X, WITH_X.lower(), f"'{WITH_X}", f"{WITH_X[:6]} {WITH_X[6:14]}　{WITH_X[14:]}", WITH_X.translate(WIDE)],
)
def test_an_identity_number_is_repaired_where_that_is_safe(text: str) -> None:
    assert parse_identity(text, ON).value == WITH_X


@pytest.mark.parametrize("cell", [3.20681198506031e17, 320681198506031000, "3.20681E+17", GOOD[:15] + "000"])
def test_an_identity_number_that_excel_has_rounded_is_refused(cell: Cell) -> None:
    assert parse_identity(cell, ON).problem == LOST


def test_every_single_wrong_digit_is_found_by_the_check_digit() -> None:
    for place in range(14, 17):
        wrong = GOOD[:place] + str((int(GOOD[place]) + 1) % 10) + GOOD[place + 1 :]
        assert parse_identity(wrong, ON).problem == Problem("refuse", "身份证号的校验码不对，至少有一位写错。", CHECK)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD[:-1], "身份证号应为 18 位，这里是 17 位。"),
        ("32990119690115A029", "身份证号里有数字和末位 X 以外的字符。"),
        ("329901197002300011", "身份证号里的出生日期 19700230 不存在。"),
        (identity("329901", "20270101", "001"), "身份证号里的出生日期 20270101 不存在。"),
        (identity("329901", "18991231", "001"), "身份证号里的出生日期 18991231 不存在。"),
    ],
)
def test_an_identity_number_that_is_none_says_why(text: str, why: str) -> None:
    assert parse_identity(text, ON).problem == Problem("refuse", why, CHECK)


def test_people_born_before_1983_are_not_refused() -> None:
    assert parse_identity(GOOD, ON).value == GOOD


@pytest.mark.parametrize("cell", ["329901690115002", 329901690115002.0])
def test_a_legacy_number_comes_in_with_a_remark_and_is_not_extended(cell: Cell) -> None:
    parsed = parse_identity(cell, ON)
    assert parsed.value == "329901690115002"
    assert parsed.problem == Problem("warn", "身份证号是旧的 15 位。", "请照现在的证件补成 18 位。")


def test_birthday_and_sex_are_read_from_a_number() -> None:
    assert identity_facts(GOOD) == ("1969-01-15", "2")
    assert identity_facts("329901690115002") is None


def test_a_credit_code_is_checked() -> None:
    code = credit_code("51329901MJ1234567")
    assert parse_credit_code(f" {code[:8]} {code[8:].lower()}").value == code
    assert parse_credit_code(code[:-1] + ("0" if code[-1] != "0" else "1")).problem == Problem(
        "refuse", "统一社会信用代码的校验码不对，至少有一位写错。", "请照登记证书核对，改正后再导入这一行。"
    )


@pytest.mark.parametrize(("cell", "number"), [("苏备2020-3", "苏备2020-3"), (222222.0, "222222")])
def test_a_filing_number_in_the_column_of_codes_is_never_forced_into_18_characters(cell: Cell, number: str) -> None:
    assert parse_credit_code(cell).extras == (("filing_number", number),)
    assert parse_credit_code(cell).value is None
    assert parse_filing_number(cell).value == number


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("138 1234 5678", "13812345678"),
        (13812345678.0, "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("0513-88888888", "0513-88888888"),
        ("（0513）88888888", "0513-88888888"),
        ("13812345678/13912345678", "13812345678、13912345678"),
        ("13812345678 13912345678", "13812345678、13912345678"),
    ],
)
def test_telephone_numbers_are_brought_to_one_form(cell: Cell, value: str) -> None:
    assert parse_phone(cell).value == value
    assert parse_phone(cell).problem is None


def test_an_odd_telephone_number_comes_in_with_a_remark() -> None:
    parsed = parse_phone("1381234")
    assert parsed.value == "1381234"
    assert parsed.problem == Problem("warn", "电话“1381234”的位数不对。", "请核对电话，导入后可在记录里改。")


def test_eleven_digits_of_no_mobile_are_called_so() -> None:
    parsed = parse_phone("10000000001")
    assert parsed.value == "10000000001"
    assert parsed.problem == Problem("warn", "电话“10000000001”不是手机号码。", "请核对电话，导入后可在记录里改。")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("222222.0", "222222"), (222222.0, "222222"), ("b009", "B009"), (" Ｂ００９", "B009"), ("'001", "001")],
)
def test_the_code_of_a_branch_is_repaired_where_that_is_safe(cell: Cell, code: str) -> None:
    assert parse_branch_code(cell).value == code


def test_the_code_of_a_branch_that_excel_has_rounded_is_refused() -> None:
    assert parse_branch_code("3.29901E+17").problem == Problem(
        "refuse", "党组织代码被 Excel 改写，后几位已经丢失。", "请先把这一列设为文本格式，重新填写代码，再导入这一行。"
    )


@pytest.mark.parametrize(("cell", "value"), [("12", 12), (12.0, 12), ("12人", 12), ("１２", 12), ("0", 0)])
def test_counts_are_read(cell: Cell, value: int) -> None:
    assert parse_count(cell).value == value


def test_a_count_that_is_none_parks_the_row() -> None:
    assert parse_count("三").problem == Problem("refuse", "“三”不是整数。", "请写成数字，如 12，再导入这一行。")


@pytest.mark.parametrize("text", ["约20", "20余人", "近20人"])
def test_a_count_that_is_only_about_comes_in_with_a_remark(text: str) -> None:
    parsed = parse_count(text)
    assert parsed.value == 20
    assert parsed.problem == Problem("warn", f"“{text}”不是确数，这里按 20 读入。", "请核对人数，导入后可在记录里改。")
