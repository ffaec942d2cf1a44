"""Accounts and their passwords: who may open this workspace, in which role, over which branch."""

from dataclasses import dataclass

from desktop.core.clock import instant_text
from desktop.core.errors import UserError
from desktop.core.text import clean_line
from desktop.security import recovery, slots
from desktop.services import audits, key_files
from desktop.services.sessions import ADMINS, EVERYONE, Role, Session, allowed
from desktop.services.storage import transaction

RECOVERY_SLOT = "recovery"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as the settings page shows it."""

    id: bytes
    name: str
    title: str
    role: Role
    branch_id: bytes | None
    branch: str | None
    state: str


@allowed(EVERYONE)
def list_accounts(session: Session) -> tuple[AccountRow, ...]:
    """Give every account of the workspace, in the order they were made."""
    rows = session.db.rows(
        "SELECT a.id, a.name, coalesce(a.title, a.name), a.role, a.branch_id, b.name, a.state FROM account a "
        "LEFT JOIN branch b ON b.id = a.branch_id ORDER BY a.created_at, a.id"
    )
    return tuple(AccountRow(row[0], row[1], row[2], Role(row[3]), row[4], row[5], row[6]) for row in rows)


@allowed(ADMINS)
def add_account(
    session: Session,
    *,
    name: str,
    title: str,
    role: Role,
    password: str,
    branch: bytes | None = None,
    cost: slots.Cost | None = None,
) -> bytes:
    """Make an account; a 书记 needs the branch that is its scope."""
    name = clean_line(name)
    if not name.isascii() or not name.isalnum():
        raise UserError("没有添加账号。", "账号名只能用字母和数字。", "请改成例如 gs 的名字。", "bad-name", "name")
    if name == RECOVERY_SLOT or any(row.name.casefold() == name.casefold() for row in list_accounts(session)):
        raise UserError("没有添加账号。", f"已有账号“{name}”。", "请换一个名字。", "taken", "name")
    _check_branch("没有添加账号。", role, branch)
    key_files.check_password(password)
    workspace = session.workspace
    kept = slots.with_slot(
        key_files.load(workspace.paths), workspace.data_key, name, password, kind="account", cost=cost
    )
    key = session.new_id()
    with transaction(workspace.write):
        workspace.write.run(
            "INSERT INTO account (id, name, title, role, branch_id, state, created_at) "
            "VALUES (?, ?, ?, ?, ?, 'active', ?)",
            (key, name, clean_line(title), role.value, branch, instant_text(workspace.clock.now())),
        )
        audits.append(workspace, account=session.account, deed="account", detail=f"添加 {name} {role.value}")
        key_files.save(workspace.paths, kept)
    return key


def _check_branch(what: str, role: Role, branch: bytes | None) -> None:
    if role is Role.SECRETARY and branch is None:
        raise UserError(what, "书记账号没有选支部。", "请选择它所管的支部。", "no-branch", "branch")


@allowed(ADMINS)
def change_account(session: Session, *, name: str, title: str, role: Role, branch: bytes | None = None) -> None:
    """Give an account another title, role or branch; the last 管理员 stays one, and nobody gives up the own role.

    It holds from the next time that the account opens the workspace.
    """
    what = "没有修改账号。"
    before = _known(session, name, what)
    if role is not Role.OFFICER:
        _check_other_officer(session, name, what)
    if name == session.account and role is not before.role:
        raise UserError(what, "不能改自己的角色。", "请由另一个管理员办理。", "own-role", "role")
    _check_branch(what, role, branch)
    scope = branch if role is Role.SECRETARY else None
    workspace = session.workspace
    with transaction(workspace.write):
        workspace.write.run(
            "UPDATE account SET title = ?, role = ?, branch_id = ? WHERE name = ?",
            (clean_line(title), role.value, scope, name),
        )
        where = workspace.write.one("SELECT code FROM branch WHERE id = ?", (scope,)) if scope else None
        detail = f"修改 {name} {before.role.value} {role.value}" + (f" {where[0]}" if where else "")
        audits.append(workspace, account=session.account, deed="account", detail=detail)


def _check_other_officer(session: Session, name: str, what: str) -> None:
    """Refuse to take away the last account that is 管理员 and may open the workspace."""
    officers = [row.name for row in list_accounts(session) if row.role is Role.OFFICER and row.state == "active"]
    if officers == [name]:
        raise UserError(what, "它是最后一个管理员。", "请先添加另一个管理员。", "last-admin", "role")


@allowed(ADMINS)
def set_state(session: Session, *, name: str, active: bool) -> None:
    """Switch an account on or off; the last 管理员 stays on."""
    workspace = session.workspace
    _known(session, name, "没有改动账号。")
    if not active:
        _check_other_officer(session, name, "没有停用账号。")
    with transaction(workspace.write):
        state = "active" if active else "closed"
        workspace.write.run("UPDATE account SET state = ? WHERE name = ?", (state, name))
        audits.append(workspace, account=session.account, deed="account", detail=f"{name} {state}")


@allowed(EVERYONE)
def change_password(session: Session, *, old: str, new: str, cost: slots.Cost | None = None) -> None:
    """Wrap the data key under a new password of the account at work."""
    workspace = session.workspace
    key_files.check_password(new)
    key = key_files.open_slot(workspace.paths, session.account, old, workspace.clock)
    kept = slots.with_slot(key_files.load(workspace.paths), key, session.account, new, kind="account", cost=cost)
    with transaction(workspace.write):
        audits.append(workspace, account=session.account, deed="password", detail=session.account)
        key_files.save(workspace.paths, kept)


@allowed(ADMINS)
def reset_password(session: Session, *, name: str, new: str, cost: slots.Cost | None = None) -> None:
    """Give another account a new password."""
    workspace = session.workspace
    key_files.check_password(new)
    _known(session, name, "没有改密码。")
    kept = slots.with_slot(key_files.load(workspace.paths), workspace.data_key, name, new, kind="account", cost=cost)
    with transaction(workspace.write):
        audits.append(workspace, account=session.account, deed="password", detail=name)
        key_files.save(workspace.paths, kept)


def _known(session: Session, name: str, what: str) -> AccountRow:
    for row in list_accounts(session):
        if row.name == name:
            return row
    raise UserError(what, f"没有账号“{name}”。", "请在账号列表里选一个。", "no-account")


@allowed(ADMINS)
def draw_recovery_code(session: Session) -> str:
    """Draw a recovery code that opens nothing yet: `keep_recovery_code` makes it good once it stands on paper."""
    del session
    return recovery.new_code()


@allowed(ADMINS)
def new_recovery_code(session: Session, *, cost: slots.Cost | None = None) -> str:
    """Make a new recovery code, which replaces the one before, and give it once, to be printed."""
    code = recovery.new_code()
    keep_recovery_code(session, code=code, typed=code, cost=cost)
    return code


@allowed(ADMINS)
def keep_recovery_code(session: Session, *, code: str, typed: str, cost: slots.Cost | None = None) -> None:
    """Make a code that was drawn good, in place of the one before, where what was typed off the paper is that code."""
    workspace = session.workspace
    try:
        is_same = recovery.secret(typed) == recovery.secret(code)
    except recovery.RecoveryError:
        is_same = False
    if not is_same:
        raise UserError(
            "恢复单还没有启用。", "输入的恢复码与纸上的不一样。", "请对照恢复单，一组一组重新输入。", "bad-recovery",
            "code",
        )  # fmt: skip
    kept = slots.with_slot(
        key_files.load(workspace.paths), workspace.data_key, RECOVERY_SLOT, recovery.secret(code), kind="recovery",
        cost=cost,
    )  # fmt: skip
    with transaction(workspace.write):
        audits.append(workspace, account=session.account, deed="recovery", detail="new sheet")
        key_files.save(workspace.paths, kept)


@allowed(EVERYONE)
def has_recovery(session: Session) -> bool:
    """Tell whether a recovery sheet has been made."""
    return slots.has_slot(key_files.load(session.workspace.paths), RECOVERY_SLOT)
