"""导入名册: the columns, the preview, the words of the button, what is refused, and cancelling."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.progress import CancelledError
from desktop.services import importing
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.roster_import import CHECK, COLUMNS, DONE, FILE, RosterImportPage
from desktop.ui.rosters import words
from desktop.ui.rosters.check import MADE, PARKED, WARNED
from desktop.ui.rosters.compare import writes_text
from desktop.ui.theme import theme
from tests.support import workbooks
from tests.support.equality import state
from tests.ui.test_shell import clipped, unnamed

FIXTURES = Path(__file__).parents[1] / "fixtures" / "workbooks"
Settle = Callable[[Any], None]


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> RosterImportPage:
    window.resize(1366, 728)
    window.context.navigate.go("import")
    settle(window.context)
    found = window.page()
    assert isinstance(found, RosterImportPage)
    return found


@pytest.fixture
def read(page: RosterImportPage, settle: Settle) -> RosterImportPage:
    page.take("members", FIXTURES / "members.xlsx")
    settle(page.context)
    return page


@pytest.fixture
def checked(read: RosterImportPage, settle: Settle) -> RosterImportPage:
    read.next()
    settle(read.context)
    return read


def test_a_file_that_was_chosen_leads_to_its_columns_with_their_samples(read: RosterImportPage) -> None:
    assert read.stack.currentIndex() == COLUMNS
    assert read.columns.mapping()["name"] == "*姓名"
    assert read.columns.mapping()["workplace"] == ""
    assert read.columns.note.text() == (
        "第 3 行是标题，下面有 6 行。15 列里有 13 列会导入；认错了的在这里改，不要的选“不导入”。"
    )


def test_a_column_can_be_left_out_or_given_to_another_field(read: RosterImportPage, settle: Settle) -> None:
    read.columns.set_field("月收入(税后)", "workplace")
    read.columns.set_field("备注", None)
    assert read.columns.is_changed()
    read.next()
    settle(read.context)
    assert read._roster is not None
    assert read._roster.columns["workplace"] == "月收入(税后)"
    assert "remark" not in read._roster.columns


def test_a_field_is_fed_by_one_column_alone_and_the_newer_choice_wins(read: RosterImportPage) -> None:
    read.columns.set_field("序号", "name")
    assert read.columns.mapping()["name"] == "序号"


def test_without_a_column_of_names_the_wizard_says_what_is_missing(read: RosterImportPage) -> None:
    read.columns.set_field("*姓名", None)
    read.next()
    assert read.stack.currentIndex() == COLUMNS
    assert read.note.text() == "还没有一列对应“姓名”。没有它认不出每一行是谁。请在上面选一列。"


def test_the_preview_counts_and_names_what_wants_a_look_and_writes_nothing(
    read: RosterImportPage, settle: Settle
) -> None:
    before = state(read.context.session)
    read.next()
    settle(read.context)
    assert read.stack.currentIndex() == CHECK
    assert state(read.context.session) == before
    assert read.next_button.text() == "导入 3 人，3 行稍后处理"
    counts = {key: card._number.text() for key, card in read.check.numbers.items()}
    assert counts == {"new": "3", "changed": "0", "same": "0", "doubtful": "0", "refused": "3"}
    assert [(row.row, row.name) for row in read.check._rows[PARKED]] == [(8, "赵四"), (9, ""), (10, "孙七")]
    assert {row.level for row in read.check._rows[MADE]} == {"待完善"}
    assert [row.level for row in read.check._rows[WARNED]] == ["提醒"]


def test_a_row_can_be_left_out_and_the_decision_taken_back(checked: RosterImportPage, settle: Settle) -> None:
    assert (checked.check.skip_button.isEnabled(), checked.check.compare_button.isEnabled()) == (True, False)
    checked.check.skip_button.click()
    settle(checked.context)
    assert [(row.row, row.struck) for row in checked.check._rows[PARKED]] == [(8, True), (9, False), (10, False)]
    left_out = checked.check._rows[PARKED][0]
    assert (left_out.name, left_out.level, left_out.problem) == ("赵四", "已跳过", "跳过，不导入")
    assert checked.check.tabs._buttons[PARKED][0].text() == "需要处理的行 2"
    assert 8 not in [row.row for row in checked.check.rows()]
    assert checked.next_button.text() == "导入 3 人，2 行稍后处理"
    assert checked.check.again_button.text().strip() == "收回全部 1 行的决定"
    checked.check.again_button.click()
    settle(checked.context)
    assert [row.struck for row in checked.check._rows[PARKED]] == [False, False, False]
    assert not checked.check.again_button.isVisible()


def test_one_row_that_was_left_out_is_taken_back_alone(checked: RosterImportPage, settle: Settle) -> None:
    for _ in range(2):
        checked.check.skip_button.click()
        settle(checked.context)
    table = checked.check.table
    assert table is not None
    assert [row.struck for row in checked.check._rows[PARKED]] == [True, True, False]
    table.select(checked.check._rows[PARKED][0].id)
    assert checked.check.skip_button.text() == "收回"
    checked.check.skip_button.click()
    settle(checked.context)
    assert [row.struck for row in checked.check._rows[PARKED]] == [False, True, False]


def test_a_row_tells_all_its_problems_at_once(page: RosterImportPage, settle: Settle, tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    heads = ["姓名", "身份证号", "出生日期", "入党日期", "手机号码", "所在党支部"]
    row = ["", "329901198506030019", "1985-13-40", "去年", "12", "柳溪社区党支部"]
    file.write_bytes(workbooks.simple([heads, row]))
    page.take("members", file)
    settle(page.context)
    page.next()
    settle(page.context)
    (row,) = page.check._rows[PARKED]
    assert row.column == "出生日期、身份证号、入党日期、姓名、手机号码"
    assert [part.split("：")[0].split("“")[0] for part in row.problem.split("；")] == row.column.split("、")
    assert "“姓名”是空的" in row.problem


def test_what_was_left_out_and_made_is_told_and_no_list_is_offered_where_nothing_is_left(
    page: RosterImportPage, settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "名册.xlsx"
    heads = ["姓名", "出生日期", "所在党支部"]
    rows = [["王伟", "1985-06-03", "柳溪社区党支部"], ["", "1986-06-03", "柳溪社区党支部"]]
    file.write_bytes(workbooks.simple([heads, *rows]))
    page.take("members", file)
    settle(page.context)
    page.next()
    settle(page.context)
    page.check.skip_button.click()
    settle(page.context)
    page.next()
    settle(page.context)
    assert page.done._said.text() == "新增 1 人，更新 0 人，跳过 1 行。新建 1 个党组织，请补全资料。"
    assert not page.done.export_button.isVisible()
    page.leave()
    settle(page.context)
    (import_,) = page.start.table.model.rows()
    column = next(one for one in page.start.table.model.columns if one.key == "rows")
    assert column.shown(import_) == f"1 人（共 {import_.rows} 条记录）"
    assert "先在下面选一次导入" in page.start.undo_button.toolTip()


def test_how_much_an_import_wrote_is_said_in_persons_and_in_records() -> None:
    assert words.written("导入党员名册 名册.xlsx（新增 2，更新 1）", 13) == "3 人（共 13 条记录）"
    assert words.written("导入社会组织台账 台账.xlsx（新增 2，更新 0）", 1013) == "2 家（共 1,013 条记录）"
    assert words.written("别的", 13) == "13 条记录"


def test_what_it_writes_is_said_field_by_field() -> None:
    assert writes_text(()) == "选“是同一人”，系统里的内容不变。"
    assert writes_text((("电话", "100****0001", "100****0002"), ("学历", "", "大学"))) == (
        "选“是同一人”，会改这 2 项，其余不变：\n电话：100****0001 → 100****0002\n学历：（空） → 大学"
    )


def test_a_doubtful_row_is_compared_and_said_to_be_the_same_person(
    page: RosterImportPage, settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "名册.xlsx"
    heads = ["姓名", "出生日期", "所在党支部", "手机号码"]
    for cells in (["王伟", "1985-06-03", "柳溪社区党支部", ""], ["王伟", "", "柳溪社区党支部", "10000000002"]):
        file.write_bytes(workbooks.simple([heads, cells]))
        page.take("members", file)
        settle(page.context)
        page.next()
        settle(page.context)
        if not cells[3]:
            page.next()
            settle(page.context)
            page.leave()
    page.check.compare_button.click()
    sheet = page.check.sheet
    assert sheet.windowTitle() == "第 2 行是不是同一人"
    shown = [[column.shown(row) for column in sheet.table.model.columns] for row in sheet.table.model.rows()]
    assert shown == [
        ["姓名", "王伟", "王伟", "相同"], ["出生日期", "", "1985-06-03", "只有一边有"],
        ["电话", "100****0002", "", "只有一边有"], ["党支部", "柳溪社区党支部", "柳溪社区党支部", "相同"],
    ]  # fmt: skip
    assert sheet.writes.text() == "选“是同一人”，会改这 1 项，其余不变：\n电话：（空） → 100****0002"
    assert sheet.height() <= 728
    sheet.same_button.click()
    settle(page.context)
    assert page.next_button.text() == "导入 1 人"
    page.next()
    settle(page.context)
    session = page.context.session
    assert session.db.rows("SELECT born_on, phone FROM person") == [("1985-06-03", "10000000002")]


def test_going_back_keeps_what_was_chosen(checked: RosterImportPage) -> None:
    checked.back()
    assert checked.stack.currentIndex() == COLUMNS
    assert checked.columns.mapping()["name"] == "*姓名"
    checked.back()
    assert checked.stack.currentIndex() == FILE


def test_the_list_of_problems_is_written_as_a_workbook(
    checked: RosterImportPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[list[Any]] = []
    monkeypatch.setattr(
        "desktop.services.exports.write_list",
        lambda _title, _columns, rows, **_more: kept.extend(list(row) for row in rows) or b"PK",
    )
    checked.write_problems(tmp_path / "问题")
    settle(checked.context)
    assert (tmp_path / "问题.xlsx").read_bytes() == b"PK"
    assert kept[0][:4] == [8, "赵四", "需改", "公民身份证号码、出生年月"]
    assert checked.context.toast.accessibleName() == "已存为 问题.xlsx"


def test_a_cancelled_import_leaves_the_database_identical(
    checked: RosterImportPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(checked.context.session)
    whole = importing._write

    def half(*arguments: Any) -> Any:  # noqa: ANN401 - what the import gives
        whole(*arguments)
        raise CancelledError

    monkeypatch.setattr(importing, "_write", half)
    checked.next()
    settle(checked.context)
    assert checked.stack.currentIndex() == CHECK
    assert checked.next_button.isEnabled()
    assert state(checked.context.session) == before
    assert checked.context.toast.accessibleName() == "已取消导入名册，没有改动任何记录"


def test_a_backup_is_made_before_the_import(checked: RosterImportPage, settle: Settle) -> None:
    folder = checked.context.session.workspace.paths.backups
    assert not list(folder.glob("*.dbak"))
    checked.next()
    settle(checked.context)
    assert checked.stack.currentIndex() == DONE
    assert len(list(folder.glob("*.dbak"))) == 1


def test_what_is_no_table_is_refused_in_a_sentence(page: RosterImportPage, tmp_path: Path) -> None:
    page.start.take(tmp_path / "照片.png")
    assert page.context.toast.accessibleName() == "“照片.png”不是表格文件，请选 xlsx、xls、et、ods 或 csv"
    page.start.take(tmp_path / "x.dpk")
    assert page.context.toast.accessibleName() == "这是数据包，请到“数据交换”接收"
    assert page.stack.currentIndex() == FILE


def test_the_button_says_how_many_come_in_and_how_many_wait(township: Any) -> None:  # noqa: ANN401 - fixture
    result = importing.import_file(township, kind="members", file=FIXTURES / "members.xlsx", dry_run=True)
    assert words.verb("members", result) == "导入 3 人，3 行稍后处理"
    assert words.said("members", result) == (
        "新增 3 人，更新 0 人。新建 2 个党组织，请补全资料。还有 3 行没有导入，可导出问题清单，改好后再导一次。"
    )


@pytest.mark.parametrize("percent", [100, 130])
def test_no_step_cuts_its_words_and_everything_has_a_name(
    page: RosterImportPage, settle: Settle, qtbot: QtBot, percent: int
) -> None:
    theme().set_percent(percent)
    settle(page.context)
    qtbot.wait(20)
    assert (clipped(page), unnamed(page)) == ([], [])
    page.take("members", FIXTURES / "members.xlsx")
    settle(page.context)
    qtbot.wait(20)
    assert (clipped(page), unnamed(page)) == ([], [])
    page.next()
    settle(page.context)
    qtbot.wait(20)
    assert (clipped(page), unnamed(page)) == ([], [])
