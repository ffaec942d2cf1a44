"""The meeting form: kept while typing, asked about once, never losing what was typed; what is stored and corrected."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services import drafts, meeting_lists, meeting_states, meetings
from desktop.services.meeting_drafts import AgendaDraft, VoteDraft
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.main_window import MainWindow
from desktop.ui.meetings import draft_text
from desktop.ui.pages.meeting_form import MeetingForm
from desktop.ui.pages.meetings import MeetingsPage
from tests.ui import meeting_world as world
from tests.ui.meeting_forms import Settle, fill


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a window with a dirty form close after its test."""
    monkeypatch.setattr(messages, "choose", lambda *_: "drop")


def test_what_is_typed_is_kept_and_asked_about_once(
    form: MeetingForm, settle: Settle, township: Session, window: MainWindow
) -> None:
    fill(form)
    form.autosave.flush()
    settle(form.context)
    assert len(drafts.kept(township, kind="meeting")) == 1
    form.open_new()
    settle(form.context)
    assert form.parts.banner.words() == "发现 11月23日未完成的支委会记录"
    form.parts.banner.go_on.click()
    assert form.draft().content == "李秀英通报工作部署。"
    assert form.parts.banner.isHidden()


def test_after_saving_nothing_is_asked(form: MeetingForm, settle: Settle, township: Session) -> None:
    fill(form)
    form.autosave.flush()
    form.save()
    settle(form.context)
    assert drafts.kept(township, kind="meeting") == ()
    form.open_new()
    settle(form.context)
    assert form.parts.banner.isHidden()


def test_a_draft_is_kept_with_required_fields_empty(form: MeetingForm, settle: Settle, township: Session) -> None:
    form.body.content.set_value("只写了一句")
    form.keep_and_close()
    settle(form.context)
    kept = draft_text.loads(drafts.kept(township)[0].content)
    assert kept is not None
    assert kept.draft.content == "只写了一句"


def test_a_given_up_draft_is_gone(form: MeetingForm, settle: Settle, township: Session) -> None:
    fill(form)
    form.autosave.flush()
    settle(form.context)
    form.open_new()
    settle(form.context)
    form.parts.banner.drop.click()
    settle(form.context)
    assert drafts.kept(township) == ()


@pytest.mark.parametrize(("answer", "open_", "kept"), [("stay", "form", 0), ("keep", "list", 1), ("drop", "list", 0)])
def test_esc_on_a_form_with_unsaved_words_asks(
    form: MeetingForm, settle: Settle, township: Session, monkeypatch: pytest.MonkeyPatch, window: MainWindow,
    answer: str, open_: str, kept: int,
) -> None:  # fmt: skip
    fill(form)
    settle(form.context)
    asked: list[str] = []
    monkeypatch.setattr(messages, "choose", lambda _parent, what, *_rest: (asked.append(what), answer)[1])
    QTest.keyClick(form, Qt.Key.Key_Escape)
    settle(form.context)
    page = window.page()
    assert isinstance(page, MeetingsPage)
    assert asked == ["这份会议记录还没有保存。"]
    assert page.form_open is (open_ == "form")
    assert len(drafts.kept(township)) == kept


def test_an_untouched_form_is_left_without_a_question(form: MeetingForm, settle: Settle) -> None:
    settle(form.context)
    assert not form.dirty
    assert form.may_leave()


def test_the_last_gathering_is_taken_over_and_typed_words_stay(form: MeetingForm, settle: Settle) -> None:
    form.body.content.set_value("已经写好的内容")
    form.known.take_over()
    settle(form.context)
    draft = form.draft()
    assert (draft.kinds, draft.place, draft.recorder) == (("committee",), world.PLACE, "刘芳")
    assert draft.content == "已经写好的内容"


def test_a_stored_record_opens_as_it_was_and_is_not_dirty(
    form: MeetingForm, settle: Settle, township: Session, branch: bytes
) -> None:
    stored = replace(
        world.complete(township, branch), agenda=(AgendaDraft("议题一", "李秀英：要点"), AgendaDraft("议题二")),
        votes=(VoteDraft(1, method="1", due=3, present=3, approve=2, against=1, abstain=0),), guide="街道党建办",
    )  # fmt: skip
    key = world.saved(township, stored)
    form.open_stored(key)
    settle(form.context)
    assert form.draft() == meetings.open_(township, meeting=key)
    assert not form.dirty


def test_an_archived_record_is_corrected_with_a_reason(
    form: MeetingForm, settle: Settle, township: Session, branch: bytes
) -> None:
    key = world.saved(township, world.complete(township, branch))
    meeting_states.archive(township, meeting=key)
    form.open_correction(key)
    settle(form.context)
    form.save()
    assert form.parts.reason.error == "还没有填写更正理由。请填写。"
    form.parts.reason.set_value("日期写错")
    form.body.held_on.set_held("2026-10-21")
    form.save()
    settle(form.context)
    found = [row for row in meeting_lists.list_meetings(township) if row.version == 2]
    assert [row.held_on for row in found] == ["2026-10-21"]


def test_a_refusal_of_the_service_stands_under_its_field(form: MeetingForm, settle: Settle, qtbot: QtBot) -> None:
    fill(form)
    row = form.body.votes.add()
    row.numbers["approve"].set_number(9)
    form.save(anyway=True)
    settle(form.context)
    assert form.body.votes.error == "第 1 项表决赞成 9，多于实到 3。请核对票数后再保存。"
