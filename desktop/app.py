"""The composition root of the window: finds the workspace, opens it, shows the window, and closes it cleanly."""

import contextlib
from argparse import Namespace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from desktop.core import logs
from desktop.core.clock import Clock, SystemClock
from desktop.core.paths import state_folder
from desktop.services import workspaces
from desktop.services.sessions import Session
from desktop.ui import application
from desktop.ui.dialogs.unlock import UnlockDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.settings import Settings
from desktop.ui.wizards.first_run import FirstRunWizard

LAST = "last_workspace"
DEFAULT_FOLDER = "兜底通"


def run(options: Namespace) -> int:
    """Show the window over the workspace of the options, the last one opened, or a new one; give the exit code."""
    settings = Settings()
    app = application.create(settings)
    app.setQuitOnLastWindowClosed(False)
    folder = Path(options.workspace) if options.workspace else _last()
    if folder is not None and application.raise_first(str(folder.resolve())):
        return 0
    account = options.account
    while True:
        session = _open(folder, options, account)
        if session is None:
            return 0
        folder = session.workspace.paths.folder
        _remember(folder)
        reason = show(app, session, settings)
        if reason == "quit":
            return 0
        account = session.account if reason == "lock" else ""


def show(app: QApplication, session: Session, settings: Settings) -> str:
    """Show the window until it is left, then close the workspace; give why it was left."""
    handler = logs.start(session.workspace.paths.logs)
    window = MainWindow(session, settings)
    reasons: list[str] = []
    window.left.connect(reasons.append)
    window.left.connect(app.quit)
    bell = application.Doorbell(str(session.workspace.paths.folder.resolve()), window.come_forward, window)
    window.show()
    app.exec()
    bell.deleteLater()
    window.deleteLater()
    app.sendPostedEvents()
    QApplication.clipboard().clear()
    logs.stop(handler)
    workspaces.close(session.workspace)
    return reasons[-1] if reasons else "quit"


def _open(folder: Path | None, options: Namespace, account: str) -> Session | None:
    """Ask for the password of the workspace, or make a new one; None where the person went away."""
    if folder is not None and (folder / "workspace.db").is_file():
        dialog = UnlockDialog(folder, clock_of(options.on, folder), account)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            return dialog.session
        if not dialog.elsewhere:
            return None
        folder = None
    wizard = FirstRunWizard(folder or Path.home() / DEFAULT_FOLDER, clock_of(options.on, None))
    return wizard.session if wizard.exec() == QDialog.DialogCode.Accepted else None


def clock_of(on: date | None, folder: Path | None) -> Clock:
    """Give the clock: `--on`, else the demo's date, sets the day; stamps always see the machine's."""
    demo = workspaces.demo_of(folder) if folder else None
    return SystemClock(on or (date.fromisoformat(demo.on) if demo else None))


def _last() -> Path | None:
    with contextlib.suppress(OSError):
        return Path((state_folder() / LAST).read_text(encoding="utf-8").strip())
    return None


def _remember(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (state_folder() / LAST).write_text(str(folder.resolve()), encoding="utf-8")
