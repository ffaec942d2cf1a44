"""A clerk takes in a roster in the window, looks at the result, and takes it all back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.services import undoing
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.roster_import import DONE, RosterImportPage
from tests.support.equality import assert_search_is_fresh, state
from tests.ui.conftest import look, settle, window

__all__ = ["look", "settle", "window"]
FIXTURES = Path(__file__).parents[1] / "fixtures" / "workbooks"


@pytest.mark.parametrize(
    ("kind", "name"),
    [("members", "members.xlsx"), ("organisations", "organisations.xlsx"), ("branches", "branches.xlsx")],
)
def test_a_roster_comes_in_by_three_presses_and_goes_again_by_one(
    window: MainWindow, settle: Callable[[Any], None], kind: str, name: str
) -> None:
    session = window.context.session
    before = state(session)
    window.context.navigate.go("import")
    page = window.page()
    assert isinstance(page, RosterImportPage)
    page.start.kind.set_value(kind)  # type: ignore[arg-type]  # one of the kinds
    page.start.take(FIXTURES / name)
    settle(window.context)
    page.next_button.click()
    settle(window.context)
    page.next_button.click()
    settle(window.context)
    assert page.stack.currentIndex() == DONE
    assert state(session) != before
    page.done.undo_button.click()
    settle(window.context)
    assert state(session) == before
    assert page.done._said.text() == "所有记录都退回到导入前的样子。"
    assert undoing.list_units(session, kind="import")[0].undone
    window.context.tasks.stop()
    assert_search_is_fresh(session)
