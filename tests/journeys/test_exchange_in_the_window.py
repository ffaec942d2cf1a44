"""A township writes a package in its window, and the county looks at it and merges it in its own: presses counted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from desktop.ui.exchange.export_sheet import FOLDER
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.exchange import ExchangePage
from desktop.ui.settings import Settings
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import Button
from tests.exchange import exchange_world
from tests.exchange.exchange_world import add
from tests.support.equality import state
from tests.ui.conftest import look, settle

__all__ = ["look", "settle"]
MOST = 3


class Hand:
    """Presses buttons and counts."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, button: Button) -> None:
        """Press one button that can be pressed."""
        assert button.isEnabled()
        self.presses += 1
        button.click()


def _opened(session: Any, qtbot: QtBot, settle: Callable[[Any], None], hand: Hand) -> ExchangePage:  # noqa: ANN401
    window = MainWindow(session, Settings())
    qtbot.addWidget(window)
    window.show()
    hand.press(window.rail.buttons["exchange"])
    settle(window.context)
    page = window.page()
    assert isinstance(page, ExchangePage)
    return page


def test_a_package_goes_from_one_window_to_the_other_in_three_presses_each(
    look: Theme, qtbot: QtBot, settle: Callable[[Any], None], tmp_path: Path
) -> None:
    pair = exchange_world.open_pair(tmp_path / "pair")
    key = add(pair.township, "person", name="王秀英")
    hand = Hand()
    low = _opened(pair.township, qtbot, settle, hand)
    low.context.settings.set(FOLDER, str(pair.stick))
    hand.press(low.cards[0].export_button)
    hand.press(low.export_sheet.export_button)
    settle(low.context)
    exported = low.export_sheet.exported
    assert exported is not None
    assert hand.presses <= MOST
    assert low.export_sheet.heading.text() == "可以安全拔出"
    low.export_sheet.accept()
    low.context.tasks.stop()

    hand = Hand()
    high = _opened(pair.county, qtbot, settle, hand)
    before = state(pair.county)
    high.zone.dropped.emit(exported.files[0])  # a file that is let fall is a press too
    hand.presses += 1
    settle(high.context)
    assert state(pair.county) == before
    hand.press(high.package_sheet.merge_button)
    settle(high.context)
    assert hand.presses <= MOST
    name = pair.county.db.one("SELECT name FROM person WHERE id = ?", (key,))
    assert name == ("王秀英",)
    high.lists.history.select(high.lists.history.model.row_at(0).id)  # type: ignore[attr-defined]  # a PackageRow
    high.lists.undo_button.click()
    settle(high.context)
    assert state(pair.county) == before
    high.context.tasks.stop()
    pair.close()
