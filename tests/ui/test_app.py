"""The composition root: unlock, show, leave, and the workspace is free again."""

from argparse import Namespace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.services import workspaces
from desktop.ui import application
from desktop.ui.dialogs.unlock import UnlockDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Theme
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
