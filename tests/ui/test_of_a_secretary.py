"""What the window offers a 书记: no deed that the role may not do, the own work alone, and why a button is grey."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.services import branches, undoing
from desktop.services.places import PlaceDraft, save
from desktop.services.sessions import Role, Session
from desktop.ui.housekeeping.keys import KeysSection
from desktop.ui.housekeeping.log import LogSection
from desktop.ui.housekeeping.trash import TrashSection
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.home import HomePage
from desktop.ui.pages.settings import SettingsPage
from desktop.ui.settings import Settings
from desktop.ui.theme import Theme

Settle = Callable[[Any], None]


@pytest.fixture
def secretary(township: Session) -> Session:
    """The secretary of the root, in a township where the officer has worked."""
    save(township, draft=PlaceDraft(name="柳溪社区"))
    return replace(township, account="sj", role=Role.SECRETARY, scope=branches.root(township))


@pytest.fixture
def window(look: Theme, secretary: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(secretary, Settings())
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    yield made
    made.context.tasks.stop()


def _section(window: MainWindow, settle: Settle, key: str) -> Any:  # noqa: ANN401 - one of the sections
    window.context.navigate.go("settings", key)
    settle(window.context)
    page = window.page()
    assert isinstance(page, SettingsPage)
    return page.section()


def test_the_desk_offers_no_export_to_who_exchanges_no_packages(window: MainWindow, settle: Settle) -> None:
    window.context.navigate.go("home")
    settle(window.context)
    page = window.page()
    assert isinstance(page, HomePage)
    assert not page.export_button.isVisible()


def test_who_exchanges_no_packages_is_told_nothing_of_a_key(window: MainWindow, settle: Settle) -> None:
    section = _section(window, settle, "keys")
    assert isinstance(section, KeysSection)
    assert not section.key_card.isVisible()
    assert not section.recovery_button.isEnabled()
    assert "恢复单由管理员办理" in section.recovery_button.toolTip()


def test_the_log_of_a_secretary_is_the_own_work(window: MainWindow, secretary: Session, settle: Settle) -> None:
    section = _section(window, settle, "log")
    assert isinstance(section, LogSection)
    assert section.extent.text() == "本账号最近 500 项"
    assert section.table.model.rows() == []
    assert "先在下面选一项操作" in section.undo_button.toolTip()
    assert undoing.list_units(secretary) == ()
    officer = replace(secretary, account="gly", role=Role.OFFICER, scope=None)
    assert len(undoing.list_units(officer)) >= 2


def test_a_grey_button_says_why(window: MainWindow, settle: Settle) -> None:
    section = _section(window, settle, "trash")
    assert isinstance(section, TrashSection)
    assert not section.open_button.isEnabled()
    assert "回收站由干事或管理员打开" in section.open_button.toolTip()
