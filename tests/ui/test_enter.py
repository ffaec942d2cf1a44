"""Enter in the last field of a sheet presses its primary, and never puts the hand on the button that goes away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.core.clock import SystemClock
from desktop.security import slots
from desktop.security.slots import Cost
from desktop.services import accounts, branches, workspaces
from desktop.services.sessions import Role, Session
from desktop.ui.dialogs.unlock import UnlockDialog
from desktop.ui.housekeeping.account_sheets import AddSheet, ChangeSheet, OwnPasswordSheet, ResetSheet
from desktop.ui.housekeeping.accounts import AccountsSection
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.settings import SettingsPage
from desktop.ui.theme import Theme
from desktop.ui.widgets.fields import LineField
from desktop.ui.wizards.first_run import BEGIN, RECOVERY, FirstRunWizard
from tests.support import places

SECRET = "青禾柳溪2026"
CLOCK = SystemClock(places.DAY)
Settle = Callable[[Any], None]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "USUAL", slots.FLOOR)


@pytest.fixture
def section(window: MainWindow, settle: Settle) -> AccountsSection:
    accounts.add_account(
        window.context.session, name="gs2", title="王丽", role=Role.CLERK, password=SECRET, cost=Cost()
    )
    window.context.navigate.go("settings", "accounts")
    settle(window.context)
    page = window.page()
    assert isinstance(page, SettingsPage)
    found = page.section()
    assert isinstance(found, AccountsSection)
    return found


@pytest.fixture
def wizard(look: Theme, qtbot: QtBot, tmp_path: Path) -> Any:  # noqa: ANN401 - yields a wizard
    made = FirstRunWizard(tmp_path / "w", CLOCK)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def _enter(qtbot: QtBot, field: LineField) -> None:
    field.setFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)


def test_enter_in_the_last_field_adds_the_account(section: AccountsSection, settle: Settle, qtbot: QtBot) -> None:
    section.add()
    sheet = section.findChildren(AddSheet)[-1]
    sheet.name.set_value("gs3")
    sheet.title.set_value("陆建国")
    for field in (sheet.password.password, sheet.password.again):
        field.set_value(SECRET)
    _enter(qtbot, sheet.password.again)
    settle(section.context)
    assert [row.name for row in accounts.list_accounts(section.context.session)] == ["gly", "gs2", "gs3"]


def test_enter_where_something_lacks_puts_the_hand_there_and_a_second_one_cancels_nothing(
    section: AccountsSection, qtbot: QtBot
) -> None:
    section.add()
    sheet = section.findChildren(AddSheet)[-1]
    _enter(qtbot, sheet.password.again)
    assert (sheet.isVisible(), sheet.focusWidget() is sheet.name.edit) == (True, True)
    qtbot.keyClick(sheet.name.edit, Qt.Key.Key_Return)
    assert sheet.isVisible()
    sheet.reject()


def test_enter_sets_another_password_and_the_own_one(section: AccountsSection, settle: Settle, qtbot: QtBot) -> None:
    section.table.select(section.table.model.row_at(1).id)  # type: ignore[attr-defined]  # an AccountRow
    section.reset()
    reset = section.findChildren(ResetSheet)[-1]
    for field in (reset.password.password, reset.password.again):
        field.set_value("第三个密码-2026")
    _enter(qtbot, reset.password.again)
    settle(section.context)
    assert section.context.toast.accessibleName() == "已给王丽设新密码"
    section.change_own()
    own = section.findChildren(OwnPasswordSheet)[-1]
    own.old.set_value(places.PASSWORD)
    for field in (own.password.password, own.password.again):
        field.set_value("第三个密码-2026")
    _enter(qtbot, own.password.again)
    settle(section.context)
    assert section.context.toast.accessibleName() == "已改密码，下次打开用新密码"


def test_a_role_and_its_branch_are_changed_in_the_sheet(section: AccountsSection, settle: Settle) -> None:
    session = section.context.session
    where = branches.root(session)
    section.refresh()
    settle(section.context)
    section.table.select(section.table.model.row_at(1).id)  # type: ignore[attr-defined]  # an AccountRow
    section.change_button.click()
    sheet = section.findChildren(ChangeSheet)[-1]
    assert (sheet.windowTitle(), sheet.title.value(), sheet.role.value()) == ("修改账号 gs2", "王丽", Role.CLERK)
    assert not sheet.branch.isVisible()
    sheet.role.set_value(Role.SECRETARY)
    sheet.done_now()
    assert sheet.branch.error == "还没有选所管支部。请选一项。"
    sheet.branch.set_value(where)
    sheet.done_now()
    settle(section.context)
    row = accounts.list_accounts(session)[1]
    assert (row.role, row.branch_id) == (Role.SECRETARY, where)
    assert section.context.toast.accessibleName() == "已修改账号 gs2，本人下次打开时生效"


def test_the_last_officer_is_told_under_the_role(section: AccountsSection, settle: Settle) -> None:
    section.table.select(section.table.model.row_at(0).id)  # type: ignore[attr-defined]  # an AccountRow
    assert "自己的密码用“改我的密码”" in section.reset_button.toolTip()
    section.change_button.click()
    sheet = section.findChildren(ChangeSheet)[-1]
    sheet.role.set_value(Role.CLERK)
    sheet.done_now()
    settle(section.context)
    assert (sheet.isVisible(), sheet.role.error) == (True, "它是最后一个管理员。请先添加另一个管理员。")
    sheet.reject()


def test_the_first_run_goes_on_by_enter_and_takes_a_unit_by_arrow_and_enter(
    wizard: FirstRunWizard, qtbot: QtBot
) -> None:
    wizard.unit.search.edit.setText("meili")
    assert wizard.unit.found.count() > 1
    wizard.unit.search.setFocus()
    for _ in range(2):
        qtbot.keyClick(wizard.unit.search.edit, Qt.Key.Key_Down)
    second = wizard.unit.found.item(1).text()
    qtbot.keyClick(wizard.unit.search.edit, Qt.Key.Key_Return)
    assert second.endswith(wizard.unit.code.value())
    assert wizard.unit.name.hasFocus()
    _enter(qtbot, wizard.unit.folder)
    wizard.password.password.set_value(SECRET)
    wizard.password.again.set_value(SECRET)
    _enter(qtbot, wizard.password.again)
    qtbot.waitUntil(lambda: bool(wizard.recovery._code), timeout=20_000)
    assert wizard.stack.currentIndex() == RECOVERY
    wizard.recovery.field.set_value(wizard.recovery._code)
    place = wizard.leave_button.mapTo(wizard, wizard.leave_button.rect().topLeft())
    _enter(qtbot, wizard.recovery.field)
    qtbot.waitUntil(lambda: wizard.stack.currentIndex() == BEGIN, timeout=20_000)
    qtbot.wait(20)
    moved = wizard.leave_button.mapTo(wizard, wizard.leave_button.rect().topLeft()) - place
    assert (moved.y(), abs(moved.x()) < wizard.next_button.width() // 2) == (0, True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("常熟市梅李镇党委", "P1"), ("青禾街道党工委", "P2"), ("青禾街道", "P2"), ("青禾乡", "P1"),
        ("青禾镇委员会", "P1"), ("青禾镇工业园区党工委", "P2"), ("青禾", "P2"),
    ],
)  # fmt: skip
def test_what_a_unit_is_called_tells_what_its_root_is(name: str, kind: str) -> None:
    assert workspaces.root_kind(name) == kind


def test_the_root_follows_the_name_until_it_is_chosen(wizard: FirstRunWizard) -> None:
    unit = wizard.unit
    unit.name.set_value("梅李镇党委")
    assert unit.root.value() == "P1"
    unit.name.set_value("梅园新村街道党工委")
    assert unit.root.value() == "P2"
    unit.root.set_value("P1")
    unit.name.set_value("梅园新村街道")
    assert unit.root.value() == "P1"
    unit.kind.set_value("county")
    assert not unit.root.isVisible()


def test_the_root_is_made_as_it_was_chosen(wizard: FirstRunWizard, qtbot: QtBot) -> None:
    wizard.unit.code.set_value("329901001")
    wizard.unit.name.set_value("梅李镇党委")
    wizard.next()
    for field in (wizard.password.password, wizard.password.again):
        field.set_value(SECRET)
    wizard.next()
    qtbot.waitUntil(lambda: bool(wizard.recovery._code), timeout=20_000)
    session = wizard.founding.session
    assert session is not None
    assert session.db.rows("SELECT name, kind FROM branch") == [("梅李镇党委", "P1")]


def test_a_folder_is_browsed_for_and_one_with_other_things_gets_its_own_inside(
    wizard: FirstRunWizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "别的.txt").write_text("别的")
    (tmp_path / "bare").mkdir()
    for folder, wanted in (("full", "full/兜底通"), ("bare", "bare")):
        chosen = str(tmp_path / folder)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, chosen=chosen: chosen)
        wizard.unit.browse_button.click()
        assert wizard.unit.folder.value() == str(tmp_path / wanted)


def test_the_recovery_form_goes_back_to_the_password(either: Session, look: Theme, qtbot: QtBot) -> None:
    folder = either.workspace.paths.folder
    workspaces.close(either.workspace)
    dialog = UnlockDialog(folder, CLOCK, "gly")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.recover_link.text() == "忘了密码，用恢复单打开"
    dialog.recover_link.click()
    assert not dialog.password.isVisible()
    assert dialog.back_link.text() == "想起密码了，用密码打开"
    dialog.back_link.click()
    assert (dialog.password.isVisible(), dialog.open_button.isEnabled()) == (True, True)
    assert dialog.focusWidget() is dialog.password.edit
    dialog.password.set_value(places.PASSWORD)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        _enter(qtbot, dialog.password)
    assert dialog.session is not None
    workspaces.close(dialog.session.workspace)
