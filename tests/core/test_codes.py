import pytest

from desktop.core.codes import code_set, divisions, set_names
from desktop.core.text import match_name


def test_a_code_is_found_by_code_name_short_name_and_alias() -> None:
    ethnicity = code_set("ethnicity")
    assert [ethnicity.match(text) for text in ("01", "汉族", "汉", " 汉 族 ", "毛难族")] == [
        "01",
        "01",
        "01",
        "01",
        "36",
    ]


def test_an_unknown_text_is_no_code() -> None:
    assert code_set("education").match("本科生导师") is None
    assert code_set("education").match("") is None


def test_common_cell_texts_of_education_are_mapped() -> None:
    education = code_set("education")
    pairs = {"本科": "21", "大学": "21", "大专": "31", "专科": "31", "中专": "41", "研究生": "14", "党校大专": "31"}
    assert {text: education.match(text) for text in pairs} == pairs


def test_names_are_shown_long_and_short() -> None:
    assert code_set("sex").name("1") == "男性"
    assert code_set("sex").short("1") == "男"
    assert code_set("sex").name(None) == ""
    assert code_set("sex").short("7") == "7"


@pytest.mark.parametrize("name", set_names())
def test_no_text_of_a_set_means_two_codes(name: str) -> None:
    meanings: dict[str, set[str]] = {}
    for row in code_set(name).codes:
        for text in (row.code, row.name, row.short, *row.aliases):
            meanings.setdefault(match_name(text), set()).add(row.code)
    assert {text: codes for text, codes in meanings.items() if len(codes) > 1} == {}


def test_the_sets_are_whole() -> None:
    assert len(code_set("ethnicity").codes) == 58
    assert len(code_set("political_status").codes) == 13
    assert len(set_names()) >= 17


def test_a_set_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        code_set("../codes/sex")


def test_divisions_name_cities_counties_and_townships() -> None:
    found = divisions()
    assert (found["320100"], found["320102"], found["320102002"]) == ("南京市", "玄武区", "梅园新村街道")
    assert len([code for code in found if len(code) == 9]) == 1487
