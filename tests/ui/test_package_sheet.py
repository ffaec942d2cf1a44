"""The sheet that shows a package before it is merged: it keeps inside a small window, and a merge can be stopped."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.core.progress import CancelledError, Progress
from desktop.services.exchange import guards, importing
from desktop.ui.exchange.package_sheet import PackageSheet
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.exchange import ExchangePage
from desktop.ui.settings import Settings
from desktop.ui.theme import Theme, theme
from tests.exchange import exchange_world
from tests.exchange.exchange_world import Pair, add
from tests.support.equality import state

Settle = Callable[[Any], None]
QUESTIONS = tuple(f"会删除 {kind} 60 条记录，占本机的一大半。请先与发件单位核实。" for kind in "甲乙丙丁戊己庚辛壬癸子")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    found = exchange_world.open_pair(tmp_path / "pair")
    add(found.township, "person", name="王秀英")
    yield found
    found.close()


@pytest.fixture
def page(look: Theme, pair: Pair, qtbot: QtBot, settle: Settle) -> Iterator[ExchangePage]:
    window = MainWindow(pair.county, Settings())
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    window.context.navigate.go("exchange")
    settle(window.context)
    found = window.page()
    assert isinstance(found, ExchangePage)
    yield found
    window.context.tasks.stop()


def _sheet(page: ExchangePage, pair: Pair, settle: Settle) -> PackageSheet:
    page.take(pair.up().files[0])
    settle(page.context)
    return page.package_sheet


def _inside(sheet: QWidget, widget: QWidget) -> bool:
    corner = widget.mapTo(sheet, QPoint(0, 0))
    return widget.isVisible() and sheet.rect().contains(corner) and sheet.rect().contains(
        corner + QPoint(widget.width() - 1, widget.height() - 1)
    )


@pytest.mark.parametrize("percent", [100, 130, 150])
def test_eleven_warnings_leave_tick_and_buttons_in_sight_on_a_small_screen(
    page: ExchangePage, pair: Pair, settle: Settle, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, percent: int
) -> None:
    theme().set_percent(percent)
    monkeypatch.setattr(guards, "questions", lambda _counts, _before: QUESTIONS)
    sheet = _sheet(page, pair, settle)
    qtbot.wait(30)
    assert sheet.height() <= 728
    assert [box.text() for box in sheet.questions] == ["以上 11 项我已看过"]
    assert [label.text() for label in sheet.asked] == [f"{at}. {text}" for at, text in enumerate(QUESTIONS, 1)]
    assert sheet.warnings.verticalScrollBar().maximum() > 0
    parts = (*sheet.questions, sheet.leave_button, sheet.merge_button, sheet.table, sheet.warnings)
    assert [part for part in parts if not _inside(sheet, part)] == []
    assert not sheet.merge_button.isEnabled()
    assert "先看完上面的事项并打勾" in sheet.merge_button.toolTip()
    sheet.questions[0].setChecked(True)
    assert sheet.merge_button.isEnabled()
    sheet.reject()


def test_a_merge_is_shown_and_stopped_inside_its_sheet_and_leaves_nothing(
    page: ExchangePage, pair: Pair, settle: Settle, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    sheet = _sheet(page, pair, settle)
    before, there, go_on, real = state(pair.county), Event(), Event(), importing.pending.keep

    def keep(*arguments: Any) -> Any:  # noqa: ANN401 - as the real one
        there.set()
        assert go_on.wait(20)
        return real(*arguments)

    monkeypatch.setattr(importing.pending, "keep", keep)  # every row is written by then
    sheet.merge_button.click()
    assert there.wait(20)
    qtbot.waitUntil(sheet.strip.isVisible)
    assert _inside(sheet, sheet.strip.cancel)
    sheet.strip.cancel.click()
    go_on.set()
    settle(page.context)
    assert page.context.toast.accessibleName() == "已取消合并数据包，没有改动任何记录"
    assert state(pair.county) == before
    assert (sheet.isVisible(), sheet.merge_button.isEnabled(), sheet.strip.isVisible()) == (True, True, False)
    monkeypatch.undo()
    sheet.merge_button.click()
    settle(page.context)
    assert sheet.merged is not None


def test_esc_stops_a_merge_and_the_sheet_stays(page: ExchangePage, pair: Pair, settle: Settle) -> None:
    sheet = _sheet(page, pair, settle)
    sheet.merge_button.click()
    task = sheet._task
    assert task is not None
    assert task.progress is not None
    sheet.reject()
    assert task.progress.cancelled.is_set() or task.progress.closed
    settle(page.context)


def test_work_that_is_being_closed_cannot_be_cancelled_and_says_so() -> None:
    said: list[str] = []
    progress = Progress(lambda _done, _total, text: said.append(text))
    progress.close()
    assert said == ["正在收尾，不能取消了"]
    assert not progress.cancel()
    progress.step(1, 1)
    stopped = Progress()
    assert stopped.cancel()
    with pytest.raises(CancelledError):
        stopped.close()


def test_the_strip_takes_its_cancel_away_when_work_is_being_closed(page: ExchangePage) -> None:
    strip = page.window().strip  # type: ignore[attr-defined]  # the main window
    strip.begin("合并数据包", can_cancel=True)
    strip.advance(0, 0, "正在收尾，不能取消了")
    assert (strip._text.text(), strip.cancel.isEnabled()) == ("合并数据包：正在收尾，不能取消了", False)
    strip.end()
