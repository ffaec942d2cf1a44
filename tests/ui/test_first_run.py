"""The first start: a unit found by pinyin, a password, a recovery sheet typed once, and back again; unlocking after."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.core import divisions
from desktop.core.clock import SystemClock
from desktop.core.errors import UserError
from desktop.core.recent import last_workspace, remember
from desktop.security import slots
from desktop.security.slots import Cost
from desktop.services import accounts, workspaces
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.dialogs.unlock import UnlockDialog, wait_words
from desktop.ui.theme import Theme, theme
from desktop.ui.wizards.first_run import BEGIN, PASSWORD, RECOVERY, UNIT, FirstRunWizard
from desktop.ui.wizards.founding import Founding
from desktop.ui.wizards.unit_step import proposed_name
from tests.support import places
from tests.support.demo import copy_demo
from tests.ui.test_shell import clipped, unnamed

SECRET = "青禾柳溪2026"
CLOCK = SystemClock(places.DAY)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "USUAL", slots.FLOOR)


@pytest.fixture
def wizard(look: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[FirstRunWizard]:
    made = FirstRunWizard(tmp_path / "w", CLOCK)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()
    if made.session is not None:
        workspaces.close(made.session.workspace)


@pytest.fixture
def on_paper(wizard: FirstRunWizard, qtbot: QtBot) -> FirstRunWizard:
    """The wizard at its third step, with a code drawn."""
    wizard.unit.code.set_value("329901001")
    wizard.unit.name.set_value("青禾街道党工委")
    wizard.next()
    wizard.password.password.set_value(SECRET)
    wizard.password.again.set_value(SECRET)
    wizard.next()
    qtbot.waitUntil(lambda: bool(wizard.recovery._code), timeout=20_000)
    return wizard


def test_a_unit_is_found_by_initials_and_fills_code_and_name(wizard: FirstRunWizard) -> None:
    wizard.unit.search.edit.setText("myxcjd")
    assert [wizard.unit.found.item(at).text() for at in range(wizard.unit.found.count())] == [
        "南京市 玄武区 梅园新村街道　320102002"
    ]
    wizard.unit._take(wizard.unit.found.item(0))
    assert (wizard.unit.code.value(), wizard.unit.name.value()) == ("320102002", "梅园新村街道党工委")


def test_divisions_are_found_by_code_name_and_whole_reading() -> None:
    assert divisions.find("320102002", length=divisions.TOWNSHIP)[0].name == "梅园新村街道"
    assert divisions.find("玄武", length=divisions.COUNTY)[0].code == "320102"
    assert divisions.find("xuanwuqu", length=divisions.COUNTY)[0].code == "320102"
    assert divisions.find(" ", length=divisions.COUNTY) == ()


def test_names_are_proposed_by_what_the_unit_is() -> None:
    county = divisions.find("320102", length=divisions.COUNTY)[0]
    assert proposed_name(county, "county") == "玄武区委组织部"


def test_what_is_missing_is_said_under_its_field(wizard: FirstRunWizard) -> None:
    wizard.next()
    assert wizard.stack.currentIndex() == UNIT
    assert wizard.unit.code.error == "还没有填写单位代码。请填写。"


def test_a_code_that_does_not_fit_is_refused_when_its_field_is_left(wizard: FirstRunWizard, qtbot: QtBot) -> None:
    wizard.unit.code.setFocus()
    qtbot.keyClicks(wizard.unit.code.edit, "3299")
    wizard.unit.name.setFocus()
    said = "单位代码“3299”不合格式。请填写 9 位乡级代码，例如 329901001。"
    assert wizard.unit.code.error == said
    wizard.unit.name.set_value("青禾街道党工委")
    wizard.next()
    assert (wizard.stack.currentIndex(), wizard.unit.code.error) == (UNIT, said)
    assert wizard.unit.code.hasFocus()
    wizard.unit.kind.set_value("county")
    wizard.unit.code.set_value("329901")
    wizard.next()
    assert wizard.stack.currentIndex() == PASSWORD
    assert wizard.password.password.hasFocus()


def test_another_level_looks_at_the_code_anew(wizard: FirstRunWizard) -> None:
    wizard.unit.code.set_value("329901001")
    wizard.unit.kind.set_value("county")
    wizard.unit._again()
    assert wizard.unit.code.error == "单位代码“329901001”不合格式。请填写 6 位县级代码，例如 329901。"


def test_two_passwords_that_differ_are_refused(wizard: FirstRunWizard) -> None:
    wizard._go(PASSWORD)
    wizard.password.password.set_value(SECRET)
    wizard.password.again.set_value("别的")
    wizard.next()
    assert wizard.password.again.error == "两次输入不一样。请再输一次。"


def test_the_code_is_typed_once_off_the_paper_and_then_the_work_begins(
    on_paper: FirstRunWizard, qtbot: QtBot
) -> None:
    assert on_paper.stack.currentIndex() == RECOVERY
    on_paper.recovery.field.set_value("AAAA")
    on_paper.next()
    qtbot.waitUntil(lambda: bool(on_paper.recovery.field.error), timeout=20_000)
    on_paper.recovery.field.set_value(on_paper.recovery._code.lower())
    on_paper.next()
    qtbot.waitUntil(lambda: on_paper.stack.currentIndex() == BEGIN, timeout=20_000)
    on_paper.finish()
    assert on_paper.session is not None
    assert accounts.has_recovery(on_paper.session)


def test_going_back_from_the_sheet_takes_the_empty_workspace_away(
    on_paper: FirstRunWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.waitUntil(on_paper.isEnabled)
    on_paper.back()
    assert on_paper.stack.currentIndex() == PASSWORD
    assert not (tmp_path / "w").exists()
    on_paper.back()
    assert on_paper.unit.name.value() == "青禾街道党工委"


def test_left_half_way_the_workspace_opens_next_time_and_asks_for_its_sheet(
    on_paper: FirstRunWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.waitUntil(on_paper.isEnabled)
    assert last_workspace() == (tmp_path / "w").resolve()
    on_paper.reject()
    session = workspaces.unlock(tmp_path / "w", account="gly", password=SECRET, clock=CLOCK)
    assert not accounts.has_recovery(session)
    workspaces.close(session.workspace)


def test_going_back_from_the_sheet_remembers_the_workspace_of_before(
    look: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    remember(tmp_path / "before")
    wizard = FirstRunWizard(tmp_path / "w", CLOCK)
    qtbot.addWidget(wizard)
    wizard._created(wizard.founding.make(
        tmp_path / "w", kind="township", code="329901001", name="青禾街道党工委", password=SECRET
    ))  # fmt: skip
    assert last_workspace() == (tmp_path / "w").resolve()
    qtbot.waitUntil(lambda: bool(wizard.recovery._code), timeout=20_000)
    wizard.back()
    assert last_workspace() == (tmp_path / "before").resolve()


def _asked(monkeypatch: pytest.MonkeyPatch, *, leave: bool) -> list[str]:
    said: list[str] = []

    def confirm(_parent: object, what: str, text: str, _verb: str, _leave: str) -> bool:
        said.append(what + text)
        return leave

    monkeypatch.setattr(messages, "confirm", confirm)
    return said


def test_esc_asks_before_it_throws_away_what_was_typed(
    wizard: FirstRunWizard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _asked(monkeypatch, leave=False)
    wizard.unit.name.set_value("青禾街道党工委")
    qtbot.keyClick(wizard.unit.name.edit, Qt.Key.Key_Escape)
    assert said == ["离开设置？工作区还没有建立，填好的内容不会保留。"]
    assert wizard.isVisible()


def test_esc_at_the_sheet_says_that_the_workspace_stays(
    on_paper: FirstRunWizard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _asked(monkeypatch, leave=True)
    qtbot.waitUntil(on_paper.isEnabled)
    qtbot.keyClick(on_paper.recovery.field.edit, Qt.Key.Key_Escape)
    assert said == ["离开设置？工作区已经建好，恢复单还没有启用。下次启动输入管理员的密码打开，再做恢复单。"]
    assert not on_paper.isVisible()


def test_esc_leaves_an_untouched_first_step_without_a_question(
    wizard: FirstRunWizard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _asked(monkeypatch, leave=False)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert (said, wizard.isVisible()) == ([], False)


def test_a_folder_without_a_workspace_is_refused_by_name(
    wizard: FirstRunWizard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "空的").mkdir()
    said: list[str] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "空的"))
    monkeypatch.setattr(messages, "refusal", lambda _parent, error: said.append(str(error)))
    wizard.existing_link.click()
    assert said == ["没有打开工作区。“空的”里没有工作区。请选工作区所在的文件夹，里面有 workspace.db。"]
    assert (wizard.existing, wizard.isVisible()) == (None, True)


def test_example_records_are_shown_while_the_own_unit_waits_closed(
    on_paper: FirstRunWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    workspaces.close(copy_demo(on_paper.demo_folder).workspace)
    qtbot.waitUntil(on_paper.isEnabled)
    with qtbot.waitSignal(on_paper.accepted, timeout=20_000):
        on_paper.show_demo()
    assert on_paper.session is not None
    assert on_paper.session.workspace.demo
    assert on_paper.waiting == tmp_path / "w"
    workspaces.close(workspaces.unlock(tmp_path / "w", account="gly", password=SECRET, clock=CLOCK).workspace)


@pytest.mark.parametrize("percent", [100, 150])
def test_no_step_cuts_its_words(wizard: FirstRunWizard, qtbot: QtBot, percent: int) -> None:
    theme().set_percent(percent)
    for step in (UNIT, PASSWORD, BEGIN):
        wizard._go(step)
        qtbot.wait(20)
        assert (clipped(wizard), unnamed(wizard)) == ([], [])


def _locked(folder: Path) -> str:
    session = places.open_new(folder, encrypted=False)
    code = accounts.new_recovery_code(session, cost=Cost())
    workspaces.close(session.workspace)
    return code


def test_a_recovery_sheet_opens_with_a_new_password(look: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    code = _locked(tmp_path / "w")
    dialog = UnlockDialog(tmp_path / "w", CLOCK, "gly")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.use_recovery()
    dialog.code.set_value(code)
    dialog.fresh.password.set_value(SECRET)
    dialog.fresh.again.set_value(SECRET)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.recover()
    assert dialog.session is not None
    workspaces.close(dialog.session.workspace)
    again = workspaces.unlock(tmp_path / "w", account="gly", password=SECRET, clock=CLOCK)
    workspaces.close(again.workspace)


def test_after_too_many_wrong_passwords_the_wait_counts_down_and_the_sheet_still_opens(
    look: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    code = _locked(tmp_path / "w")
    for _ in range(5):
        with pytest.raises(UserError):
            workspaces.unlock(tmp_path / "w", account="gly", password="不对的密码", clock=CLOCK)
    dialog = UnlockDialog(tmp_path / "w", CLOCK, "gly")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.open_button.isEnabled()
    assert dialog._said.text().startswith("密码连续输错多次，还要等 ")
    dialog.use_recovery()
    dialog.code.set_value(code)
    for field in (dialog.fresh.password, dialog.fresh.again):
        field.set_value(SECRET)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.recover()
    assert dialog.session is not None
    workspaces.close(dialog.session.workspace)


def test_a_sheet_that_was_replaced_is_refused_by_name(
    either: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = accounts.new_recovery_code(either)
    new = accounts.new_recovery_code(either)
    folder = either.workspace.paths.folder
    workspaces.close(either.workspace)
    with pytest.raises(UserError, match=r"没有打开工作区。这张恢复单打不开它。请用最后换发的那一张恢复单。"):
        workspaces.recover(folder, code=old, password=SECRET, clock=CLOCK)
    workspaces.close(workspaces.recover(folder, code=new, password=SECRET, clock=CLOCK).workspace)


def test_esc_does_not_close_the_unlock_page(look: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    _locked(tmp_path / "w")
    dialog = UnlockDialog(tmp_path / "w", CLOCK, "gly")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.password.edit.setText(SECRET)
    qtbot.keyClick(dialog.password.edit, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), dialog.password.edit.text()) == (True, SECRET)


def test_the_wait_is_said_in_minutes_and_seconds() -> None:
    assert wait_words(29) == "密码连续输错多次，还要等 29 秒。可以用恢复单打开。"
    assert wait_words(133) == "密码连续输错多次，还要等 2 分 13 秒。可以用恢复单打开。"


def test_the_last_workspace_is_remembered_for_window_and_command_line(tmp_path: Path) -> None:
    assert last_workspace() is None
    remember(tmp_path)
    assert last_workspace() == tmp_path.resolve()


def test_a_root_that_is_refused_closes_the_workspace_and_takes_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Session] = []

    def refused(session: Session, *, kind: str | None) -> None:
        assert kind is None
        made.append(session)
        raise UserError("没有保存。", "磁盘已满。", "请腾出空间，再试一次。", "cannot-write")

    monkeypatch.setattr(workspaces, "begin_root", refused)
    founding = Founding(SystemClock(places.DAY))
    with pytest.raises(UserError, match="磁盘已满"):
        founding.make(tmp_path / "w", kind="township", code="329901001", name="青禾街道", password=places.PASSWORD)
    assert made[0].workspace.write.is_closed()
    assert not (tmp_path / "w").exists()
