"""The window: rail, head, the stack of pages made when first shown, the toast, and the wires between them."""

import base64
import contextlib
from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.services import undoing
from desktop.services.sessions import Session
from desktop.services.undoing import Undone
from desktop.ui import messages, status
from desktop.ui.actions import Actions
from desktop.ui.context import Context
from desktop.ui.header import Header
from desktop.ui.mark import NAME, mark_pixmap
from desktop.ui.navigation import Navigation, Place
from desktop.ui.page import Page
from desktop.ui.pages import PAGES
from desktop.ui.palette import Palette
from desktop.ui.rail import Rail
from desktop.ui.settings import Settings
from desktop.ui.tasks import Task, Tasks
from desktop.ui.theme import theme
from desktop.ui.topics import Topics
from desktop.ui.widgets.progress import WorkStrip
from desktop.ui.widgets.toast import Toast
from desktop.ui.window_actions import register

NARROW = 1180
UNDONE, REDONE = "撤销：", "重做："


class MainWindow(QMainWindow):
    """One window over one session; `left(reason)` fires when it closes: `quit`, `lock` or `switch`."""

    left = Signal(str)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle(f"{session.workspace.identity.name} · {NAME}")
        self.setWindowIcon(QIcon(mark_pixmap()))
        self._reason, self._asks = "quit", True
        self._pages: dict[str, Page] = {}
        self._work: Task[Any] | None = None
        self.context = self._make_context(session, settings)
        self._build(session)
        self.palette_view = Palette(self, self.context)
        self._wire()
        register(self)
        status.watch(self.context, self.header)
        self._restore()
        self.stack.setFocus()
        self.context.navigate.go(PAGES[0].key)

    def _make_context(self, session: Session, settings: Settings) -> Context:
        return Context(
            session=session, tasks=Tasks(session, self), topics=Topics(self), navigate=Navigation(self._show, self),
            settings=settings, theme=theme(), toast=Toast(self), actions=Actions(self),
        )  # fmt: skip

    def _build(self, session: Session) -> None:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail()
        self.header = Header(session.workspace.identity.name, session.account_title)
        self.stack = QStackedWidget()
        self.stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.strip = WorkStrip()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.header)
        if session.workspace.demo:
            right.addWidget(status.demo_band(session))
        right.addWidget(self.stack, 1)
        right.addWidget(self.strip)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(933, 524)

    def _wire(self) -> None:
        tasks = self.context.tasks
        tasks.began.connect(self._began)
        tasks.advanced.connect(self._advanced)
        tasks.ended.connect(self._ended)
        tasks.changed.connect(self._changed)
        tasks.refused.connect(lambda _task, error: messages.refusal(self, error))
        tasks.crashed.connect(lambda error: messages.crash(self, error))
        tasks.cancelled.connect(lambda task: self.context.toast.say(f"已取消{task.title}，没有改动任何记录"))
        self.strip.cancel.clicked.connect(self._cancel)
        self.rail.picked.connect(self._picked)
        self.context.navigate.came.connect(lambda place: self.rail.show_page(place.page))
        self.header.searched.connect(self.palette_view.open)
        theme().changed.connect(self._fit_rail)

    def _picked(self, key: str) -> None:
        if not self.context.navigate.go(key):
            self.rail.show_page(self.context.navigate.place.page)

    def _show(self, place: Place) -> bool:
        """Show a page and a record on it; False where the present page does not let go, or no such page is there."""
        entry = next((one for one in PAGES if one.key == place.page), None)
        present = self.page()
        if entry is None or (present is not None and present is not self._pages.get(entry.key)
                             and not present.may_leave()):  # fmt: skip
            return False
        if entry.key not in self._pages:
            self._pages[entry.key] = page = entry.load()(self.context)
            self.stack.addWidget(page)
        page = self._pages[entry.key]
        self.stack.setCurrentWidget(page)
        if place.kind:
            page.open_record(place.kind, place.id)
        return True

    def widget(self) -> QWidget:
        """Give the window as a parent of dialogs."""
        return self

    def page(self) -> Page | None:
        """Give the page that is shown."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def _began(self, task: Task[Any]) -> None:
        if task.progress is not None or task.writes:
            self._work = task
            self.strip.begin(task.title, can_cancel=task.progress is not None)

    def _advanced(self, task: Task[Any], done: int, total: int, text: str) -> None:
        if task is self._work:
            self.strip.advance(done, total, text)

    def _ended(self, task: Task[Any]) -> None:
        if task is self._work:
            self._work = None
            self.strip.end()

    def _cancel(self) -> None:
        if self._work is not None and self._work.progress is not None:
            self._work.progress.cancel()
            self.strip.cancel.setEnabled(False)

    def _changed(self, what: tuple[Task[Any], Changes]) -> None:
        """Tell the pages, and the person with a way back: 重做 after an undo, 撤销 after anything else."""
        task, changes = what
        self.context.topics.publish(changes.topics)
        if not task.silent and changes.label:
            if changes.label.startswith((UNDONE, REDONE)):
                self._say_back(changes)
            else:
                number = changes.unit
                undo = (lambda: self.undo(number)) if number is not None else None
                self.context.toast.say(f"已完成：{changes.label}", "撤销" if undo else "", undo)

    def _say_back(self, changes: Changes, note: str = "", *, again: bool = True) -> None:
        """Say what an undo or a redo did, with the step that goes the other way."""
        undone = changes.label.startswith(UNDONE)
        action, then = ("重做", self.redo) if undone else ("撤销", self.undo)
        self.context.toast.say(f"{changes.label}{note}", action if again else "", then if again else None)

    def undo(self, number: int | None = None) -> None:
        """Undo one unit, or the newest of this account."""
        if number is None:
            self._back(undoing.undo_last, "没有可以撤销的操作")
        else:
            self._back(lambda session: undoing.undo_unit(session, number=number), "")

    def redo(self) -> None:
        """Take the newest undo back."""
        self._back(undoing.redo_last, "没有可以重做的操作")

    def _back(self, work: Any, nothing: str) -> None:  # noqa: ANN401 - undo_last, redo_last or a call of undo_unit
        def done(result: Undone | None) -> None:
            if result is None:
                self.context.toast.say(nothing)
                return
            self.context.topics.publish(result.changes.topics)
            self._say_back(result.changes, result.note, again=result.again)

        self.context.tasks.run_change(self, work, done, silent=True, failed=self._not_undone)

    def _not_undone(self, error: UserError) -> None:
        self.context.toast.say(str(error))

    def come_forward(self) -> None:
        """Show the window above all others, for a second start on the same workspace."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def leave(self, reason: str, *, ask: bool = True) -> None:
        """Close the window to lock, to change the account or to quit; an idle window locks without asking."""
        self._reason, self._asks = reason, ask
        if not self.close():
            self._reason, self._asks = "quit", True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the page, keep the geometry, let the work end."""
        present = self.page()
        if self._asks and present is not None and not present.may_leave():
            event.ignore()
            return
        geometry = base64.b64encode(bytes(self.saveGeometry().data())).decode("ascii")
        self.context.settings.set("geometry", geometry)
        self.context.tasks.stop()
        super().closeEvent(event)
        self.left.emit(self._reason)

    def _restore(self) -> None:
        self.resize(1366, 728)
        kept = self.context.settings.get("geometry", "")
        with contextlib.suppress(ValueError):
            if isinstance(kept, str) and kept:
                self.restoreGeometry(QByteArray(base64.b64decode(kept, validate=True)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow or widen the rail."""
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        self.rail.set_slim(on=self.width() < theme().px(NARROW))

