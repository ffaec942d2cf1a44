"""The composition root: unlock, show, leave, and the workspace is free again."""

from argparse import Namespace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.core.recent import last_workspace, remember
from desktop.services import workspaces
from desktop.ui import application
from desktop.ui.dialogs.unlock import UnlockDialog
from desktop.ui.idle import Idle
from desktop.ui.main_window import MainWindow
from desktop.ui.settings import Settings
from desktop.ui.theme import Theme
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.wizards.first_run import FirstRunWizard
from desktop.ui.wizards.recovery_sheet import RecoveryDialog
from tests.support import places


def _options(folder: Path) -> Namespace:
    return Namespace(workspace=str(folder), account="gly", on=places.DAY)


def _closed(folder: Path) -> None:
    workspaces.close(places.open_new(folder, encrypted=False).workspace)


def test_a_wrong_password_is_said_and_a_right_one_opens(look: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    _closed(tmp_path / "w")
    dialog = UnlockDialog(tmp_path / "w", app.clock_of(places.DAY, None), "gly")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.password.edit.setText("不对的密码")
    dialog._try()
    qtbot.waitUntil(lambda: bool(dialog._said.text()), timeout=20_000)
    assert dialog.isEnabled()
    dialog.password.edit.setText(places.PASSWORD)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog._try()
    assert dialog.session is not None
    workspaces.close(dialog.session.workspace)


def test_the_program_starts_locks_and_ends_with_the_workspace_free(
    look: Theme, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _closed(tmp_path / "w")
    monkeypatch.setattr(application, "create", lambda _settings: qapp)
    reasons = iter(["lock", "quit"])
    opened: list[str] = []

    def act() -> None:
        for widget in qapp.topLevelWidgets():
            if isinstance(widget, UnlockDialog) and widget.isVisible() and widget.isEnabled():
                widget.password.edit.setText(places.PASSWORD)
                widget._try()
            elif isinstance(widget, MainWindow) and widget.isVisible():
                opened.append(widget.context.session.account)
                widget.leave(next(reasons))

    timer = QTimer(interval=50)
    timer.timeout.connect(act)
    timer.start()
    assert app.run(_options(tmp_path / "w")) == 0
    timer.stop()
    assert opened == ["gly", "gly"]
    workspaces.close(places.reopen(tmp_path / "w").workspace)


def test_a_second_start_calls_the_first_window(look: Theme, tmp_path: Path, qtbot: QtBot) -> None:
    called: list[bool] = []
    name = str(tmp_path / "w")
    assert not application.raise_first(name)
    bell = application.Doorbell(name, lambda: called.append(True))
    assert application.raise_first(name)
    qtbot.waitUntil(lambda: called == [True])
    bell.deleteLater()


def test_a_window_that_nobody_is_at_locks_itself_with_what_is_open_over_it(
    look: Theme, window: MainWindow, qtbot: QtBot
) -> None:
    sheet = Sheet(window, "改我的密码")
    sheet.open()
    qtbot.waitUntil(lambda: window.context.tasks.idle, timeout=20_000)
    with qtbot.waitSignal(window.left) as heard:
        app.lock(window)
    assert heard.args == ["lock"]
    assert not sheet.isVisible()


def test_a_sign_of_life_begins_the_count_anew(look: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    idle = Idle(qapp, 0.001)
    with qtbot.waitSignal(idle.passed, timeout=20_000):
        qtbot.wait(1)
    idle.deleteLater()


def test_a_workspace_without_a_recovery_sheet_asks_for_one_at_its_first_unlock(
    look: Theme, qapp: QApplication, tmp_path: Path
) -> None:
    session = places.open_new(tmp_path / "w", encrypted=False)
    seen: list[str] = []

    def act() -> None:
        for widget in qapp.topLevelWidgets():
            if isinstance(widget, RecoveryDialog) and widget.isVisible():
                seen.append(widget.heading.text())
                widget.reject()
            elif isinstance(widget, MainWindow) and widget.isVisible() and seen and widget.context.tasks.idle:
                widget.leave("quit")

    timer = QTimer(interval=50)
    timer.timeout.connect(act)
    timer.start()
    assert app.show(qapp, session, Settings()) == "quit"
    timer.stop()
    assert seen == ["做一张恢复单"]


def _start(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Start without naming a workspace, go the shortest way through what is shown, and give what that was."""
    monkeypatch.setattr(application, "create", lambda _settings: qapp)
    seen: list[str] = []

    def act() -> None:
        for widget in [one for one in qapp.topLevelWidgets() if one.isVisible() and one.isEnabled()]:
            if isinstance(widget, FirstRunWizard | UnlockDialog | RecoveryDialog):
                seen.append(type(widget).__name__)
            if isinstance(widget, FirstRunWizard):
                widget.existing_link.click()
            elif isinstance(widget, UnlockDialog):
                widget.password.edit.setText(places.PASSWORD)
                widget._try()
            elif isinstance(widget, RecoveryDialog):
                widget.reject()
            elif isinstance(widget, MainWindow) and "RecoveryDialog" in seen and widget.context.tasks.idle:
                widget.leave("quit")

    timer = QTimer(interval=50)
    timer.timeout.connect(act)
    timer.start()
    assert app.run(Namespace(workspace=None, account="gly", on=places.DAY)) == 0
    timer.stop()
    return seen


def test_a_workspace_left_at_its_sheet_is_unlocked_next_and_asks_for_the_sheet(
    look: Theme, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _closed(tmp_path / "w")
    remember(tmp_path / "w")
    assert _start(qapp, monkeypatch) == ["UnlockDialog", "RecoveryDialog"]


def test_the_first_step_leads_to_a_workspace_that_is_there_already(
    look: Theme, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _closed(tmp_path / "w")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "w"))
    assert _start(qapp, monkeypatch) == ["FirstRunWizard", "UnlockDialog", "RecoveryDialog"]
    assert last_workspace() == (tmp_path / "w").resolve()
