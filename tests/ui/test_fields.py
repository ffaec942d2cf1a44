"""Fields: what people type is read as they mean it, with an input method and without."""

from datetime import date, time

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from desktop.ui.records.dates import KnownDateField
from desktop.ui.theme import SCALES, Theme
from desktop.ui.widgets.buttons import primary
from desktop.ui.widgets.chips import AttendanceChips, Attendee, ChoiceChips, chip
from desktop.ui.widgets.editors import Combo, LineEdit
from desktop.ui.widgets.fields import (
    ChoiceField,
    DateField,
    IdField,
    LineField,
    NumberField,
    TextField,
    TimeField,
    first_problem,
    missing,
)  # fmt: skip
from desktop.ui.widgets.typed import parse_date, parse_number, parse_time

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1120", date(2026, 11, 20)), ("11-20", date(2026, 11, 20)), ("2026.11.20", date(2026, 11, 20)),
        ("2026-1-5", date(2026, 1, 5)), ("20260105", date(2026, 1, 5)), ("2026年1月5日", date(2026, 1, 5)),
        ("１１－２０", date(2026, 11, 20)), ("2026。11。20", date(2026, 11, 20)), ("105", date(2026, 1, 5)),
        ("昨天", date(2026, 11, 22)), ("今", TODAY), ("jt", TODAY), ("明天", date(2026, 11, 24)),
        ("1131", None), ("abc", None), ("", None), ("2026-13-01", None),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_typed(typed: str, day: date | None) -> None:
    assert parse_date(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1430", time(14, 30)), ("14:30", time(14, 30)), ("９：０５", time(9, 5)), ("9", time(9)),
        ("14点30分", time(14, 30)), ("2460", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_typed(typed: str, value: time | None) -> None:
    assert parse_time(typed) == value


@pytest.mark.parametrize(("typed", "value"), [("１２", 12), ("1,286", 1286), ("-3", -3), ("3.5", None), ("", None)])
def test_a_number_is_read_however_it_is_typed(typed: str, value: int | None) -> None:
    assert parse_number(typed) == value


def test_a_day_is_written_out_when_its_field_is_left(look: Theme, qtbot: QtBot) -> None:
    field = DateField("日期", today=TODAY, required=True)
    qtbot.addWidget(field)
    field.edit.setText("1120")
    field.edit.left.emit()
    assert field.edit.text() == "2026-11-20"
    assert field.date() == date(2026, 11, 20)


@pytest.mark.parametrize(("typed", "said"), [
    ("2026-02-30", "没有 2026-02-30 这个日期。请核对后重填。"),
    ("1960年13月", "没有 1960年13月 这个日期。请核对后重填。"),
    ("年底", "入党日期认不出来。请写成 2026-11-20、2026-11 或 2026 的样子。"),
])  # fmt: skip
def test_a_day_that_there_is_not_is_said_on_leaving_and_kept(
    typed: str, said: str, look: Theme, qtbot: QtBot
) -> None:
    field = KnownDateField("入党日期", today=TODAY)
    qtbot.addWidget(field)
    field.edit.setText(typed)
    field.edit.left.emit()
    assert field.error == said
    assert field.edit.text() == typed


def test_an_unreadable_day_is_said_under_the_field_and_cleared_by_typing(look: Theme, qtbot: QtBot) -> None:
    field = DateField("日期", today=TODAY, required=True)
    qtbot.addWidget(field)
    field.edit.setText("大概月底")
    assert not field.check()
    assert field.error == "日期认不出来。请写成 2026-11-20 的样子。"
    assert field.editor.accessibleDescription() == field.error
    field.edit.setText("1120")
    assert field.error == ""


def test_a_required_field_without_a_word_says_so(look: Theme, qtbot: QtBot) -> None:
    field = LineField("议题", required=True)
    qtbot.addWidget(field)
    field.edit.setText("　 ")
    assert not field.check()
    assert field.error == "还没有填写议题。请填写。"
    assert field.editor.accessibleName() == "议题（必填）"


def test_too_long_a_text_is_counted_and_never_cut(look: Theme, qtbot: QtBot) -> None:
    field = LineField("议题", limit=5)
    qtbot.addWidget(field)
    field.edit.setText("研究第四季度安排")
    assert field.value() == "研究第四季度安排"
    assert not field.check()
    assert field.error == "议题多了 3 字，最多 5 字。请删短一些。"


def test_full_width_digits_become_narrow_in_numbers_of_persons(look: Theme, qtbot: QtBot) -> None:
    field = IdField("身份证号")
    qtbot.addWidget(field)
    field.edit.setText(" ３２９９０１ １９８５０６１４ ００２ｘ")
    assert field.value() == "32990119850614002X"
    field.edit.left.emit()
    assert field.edit.text() == "32990119850614002X"


@pytest.mark.parametrize("kind", [IdField, NumberField, TimeField])
def test_number_fields_turn_the_input_method_off(look: Theme, qtbot: QtBot, kind: type[LineField]) -> None:
    field = kind("号码")
    qtbot.addWidget(field)
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(field.edit, query)
    assert query.value(Qt.InputMethodQuery.ImEnabled) is False


def test_text_fields_keep_the_input_method_on(look: Theme, qtbot: QtBot) -> None:
    field = LineField("议题")
    qtbot.addWidget(field)
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(field.edit, query)
    assert query.value(Qt.InputMethodQuery.ImEnabled) is True


def test_a_number_outside_its_bounds_is_said(look: Theme, qtbot: QtBot) -> None:
    field = NumberField("应到人数", least=1, most=500)
    qtbot.addWidget(field)
    field.set_number(0)
    assert not field.check()
    assert field.error == "应到人数少于 1。请核对后重填。"
    field.edit.setText("七")
    assert not field.check()
    assert field.error == "应到人数不是整数。请只填数字。"


def test_what_is_being_composed_is_already_searched_for(look: Theme, qtbot: QtBot) -> None:
    edit = LineEdit()
    qtbot.addWidget(edit)
    heard: list[str] = []
    edit.typed.connect(heard.append)
    edit.setText("清河")
    QApplication.sendEvent(edit, QInputMethodEvent("q'h", []))
    assert heard[-1] == "清河qh"
    assert edit.composing
    commit = QInputMethodEvent()
    commit.setCommitString("商会")
    QApplication.sendEvent(edit, commit)
    assert heard[-1] == "清河商会"
    assert not edit.composing


@pytest.mark.parametrize("kind", [Combo, QSpinBox])
def test_the_wheel_changes_no_field_that_lacks_the_focus(
    look: Theme, qtbot: QtBot, kind: type[Combo] | type[QSpinBox]
) -> None:
    box = kind()
    qtbot.addWidget(box)
    if isinstance(box, Combo):
        box.addItems(["一", "二", "三"])
        box.setCurrentIndex(1)
    else:
        box.setValue(5)
    before = box.currentIndex() if isinstance(box, Combo) else box.value()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert (box.currentIndex() if isinstance(box, Combo) else box.value()) == before


def test_a_choice_keeps_its_value_when_its_list_is_renewed(look: Theme, qtbot: QtBot) -> None:
    field = ChoiceField("支部", [(1, "一支部"), (2, "二支部")], required=True)
    qtbot.addWidget(field)
    field.set_value(2)
    field.set_choices([(2, "二支部"), (3, "三支部")])
    assert field.value() == 2
    field.set_value(None)
    assert not field.check()
    assert field.error == "还没有选支部。请选一项。"


def test_the_first_wrong_field_is_found_and_the_missing_ones_are_counted(look: Theme, qtbot: QtBot) -> None:
    topic, text = LineField("议题", required=True), TextField("会议内容", required=True)
    for field in (topic, text):
        qtbot.addWidget(field)
    topic.set_value("研究换届")
    assert missing((topic, text)) == 1
    assert first_problem((topic, text)) is text


def test_one_press_marks_an_absentee_and_counts_again(look: Theme, qtbot: QtBot) -> None:
    chips = AttendanceChips("出席人员", [("leave", "请假")])
    qtbot.addWidget(chips)
    chips.set_people([Attendee(b"1", "李秀英"), Attendee(b"2", "吴海涛")])
    qtbot.mouseClick(chips._people[1][1], Qt.MouseButton.LeftButton)
    assert [one.present for one in chips.people()] == [True, False]
    assert chips._note.text() == "应到 2 人，实到 1 人，缺席 1 人"
    chips._absent(0, "leave")
    assert chips.people()[0] == Attendee(b"1", "李秀英", present=False, reason="leave")
    assert chips._people[0][1].accessibleName() == "李秀英，缺席请假"


def test_a_field_of_chips_tells_its_value(look: Theme, qtbot: QtBot) -> None:
    chips = ChoiceChips("会议类型", [("a", "党员大会"), ("b", "支委会")], required=True)
    qtbot.addWidget(chips)
    assert chips.is_empty()
    with qtbot.waitSignal(chips.changed):
        chips.set_value("b")
    assert chips.value() == "b"
    assert chips.values() == ("b",)



@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_that_has_the_focus_is_pressed_by_enter_and_space(look: Theme, qtbot: QtBot, key: Qt.Key) -> None:
    heard: list[str] = []
    button = primary("保存", "", lambda: heard.append("保存"))
    qtbot.addWidget(button)
    qtbot.keyClick(button, key)
    assert heard == ["保存"]


def test_enter_held_down_presses_a_button_once(look: Theme, qtbot: QtBot) -> None:
    heard: list[str] = []
    button = primary("保存", "", lambda: heard.append("保存"))
    qtbot.addWidget(button)
    for again in (False, True, True):
        QApplication.sendEvent(
            button, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", again)
        )
    assert heard == ["保存"]


def test_enter_with_a_modifier_is_left_to_the_page(look: Theme, qtbot: QtBot) -> None:
    heard: list[str] = []
    button = primary("保存", "", lambda: heard.append("保存"))
    qtbot.addWidget(button)
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == []


def test_enter_on_a_chip_switches_it_on(look: Theme, qtbot: QtBot) -> None:
    one = chip("党员大会")
    qtbot.addWidget(one)
    qtbot.keyClick(one, Qt.Key.Key_Return)
    assert one.isChecked()


@pytest.mark.parametrize("percent", SCALES)
def test_no_label_of_a_field_is_cut_at_any_scale(look: Theme, qtbot: QtBot, percent: int) -> None:
    look.set_percent(percent)
    field = LineField("管理员（gly）的密码", required=True)
    qtbot.addWidget(field)
    field.set_error("两次输入不一样。请再输一次。")
    field.resize(look.px(320), field.sizeHint().height())
    field.show()
    assert field._label.width() >= field._label.fontMetrics().horizontalAdvance(field._label.text())
    assert field._error.height() >= field._error.heightForWidth(field._error.width())
    assert field.edit.height() >= field.edit.fontMetrics().height()
