"""Lists: sorting, marks, copying as Excel takes it, columns, keyboard, many rows."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.settings import Settings
from desktop.ui.theme import Theme
from desktop.ui.widgets.copying import html_table, tsv
from desktop.ui.widgets.table_model import Column, ordered
from desktop.ui.widgets.tables import Table


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a service would give it."""

    id: int
    name: str
    number: str
    joined: date | None
    standing: str = "正式党员"
    meetings: int = 0


COLUMNS = (
    Column("name", "姓名", 96, bold=True, pinyin=True),
    Column("number", "身份证号", 176),
    Column("standing", "党员类别", 96, tag=lambda row: "info" if row.standing == "预备党员" else None),
    Column("joined", "入党日期", 104),
    Column("meetings", "参会", 64, align="right"),
)
ROWS = (
    Row(1, "王建国", "329901196001017468", date(2000, 2, 27), meetings=10),
    Row(2, "李秀英", "032990119700101161", date(2018, 7, 3), meetings=9),
    Row(3, "单田芳", "32990119800101302X", None, "预备党员", meetings=2),
)


@pytest.fixture
def table(look: Theme, qtbot: QtBot) -> Table:
    made = Table(COLUMNS, name="党员", settings=Settings(), page="members")
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.set_rows(ROWS)
    made.show()
    return made


def _names(table: Table) -> list[str]:
    return [getattr(row, "name") for row in table.model.rows()]  # noqa: B009 - rows are objects to the list


def test_names_sort_by_the_reading_of_the_surname(table: Table) -> None:
    table.sort_by("name")
    assert _names(table) == ["李秀英", "单田芳", "王建国"]


def test_numbers_sort_as_numbers_and_nothing_stands_last_both_ways() -> None:
    assert ordered(ROWS, COLUMNS[4], "desc") == [0, 1, 2]
    assert ordered(ROWS, COLUMNS[3], "asc") == [0, 1, 2]
    assert ordered(ROWS, COLUMNS[3], "desc") == [1, 0, 2]


def test_the_head_sorts_up_then_down_then_not_at_all(table: Table) -> None:
    section = 5
    table._head_clicked(section)
    assert table.model.sorted_by == ("meetings", "asc")
    said = table.model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "参会，升序"
    table._head_clicked(section)
    assert table.model.sorted_by == ("meetings", "desc")
    table._head_clicked(section)
    assert table.model.sorted_by is None
    assert _names(table) == ["王建国", "李秀英", "单田芳"]


def test_copied_rows_keep_eighteen_digits_and_leading_zeros(table: Table) -> None:
    table.model.check_all(on=True)
    assert table.copy() == 3
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[1] for line in lines] == [row.number for row in ROWS]
    assert "mso-number-format:'\\@'" in QGuiApplication.clipboard().mimeData().html()


def test_the_head_is_copied_when_asked_for_and_a_line_break_stays_inside_its_cell() -> None:
    row = Row(9, "李四\n（小）", "1", None)
    assert tsv([row], COLUMNS[:2], head=True) == '姓名\t身份证号\n"李四\n（小）"\t1\n'


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+A1", "-A1"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    assert tsv([Row(9, text, "", None)], COLUMNS[:1], head=False) == f"'{text}\n"


def test_markup_in_a_name_stays_text_in_the_copied_table() -> None:
    copied = html_table([Row(9, "<b>张三</b>", "", None)], COLUMNS[:1], head=False)
    assert "&lt;b&gt;张三&lt;/b&gt;" in copied


def test_the_keyboard_marks_opens_and_copies(table: Table, qtbot: QtBot) -> None:
    opened: list[object] = []
    table.opened.connect(opened.append)
    table.select(2)
    qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert table.model.checked_rows() == [ROWS[1]]
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened == [ROWS[1]]
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.chosen()) == 3
    table.model.check_all(on=False)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("李秀英\t")


def test_the_focus_alone_chooses_no_row_and_the_first_press_shows_where_one_is(table: Table, qtbot: QtBot) -> None:
    heard: list[object] = []
    opened: list[object] = []
    table.current_changed.connect(heard.append)
    table.opened.connect(opened.append)
    table.view.selectionModel().setCurrentIndex(table.model.index(0, 1), QItemSelectionModel.SelectionFlag.NoUpdate)
    assert (table.chosen(), heard) == ([], [])
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert (table.chosen(), heard, opened) == ([ROWS[0]], [ROWS[0]], [])
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    assert (heard[1:], opened) == ([ROWS[1]], [ROWS[0]])


def test_new_rows_keep_the_place_and_the_marks(table: Table) -> None:
    table.select(2)
    table.model.check([0])
    table.set_rows(ROWS[1:])
    assert table.current() == ROWS[1]
    assert table.model.checked_rows() == []


def test_the_empty_list_says_why_and_offers_one_deed(table: Table) -> None:
    table.set_empty("还没有党员。", "从名册导入，或一个一个添加。", "导入名册", lambda: None)
    table.set_rows([])
    assert table._stack.currentWidget() is table._empty
    assert table._empty.button.text() == "导入名册"
    table.set_rows(ROWS)
    assert table._stack.currentWidget() is table.view


def test_a_hidden_column_is_remembered_not_copied_and_comes_back(look: Theme, table: Table, qtbot: QtBot) -> None:
    table.columns.show(2, on=False)
    assert [column.key for column in table.visible_columns()] == ["name", "standing", "joined", "meetings"]
    again = Table(COLUMNS, name="党员", settings=Settings(), page="members")
    qtbot.addWidget(again)
    assert [column.key for column in again.visible_columns()] == ["name", "standing", "joined", "meetings"]
    again.columns.reset()
    assert [column.key for column in again.visible_columns()] == [column.key for column in COLUMNS]


def test_a_column_that_gave_way_comes_back_as_wide_as_it_was_designed(look: Theme, qtbot: QtBot) -> None:
    columns = (Column("name", "姓名", 300), Column("number", "身份证号", 176, gives_way=1))
    made = Table(columns, name="党员")
    qtbot.addWidget(made)
    made.resize(420, 200)
    made.set_rows(ROWS)
    made.show()
    head = made.view.horizontalHeader()
    assert head.sectionSize(2) == 0
    menu = made.column_menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()][:2] == ["姓名", "身份证号（窗口窄，暂不显示）"]
    assert [column.key for column in made.visible_columns()] == ["name", "number"]
    look.set_percent(115)  # Qt gives a column without width one of its own when the style changes
    look.set_percent(100)
    made.resize(800, 200)
    qtbot.wait(20)
    assert head.sectionSize(2) == made.view.viewport().width() - 44 - 300


@pytest.mark.parametrize("row", [["王建国"], {"name": "王建国"}])
def test_rows_that_cannot_be_told_apart_are_refused(row: object, table: Table) -> None:
    with pytest.raises(TypeError, match=r"a row of a list needs an id, or to be hashable: (list|dict)"):
        table.set_rows([row])
    assert _names(table) == ["王建国", "李秀英", "单田芳"]


def test_every_cell_says_itself_with_its_column(table: Table) -> None:
    index = table.model.index(2, 4)
    assert table.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "入党日期 空"


def test_a_tooltip_shows_markup_as_it_stands(look: Theme) -> None:
    from desktop.ui.widgets.text import tip_text

    assert tip_text("<img src=x>\n二") == "<span>&lt;img src=x&gt;<br>二</span>"


def test_a_hundred_thousand_rows_are_shown_without_a_copy(look: Theme, qtbot: QtBot) -> None:
    rows = [Row(number, f"名{number}", "", None) for number in range(100_000)]
    made = Table(COLUMNS, name="党员")
    qtbot.addWidget(made)
    made.set_rows(rows)
    made.show()
    assert made.model.rowCount() == 100_000
    assert made.model._rows is rows
