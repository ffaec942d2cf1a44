"""Records begun and not saved: kept while somebody types without a pause, told above the list, gone on with at once."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.core.clock import local_text
from desktop.core.errors import UserError
from desktop.services import drafts, meeting_states
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.main_window import MainWindow
from desktop.ui.meetings import draft_text, unfinished
from desktop.ui.meetings.draft_text import Kept
from desktop.ui.pages.meeting_form import MeetingForm
from desktop.ui.pages.meetings import MeetingsPage
from tests.ui import meeting_world as world
from tests.ui.meeting_forms import Settle, fill


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a window with a dirty form close after its test."""
    monkeypatch.setattr(messages, "choose", lambda *_: "drop")


def page_of(window: MainWindow) -> MeetingsPage:
    page = window.page()
    assert isinstance(page, MeetingsPage)
    return page


def keep(session: Session, draft: MeetingDraft, *, reason: str = "", corrects: bytes | None = None) -> bytes:
    subject = corrects or draft.id
    content = draft_text.dumps(Kept(draft, reason, corrects))
    return drafts.keep(session, kind="meeting", content=content, subject=subject.hex() if subject else None)


def test_typing_without_a_pause_is_kept_every_few_seconds(form: MeetingForm, settle: Settle, township: Session) -> None:
    pace = form.autosave._pace
    form.body.content.setFocus()
    QTest.keyClicks(form.body.content.edit, "abc")
    left = pace._late.remainingTime()
    QTest.qWait(20)
    QTest.keyClicks(form.body.content.edit, "def")
    assert 0 < pace._late.remainingTime() < left  # the later key has not put the limit off
    assert pace._late.interval() == 5000
    pace._late.timeout.emit()
    settle(form.context)
    kept = draft_text.loads(drafts.kept(township)[0].content)
    assert kept is not None
    assert kept.draft.content == "abcdef"
    assert form.parts.head._count.text().startswith("草稿已自动保存 ")


def test_the_page_beside_the_form_is_drawn_anew_while_typing_goes_on(form: MeetingForm, settle: Settle) -> None:
    settle(form.context)
    pace = form.parts.preview._pace
    pace.stop()
    form.body.content.edit.insertPlainText("一")
    left = pace._late.remainingTime()
    QTest.qWait(20)
    form.body.content.edit.insertPlainText("二")
    assert 0 < pace._late.remainingTime() < left
    assert pace._late.interval() == 2000


def test_a_draft_that_cannot_be_kept_is_not_said_to_be(
    form: MeetingForm, settle: Settle, township: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> bytes:
        raise UserError("没有写下去。", "磁盘满了。", "请清理后再试。", "disk-full")

    with monkeypatch.context() as broken:
        broken.setattr(drafts, "keep", full)
        fill(form)
        form.autosave.flush()
        settle(form.context)
        assert form.parts.head._count.text() == "草稿没有自动保存。磁盘满了。请清理后再试。"
    form.autosave.flush()
    settle(form.context)
    assert len(drafts.kept(township)) == 1


def test_the_reason_of_a_correction_is_kept_when_it_is_left(
    form: MeetingForm, settle: Settle, township: Session, branch: bytes
) -> None:
    key = world.saved(township, world.complete(township, branch))
    meeting_states.archive(township, meeting=key)
    form.open_correction(key)
    settle(form.context)
    QTest.keyClicks(form.parts.reason.edit, "riqi xiecuo")
    form.body.kinds.setFocus()
    settle(form.context)
    kept = draft_text.loads(drafts.kept(township)[0].content)
    assert kept is not None
    assert (kept.reason, kept.corrects) == ("riqi xiecuo", key)


def test_a_kept_correction_comes_back_without_the_error_of_last_time_and_begins_at_its_reason(
    form: MeetingForm, settle: Settle, township: Session, branch: bytes, window: MainWindow
) -> None:
    key = world.saved(township, world.complete(township, branch))
    meeting_states.archive(township, meeting=key)
    form.open_correction(key)
    settle(form.context)
    form.body.place.set_value("三楼")
    form.save()
    assert form.parts.reason.error == "还没有填写更正理由。请填写。"
    form.keep_and_close()
    assert form.context.toast._text.text() == "草稿已保存，下次更正这份记录时可以接着填"
    settle(form.context)
    form.open_correction(key)
    settle(form.context)
    assert form.parts.reason.error == ""
    form.parts.banner.go_on.click()
    assert window.focusWidget() is form.parts.reason.edit
    assert form.body.place.value() == "三楼"


def test_the_list_tells_of_an_unfinished_record(
    window: MainWindow, branch: bytes, settle: Settle, township: Session
) -> None:
    keep(township, MeetingDraft(branch, ("committee",), "2026-11-20", content="一句"))
    at = local_text(drafts.kept(township)[0].saved_at)
    window.context.navigate.go("meetings")
    settle(window.context)
    line = page_of(window).unfinished
    assert line.isVisible()
    assert line.words() == f"有 1 份没有写完的会议记录（柳溪社区老年协会党支部 支委会 2026-11-20，保存于 {at}）"
    line.go_on.click()
    settle(window.context)
    form = page_of(window).form
    assert form is not None
    assert form.draft().content == "一句"
    assert form.parts.banner.isHidden()


def test_an_unfinished_correction_is_gone_on_with_as_a_correction(
    window: MainWindow, branch: bytes, settle: Settle, township: Session
) -> None:
    stored = world.complete(township, branch)
    key = world.saved(township, stored)
    meeting_states.archive(township, meeting=key)
    keep(township, replace(stored, id=key, place="三楼"), reason="地点写错", corrects=key)
    window.context.navigate.go("meetings")
    settle(window.context)
    page = page_of(window)
    assert "，更正，保存于 " in page.unfinished.words()
    page.unfinished.go_on.click()
    settle(window.context)
    assert page.form is not None
    assert page.form.parts.reason.value() == "地点写错"
    assert page.form.parts.head._title.text() == "更正会议记录"
    assert page.form.body.place.value() == "三楼"


def test_a_given_up_record_is_gone_from_the_line_and_the_next_is_told(
    window: MainWindow, branch: bytes, settle: Settle, township: Session
) -> None:
    for day in ("2026-11-18", "2026-11-19"):
        keep(township, MeetingDraft(branch, ("committee",), day))
    window.context.navigate.go("meetings")
    settle(window.context)
    line = page_of(window).unfinished
    assert line.words().startswith("有 2 份没有写完的会议记录（最近一份：柳溪社区老年协会党支部 支委会 2026-11-19，")
    line.drop.click()
    settle(window.context)
    assert line.words().startswith("有 1 份没有写完的会议记录（柳溪社区老年协会党支部 支委会 2026-11-18，")
    line.drop.click()
    settle(window.context)
    assert line.isHidden()
    assert drafts.kept(township) == ()


def test_a_form_kept_on_leaving_is_told_at_once_on_the_list(
    form: MeetingForm, settle: Settle, window: MainWindow
) -> None:
    fill(form)
    form.keep_and_close()
    settle(form.context)
    QApplication.processEvents()
    assert page_of(window).unfinished.isVisible()


def test_another_account_is_told_nothing(township: Session, branch: bytes) -> None:
    keep(township, MeetingDraft(branch, ("committee",), "2026-11-20"))
    assert unfinished.read(replace(township, account="other"))[0] == ()


def test_no_strip_is_left_beside_the_fields_after_the_scale_has_changed(
    form: MeetingForm, window: MainWindow, settle: Settle
) -> None:
    for width, percent in ((1366, 150), (1366, 100), (1920, 150), (2400, 100)):
        window.resize(width, 728)
        form.context.theme.set_percent(percent)
        QApplication.processEvents()
        settle(form.context)
        area = form.parts.scroll.viewport().width()
        assert area - form.parts.scroll.widget().width() <= form.context.theme.px(24), (width, percent)
    form.context.theme.set_percent(100)


def test_the_year_at_a_glance_says_which_year_it_shows(
    window: MainWindow, branch: bytes, settle: Settle
) -> None:
    window.context.navigate.go("meetings", "view", "year")
    settle(window.context)
    page = page_of(window)
    assert page.toolbar.year.text().strip() == "年份：2026 年（今年）"
    page.tabs.set_key("all")
    page.refresh()
    settle(window.context)
    assert page.toolbar.year.text().strip() == "年份：全部"
