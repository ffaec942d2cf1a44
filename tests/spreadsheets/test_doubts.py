"""What the cells of one member's row say against each other."""

from datetime import date
from pathlib import Path

import pytest

from desktop.spreadsheets.cells import parse_member
from desktop.spreadsheets.rosters import RosterRow, read_roster
from tests.support.workbooks import simple

ON = date(2026, 11, 25)


def row(folder: Path, **cells: str) -> RosterRow:
    path = folder / "名册.xlsx"
    path.write_bytes(simple([list(cells), list(cells.values())]))
    return read_roster(path, "members", on=ON).rows[0]


@pytest.mark.parametrize("cells", [{"入党时间": "2030.1"}, {"入党时间": "2026-11-26"}])
def test_a_day_of_joining_that_is_yet_to_come_parks_the_row(tmp_path: Path, cells: dict[str, str]) -> None:
    fault = row(tmp_path, 姓名="李明", **cells).refusals[0]
    assert fault.column == "入党时间"
    assert fault.why == f"入党日期 {fault.text} 还没有到。"
    assert fault.do == "请核对日期，改正后再导入这一行。"


def test_this_month_and_this_very_day_are_not_yet_to_come(tmp_path: Path) -> None:
    assert row(tmp_path, 姓名="李明", 入党时间="2026.11").refusals == ()
    assert row(tmp_path, 姓名="李明", 入党时间="2026-11-25").refusals == ()


def test_who_was_full_before_joining_is_parked(tmp_path: Path) -> None:
    found = row(tmp_path, 姓名="李明", 入党时间="2007.7", 转正时间="2006.7")
    assert [(each.column, each.why) for each in found.refusals] == [
        ("转正时间", "转正日期 2006-07 早于入党日期 2007-07。")
    ]


def test_dates_of_one_month_or_year_are_not_held_against_each_other(tmp_path: Path) -> None:
    assert row(tmp_path, 姓名="李明", 入党时间="2007.7.15", 转正时间="2007.7").refusals == ()
    assert row(tmp_path, 姓名="李明", 入党时间="2007.7", 转正时间="2007").refusals == ()


@pytest.mark.parametrize("name", ["褚四（预备）", "褚四(预备党员)", "褚　四【预备】"])
def test_a_bracket_behind_a_name_is_the_kind_of_member(tmp_path: Path, name: str) -> None:
    assert row(tmp_path, 姓名=name, 性别="男").values == {"name": "褚四", "sex": "1", "standing": "40"}


def test_a_bracket_that_is_no_kind_of_member_stays_with_the_name() -> None:
    assert parse_member("褚四（小）").value == "褚四（小）"


def test_a_bracket_and_a_category_that_disagree_park_the_row(tmp_path: Path) -> None:
    fault = row(tmp_path, 姓名="褚四（预备）", 党员类别="正式党员").refusals[0]
    assert (fault.column, fault.text) == ("党员类别", "正式")
    assert fault.why == "姓名后面写着“预备”，党员类别写的是“正式”。"


def test_a_bracket_and_a_category_that_agree_are_one(tmp_path: Path) -> None:
    found = row(tmp_path, 姓名="褚四（预备）", 党员类别="延长预备期")
    assert (found.values, found.refusals) == ({"name": "褚四", "standing": "41"}, ())
