"""Accounts and their passwords."""

from dataclasses import replace

import pytest

from desktop.core.errors import UserError
from desktop.security.slots import Cost
from desktop.services import accounts, audits, workspaces
from desktop.services.sessions import Role, Session
from tests.support import places, rows

NEW = "另一个密码-2026"


def add(session: Session, name: str = "gs", role: Role = Role.CLERK, branch: bytes | None = None) -> bytes:
    return accounts.add_account(
        session, name=name, title="干事", role=role, password=NEW, branch=branch, cost=Cost()
    )  # fmt: skip


def enter(session: Session, account: str, password: str = NEW) -> Session:
    workspaces.close(session.workspace)
    return workspaces.unlock(
        session.workspace.paths.folder, account=account, password=password, clock=session.workspace.clock
    )


def test_a_new_account_opens_the_workspace_in_its_role(either: Session) -> None:
    add(either)
    session = enter(either, "gs")
    assert (session.account, session.role, session.scope) == ("gs", Role.CLERK, None)
    workspaces.close(session.workspace)


def test_a_secretary_sees_the_own_branch(either: Session) -> None:
    where = rows.branch(either, "第一党支部", "B901")
    add(either, "sj", Role.SECRETARY, where)
    session = enter(either, "sj")
    assert session.scope == where
    workspaces.close(session.workspace)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gly", "没有添加账号。已有账号“gly”。请换一个名字。"),
        ("GLY", "没有添加账号。已有账号“GLY”。请换一个名字。"),
        ("recovery", "没有添加账号。已有账号“recovery”。请换一个名字。"),
        ("干事", "没有添加账号。账号名只能用字母和数字。请改成例如 gs 的名字。"),
        ("", "没有添加账号。账号名只能用字母和数字。请改成例如 gs 的名字。"),
    ],
)
def test_a_name_that_cannot_be_is_refused(township: Session, name: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        add(township, name)
    assert str(refused.value) == sentence
    assert refused.value.field == "name"


def test_a_secretary_without_a_branch_is_refused(township: Session) -> None:
    with pytest.raises(UserError, match="书记账号没有选支部"):
        add(township, "sj", Role.SECRETARY)


def test_a_closed_account_does_not_open_and_opens_again_when_it_is_switched_on(township: Session) -> None:
    add(township)
    accounts.set_state(township, name="gs", active=False)
    workspaces.close(township.workspace)
    with pytest.raises(UserError, match="账号“gs”已停用"):
        enter(township, "gs")
    officer = enter(township, "gly", places.PASSWORD)
    accounts.set_state(officer, name="gs", active=True)
    workspaces.close(enter(officer, "gs").workspace)


def test_the_last_officer_stays_on(township: Session) -> None:
    with pytest.raises(UserError, match="它是最后一个管理员"):
        accounts.set_state(township, name="gly", active=False)


def test_an_account_takes_another_role_and_branch_from_its_next_opening(either: Session) -> None:
    where = rows.branch(either, "第一党支部", "B901")
    add(either)
    accounts.change_account(either, name="gs", title="  陆建国 ", role=Role.SECRETARY, branch=where)
    (line,) = audits.list_lines(either, limit=1)
    assert (line.account, line.deed, line.detail) == ("gly", "account", "修改 gs clerk secretary B901")
    session = enter(either, "gs")
    assert (session.role, session.scope, session.account_title) == (Role.SECRETARY, where, "陆建国")
    workspaces.close(session.workspace)


def test_an_account_that_is_no_secretary_any_more_has_no_branch(township: Session) -> None:
    add(township, "sj", Role.SECRETARY, rows.branch(township, "第一党支部", "B901"))
    accounts.change_account(township, name="sj", title="王丽", role=Role.CLERK, branch=b"any")
    (row,) = [one for one in accounts.list_accounts(township) if one.name == "sj"]
    assert (row.title, row.role, row.branch_id) == ("王丽", Role.CLERK, None)


def test_the_last_officer_stays_one(township: Session) -> None:
    with pytest.raises(UserError) as refused:
        accounts.change_account(township, name="gly", title="管理员", role=Role.CLERK)
    assert str(refused.value) == "没有修改账号。它是最后一个管理员。请先添加另一个管理员。"
    assert refused.value.field == "role"


def test_nobody_gives_up_the_own_role_but_another_officer_may_take_it(township: Session) -> None:
    add(township, "gly2", Role.OFFICER)
    with pytest.raises(UserError) as refused:
        accounts.change_account(township, name="gly", title="管理员", role=Role.CLERK)
    assert str(refused.value) == "没有修改账号。不能改自己的角色。请由另一个管理员办理。"
    accounts.change_account(township, name="gly", title="李明", role=Role.OFFICER)
    accounts.change_account(replace(township, account="gly2"), name="gly", title="李明", role=Role.CLERK)
    assert [row.role for row in accounts.list_accounts(township)] == [Role.CLERK, Role.OFFICER]


def test_a_change_to_a_secretary_wants_a_branch(township: Session) -> None:
    add(township)
    with pytest.raises(UserError) as refused:
        accounts.change_account(township, name="gs", title="王丽", role=Role.SECRETARY)
    assert str(refused.value) == "没有修改账号。书记账号没有选支部。请选择它所管的支部。"
    with pytest.raises(UserError, match="没有账号“nobody”"):
        accounts.change_account(township, name="nobody", title="王丽", role=Role.CLERK)


def test_an_account_that_is_none_is_refused(township: Session) -> None:
    with pytest.raises(UserError, match="没有账号“nobody”"):
        accounts.set_state(township, name="nobody", active=False)
    with pytest.raises(UserError, match="没有账号“nobody”"):
        accounts.reset_password(township, name="nobody", new=NEW, cost=Cost())


def test_a_changed_password_opens_and_the_old_one_does_not(either: Session) -> None:
    accounts.change_password(either, old=places.PASSWORD, new=NEW, cost=Cost())
    session = enter(either, "gly", NEW)
    workspaces.close(session.workspace)
    with pytest.raises(UserError, match="账号或密码不对"):
        enter(session, "gly", places.PASSWORD)


def test_a_password_is_changed_only_by_who_knows_the_old_one(township: Session) -> None:
    with pytest.raises(UserError, match="账号或密码不对"):
        accounts.change_password(township, old="not-this-one", new=NEW, cost=Cost())
    with pytest.raises(UserError, match="密码少于 8 个字符"):
        accounts.change_password(township, old=places.PASSWORD, new="short", cost=Cost())


def test_an_officer_resets_a_forgotten_password(township: Session) -> None:
    add(township)
    accounts.reset_password(township, name="gs", new="第三个密码-2026", cost=Cost())
    workspaces.close(enter(township, "gs", "第三个密码-2026").workspace)


def test_only_officers_touch_accounts(township: Session) -> None:
    for role in (Role.CLERK, Role.SECRETARY, Role.READER):
        with pytest.raises(UserError, match="没有这项权限"):
            add(replace(township, role=role))
        with pytest.raises(UserError, match="没有这项权限"):
            accounts.change_account(replace(township, role=role), name="gly", title="管理员", role=Role.OFFICER)


def test_what_is_done_to_accounts_stands_in_the_audit_without_a_password(township: Session) -> None:
    add(township)
    accounts.reset_password(township, name="gs", new=NEW, cost=Cost())
    lines = [(line.deed, line.detail) for line in audits.list_lines(township, limit=2)]
    assert lines == [("password", "gs"), ("account", "添加 gs clerk")]
    assert NEW not in str(audits.list_lines(township))


def test_a_new_recovery_sheet_replaces_the_one_before(township: Session) -> None:
    assert not accounts.has_recovery(township)
    first = accounts.new_recovery_code(township, cost=Cost())
    second = accounts.new_recovery_code(township, cost=Cost())
    assert accounts.has_recovery(township)
    folder = township.workspace.paths.folder
    clock = township.workspace.clock
    workspaces.close(township.workspace)
    with pytest.raises(UserError, match="这张恢复单打不开它"):
        workspaces.recover(folder, code=first, password=NEW, clock=clock, cost=Cost())
    workspaces.close(workspaces.recover(folder, code=second, password=NEW, clock=clock, cost=Cost()).workspace)
