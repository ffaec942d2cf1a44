"""The window: its rail, deeds, shortcuts, names for screen readers, and labels that are never cut."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import places, undoing
from desktop.services.places import PlaceDraft
from desktop.services.sessions import Session
from desktop.ui.actions import FORBIDDEN, Action
from desktop.ui.main_window import MainWindow
from desktop.ui.navigation import Place, parse_place
from desktop.ui.pages import PAGES
from desktop.ui.theme import SCALES, Mode, theme
from desktop.ui.widgets.drawer import DrawerHost
from desktop.ui.widgets.text import ElidedLabel


def unnamed(root: QWidget) -> list[str]:
    """Give the shown widgets that take the focus and have no name for screen readers."""
    focusable = (one for one in root.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return [type(one).__name__ for one in focusable if one.isVisibleTo(root) and not one.accessibleName()]


def clipped(root: QWidget) -> list[str]:
    """Give the texts of shown labels and buttons that are wider than their place."""
    found = []
    for label in root.findChildren(QLabel):
        one_line = not label.wordWrap() and not isinstance(label, ElidedLabel) and label.text()
        if label.isVisibleTo(root) and one_line:
            need = max(label.fontMetrics().horizontalAdvance(line) for line in label.text().splitlines())
            if label.contentsRect().width() < need:
                found.append(label.text())
    buttons = (one for one in root.findChildren(QPushButton) if one.isVisibleTo(root) and one.text())
    found += [button.text() for button in buttons if button.width() < button.minimumSizeHint().width()]
    return found


def test_the_first_page_is_shown_and_lit_in_the_rail(window: MainWindow) -> None:
    assert window.context.navigate.place == Place("home")
    assert window.rail.buttons["home"].isChecked()


def test_the_rail_shows_only_pages_that_can_be_loaded(window: MainWindow) -> None:
    assert list(window.rail.buttons) == [entry.key for entry in PAGES if entry.group == ""] + [
        entry.key for entry in PAGES if entry.group == "数据"
    ] + [entry.key for entry in PAGES if entry.group == "foot"]
    assert all(entry.load() for entry in PAGES)


def test_no_shortcut_is_doubled_bare_or_owned_by_an_input_method(window: MainWindow) -> None:
    bound = [action.shortcut for action in window.context.actions.all() if action.shortcut]
    assert len(bound) == len(set(bound))
    assert not set(bound) & FORBIDDEN
    assert not [shortcut for shortcut in bound if len(shortcut) == 1]


@pytest.mark.parametrize("shortcut", ["Ctrl+Space", "Ctrl+K", "A"])
def test_a_shortcut_that_is_taken_or_forbidden_cannot_be_bound(window: MainWindow, shortcut: str) -> None:
    with pytest.raises(ValueError, match=r"taken|input methods"):
        window.context.actions.add(Action("probe", "试", lambda: None, shortcut))


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow) -> None:
    assert unnamed(window) == []


@pytest.mark.parametrize("percent", SCALES)
@pytest.mark.parametrize("width", [1366, 1920])
def test_nothing_in_the_frame_is_cut_at_any_scale(window: MainWindow, qtbot: QtBot, percent: int, width: int) -> None:
    window.resize(width, 728)
    theme().set_percent(percent)
    qtbot.wait(20)
    assert clipped(window) == []


def test_the_rail_is_narrow_where_the_window_is(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 728)
    assert window.rail.width() == 200
    theme().set_percent(115)
    assert (window.rail.width(), window.rail.buttons["home"].text()) == (230, "  工作台")
    theme().set_percent(130)
    assert window.rail.width() == 83
    assert window.rail.buttons["home"].text() == ""


def test_shortcuts_change_the_scale_and_it_is_remembered(window: MainWindow) -> None:
    window.context.actions.run("larger")
    assert theme().percent == 115
    assert window.context.settings.percent == 115
    window.context.actions.run("normal")
    assert window.context.settings.percent == 100


def test_the_look_is_switched_live_and_remembered(window: MainWindow) -> None:
    window.context.actions.run("dark")
    assert theme().dark
    assert window.context.settings.mode is Mode.DARK
    window.context.actions.run("light")
    assert not theme().dark


def test_undo_with_nothing_done_says_so(window: MainWindow, settle: Callable[[object], None]) -> None:
    window.redo()
    settle(window.context)
    assert window.context.toast.accessibleName() == "没有可以重做的操作"


def test_after_an_undo_the_toast_offers_redo_and_after_a_redo_undo(
    window: MainWindow, township: Session, settle: Callable[[object], None]
) -> None:
    toast, tasks = window.context.toast, window.context.tasks
    said = []
    key = places.save(township, draft=PlaceDraft("东园村")).key
    assert key is not None
    for deed in (window.undo, window.redo, toast.press, toast.press, toast.press):
        deed()
        settle(window.context)
        said.append((toast.accessibleName(), toast.action()))
    undone, redone = ("撤销：登记村（社区） 东园村", "重做"), ("重做：登记村（社区） 东园村", "撤销")
    assert said == [undone, redone, undone, redone, undone]
    number = undoing.list_units(township)[0].number
    tasks.run_change(window, lambda session: undoing.undo_unit(session, number=number))
    settle(window.context)
    assert (toast.accessibleName(), toast.action()) == redone


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("members/person:01ab", Place("members", "person", "01ab")),
        ("home", Place("home")),
        ("settings/backup", Place("settings", "backup")),
    ],
)
def test_places_are_read_as_findings_write_them(text: str, place: Place) -> None:
    assert parse_place(text) == place


def test_a_page_that_is_not_there_leaves_the_person_where_they_are(window: MainWindow) -> None:
    assert not window.context.navigate.go("nowhere")
    assert window.context.navigate.place == Place("home")
    assert not window.context.navigate.back()


def test_the_drawer_pushes_where_there_is_room_and_lies_over_where_there_is_not(
    window: MainWindow, qtbot: QtBot
) -> None:
    host = DrawerHost(QWidget())
    window.stack.addWidget(host)
    window.stack.setCurrentWidget(host)
    host.drawer.show_record("刘芳", [("正式党员", "neutral")], mark="刘")
    window.resize(1366, 728)
    host.open()
    assert host.content.width() == host.width() - 336
    window.resize(1200, 728)
    qtbot.wait(10)
    assert host.content.width() == host.width()
    qtbot.keyClick(host.drawer, Qt.Key.Key_Escape)
    assert not host.drawer.isVisible()


def test_the_window_remembers_its_size(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 700)
    with qtbot.waitSignal(window.left) as heard:
        window.leave("lock")
    assert heard.args == ["lock"]
    assert window.context.settings.get("geometry", "")
