"""The composition root of the window: finds the workspace, opens it, shows the window, and closes it cleanly."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from desktop.core import logs
from desktop.core.clock import Clock, SystemClock
from desktop.core.recent import last_workspace, remember
from desktop.services import accounts, workspaces
from desktop.services.sessions import Role, Session
from desktop.ui import application
from desktop.ui.dialogs.unlock import UnlockDialog
from desktop.ui.housekeeping.demo import REAL
from desktop.ui.idle import Idle
from desktop.ui.main_window import MainWindow
from desktop.ui.settings import Settings

DEFAULT_FOLDER = "兜底通"
OPEN = "open:"


def run(options: Namespace) -> int:
    """Show the window over the workspace of the options, the last one opened, or a new one; give the exit code."""
    settings = Settings()
    app = application.create(settings)
    app.setQuitOnLastWindowClosed(False)
    folder = Path(options.workspace) if options.workspace else last_workspace()
    if folder is not None and application.raise_first(str(folder.resolve())):
        return 0
    account = options.account
    while True:
        session = _open(folder, options, account, settings)
        if session is None:
            return 0
        folder = session.workspace.paths.folder
        remember(folder)
        reason = show(app, session, settings)
        if reason == "quit":
            return 0
        account = session.account if reason == "lock" else ""
        if reason.startswith(OPEN):
            folder, account = Path(reason.removeprefix(OPEN)), options.account


def show(app: QApplication, session: Session, settings: Settings) -> str:
    """Show the window until it is left, then close the workspace; give why it was left."""
    handler = logs.start(session.workspace.paths.logs)
    window = MainWindow(session, settings)
    reasons: list[str] = []
    window.left.connect(reasons.append)
    window.left.connect(app.quit)
    bell = application.Doorbell(str(session.workspace.paths.folder.resolve()), window.come_forward, window)
    idle = Idle(app)
    if not session.workspace.demo:
        idle.passed.connect(lambda: lock(window))
    window.show()
    _ask_for_sheet(window, session)
    app.exec()
    idle.deleteLater()
    bell.deleteLater()
    window.deleteLater()
    app.sendPostedEvents()
    QApplication.clipboard().clear()
    logs.stop(handler)
    workspaces.close(session.workspace)
    return reasons[-1] if reasons else "quit"


def lock(window: MainWindow) -> None:
    """Lock a window that nobody is at: close what is open over it, and leave; work under way ends first.

    A form with words in it is not asked about: autosave has kept them, and they are offered again after unlocking.
    """
    if not window.context.tasks.idle:
        return
    while (sheet := QApplication.activeModalWidget()) is not None and sheet.close():
        QApplication.processEvents()
    window.leave("lock", ask=False)


def _ask_for_sheet(window: MainWindow, session: Session) -> None:
    """Ask 管理员 for a recovery sheet where the workspace has none, as after `init` without --recovery-out."""
    if session.role is Role.OFFICER and not session.workspace.demo and not accounts.has_recovery(session):
        from desktop.ui.wizards.recovery_sheet import RecoveryDialog  # of no use to an ordinary start

        RecoveryDialog(window.context, window, again=False).open()


def _open(folder: Path | None, options: Namespace, account: str, settings: Settings) -> Session | None:
    """Ask for the password of the workspace, or make a new one; None where the person went away."""
    if folder is not None and (folder / "workspace.db").is_file():
        dialog = UnlockDialog(folder, clock_of(options.on, folder), account)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            return dialog.session
        if not dialog.elsewhere:
            return None
        folder = None
    from desktop.ui.wizards.first_run import FirstRunWizard  # of no use to an ordinary start

    wizard = FirstRunWizard(folder or Path.home() / DEFAULT_FOLDER, clock_of(options.on, None))
    if wizard.exec() != QDialog.DialogCode.Accepted:
        return _open(wizard.existing, options, options.account, settings) if wizard.existing else None
    if wizard.waiting is not None:
        settings.set(REAL, str(wizard.waiting))
    return wizard.session


def clock_of(on: date | None, folder: Path | None) -> Clock:
    """Give the clock: `--on`, else the demo's date, sets the day; stamps always see the machine's."""
    demo = workspaces.demo_of(folder) if folder else None
    return SystemClock(on or (date.fromisoformat(demo.on) if demo else None))
