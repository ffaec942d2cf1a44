"""A clerk registers an organisation and its branch, adds a member by keyboard, moves him, and takes it all back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services import memberships, organisation_lists, undoing
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.dialogs.branch import BranchDialog
from desktop.ui.dialogs.move import MoveDialog
from desktop.ui.dialogs.organisation import OrganisationDialog
from desktop.ui.dialogs.person import PersonDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.branches import BranchesPage
from desktop.ui.pages.members import MembersPage
from desktop.ui.pages.organisations import OrganisationsPage
from tests.services import record_world as world
from tests.support import equality
from tests.ui.conftest import app_context, look, settle, window  # noqa: F401 - fixtures
from tests.ui.record_pages import Hands

OTHER = "青禾商会党支部"


def test_an_organisation_a_branch_and_a_member_are_registered_by_keyboard_and_all_of_it_is_undone(
    township: Session, window: MainWindow, qtbot: QtBot, settle: Callable[[Context], None]  # noqa: F811 - fixtures
) -> None:
    world.branch(township, OTHER)
    start = equality.state(township)
    hands = Hands(window, qtbot, settle)

    # the organisation: name, then saved with the keyboard alone
    hands.page("organisations", OrganisationsPage)
    hands.press(Qt.Key.Key_F2)
    form = hands.dialog(OrganisationDialog)
    hands.type(form.name.edit, "柳溪社区老年协会")
    hands.save(form)
    (organisation,) = organisation_lists.list_organisations(township)

    # its branch, from the drawer of the organisation: name and unit stand there already
    hands.page("branches", BranchesPage, "new", organisation.id.hex())
    branch_form = hands.dialog(BranchDialog)
    assert branch_form.name.value() == "柳溪社区老年协会党支部"
    hands.save(branch_form)

    # a member, key by key: the name, Tab to the number, the branch by its initials
    members = hands.page("members", MembersPage)
    hands.press(Qt.Key.Key_F2)
    person = hands.dialog(PersonDialog)
    hands.type(person.name.edit, "王建国")
    qtbot.keyClick(person.name.edit, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is person.id_number.edit
    qtbot.keyClicks(person.id_number.edit, world.identity())
    hands.pick(person.branch, "lxsqlnxh")
    hands.save(person)
    assert hands.names(members) == ["王建国"]
    who = getattr(members.table.model.rows()[0], "id")  # noqa: B009 - rows are objects to the list

    # he is moved to another branch, from today
    members.table.select(who)
    members.move_people(members.keys())
    move = hands.dialog(MoveDialog)
    hands.pick(move.to, "qhsh")
    hands.save(move)
    assert memberships.list_history(township, person=who)[0].branch == OTHER

    # Ctrl+Z until nothing is left of it
    for label in (
        f"移动 1 名党员：柳溪社区老年协会党支部 → {OTHER}", "新增党员 王建国", "登记党组织 柳溪社区老年协会党支部",
        "登记社会组织 柳溪社区老年协会",
    ):  # fmt: skip
        waiting = undoing.next_undo(township)
        assert waiting is not None
        assert waiting.label == label
        hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert equality.state(township) == start
    equality.assert_search_is_fresh(township)
