"""The two verbs: order, results on the UI thread, errors, cancelling, owners that died."""

from collections.abc import Callable
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.main_window import MainWindow

Settle = Callable[[Context], None]


def test_changes_run_in_order_and_their_results_come_to_the_ui_thread(app_context: Context, settle: Settle) -> None:
    owner, heard = QObject(), []
    for number in range(5):
        app_context.tasks.run_change(
            owner,
            lambda _session, number=number: (number, current_thread() is main_thread()),
            lambda result: heard.append((*result, current_thread() is main_thread())),
        )
    settle(app_context)
    assert heard == [(number, False, True) for number in range(5)]


def test_a_query_answers_while_a_long_change_is_under_way(app_context: Context, settle: Settle, qtbot: QtBot) -> None:
    gate, owner, heard = Event(), QObject(), []
    app_context.tasks.run_change(owner, lambda _session: gate.wait(10))
    app_context.tasks.run_query(owner, lambda session: session.db.one("SELECT 1"), heard.append)
    qtbot.waitUntil(lambda: heard == [(1,)])
    assert app_context.tasks.writing
    gate.set()
    settle(app_context)


def test_only_the_newest_query_of_a_key_is_delivered(app_context: Context, settle: Settle) -> None:
    owner, heard, gate = QObject(), [], Event()
    app_context.tasks.run_query(owner, lambda _session: (gate.wait(10), "old")[1], heard.append, key="list")
    app_context.tasks.run_query(owner, lambda _session: "new", heard.append, key="list")
    gate.set()
    settle(app_context)
    assert heard == ["new"]


def test_a_result_is_dropped_when_its_owner_has_died(app_context: Context, settle: Settle) -> None:
    owner, heard, gate = QObject(), [], Event()
    app_context.tasks.run_query(owner, lambda _session: gate.wait(10), heard.append)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    settle(app_context)
    assert heard == []


def test_a_refusal_goes_to_its_form(app_context: Context, settle: Settle) -> None:
    refused: list[UserError] = []

    def work(_session: Session) -> None:
        raise UserError("没有保存。", "议题是空的。", "请填写议题。", "missing", "topic")

    app_context.tasks.run_change(QObject(app_context.tasks), work, failed=refused.append)
    settle(app_context)
    assert [error.field for error in refused] == ["topic"]


def test_a_refusal_without_a_form_goes_to_a_message(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("desktop.ui.messages.refusal", lambda _parent, error: shown.append(str(error)))

    def work(_session: Session) -> None:
        raise UserError("没有保存。", "议题是空的。", "请填写议题。")

    window.context.tasks.run_change(window, work)
    settle(window.context)
    assert shown == ["没有保存。议题是空的。请填写议题。"]


def test_a_bug_goes_to_the_crash_dialog_and_the_threads_live_on(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("desktop.ui.messages.crash", lambda _parent, error: shown.append(type(error).__name__))
    heard: list[int] = []
    window.context.tasks.run_query(window, lambda _session: 1 // 0, heard.append)
    window.context.tasks.run_query(window, lambda _session: 2, heard.append)
    settle(window.context)
    assert (shown, heard) == (["ZeroDivisionError"], [2])


def test_cancelling_stops_the_work_at_its_next_step_and_says_so(window: MainWindow, settle: Settle) -> None:
    progress, started = Progress(), Event()

    def work(_session: Session) -> int:
        for done in range(1000):
            started.set()
            progress.step(done, 1000, "复制")
            progress.cancelled.wait(0.01)
        return 1000

    heard: list[int] = []
    window.context.tasks.run_change(window, work, heard.append, title="备份", progress=progress)
    started.wait(10)
    window._cancel()
    settle(window.context)
    assert heard == []
    assert window.context.toast.accessibleName() == "已取消备份，没有改动任何记录"


def test_a_change_tells_the_pages_and_offers_the_way_back(window: MainWindow, settle: Settle) -> None:
    heard: list[str] = []
    window.context.topics.subscribe(window, {"person"}, lambda: heard.append("person"))
    window.context.topics.subscribe(window, {"meeting"}, lambda: heard.append("meeting"))
    changes = Changes(frozenset({"person"}), 7, "移动 2 名党员")
    window.context.tasks.run_change(window, lambda _session: changes)
    settle(window.context)
    assert heard == ["person"]
    assert window.context.toast.accessibleName() == "已完成：移动 2 名党员"
    assert window.context.toast._button.text() == "撤销"


def test_a_silent_change_shows_no_toast(window: MainWindow, settle: Settle) -> None:
    changes = Changes(frozenset({"draft"}), None, "草稿")
    window.context.tasks.run_change(window, lambda _session: changes, silent=True)
    settle(window.context)
    assert not window.context.toast.isVisible()


def test_a_real_change_is_undone_from_its_toast(window: MainWindow, settle: Settle) -> None:
    from desktop.services import branches

    tasks, heard = window.context.tasks, []
    before: list[object] = []
    tasks.run_query(window, lambda s: s.db.rows("SELECT count(*) FROM branch WHERE _deleted IS NULL"), before.append)
    settle(window.context)
    del branches
    from desktop.services.units import unit

    def work(session: Session) -> Changes:
        with unit(session, "改名") as made:
            session.workspace.write.run("UPDATE branch SET name = '新名'")
        return made.changes

    tasks.run_change(window, work)
    settle(window.context)
    window.context.toast.press()
    settle(window.context)
    tasks.run_query(window, lambda s: s.db.rows("SELECT name FROM branch"), heard.append)
    settle(window.context)
    assert heard == [[("青禾街道",)]]
    assert window.context.toast.accessibleName() == "撤销：改名"
