"""Sets the application up: look, Chinese words of Qt itself, guards, the crash dialog, one window a machine user."""

import getpass
import hashlib
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QWheelEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox

from desktop.ui import messages
from desktop.ui.settings import Settings
from desktop.ui.theme import Theme

PATIENCE_MS = 500


class WheelGuard(QObject):
    """Keeps the wheel from changing a combo or spin box that does not have the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass such a wheel on to what lies behind."""
        if (
            isinstance(event, QWheelEvent)  # asking for type() would make an enum of every event of the program
            and isinstance(watched, QComboBox | QAbstractSpinBox)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return False


def prepare(app: QApplication, settings: Settings) -> Theme:
    """Give an application the house's look, words and guards."""
    app.setApplicationName("doudi")
    app.setApplicationDisplayName("兜底通")
    app.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    look, guard = Theme(app, settings.mode, settings.percent), WheelGuard(app)
    app.installEventFilter(guard)
    look.changing.connect(lambda: app.removeEventFilter(guard))  # thousands of events, none of them a wheel's
    look.changed.connect(lambda: app.installEventFilter(guard))
    return look


def create(settings: Settings) -> QApplication:
    """Make the one application, with nothing of the command line but the program's name."""
    app = QApplication(sys.argv[:1])
    prepare(app, settings)
    sys.excepthook = _hook(app)
    return app


def _hook(app: QApplication) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Turn a bug on the UI thread into the crash dialog; the trace still goes where Python writes it."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if isinstance(error, Exception):
            messages.crash(app.activeWindow(), error)

    return hook


def server_name(workspace: str) -> str:
    """Give the name under which the window of a workspace can be called, by user and folder."""
    return "doudi-" + hashlib.sha256(f"{getpass.getuser()}\0{workspace}".encode()).hexdigest()[:24]


def raise_first(workspace: str) -> bool:
    """Ask a window that is open on this workspace to come forward; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(workspace))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Listens for a second start on the same workspace and calls `come`."""

    def __init__(self, workspace: str, come: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(server_name(workspace))
        self._server.newConnection.connect(lambda: (self._server.nextPendingConnection(), come()))
        self._server.listen(server_name(workspace))
