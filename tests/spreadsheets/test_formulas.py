"""Formulas whose result the workbook does not hold: parked by name, never read as empty in silence."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from desktop.core.errors import UserError
from desktop.spreadsheets.formulas import unsaved
from desktop.spreadsheets.rosters import read_roster
from tests.support.workbooks import simple, with_part

PART = "xl/worksheets/sheet1.xml"
WHY, DO = "公式没有结果。", "请在 Excel 中打开这个文件，保存后再导入。"


def book(folder: Path, rows: list[list[str]], results: dict[str, object] | None = None) -> Path:
    """Write a sheet; a text that begins with `=` is a formula, without a result unless `results` has one for it."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    page = made.add_worksheet("名册")
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            if text.startswith("="):
                page.write_formula(index, column, text, None, (results or {}).get(text, ""))
            else:
                page.write_string(index, column, text)
    made.close()
    path = folder / "名册.xlsx"
    path.write_bytes(target.getvalue())
    return path


def sheet_xml(*cells: str) -> bytes:
    rows = "".join(cells)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def test_a_formula_without_a_result_parks_the_row_and_names_the_cell(tmp_path: Path) -> None:
    path = book(tmp_path, [["姓名", "出生日期"], ["张三", "=DATE(1965,8,9)"], ["李四", "1970.1"]])
    first, second = read_roster(path, "members").rows
    assert [(each.column, each.text, each.why, each.do) for each in first.refusals] == [
        ("出生日期", "（公式）", WHY, DO)
    ]
    assert second.refusals == ()


def test_a_name_that_is_a_formula_without_a_result_is_a_row_all_the_same(tmp_path: Path) -> None:
    path = book(tmp_path, [["姓名", "性别"], ["张三", "男"], ["=A2", "=B2"]])
    rows = read_roster(path, "members").rows
    assert [row.number for row in rows] == [2, 3]
    assert [(each.column, each.why) for each in rows[1].refusals] == [("姓名", WHY), ("性别", WHY)]


def test_serial_numbers_by_formula_make_no_rows(tmp_path: Path) -> None:
    path = book(tmp_path, [["序号", "姓名", "性别"], ["=ROW()-1", "张三", "男"], ["=ROW()-1"]])
    rows = read_roster(path, "members").rows
    assert [(row.number, row.refusals) for row in rows] == [(2, ())]


def test_a_formula_with_a_result_is_its_result(tmp_path: Path) -> None:
    path = book(tmp_path, [["姓名", "备注"], ["张三", "=1+1"]], {"=1+1": "二"})
    assert read_roster(path, "members").rows[0].values == {"name": "张三", "remark": "二"}


def test_an_empty_text_is_a_result(tmp_path: Path) -> None:
    cells = '<c r="A1" t="str"><f>IF(1,"")</f><v></v></c><c r="B1"><f>A2</f></c><c r="C1"><f>A3</f><v/></c>'
    path = tmp_path / "名册.xlsx"
    path.write_bytes(with_part(simple([["姓名"]]), PART, sheet_xml(f'<row r="1">{cells}</row>')))
    assert unsaved(path, "Sheet1") == {(0, 1), (0, 2)}


def test_a_sheet_is_found_by_its_name_and_an_unknown_one_has_none(tmp_path: Path) -> None:
    path = book(tmp_path, [["姓名"], ["=B1"]])
    assert (unsaved(path, "名册"), unsaved(path, "没有")) == (frozenset({(1, 0)}), frozenset())


def test_entities_in_a_sheet_are_not_unfolded(tmp_path: Path) -> None:
    bomb = sheet_xml('<row r="1"><c r="A1"><f>&a;</f></c></row>').replace(
        b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet', 1
    )
    path = tmp_path / "名册.xlsx"
    path.write_bytes(with_part(simple([["姓名"]]), PART, bomb))
    with pytest.raises(UserError) as caught:
        unsaved(path, "Sheet1")
    assert caught.value.code == "workbook-damaged"
