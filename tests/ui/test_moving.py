"""移动: the posts that a member would leave behind are named and ended in the same step."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.services import posts, record_history
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.dialogs.move import MoveDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.members import MembersPage
from tests.services import record_world as world
from tests.support import equality
from tests.ui.record_pages import Hands, words

OTHER = "青禾商会党支部"


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot, settle: Callable[[Context], None]) -> Hands:
    return Hands(window, qtbot, settle)


def test_a_move_names_the_posts_left_behind_and_ends_them_in_the_same_step(
    township: Session, hands: Hands
) -> None:
    at, _other = world.branch(township), world.branch(township, OTHER)
    who = world.member(township, at)
    world.secretary(township, at, who)
    before = equality.state(township)
    page = hands.page("members", MembersPage)
    page.move_people([who])
    form = hands.dialog(MoveDialog)
    hands.wait()
    assert f"在原党组织还有任职：王伟（{world.BRANCH} 书记）。" in words(form)
    assert (form.end_posts.isVisible(), form.end_posts.isChecked()) == (True, True)
    hands.pick(form.to, "qhsh")
    day = form.day
    hands.save(form)
    (post,) = posts.list_posts(township, person=who)
    assert post.ends_on == (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    (entry, *_) = record_history.list_history(township, kind="person", key=who)
    assert entry.label == f"移动 1 名党员：{world.BRANCH} → {OTHER}"
    hands.window.undo()
    hands.wait()
    assert equality.state(township) == before
