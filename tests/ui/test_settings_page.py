"""设置: each section shows, changes and refuses in its own words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.core.clock import instant_text, local_text
from desktop.core.errors import UserError
from desktop.security import slots
from desktop.services import accounts, key_files, undoing, workspaces
from desktop.services.places import PlaceDraft, save
from desktop.services.sessions import Role
from desktop.services.trash import DeletedRow
from desktop.ui import messages
from desktop.ui.housekeeping.account_sheets import AddSheet, OwnPasswordSheet
from desktop.ui.housekeeping.accounts import AccountsSection
from desktop.ui.housekeeping.backups import BackupsSection
from desktop.ui.housekeeping.demo import DemoSection
from desktop.ui.housekeeping.keys import KeysSection
from desktop.ui.housekeeping.log import LogSection
from desktop.ui.housekeeping.look import LookSection
from desktop.ui.housekeeping.trash import facts
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.settings import SECTIONS, SettingsPage
from desktop.ui.status import backup_words
from desktop.ui.theme import Mode, theme
from tests.support.places import PASSWORD
from tests.ui.test_shell import clipped, unnamed

Settle = Callable[[Any], None]


@pytest.fixture
def page(window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    monkeypatch.setattr(slots, "USUAL", slots.FLOOR)
    window.resize(1366, 728)
    window.context.navigate.go("settings")
    settle(window.context)
    found = window.page()
    assert isinstance(found, SettingsPage)
    return found


def _section(page: SettingsPage, settle: Settle, key: str) -> Any:  # noqa: ANN401 - one of the sections
    page.context.navigate.go("settings", key)
    settle(page.context)
    return page.section()


def test_the_look_is_changed_live_and_remembered(page: SettingsPage, settle: Settle) -> None:
    look = _section(page, settle, "look")
    assert isinstance(look, LookSection)
    look.mode.set_value(Mode.DARK)
    look.percent.set_value(115)
    look.rows.set_value("compact")
    assert (theme().dark, theme().percent) == (True, 115)
    kept = page.context.settings
    assert (kept.mode, kept.percent, kept.row_height) == (Mode.DARK, 115, "compact")


def test_an_account_is_added_with_what_was_typed(page: SettingsPage, settle: Settle) -> None:
    section = _section(page, settle, "accounts")
    assert isinstance(section, AccountsSection)
    section.add()
    sheet = section.findChildren(AddSheet)[-1]
    sheet.name.set_value("gs2")
    sheet.title.set_value("王丽")
    sheet.password.password.set_value("青禾柳溪2026")
    sheet.password.again.set_value("青禾柳溪2026")
    sheet.done_now()
    settle(page.context)
    rows = accounts.list_accounts(page.context.session)
    assert [(row.name, row.title, row.role) for row in rows][1:] == [("gs2", "王丽", Role.CLERK)]
    assert page.context.toast.accessibleName() == "已添加账号 gs2"


def test_a_name_that_is_taken_is_said_under_its_field_and_nothing_typed_is_lost(
    page: SettingsPage, settle: Settle
) -> None:
    section = _section(page, settle, "accounts")
    section.add()
    sheet = section.findChildren(AddSheet)[-1]
    sheet.name.set_value("gly")
    sheet.title.set_value("王丽")
    for field in (sheet.password.password, sheet.password.again):
        field.set_value("青禾柳溪2026")
    sheet.done_now()
    settle(page.context)
    assert sheet.isVisible()
    assert sheet.name.error == "已有账号“gly”。请换一个名字。"
    assert sheet.title.value() == "王丽"
    sheet.reject()


def test_the_last_officer_cannot_be_switched_off(
    page: SettingsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("desktop.ui.messages.refusal", lambda _parent, error: said.append(str(error)))
    section = _section(page, settle, "accounts")
    section.table.select(section.table.model.row_at(0).id)
    section.switch()
    settle(page.context)
    assert said == ["没有停用账号。它是最后一个管理员。请先添加另一个管理员。"]


def test_the_own_password_wants_the_old_one(page: SettingsPage, settle: Settle) -> None:
    section = _section(page, settle, "accounts")
    section.change_own()
    sheet = section.findChildren(OwnPasswordSheet)[-1]
    sheet.old.set_value("不对的密码")
    for field in (sheet.password.password, sheet.password.again):
        field.set_value("青禾柳溪2026")
    sheet.done_now()
    settle(page.context)
    assert sheet.old.error == "现在的密码不对。请重新输入。"
    sheet.old.set_value(PASSWORD)
    sheet.done_now()
    settle(page.context)
    assert page.context.toast.accessibleName() == "已改密码，下次打开用新密码"


def test_a_recovery_sheet_holds_only_once_its_code_was_typed(page: SettingsPage, settle: Settle) -> None:
    section = _section(page, settle, "keys")
    assert isinstance(section, KeysSection)
    assert section.recovery_state.text() == "还没有恢复单"
    section.make_sheet()
    settle(page.context)
    panel = section.recovery_dialog.panel
    panel.field.set_value("AAAA-BBBB")
    panel.keep()
    settle(page.context)
    assert panel.field.error == "输入的恢复码与纸上的不一样。请对照恢复单，一组一组重新输入。"
    assert not accounts.has_recovery(page.context.session)
    panel.field.set_value(panel._code.lower().replace("-", " "))
    panel.keep()
    settle(page.context)
    assert accounts.has_recovery(page.context.session)
    assert section.recovery_state.text() == "已有恢复单"


def test_the_recovery_sheet_is_saved_as_a_pdf(page: SettingsPage, settle: Settle, tmp_path: Path) -> None:
    section = _section(page, settle, "keys")
    section.make_sheet()
    settle(page.context)
    section.recovery_dialog.panel.save_to(tmp_path / "恢复单.pdf")
    settle(page.context)
    assert (tmp_path / "恢复单.pdf").read_bytes().startswith(b"%PDF")
    section.recovery_dialog.reject()


def test_a_backup_turns_the_shield_green_and_stands_in_the_list(page: SettingsPage, settle: Settle) -> None:
    section = _section(page, settle, "backup")
    assert isinstance(section, BackupsSection)
    shield = page.window().header.backup  # type: ignore[attr-defined]  # the main window
    assert shield.accessibleName() == "还没有备份过，点这里备份"
    section.backup_here()
    settle(page.context)
    assert section.table.model.rowCount() == 1
    assert shield.accessibleName().startswith("上次备份：")


def test_a_backup_is_restored_into_a_new_folder_and_can_be_opened(
    page: SettingsPage, settle: Settle, qtbot: QtBot
) -> None:
    section = _section(page, settle, "backup")
    section.backup_here()
    settle(page.context)
    section.table.select(section.table.model.row_at(0).id)
    section.restore()
    sheet = section.restore_sheet
    sheet.password.set_value("不对的密码")
    sheet.restore()
    qtbot.waitUntil(lambda: bool(sheet.password.error), timeout=20_000)
    assert sheet.password.error == "账号或密码不对。请用备份那天的密码或恢复单。"
    sheet.password.set_value(PASSWORD)
    sheet.restore()
    qtbot.waitUntil(lambda: sheet.restored is not None, timeout=20_000)
    assert sheet.restored is not None
    assert (sheet.restored / "workspace.db").is_file()
    with qtbot.waitSignal(page.window().left) as heard:  # type: ignore[attr-defined]  # the main window
        sheet.restore_button.click()
    assert heard.args == [f"open:{sheet.restored}"]


def test_the_check_says_that_the_data_is_sound(page: SettingsPage, settle: Settle) -> None:
    _section(page, settle, "backup").verify()
    settle(page.context)
    assert page.context.toast.accessibleName() == "数据完好"


def test_any_deed_of_the_log_can_be_taken_back(page: SettingsPage, settle: Settle) -> None:
    page.context.tasks.run_change(
        page, lambda session: save(session, draft=PlaceDraft(name="东村", kind="village")), silent=True
    )
    section = _section(page, settle, "log")
    assert isinstance(section, LogSection)
    section.table.select(section.table.model.row_at(0))
    section.undo()
    settle(page.context)
    assert undoing.list_units(page.context.session)[1].undone


def test_the_example_records_open_in_a_folder_of_their_own(
    page: SettingsPage, settle: Settle, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.housekeeping.demo.make_or_find", lambda folder: folder)
    section = _section(page, settle, "demo")
    assert isinstance(section, DemoSection)
    section.folder = tmp_path / "示例"
    with qtbot.waitSignal(page.window().left, timeout=20_000) as heard:  # type: ignore[attr-defined]  # the main window
        section.enter()
    assert heard.args == [f"open:{tmp_path / '示例'}"]


def test_the_example_records_are_deleted_after_a_question_and_never_another_folder(
    page: SettingsPage, settle: Settle, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "示例"
    folder.mkdir()
    with pytest.raises(UserError, match=r"没有删除示例数据。“示例”里没有示例数据。不用删除。"):
        workspaces.remove_demo(folder)
    workspaces.mark_demo(folder, workspaces.Demo("shili2026", "2026-11-25", (("gly", "管理员"),)))
    monkeypatch.setattr(DemoSection, "folder", folder)
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(messages, "confirm", lambda _parent, *words: asked.append(words) or True)
    section = _section(page, settle, "demo")
    assert isinstance(section, DemoSection)
    section.remove_button.click()
    qtbot.waitUntil(lambda: section.said.text() == "示例数据已经删除。", timeout=20_000)
    assert [(words[0], words[2]) for words in asked] == [("删除示例数据？", "删除示例数据")]
    assert not folder.exists()


def test_the_recycle_bin_says_how_much_lies_in_it(page: SettingsPage, settle: Settle) -> None:
    rows = [
        DeletedRow("person", "人员", b"2", "王秀英", "填错了", "2026-11-24T02:30:00Z", "gly", 1),
        DeletedRow("person", "人员", b"1", "陆建国", "", "2026-11-20T02:30:00Z", "gly", 0),
        DeletedRow("meeting", "会议", b"3", "支部党员大会", "", None, None, 0),
    ]
    assert facts(rows) == [
        ("现在有", "3 条：人员 2 条、会议 1 条"), ("最近移入", f"人员“王秀英”，{local_text('2026-11-24T02:30:00Z')}"),
    ]  # fmt: skip
    section = _section(page, settle, "trash")
    labels: list[QLabel] = section.findChildren(QLabel)
    assert "没有记录" in [label.text() for label in labels]


def test_about_says_what_must_not_be_kept_here(page: SettingsPage, settle: Settle) -> None:
    section = _section(page, settle, "about")
    assert "本系统不得处理国家秘密、工作秘密。" in [label.text() for label in section.findChildren(QLabel)]


def test_the_shield_knows_when_a_backup_is_old(page: SettingsPage) -> None:
    now = page.context.session.workspace.clock.now()
    assert backup_words(instant_text(now.replace(year=now.year - 1)), now) == (
        "已经 365 天没有备份，点这里备份", False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", ""), ("abc", "还差 5 个字符，至少 8 个。"), ("12345678", "容易猜到：只有数字，或重复太多。请再加几个字。"),
        ("abcdefgh", "够用。加上数字或标点更好。"), ("abcd1234", "够用。再长几个字更好。"),
        ("青禾街道老年协会", "很难猜到。"),
    ],
)  # fmt: skip
def test_the_worth_of_a_password_is_said_in_a_sentence(password: str, said: str) -> None:
    assert key_files.strength(password) == said


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("key", [key for key, _, _ in SECTIONS])
def test_no_section_cuts_its_words_and_everything_has_a_name(
    page: SettingsPage, settle: Settle, qtbot: QtBot, key: str, percent: int
) -> None:
    theme().set_percent(percent)
    _section(page, settle, key)
    qtbot.wait(20)
    assert (clipped(page), unnamed(page)) == ([], [])
