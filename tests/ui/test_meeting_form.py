"""The meeting form: filled in beforehand, by keyboard alone, kept while typing, never losing what was typed."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import meeting_lists, meeting_states
from desktop.services.meeting_drafts import AgendaDraft
from desktop.services.meeting_makeups import MakeUp
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.meeting_form import MeetingForm
from tests.ui import meeting_world as world
from tests.ui.meeting_forms import Settle, fill


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a window with a dirty form close after its test."""
    monkeypatch.setattr(messages, "choose", lambda *_: "drop")


def test_at_least_six_fields_are_filled_in_beforehand(form: MeetingForm) -> None:
    draft = form.draft()
    known = (
        draft.branch, draft.held_on, draft.starts_at, draft.ends_at, draft.place, draft.host, draft.attendance,
    )  # fmt: skip
    assert sum(bool(value) for value in known) >= 6
    assert draft.held_on == "2026-11-23"
    assert (draft.place, draft.host) == (world.PLACE, "李秀英")


def test_a_meeting_is_recorded_by_keyboard_with_few_inputs(
    form: MeetingForm, settle: Settle, township: Session, window: MainWindow, qtbot: QtBot
) -> None:
    inputs = 0
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    form.body.kinds.setFocus()
    keyboard = _Keyboard(window)
    keyboard.to("支委会")
    keyboard.press(Qt.Key.Key_Space)
    inputs += 1
    settle(form.context)
    for widget, text in (
        (form.body.agenda.rows()[0].title, "研究第四季度主题党日安排"),
        (form.body.content.edit, "李秀英通报工作部署。"),
        (form.body.resolutions.rows()[0].text, "11月28日开展主题党日。"),
    ):
        keyboard.tab_to(widget)
        _commit(widget, text)
        inputs += 1
    keyboard.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    inputs += 1
    settle(form.context)
    assert inputs <= 12
    newest = meeting_lists.list_meetings(township)[0]
    assert (newest.held_on, newest.kinds, newest.topic) == ("2026-11-23", ("committee",), "研究第四季度主题党日安排")


class _Keyboard:
    """A person with a keyboard and nothing else."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def here(self) -> QWidget:
        found = self._window.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.here(), key, modifier)
        QApplication.processEvents()

    def to(self, name: str) -> None:
        for _ in range(12):
            if self.here().accessibleName() == name:
                return
            self.press(Qt.Key.Key_Right)
        raise AssertionError(name)

    def tab_to(self, widget: QWidget) -> None:
        for _ in range(60):
            if self.here() is widget:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(widget.accessibleName())


def _commit(widget: QWidget, text: str) -> None:
    """Type Chinese as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_the_committee_is_due_when_the_committee_meets(form: MeetingForm, settle: Settle) -> None:
    form.body.kinds.set_value("committee")
    settle(form.context)
    assert [row.name for row in form.draft().attendance] == ["李秀英", "刘芳", "王建国"]


def test_what_was_marked_stays_when_another_kind_makes_another_list(form: MeetingForm, settle: Settle) -> None:
    at = [row.name for row in form.draft().attendance].index("刘芳")
    form.body.attendance.mark(at, "2", "出差")
    form.body.kinds.set_value("committee")
    settle(form.context)
    marked = {row.name: (row.status, row.reason) for row in form.draft().attendance}
    assert marked["刘芳"] == ("2", "出差")


def test_a_press_on_a_name_marks_the_absentee_and_asks_why(form: MeetingForm) -> None:
    popover = form.body.attendance.ask(4)
    popover.status.set_value("3")
    popover.reason.set_value("住院")
    popover.close()
    row = form.draft().attendance[4]
    assert (row.status, row.reason) == ("3", "住院")


def test_a_vote_follows_the_list_and_says_its_sum(form: MeetingForm) -> None:
    row = form.body.votes.add()
    row.numbers["approve"].set_number(4)
    assert (row.value().due, row.value().present) == (6, 6)
    assert row.sum.text() == "实到有表决权 6 ≥ 应到 6 的半数 3 ✓；赞成 4 > 6/2 = 3 ✓"
    form.body.attendance.mark(0, "2", "出差")
    assert row.value().present == 5


def test_a_number_that_somebody_wrote_no_longer_follows_the_list(form: MeetingForm) -> None:
    row = form.body.votes.add()
    row.numbers["present"].set_number(4)
    form.body.attendance.mark(0, "2", "出差")
    assert row.value().present == 4


def test_saving_with_gaps_goes_to_the_first_and_brings_it_into_view(
    form: MeetingForm, qtbot: QtBot, window: MainWindow
) -> None:
    fill(form)
    form.body.resolutions.rows()[0].text.setPlainText("")
    form.save()
    QApplication.processEvents()
    field = form.body.resolutions
    assert field.error == "没有填议定事项（决议），暂时不能归档。请填写。"
    assert window.focusWidget() is field.rows()[0].text
    area = form.parts.scroll
    top = field.mapTo(area.viewport(), field.rect().topLeft()).y()
    assert 0 <= top < area.viewport().height()
    assert form.parts.missing.text() == "还差 1 项：决议"


def test_the_foot_counts_what_the_archive_would_refuse(form: MeetingForm, settle: Settle, township: Session) -> None:
    fill(form)
    form.body.place.set_value("")
    form.body.votes.add_button.click()
    form.body.attendance.mark(0, "2", "")
    settle(form.context)
    found = meeting_states.gaps(township, draft=form.draft())
    assert len(found) == 3
    assert form.parts.missing.text() == "还差 3 项：地点、出席人员、表决"
    form.body.votes.rows()[0].numbers["approve"].set_number(2)
    form.body.attendance.mark(0, "1")
    form.body.place.set_value(world.PLACE)
    assert form.parts.missing.text() == "已填全，可以归档"
    assert not form.parts.missing.isEnabled()


@pytest.mark.parametrize("brief", [True, False])
def test_votes_that_contradict_themselves_are_counted_in_a_brief_record_too(form: MeetingForm, brief: bool) -> None:  # noqa: FBT001
    fill(form)
    form.body.votes.add().numbers["approve"].set_number(9)
    form.body.brief.setChecked(brief)
    assert form.parts.missing.text() == "还差 1 项：表决"


def test_a_correction_without_its_reason_is_not_called_complete(
    form: MeetingForm, settle: Settle, township: Session, branch: bytes, window: MainWindow
) -> None:
    key = world.saved(township, world.complete(township, branch))
    meeting_states.archive(township, meeting=key)
    form.open_correction(key)
    settle(form.context)
    assert form.parts.missing.text() == "还差 1 项：更正理由"
    form.parts.missing.click()
    assert form.parts.reason.error == "还没有填写更正理由。请填写。"
    assert window.focusWidget() is form.parts.reason.focus_target()
    form.parts.reason.set_value("日期写错")
    assert form.parts.missing.text() == "已填全，可以归档"


def test_a_press_on_what_is_lacking_goes_to_the_first(form: MeetingForm, window: MainWindow) -> None:
    fill(form)
    form.body.held_on.edit.setText("2026-13-45")
    form.body.resolutions.rows()[0].text.setPlainText("")
    assert form.parts.missing.text() == "还差 2 项：日期、决议"
    form.parts.missing.click()
    assert window.focusWidget() is form.body.held_on.edit
    assert form.body.resolutions.error == "没有填议定事项（决议），暂时不能归档。请填写。"


def test_a_record_with_gaps_can_be_saved_all_the_same(form: MeetingForm, settle: Settle, township: Session) -> None:
    form.body.kinds.set_value("theme_day")
    form.save()
    assert not form.parts.anyway.isHidden()
    form.save(anyway=True)
    settle(form.context)
    assert meeting_lists.list_meetings(township)[0].kinds == ("theme_day",)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-13-45", "一年没有 13 月。请核对日期。"),
        ("上周五开的", "日期认不出来。请写成 2026-11-20 的样子。"),
        ("2026-12-30", "日期在今天之后。会议开过再记录，请核对日期。"),
        ("", "还没有填写日期。请填写。"),
    ],
)
def test_a_date_that_cannot_be_is_refused_under_its_field(form: MeetingForm, typed: str, said: str) -> None:
    fill(form)
    form.body.held_on.edit.setText(typed)
    form.save()
    assert form.body.held_on.error == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-02-30", "2026 年 2 月没有 30 日。请核对日期。"),
        ("13月", "一年没有 13 月。请核对日期。"),
        ("2-30", "2 月没有 30 日。请核对日期。"),
        ("２０２６．１１．３１", "2026 年 11 月没有 31 日。请核对日期。"),
        ("", ""),
    ],
)  # fmt: skip
def test_an_impossible_date_is_said_on_leaving_the_field_and_stays_as_typed(
    form: MeetingForm, typed: str, said: str
) -> None:
    form.body.held_on.edit.setText(typed)
    form.body.held_on.edit.left.emit()
    assert form.body.held_on.error == said
    assert form.body.held_on.edit.text() == typed


def test_an_error_under_a_field_leaves_its_neighbours_on_their_line(form: MeetingForm) -> None:
    form.body.held_on.edit.setText("2026-02-30")
    form.body.held_on.edit.left.emit()
    QApplication.processEvents()
    tops = {
        field.edit.mapTo(form.body, field.edit.rect().topLeft()).y()
        for field in (form.body.held_on, form.body.starts_at, form.body.ends_at, form.body.place)
    }
    assert len(tops) == 1


def test_full_width_digits_are_read_as_dates_and_times(form: MeetingForm) -> None:
    form.body.held_on.edit.setText("１１２０")
    form.body.starts_at.edit.setText("９：３０")
    assert (form.draft().held_on, form.draft().starts_at) == ("2026-11-20", "09:30")


def test_an_end_before_the_beginning_is_refused(form: MeetingForm) -> None:
    fill(form)
    form.body.starts_at.set_value("16:00")
    form.body.ends_at.set_value("14:30")
    form.save()
    assert form.body.ends_at.error == "结束时间不晚于开始时间。请核对后重填。"


def test_too_long_a_text_is_counted_and_kept(form: MeetingForm) -> None:
    fill(form)
    form.body.content.set_value("长" * 20_100)
    form.save()
    assert form.body.content.error == "会议内容多了 100 字，最多 20000 字。请删短一些。"
    assert len(form.draft().content or "") == 20_100


def test_a_paste_of_ten_million_characters_is_refused_in_words(form: MeetingForm) -> None:
    source = QMimeData()
    source.setText("长" * 10_000_000)
    form.body.content.edit.insertFromMimeData(source)
    assert form.body.content.error.startswith("没有粘贴。这段文字有 10,000,000 字，太长了。")
    assert form.draft().content is None


def test_control_and_bidi_characters_do_not_reach_the_record(form: MeetingForm, settle: Settle) -> None:
    fill(form)
    form.body.place.set_value("二楼\u202e会议室\x07")
    assert form.draft().place == "二楼会议室"


def offered(form: MeetingForm) -> list[str]:
    return [button.text() for _, button in form.body.makes_up._chips]


def test_a_closed_period_without_such_a_meeting_is_offered_to_be_made_up_for(
    form: MeetingForm, settle: Settle, township: Session, branch: bytes
) -> None:
    for month in ("08", "09"):
        on = date.fromisoformat(f"2026-{month}-10")
        world.saved(township, world.complete(township, branch, on=on))
    assert form.body.makes_up.isHidden()
    form.body.kinds.set_value("committee")
    form.body.held_on.set_held("2026-10-12")
    form.body.held_on.left.emit()
    settle(form.context)
    assert offered(form) == ["2026年7月支部委员会会议", "2026年6月支部委员会会议", "2026年5月支部委员会会议"]
    fill(form)
    form.body.makes_up.set_value(MakeUp("committee", "2026-07"))
    form.save()
    settle(form.context)
    row = next(row for row in meeting_lists.list_meetings(township) if row.held_on == "2026-10-12")
    assert row.makes_up == "补开2026年7月支部委员会会议"
    form.open_stored(row.id)
    settle(form.context)
    assert form.body.makes_up.values() == (MakeUp("committee", "2026-07"),)
    assert not form.dirty


def test_one_meeting_makes_up_for_one_period_of_a_kind(form: MeetingForm, settle: Settle) -> None:
    form.body.kinds.set_value("theme_day")
    settle(form.context)
    form.body.makes_up.set_value(MakeUp("theme_day", "2026-10"), MakeUp("theme_day", "2026-09"))
    form.save()
    assert form.body.makes_up.error == "一次会议同一类型只能补一期。请只留一期。"


def test_rows_move_with_alt_and_the_arrows(form: MeetingForm) -> None:
    form.body.agenda.set_values([AgendaDraft("甲"), AgendaDraft("乙")])
    QTest.keyClick(form.body.agenda.rows()[1].title, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row.title for row in form.draft().agenda] == ["乙", "甲"]


def test_the_page_beside_the_form_shows_what_is_written(form: MeetingForm, settle: Settle, qtbot: QtBot) -> None:
    fill(form)
    qtbot.waitUntil(lambda: form.parts.preview.view.count_words().startswith("共"), timeout=10_000)
    settle(form.context)
    assert form.parts.preview.view.count_words() == "共 1 页"


def test_a_narrow_window_offers_the_preview_as_a_button(form: MeetingForm, window: MainWindow) -> None:
    window.resize(1000, 700)
    QApplication.processEvents()
    assert form.parts.preview.isHidden()
    assert not form.parts.open_preview.isHidden()


def test_every_editor_has_an_accessible_name(form: MeetingForm) -> None:
    form.body.votes.add()
    form.body.open_more()
    nameless = [
        type(one).__name__
        for one in form.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and not one.accessibleName()
    ]
    assert nameless == []
