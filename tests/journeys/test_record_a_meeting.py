"""A clerk records a committee meeting with the keyboard, loses the power once, and prints the minutes."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import meeting_lists, minutes, workspaces
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.main_window import MainWindow
from desktop.ui.meetings import draft_text
from desktop.ui.pages.meeting_form import MeetingForm
from desktop.ui.pages.meetings import MeetingsPage
from desktop.ui.settings import Settings
from tests.documents.papers import bare, by_pypdf
from tests.support import places
from tests.ui import meeting_world as world
from tests.ui.conftest import app_context, look, settle, window

__all__ = ["app_context", "look", "settle", "window"]
ROOT = Path(__file__).parents[2]
TOPIC, SAID, DECIDED = "研究第四季度主题党日安排", "李秀英通报街道11月工作部署。", "11月28日开展主题党日活动。"


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a window with a dirty form close after its test."""
    monkeypatch.setattr(messages, "choose", lambda *_: "drop")


def _form(window: MainWindow) -> MeetingForm:
    page = window.page()
    assert isinstance(page, MeetingsPage)
    assert page.form is not None
    return page.form


def _press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    here = window.focusWidget()
    assert here is not None
    QTest.keyClick(here, key, modifier)
    QApplication.processEvents()


def _tab_to(window: MainWindow, name: str, key: Qt.Key = Qt.Key.Key_Tab) -> QWidget:
    for _ in range(60):
        here = window.focusWidget()
        if here is not None and here.accessibleName().startswith(name):
            return here
        _press(window, key)
    raise AssertionError(name)


def _type(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_from_ctrl_n_to_a_printed_page_without_a_mouse(
    window: MainWindow, township: Session, settle: Callable[[Context], None], qtbot: QtBot, tmp_path: Path
) -> None:
    branch = world.branch(township)
    world.saved(township, world.complete(township, branch))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    window.context.actions.run("meeting.new")  # Ctrl+N
    settle(window.context)
    _tab_to(window, "支委会", Qt.Key.Key_Right)
    _press(window, Qt.Key.Key_Space)
    settle(window.context)
    for name, text in (("议题 1", TOPIC), ("会议内容", SAID), ("决议 1", DECIDED)):
        _type(_tab_to(window, name), text)
    _press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(window.context)

    newest = meeting_lists.list_meetings(township)[0]
    assert (newest.held_on, newest.kinds_name, newest.topic) == ("2026-11-23", "支委会", TOPIC)
    (path,) = minutes.write(township, meetings=[newest.id], out=tmp_path / "纸")
    read = bare(by_pypdf(path.read_bytes()))
    for typed in (TOPIC, SAID, DECIDED, "李秀英", "刘芳", world.PLACE):
        assert re.sub(r"\s", "", typed) in read


def test_what_was_typed_is_there_after_the_power_went(
    tmp_path: Path, look: object, qtbot: QtBot, settle: Callable[[Context], None]
) -> None:
    folder = tmp_path / "w"
    session = places.open_new(folder, encrypted=False)
    world.branch(session)
    workspaces.close(session.workspace)
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typing_then_killed", str(folder)], cwd=ROOT, stdout=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stdout.readline() == b"kept\n"
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()

    again = places.reopen(folder)
    window = _again(again, qtbot)
    window.context.navigate.go("meetings", "new")
    settle(window.context)
    form = _form(window)
    assert form.parts.banner.words() == "发现 11月23日未完成的支委会记录"
    form.parts.banner.go_on.click()
    assert form.draft().content == "断电前写下的一句话"
    assert draft_text.title(form.draft()) == "11月23日 支委会"
    form.save(anyway=True)
    settle(window.context)
    form.open_new()
    settle(window.context)
    assert form.parts.banner.isHidden()
    window.context.tasks.stop()
    workspaces.close(again.workspace)


def _again(session: Session, qtbot: QtBot) -> MainWindow:
    made = MainWindow(session, Settings())
    qtbot.addWidget(made)
    made.show()
    return made
