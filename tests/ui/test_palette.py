"""The palette: records and deeds found by words, pinyin and what is still being composed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.searching import Hit
from desktop.services.sessions import Session
from desktop.ui.actions import Action
from desktop.ui.context import Context
from desktop.ui.main_window import MainWindow
from desktop.ui.palette import Line, lines_of
from desktop.ui.palette_deeds import deeds_of
from tests.ui import meeting_world as world

Settle = Callable[[Context], None]


def _titles(window: MainWindow) -> list[str]:
    entries = window.palette_view.list
    return [entries.item(at).data(Qt.ItemDataRole.UserRole).title for at in range(entries.count())]


def _wait(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    qtbot.wait(80)
    settle(window.context)


def test_hits_stand_in_groups_before_deeds() -> None:
    hits = [Hit("person", "01", "刘芳", "清河"), Hit("branch", "02", "清河商会党支部", "")]
    action = Action("x", "记录会议", lambda: None)
    assert [line.title for line in lines_of(hits, [action])] == [
        "党组织", "清河商会党支部", "党员", "刘芳", "操作", "记录会议",
    ]  # fmt: skip
    assert Line("党组织").heading


def test_what_is_being_composed_finds_records_and_enter_belongs_to_the_input_method(
    window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    window.palette_view.open()
    QApplication.sendEvent(window.palette_view.edit, QInputMethodEvent("q'h", []))
    _wait(window, qtbot, settle)
    assert "青禾街道" in _titles(window)
    qtbot.keyClick(window.palette_view.edit, Qt.Key.Key_Return)
    assert window.palette_view.isVisible()


def test_deeds_are_found_by_initials_and_done_by_enter(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    done: list[str] = []
    window.context.actions.add(Action("probe", "核对花名册", lambda: done.append("done")))
    window.palette_view.open()
    window.palette_view.edit.setText("hdhmc")
    _wait(window, qtbot, settle)
    assert _titles(window) == ["操作", "核对花名册"]
    qtbot.keyClick(window.palette_view.edit, Qt.Key.Key_Return)
    assert done == ["done"]
    assert not window.palette_view.isVisible()


def test_nothing_found_says_what_to_try(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    window.palette_view.open()
    window.palette_view.edit.setText("zzzzqq")
    _wait(window, qtbot, settle)
    assert _titles(window) == ["没有找到“zzzzqq”。换一个字，或用拼音首字母再试。"]


def test_escape_closes_it(window: MainWindow, qtbot: QtBot) -> None:
    window.palette_view.open()
    qtbot.keyClick(window.palette_view.edit, Qt.Key.Key_Escape)
    assert not window.palette_view.isVisible()


def test_the_arrows_step_over_headings_and_round_the_ends(window: MainWindow, qtbot: QtBot) -> None:
    window.palette_view.open()
    first = window.palette_view.list.currentRow()
    qtbot.keyClick(window.palette_view.edit, Qt.Key.Key_Up)
    assert window.palette_view.list.currentRow() == window.palette_view.list.count() - 1
    qtbot.keyClick(window.palette_view.edit, Qt.Key.Key_Down)
    assert window.palette_view.list.currentRow() == first


def _open_on(window: MainWindow, text: str, qtbot: QtBot, settle: Settle) -> None:
    window.palette_view.open()
    window.palette_view.edit.setText(text)
    _wait(window, qtbot, settle)


def test_the_deeds_of_the_first_record_stand_before_those_of_the_window() -> None:
    hits = [Hit("person", "01", "刘芳", "清河"), Hit("branch", "02", "清河商会党支部", "")]
    record = Action("record", "记录会议", lambda: None)
    lines = lines_of(hits, [Action("x", "记录会议", lambda: None)], [record])
    assert [(line.title, line.note) for line in lines[-3:]] == [
        ("操作", ""), ("记录会议", "清河商会党支部"), ("记录会议", "常用"),
    ]  # fmt: skip


def test_the_right_arrow_shows_what_may_be_done_with_a_record_and_the_left_one_the_records_again(
    window: MainWindow, qtbot: QtBot, settle: Settle, township: Session
) -> None:
    world.branch(township)
    _open_on(window, "老年", qtbot, settle)
    found = _titles(window)
    assert found[:2] == ["党组织", "柳溪社区老年协会党支部"]
    qtbot.keyClick(window.palette_view.edit, Qt.Key.Key_Right)
    assert _titles(window) == [
        "柳溪社区老年协会党支部　← 返回搜索结果", "打开", "记录会议", "查看组织生活", "查看党员", "修改",
    ]  # fmt: skip
    qtbot.keyClick(window.palette_view.edit, Qt.Key.Key_Left)
    assert _titles(window) == found


def test_a_deed_is_done_with_the_record_it_stands_under(
    window: MainWindow, qtbot: QtBot, settle: Settle, township: Session
) -> None:
    key = world.branch(township)
    _open_on(window, "老年", qtbot, settle)
    for pressed in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(window.palette_view.edit, pressed)
    settle(window.context)
    place = window.context.navigate.place
    assert (place.page, place.kind, place.id) == ("meetings", "new", key.hex())


def test_a_meeting_can_be_opened_and_printed_from_where_it_was_found(window: MainWindow) -> None:
    deeds = deeds_of(Hit("meeting", "02", "", ""), window.context, window)
    assert [deed.text for deed in deeds] == ["打开", "打印"]


def test_an_organisation_can_be_changed_and_covered_from_where_it_was_found(window: MainWindow) -> None:
    deeds = deeds_of(Hit("organisation", "02", "", ""), window.context, window)
    assert [deed.text for deed in deeds] == ["打开", "修改", "新增覆盖它的党组织"]
