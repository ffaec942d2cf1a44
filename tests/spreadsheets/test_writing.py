import io
from datetime import date
from pathlib import Path

import openpyxl

from desktop.spreadsheets.rosters import read_roster
from desktop.spreadsheets.writing import OutColumn, sheet_title, write_list, write_parked
from tests.support.workbooks import FOLDER

ON = date(2026, 11, 23)
COLUMNS = [OutColumn("姓名", 10), OutColumn("身份证号", 20), OutColumn("党龄", 8, centred=True)]


def opened(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_text_stays_text_whatever_it_looks_like() -> None:
    rows = [["=1+1", "329901198506030018", 3], ["http://a.b", "007", None], ["+86", "@SUM(A1)", 0]]
    sheet = opened(write_list("党员名册", COLUMNS, rows))
    cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert cells[0] == [("=1+1", "s"), ("329901198506030018", "s"), (3, "n")]
    assert cells[1][:2] == [("http://a.b", "s"), ("007", "s")]
    assert cells[2] == [("+86", "s"), ("@SUM(A1)", "s"), (0, "n")]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_no_formula_is_in_the_file() -> None:
    import zipfile

    content = write_list("表", COLUMNS, [["=1+1", "", 1]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_list_has_title_heading_freeze_and_print_titles() -> None:
    sheet = opened(write_list("测试镇党员名册", COLUMNS, [["张三", "", 1]], footer="审计链头 12ab"))
    assert sheet["A1"].value == "测试镇党员名册"
    assert [cell.value for cell in sheet[2]] == ["姓名", "身份证号", "党龄"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$2:$2")
    assert sheet["A4"].value == "审计链头 12ab"


def test_what_an_xlsx_cannot_hold_is_left_out() -> None:
    sheet = opened(write_list("表", COLUMNS, [["甲\x00乙\u202e", "长" * 40_000, 1]]))
    assert sheet["A3"].value == "甲乙"
    assert len(sheet["B3"].value) == 32_767


def test_a_sheet_name_is_made_fit() -> None:
    assert sheet_title("2026年/11月[党员]:名册?*") == "2026年11月党员名册"
    assert len(sheet_title("名" * 50)) == 31
    assert sheet_title("/") == "名册"


def test_equal_lists_give_equal_files() -> None:
    assert write_list("表", COLUMNS, [["甲", "", 1]]) == write_list("表", COLUMNS, [["甲", "", 1]])


def test_parked_rows_carry_their_reasons_and_come_back_once_put_right(tmp_path: Path) -> None:
    roster = read_roster(FOLDER / "members.xlsx", "members", on=ON)
    path = tmp_path / "待改正.xlsx"
    path.write_bytes(write_parked(roster, {6: "同名党员已在另一支部，请补身份证号。"}))
    sheet = opened(path.read_bytes())
    assert [cell.value for cell in sheet[1]][-2:] == ["原行号", "要改的地方"]
    assert [sheet.cell(row, 14).value for row in range(2, 6)] == [6, 8, 9, 10]
    assert sheet.cell(2, 15).value == "同名党员已在另一支部，请补身份证号。"
    assert sheet.cell(3, 15).value == (
        "公民身份证号码：身份证号被 Excel 改写，后几位已经丢失。"
        "请照证件补录：先把这一列设为文本格式，重新填写，再导入这一行。"
    )
    again = read_roster(path, "members", on=ON)
    before = {row.number: row for row in roster.rows}
    assert again.rows[0].values == before[6].values
    assert [len(row.refusals) for row in again.rows] == [0, *(len(before[number].refusals) for number in (8, 9, 10))]
    assert set(again.ignored) == {"原行号", "要改的地方"}
