"""Fixtures of the window's tests: an application with the house's look, a context over a township, pictures."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.sessions import Session
from desktop.ui import application
from desktop.ui.context import Context
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.meeting_form import MeetingForm
from desktop.ui.pages.meetings import MeetingsPage
from desktop.ui.settings import Settings
from desktop.ui.theme import Mode, Theme, theme
from tests.ui import meeting_world as world

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Theme]:
    """The application with its theme: light, 100 %."""
    found = qapp.findChild(Theme, "theme") or application.prepare(qapp, Settings())
    assert isinstance(found, Theme)
    found.set_mode(Mode.LIGHT)
    found.set_percent(100)
    yield found
    found.set_mode(Mode.LIGHT)
    found.set_percent(100)


@pytest.fixture
def window(look: Theme, township: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window over an empty township."""
    made = MainWindow(township, Settings())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.context.tasks.stop()


@pytest.fixture
def app_context(window: MainWindow) -> Context:
    """What a page gets; `window.context` of the window fixture."""
    return window.context


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Context], None]:
    """Wait until all work of a context is done and delivered."""

    def wait(context: Context) -> None:
        qtbot.waitUntil(lambda: context.tasks.idle, timeout=20_000)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: context.tasks.idle, timeout=20_000)

    return wait


@pytest.fixture
def shot() -> Callable[[QWidget, str], None]:
    """Save a picture of a widget under /tmp/doudi-shots when DOUDI_SHOTS is set, to be looked at."""

    def save(widget: QWidget, name: str) -> None:
        if os.environ.get("DOUDI_SHOTS"):
            folder = Path("/tmp/doudi-shots")
            folder.mkdir(exist_ok=True)
            QApplication.processEvents()
            widget.grab().save(str(folder / f"{name}.png"))
            assert theme()

    return save


@pytest.fixture
def branch(township: Session) -> bytes:
    """A branch with one meeting on record."""
    made = world.branch(township)
    world.saved(township, world.complete(township, made))
    return made


@pytest.fixture
def form(window: MainWindow, branch: bytes, settle: Callable[[Context], None]) -> MeetingForm:
    """The form of a new meeting of that branch."""
    window.context.navigate.go("meetings", "new")
    settle(window.context)
    page = window.page()
    assert isinstance(page, MeetingsPage)
    assert page.form is not None
    return page.form
