from datetime import date
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.spreadsheets.fields import KINDS, fields_of, ignored_of
from desktop.spreadsheets.headers import lexicon
from desktop.spreadsheets.rosters import Roster, read_roster, sheets_of
from tests.support.workbooks import FOLDER, ROSTERS, simple, zipped

ON = date(2026, 11, 23)


def roster(folder: Path, rows: list[list[object]], mapping: dict[str, str] | None = None) -> Roster:
    path = folder / "名册.xlsx"
    path.write_bytes(simple(rows))
    return read_roster(path, "members", mapping=mapping, on=ON)


def test_a_township_roster_is_read_through_all_its_traps() -> None:
    found = read_roster(FOLDER / "members.xlsx", "members", on=ON)
    assert (found.sheet, found.sheets, found.header_row) == ("党员花名册", ("党员花名册", "填表说明"), 3)
    assert found.columns == {
        "name": "*姓名",
        "sex": "性别",
        "ethnicity": "民族",
        "born_on": "出生年月",
        "id_number": "公民身份证号码",
        "education": "学历",
        "joined_on": "入党时间",
        "full_on": "转正日期",
        "standing": "是否预备",
        "branch": "所在党支部(全称)",
        "post": "职务（留空默认为委员）",
        "phone": "手机号码",
        "remark": "备注",
    }
    assert (found.unmapped, found.ignored) == ((), ("序号", "月收入(税后)"))
    assert [row.number for row in found.rows] == [5, 6, 7, 8, 9, 10]
    assert found.skipped == (11, 12, 14, 15)


def test_a_row_of_a_roster_is_repaired() -> None:
    first = read_roster(FOLDER / "members.xlsx", "members", on=ON).rows[0]
    assert first.values == {
        "name": "李明",
        "sex": "1",
        "ethnicity": "01",
        "born_on": "1985-06",
        "id_number": "329901198506030018",
        "education": "21",
        "joined_on": "2005-06-01",
        "full_on": "2006-06-01",
        "standing": "50",
        "branch": "中共测试镇老年协会支部委员会",
        "post": "01",
        "phone": "13812345678",
    }
    assert first.raw["name"] == "李　明"
    assert first.raw["education"] == "本科"
    assert (first.warnings, first.refusals) == ((), ())


def test_a_merged_branch_counts_for_each_row_under_it() -> None:
    second = read_roster(FOLDER / "members.xlsx", "members", on=ON).rows[1]
    assert second.values["branch"] == "中共测试镇老年协会支部委员会"


def test_an_empty_cell_is_absent_so_that_it_erases_nothing() -> None:
    second = read_roster(FOLDER / "members.xlsx", "members", on=ON).rows[1]
    assert "post" not in second.values
    assert "remark" not in second.values


def test_faults_name_row_column_text_reason_and_remedy() -> None:
    rows = {row.number: row for row in read_roster(FOLDER / "members.xlsx", "members", on=ON).rows}
    fault = rows[8].refusals[0]
    assert (fault.column, fault.text) == ("公民身份证号码", "3.20681198506031e+17")
    assert fault.why == "身份证号被 Excel 改写，后几位已经丢失。"
    assert fault.do == "请照证件补录：先把这一列设为文本格式，重新填写，再导入这一行。"
    assert [each.why for each in rows[9].refusals] == ["日期“1970年2月30日”不存在。", "“*姓名”是空的。"]
    assert [each.column for each in rows[10].refusals] == ["出生年月", "公民身份证号码", "入党时间", "是否预备"]
    assert [each.column for each in rows[10].warnings] == ["学历", "职务（留空默认为委员）", "手机号码"]


def test_a_ledger_with_a_heading_over_two_rows_is_read() -> None:
    found = read_roster(FOLDER / "organisations.xlsx", "organisations", on=ON)
    assert found.header_row == 2
    assert found.columns["survey_full"] == "党员数/正式"
    assert found.columns["survey_here"] == "党员数/其中：组织关系在本单位"
    assert [row.number for row in found.rows] == [4, 5, 6, 7]
    assert found.rows[0].values == {
        "name": "测试镇老年协会",
        "type": "A1",
        "registration": "A",
        "uscc": "51329901MJ1234567U",
        "registered_on": "2018-05",
        "place": "东村",
        "head": "钱一",
        "head_political": "01",
        "survey_full": 3,
        "survey_probationary": 1,
        "survey_here": 2,
        "staff_count": 12,
        "backstop": "中共测试镇东村总支部委员会",
        "charter_clause": True,
        "has_union": True,
        "has_women": True,
        "state": "1",
    }
    assert found.rows[1].values["filing_number"] == "222222"


def test_an_organisation_that_stands_twice_is_remarked_on() -> None:
    last = read_roster(FOLDER / "organisations.xlsx", "organisations", on=ON).rows[-1]
    assert [(fault.column, fault.why) for fault in last.warnings] == [("组织名称", "与第 5 行的名称相同。")]


def test_branches_are_read_with_their_secretaries_and_terms() -> None:
    first, second = read_roster(FOLDER / "branches.xlsx", "branches", on=ON).rows
    assert first.values["secretary"] == "李明"
    assert first.values["secretary_source"] == "2"
    assert (first.values["founded_on"], first.values["approval"]) == ("2019-05-06", "测委〔2019〕3号")
    assert (first.values["term_from"], first.values["term_to"]) == ("2022-06", "2025-06")
    assert second.values["units"] == "测试镇书画社、测试镇乒乓球协会"
    assert second.values["secretary_is_head"] is False


def test_a_csv_of_wps_is_read_with_rare_characters() -> None:
    found = read_roster(FOLDER / "members.csv", "members")
    assert (found.sheet, found.header_row) == ("members", 2)
    assert [(row.number, row.values["name"]) for row in found.rows] == [(3, "张三"), (4, "䶮四")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_of_a_csv_is_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes("姓名,性别\r\n王𬭎,男\r\n".encode(encoding))
    assert read_roster(path, "members").rows[0].values == {"name": "王𬭎", "sex": "1"}


def test_an_old_xls_is_read() -> None:
    found = read_roster(FOLDER / "members.xls", "members", on=ON)
    assert [(row.number, dict(row.values)) for row in found.rows] == [
        (
            3,
            {
                "name": "张三",
                "sex": "1",
                "id_number": "329901198506030018",
                "joined_on": "2001-07-01",
                "branch": "老年协会党支部",
            },
        ),
        (4, {"name": "李四", "sex": "2", "joined_on": "1985-07", "branch": "老年协会党支部"}),
    ]


def test_the_sheet_with_a_heading_is_found_behind_others(tmp_path: Path) -> None:
    found = read_roster(FOLDER / "members.xlsx", "members", sheet="党员花名册")
    assert found.sheet == "党员花名册"
    with pytest.raises(UserError) as caught:
        read_roster(FOLDER / "members.xlsx", "members", sheet="没有的")
    assert caught.value.why == "文件里没有名为“没有的”的工作表。"
    assert caught.value.do == "请从“党员花名册”“填表说明”中选一张，再导入一次。"
    assert sheets_of(FOLDER / "members.xlsx") == ("党员花名册", "填表说明")


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        roster(tmp_path, [])
    assert (caught.value.code, caught.value.why, caught.value.do) == (
        "workbook-sheet-empty",
        "工作表“Sheet1”是空的。",
        "请换一张有内容的工作表，再导入一次。",
    )


def test_a_sheet_without_a_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        roster(tmp_path, [["张三", "男", "1985.6"], ["李四", "女", "1990.1"]])
    assert (caught.value.code, caught.value.why, caught.value.do) == (
        "workbook-no-header",
        "工作表“Sheet1”前 30 行里没有找到表头。",
        "请让一行写上列名（如“姓名”“入党时间”），或改选别的工作表，再导入一次。",
    )


def test_a_person_may_say_which_column_is_what(tmp_path: Path) -> None:
    rows: list[list[object]] = [["谁", "何时", "姓名", "性别"], ["张三", "2001.7.1", "甲组", "男"]]
    found = roster(tmp_path, rows, {"name": "谁", "joined_on": "何时", "sex": ""})
    assert found.rows[0].values == {"name": "张三", "joined_on": "2001-07-01"}
    assert found.doubled == (("name", "姓名"),)
    assert found.unmapped == ("性别",)


def test_a_mapping_to_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        roster(tmp_path, [["姓名", "性别"], ["张三", "男"]], {"phone": "热线"})
    assert caught.value.code in {"workbook-mapping", "workbook-no-header"}


def test_of_two_columns_for_one_field_the_first_is_taken_and_the_other_named(tmp_path: Path) -> None:
    found = roster(tmp_path, [["姓名", "联系电话", "手机"], ["张三", "13812345678", "13912345678"]])
    assert found.rows[0].values["phone"] == "13812345678"
    assert found.doubled == (("phone", "手机"),)


def test_the_heading_that_names_a_field_better_wins(tmp_path: Path) -> None:
    found = roster(tmp_path, [["姓名", "职务", "党内职务"], ["张三", "经理", "书记"]])
    assert (found.columns["post"], found.rows[0].values["post"]) == ("党内职务", "01")


def test_headings_with_blanks_stars_colons_and_line_feeds_are_known(tmp_path: Path) -> None:
    heading = ["姓　名", "★性 别：", "出生年月\n（年/月）", "2.民族", "（必填）学历"]
    found = roster(tmp_path, [heading, ["张三", "男", "1985.6", "汉", "大专"]])
    assert list(found.columns) == ["name", "sex", "ethnicity", "born_on", "education"]


def test_a_csv_has_groups_by_gaps(tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    rows = "组织名称,类型,党员数,,负责人\n,,正式,预备,\n老年协会,社团,3,1,钱一\n"
    path.write_text("社会组织台账,,,,\n" + rows, encoding="utf-8")
    found = read_roster(path, "organisations")
    assert (found.header_row, found.rows[0].number) == (2, 4)
    assert (found.rows[0].values["survey_full"], found.rows[0].values["survey_probationary"]) == (3, 1)


def test_an_ods_is_read(tmp_path: Path) -> None:
    def row(*texts: str) -> str:
        cells = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in texts
        )
        return f"<table:table-row>{cells}</table:table-row>"

    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    body = row("姓名", "性别") + row("张三", "男")
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="名册">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    mime = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
    manifest = ("META-INF/manifest.xml", b"<manifest/>")
    path = zipped(tmp_path / "名册.ods", [mime, ("content.xml", content.encode()), manifest])
    assert read_roster(path, "members").rows[0].values == {"name": "张三", "sex": "1"}


def test_columns_left_over_from_another_form_do_not_hide_the_heading(tmp_path: Path) -> None:
    heading = ["姓名", "性别", "民族", "学历", "入党时间", "", "会议室", "桌号", "车牌", "菜品"]
    found = roster(tmp_path, [heading, ["张三", "男", "汉", "大专", "2001.7", "", "一", "二", "", ""]])
    assert found.unmapped == ("会议室", "桌号", "车牌", "菜品")
    assert found.rows[0].values["education"] == "31"


def test_the_heading_repeated_on_each_page_is_no_person(tmp_path: Path) -> None:
    found = roster(tmp_path, [["姓名", "性别"], ["张三", "男"], ["姓名", "性别"], ["李四", "女"]])
    assert [row.number for row in found.rows] == [2, 4]
    assert found.skipped == (3,)


def test_data_below_a_note_is_not_lost(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["姓名", "性别", "备注"],
        ["张三", "男"],
        ["注：以上为镇直"],
        ["李四", "女"],
        ["共2人"],
        ["审核人：王"],
    ]
    found = roster(tmp_path, rows)
    assert [row.number for row in found.rows] == [2, 4]
    assert found.skipped == (3, 5, 6)


def test_serial_numbers_printed_beforehand_make_no_rows(tmp_path: Path) -> None:
    found = roster(tmp_path, [["序号", "姓名", "性别"], [1, "张三", "男"], [2, "", ""], [3, "", ""]])
    assert [row.number for row in found.rows] == [2]


def test_a_formula_is_never_run_only_its_stored_value_is_read(tmp_path: Path) -> None:
    found = roster(tmp_path, [["姓名", "性别", "备注"], ["张三", "男", '=HYPERLINK("file:///etc/passwd")']])
    assert found.rows[0].values.get("remark") in {None, "0", 0}


def test_a_cell_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "长.csv"
    path.write_text("姓名,备注\r\n张三," + "长" * (10 << 20) + "\r\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_roster(path, "members")
    assert (caught.value.code, caught.value.why) == ("workbook-cell", "第 2 行“备注”这一格的文字太长，不像名册。")


def test_number_and_birthday_and_sex_are_compared(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["姓名", "性别", "出生年月", "身份证号"],
        ["张三", "女", "1985.7", "329901198506030018"],
        ["张三", "男", "1985.6", "329901198506030018"],
        ["李四", "男", "1985", "329901198506030018"],
    ]
    first, second, third = roster(tmp_path, rows).rows
    assert [fault.why for fault in first.warnings] == [
        "出生日期 1985-07 与身份证号里的 1985-06-03 不一致。",
        "性别与身份证号第 17 位所示的男不一致。",
    ]
    assert [fault.why for fault in second.warnings] == ["与第 2 行的身份证号相同。"]
    assert [fault.why for fault in third.refusals] == ["与第 2 行的身份证号相同。"]


def test_a_child_is_remarked_on(tmp_path: Path) -> None:
    from tests.support.workbooks import identity

    rows: list[list[object]] = [["姓名", "身份证号"], ["小明", identity("329901", "20150601", "001")]]
    assert [fault.why for fault in roster(tmp_path, rows).rows[0].warnings] == ["按身份证号未满 18 周岁。"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_its_synonyms_and_no_heading_is_lost(kind: str) -> None:
    words = lexicon(fields_of(kind), ignored_of(kind))
    for field in fields_of(kind):
        assert words.meanings[next(iter(spelled(field.synonyms[0])))] == field.key


def spelled(text: str) -> tuple[str, ...]:
    from desktop.spreadsheets.headers import spellings_of

    return spellings_of(text)


def test_the_fixtures_are_what_their_maker_makes(tmp_path: Path) -> None:
    for name, make in ROSTERS.items():
        make(tmp_path / name)
        kind = name.partition(".")[0]
        made, kept = read_roster(tmp_path / name, kind, on=ON), read_roster(FOLDER / name, kind, on=ON)
        assert made.rows == kept.rows
