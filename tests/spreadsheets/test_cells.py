import pytest

from desktop.spreadsheets.cells import (
    parse_code,
    parse_flag,
    parse_founding,
    parse_mass,
    parse_people,
    parse_person,
    parse_posts,
    parse_standing,
    parse_text,
    parse_title,
    parse_titles,
)
from desktop.spreadsheets.reading import Cell
from desktop.spreadsheets.results import Problem


def test_names_lose_their_blanks_and_keep_their_dot() -> None:
    assert [parse_person(text).value for text in ("李　明", "王 五", "阿依古丽•买买提", "王𬭎", "Anna Lee")] == [
        "李明",
        "王五",
        "阿依古丽·买买提",
        "王𬭎",
        "Anna Lee",
    ]


def test_a_character_that_the_other_program_lost_is_remarked_on() -> None:
    parsed = parse_person("王?")
    assert parsed.value == "王?"
    assert parsed.problem == Problem("warn", "姓名“王?”里有姓名不用的字符。", "请照证件核对，生僻字可在记录里改。")


def test_bidi_and_control_characters_do_not_come_in() -> None:
    assert parse_person("李\u202e明\u0007").value == "李明"
    assert parse_text("甲\u200b乙\u0000").value == "甲乙"


@pytest.mark.parametrize("text", ["", "/", "—", "无", "  "])
def test_a_mark_that_only_fills_the_cell_says_nothing(text: str) -> None:
    assert parse_text(text).value is None
    assert parse_title(text).value is None


def test_several_names_stand_in_one_cell() -> None:
    assert parse_people("王五、赵　六（宣传委员），王五\n孙七").value == "王五、赵六、孙七"
    assert parse_titles("书画社、乒乓球 协会;无").value == "书画社、乒乓球协会"


def test_codes_are_found_in_the_words_of_rosters() -> None:
    assert parse_code("汉", "ethnicity").value == "01"
    assert parse_code(1.0, "sex").value == "1"
    assert parse_code("本科（在职）", "education").value == "21"


def test_an_unknown_code_is_left_out_with_a_remark() -> None:
    parsed = parse_code("博后", "education")
    assert parsed.value is None
    assert parsed.problem is not None
    assert parsed.problem.level == "warn"
    assert parsed.problem.why == "学历“博后”不在代码表里。"


def test_an_unclear_degree_is_taken_for_a_master_and_said() -> None:
    parsed = parse_code("研究生", "education")
    assert parsed.value == "14"
    assert parsed.problem == Problem(
        "warn", "学历“研究生”没有说明是博士还是硕士，这里按硕士读入。", "若是博士或研究生班，请在记录里改。"
    )


@pytest.mark.parametrize(
    ("cell", "heading", "code"),
    [
        ("正式党员", "党员类别", "50"),
        ("预备", "党员类别", "40"),
        ("中共党员", "党籍状态", "50"),
        ("是", "是否预备", "40"),
        ("否", "是否预备", "50"),
    ],
)
def test_the_standing_is_read_in_the_sense_of_its_heading(cell: Cell, heading: str, code: str) -> None:
    assert parse_standing(cell, heading).value == code


def test_an_unknown_standing_parks_the_row_because_votes_hang_on_it() -> None:
    unknown, unclear = parse_standing("在职", "党员类别").problem, parse_standing("也许", "是否预备").problem
    assert unknown is not None
    assert (unknown.level, unknown.why) == ("refuse", "党员状态“在职”不在代码表里。")
    assert unclear == Problem("refuse", "“也许”看不出是还是否。", "请改成“是”或“否”，再导入这一行。")


def test_yes_and_no_are_read_in_every_sign() -> None:
    assert [parse_flag(text).value for text in ("是", "√", "有", "Y", "1", True)] == [True] * 6
    assert [parse_flag(text).value for text in ("否", "×", "无", "N", 0.0, False)] == [False] * 6
    assert parse_flag("不清楚").problem == Problem(
        "warn", "“不清楚”看不出是还是否。", "请改成“是”或“否”；这一格先空着导入。"
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("支部书记", "01"),
        ("书记、组织委员", "01,05"),
        ("副书记兼纪检委员", "02,07"),
        ("老年协会党支部书记", "01"),
        ("支委", "10"),
        ("党员", None),
        ("无", None),
    ],
)
def test_party_posts_are_read_as_codes(text: str, codes: str | None) -> None:
    assert parse_posts(text).value == codes
    assert parse_posts(text).problem is None


def test_an_unknown_post_is_left_out_with_a_remark() -> None:
    parsed = parse_posts("组织委员、经理")
    assert parsed.value == "05"
    assert parsed.problem == Problem(
        "warn", "党内职务“经理”不在代码表里。", "请改成书记、副书记或委员等名称；这一项先空着导入。"
    )


@pytest.mark.parametrize(
    "text", ["2019年5月6日 测委〔2019〕3号", "2019.5.6（测委〔2019〕3号）", "测委〔2019〕3号，2019-05-06"]
)
def test_a_date_and_a_document_number_are_told_apart(text: str) -> None:
    parsed = parse_founding(text)
    assert (parsed.value, parsed.extras) == ("2019-05-06", (("approval", "测委〔2019〕3号"),))


def test_mass_organisations_stand_in_one_cell() -> None:
    assert dict(parse_mass("工会、妇联").extras) == {"has_union": True, "has_women": True}
    assert parse_mass("无").extras == ()
