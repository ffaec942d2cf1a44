"""The two verbs of work: `run_change` on the thread that owns the write connection, `run_query` beside it.

    context.tasks.run_query(self, lambda s: members.list_members(s, branch=key), self._show, key="list")
    context.tasks.run_change(self, lambda s: members.move(s, ids=ids, to=key), self._moved, failed=self._refused)

`work` runs on the worker and gets the session; `done` gets its result on the UI thread, unless the owner has died or,
for a query with a `key`, a newer one of the same owner and key was started. A UserError goes to `failed`, else to a
message. After a change its `Changes` (the result, or the result's `changes`) are published, and a toast offers 撤销.
Long work: make `progress = Progress()`, pass it to the service and as `progress=`; the window shows it with 取消.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.progress import CancelledError, Progress
from desktop.services.sessions import Session

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Task(Generic[T]):
    """One piece of work on its way; `cancel()` asks it to stop and drops its result."""

    owner: QObject
    work: Callable[[Session], T]
    done: Callable[[T], object] | None
    failed: Callable[[UserError], object] | None
    title: str
    writes: bool
    silent: bool = False
    key: str = ""
    progress: Progress | None = None
    dropped: bool = field(default=False)

    def cancel(self) -> None:
        """Ask the work to stop; its result is dropped."""
        self.dropped = True
        if self.progress is not None:
            self.progress.cancel()


class _Worker:
    """One thread and its queue; work goes in in order and comes out through `give` (any thread)."""

    def __init__(
        self, name: str, session: Session, give: Callable[[Task[Any], object], None], *, writes: bool
    ) -> None:
        self._queue: SimpleQueue[Task[Any] | None] = SimpleQueue()
        self._session, self._give, self._writes = session, give, writes
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, task: Task[Any]) -> None:
        self._queue.put(task)

    def stop(self) -> None:
        """Let the present work end and the thread with it."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        if self._writes:
            self._session.workspace.claim_writing()
        while (task := self._queue.get()) is not None:
            self._give(task, self._outcome(task))

    def _outcome(self, task: Task[Any]) -> object:
        if task.dropped:
            return CancelledError()
        try:
            return task.work(self._session)
        except (UserError, CancelledError) as error:
            return error
        except Exception as error:  # a bug in the work reaches the crash dialog on the UI thread
            log.exception("bug in %s", task.title or "a task")
            return _Bug(error)


@dataclass(frozen=True, slots=True)
class _Bug:
    error: Exception


class Tasks(QObject):
    """Both workers of one session and what they tell the window."""

    began = Signal(object)
    advanced = Signal(object, int, int, str)
    ended = Signal(object)
    changed = Signal(object)
    refused = Signal(object, object)
    crashed = Signal(object)
    cancelled = Signal(object)
    _outcome = Signal(object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: set[Task[Any]] = set()
        self._latest: dict[tuple[int, str], Task[Any]] = {}
        self._outcome.connect(self._finish)
        self._writer = _Worker("writer", session, self._outcome.emit, writes=True)
        self._reader = _Worker("reader", session, self._outcome.emit, writes=False)
        self._stopped = False

    @property
    def idle(self) -> bool:
        """Tell whether no work is under way."""
        return not self._open

    @property
    def writing(self) -> bool:
        """Tell whether a change is under way."""
        return any(task.writes for task in self._open)

    def run_query(
        self, owner: QObject, work: Callable[[Session], T], done: Callable[[T], object], *,
        failed: Callable[[UserError], object] | None = None, key: str = "", title: str = "",
        progress: Progress | None = None,
    ) -> Task[T]:  # fmt: skip
        """Read on the reader thread; with a `key` only the newest query of this owner is delivered."""
        task = Task(owner, work, done, failed, title, writes=False, key=key, progress=progress)
        if key:
            before = self._latest.get((id(owner), key))
            if before is not None:
                before.cancel()
            self._latest[id(owner), key] = task
        return self._start(task, self._reader)

    def run_change(
        self, owner: QObject, work: Callable[[Session], T], done: Callable[[T], object] | None = None, *,
        failed: Callable[[UserError], object] | None = None, title: str = "", silent: bool = False,
        progress: Progress | None = None,
    ) -> Task[T]:  # fmt: skip
        """Write on the writer thread, in order; `silent` shows no toast (drafts)."""
        task = Task(owner, work, done, failed, title, writes=True, silent=silent, progress=progress)
        return self._start(task, self._writer)

    def _start(self, task: Task[T], worker: _Worker) -> Task[T]:
        if self._stopped:
            task.dropped = True
            return task
        if task.progress is not None:
            task.progress.report = lambda done, total, text: self.advanced.emit(task, done, total, text)
        self._open.add(task)
        self.began.emit(task)
        worker.put(task)
        return task

    def _finish(self, task: Task[Any], outcome: object) -> None:
        self._open.discard(task)
        if self._latest.get((id(task.owner), task.key)) is task:
            del self._latest[id(task.owner), task.key]
        self.ended.emit(task)
        changes = changes_of(outcome) if task.writes else None
        if changes is not None:
            self.changed.emit((task, changes))
        self._deliver(task, outcome)

    def _deliver(self, task: Task[Any], outcome: object) -> None:
        alive = shiboken6.isValid(task.owner) and not task.dropped
        match outcome:
            case _Bug(error):
                self.crashed.emit(error)
            case CancelledError():
                if task.writes:
                    self.cancelled.emit(task)
            case UserError() if alive and task.failed is not None:
                task.failed(outcome)
            case UserError() if alive or task.writes:
                self.refused.emit(task, outcome)
            case _ if alive and task.done is not None:
                task.done(outcome)

    def stop(self) -> None:
        """End both threads after the work they are at; what is still waiting is dropped."""
        if self._stopped:
            return
        self._stopped = True
        for task in self._open:
            task.cancel() if not task.writes else None
        self._reader.stop()
        self._writer.stop()


def changes_of(outcome: object) -> Changes | None:
    """Give the Changes that a result is or carries, where anything changed."""
    found = outcome if isinstance(outcome, Changes) else getattr(outcome, "changes", None)
    return found if isinstance(found, Changes) and found.topics else None


class _Detached(QObject):
    """Carries one result to the UI thread, for work that has no session yet."""

    outcome = Signal(object)


def run_detached(
    owner: QObject, work: Callable[[], T], done: Callable[[T], object], failed: Callable[[UserError], object],
    crashed: Callable[[BaseException], object],
) -> None:  # fmt: skip
    """Do work that needs no session (unlocking, making a workspace) on a thread of its own; results come to `owner`."""
    carrier = _Detached(owner)

    def deliver(outcome: object) -> None:
        carrier.deleteLater()
        if isinstance(outcome, UserError):
            failed(outcome)
        elif isinstance(outcome, _Bug):
            crashed(outcome.error)
        else:
            done(outcome)  # type: ignore[arg-type]  # it is what `work` gave

    def run() -> None:
        try:
            outcome: object = work()
        except UserError as error:
            outcome = error
        except Exception as error:  # a bug in the work reaches the crash dialog on the UI thread
            log.exception("bug in detached work")
            outcome = _Bug(error)
        if shiboken6.isValid(carrier):
            carrier.outcome.emit(outcome)

    carrier.outcome.connect(deliver)
    Thread(target=run, name="detached", daemon=True).start()
