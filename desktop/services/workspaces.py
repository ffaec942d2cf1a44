"""Makes, opens and closes workspaces: the one service that works before there is a session."""

import json
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.core import files, ids, private
from desktop.core.clock import Clock, instant_text
from desktop.core.errors import UserError, WorkspaceBusyError
from desktop.core.paths import WorkspacePaths
from desktop.core.text import clean_line
from desktop.models import migrations
from desktop.models.database import Connection
from desktop.models.registry import SPECS
from desktop.security import recovery, slots
from desktop.services import audits, key_files, org_paths, storage
from desktop.services.opening import DEMO_FILE, NOT_OPENED, is_plain, opening, session_over, sweep
from desktop.services.sessions import STAFF, Identity, Role, Session, Workspace
from desktop.services.units import absorb_outside

FIRST_ACCOUNT = "gly"
FIRST_TITLE = "管理员"
RECOVERY_SLOT = "recovery"
_NOT_MADE = "没有建立工作区。"


@dataclass(frozen=True, slots=True)
class Created:
    """A new workspace: its open session and, where it was asked for, the recovery code that must be printed."""

    session: Session
    recovery_code: str | None


@dataclass(frozen=True, slots=True)
class Demo:
    """What a demo workspace says of itself before it is unlocked."""

    password: str
    on: str
    accounts: tuple[tuple[str, str], ...]


def create(
    folder: Path,
    *,
    kind: str,
    org_code: str,
    org_name: str,
    password: str,
    clock: Clock,
    encrypted: bool = True,
    with_recovery: bool = False,
    cost: slots.Cost | None = None,
    new_id: Callable[[], bytes] = ids.new_id,
) -> Created:
    """Make a workspace in a folder that is absent or empty, with its first account 管理员 `gly`; it comes back open.

    `kind` is township, county or branch and must fit `org_code`; `cost` is the password hash's, calibrated by default.
    """
    path = org_paths.parse_code(kind, org_code)
    name = clean_line(org_name)
    if not name:
        raise UserError(_NOT_MADE, "没有填单位名称。", "请填写单位全称。", "no-name", "org_name")
    key_files.check_password(password)
    fresh = not folder.exists()
    _empty_folder(folder)
    paths = WorkspacePaths(folder)
    data_key = slots.new_data_key()
    code = recovery.new_code() if with_recovery else None
    identity = Identity(new_id(), secrets.token_bytes(8), new_id(), kind, path, name)
    try:
        with opening(paths, _NOT_MADE) as doors:
            key_files.save(paths, _first_slots(data_key, password, code, cost))
            write = doors.open(data_key if encrypted else None, writer=True)
            _found(write, identity, instant_text(clock.now()), new_id)
            session = session_over(doors, write, clock, data_key, new_id, FIRST_ACCOUNT)
            with write.writable():
                audits.append(session.workspace, account=FIRST_ACCOUNT, deed="create", detail=path)
    except WorkspaceBusyError:
        raise
    except BaseException:
        discard(folder, fresh=fresh)
        raise
    return Created(session, code)


def _first_slots(data_key: bytes, password: str, code: str | None, cost: slots.Cost | None) -> slots.KeyFile:
    kept = slots.create(data_key, FIRST_ACCOUNT, password, cost=cost)
    if code is None:
        return kept
    return slots.with_slot(kept, data_key, RECOVERY_SLOT, recovery.secret(code), kind="recovery", cost=cost)


def discard(folder: Path, *, fresh: bool) -> None:
    """Take away a workspace that could not be made whole; a folder that was there before stays, empty."""
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _empty_folder(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(_NOT_MADE, f"“{folder.name}”不是空文件夹。", "请另选一个空文件夹。", "not-empty")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(_NOT_MADE, f"{files.disk_words(error)}。", "请换一个位置再试。", "cannot-write") from error


def _found(write: Connection, identity: Identity, at: str, new_id: Callable[[], bytes]) -> None:
    migrations.migrate(write, at)
    with write.writable():
        write.run(
            "INSERT INTO sync_self (id, site, epoch, db_uuid, path, kind, name, hlc, lsn) VALUES (1,?,?,?,?,?,?,0,0)",
            (identity.site, identity.epoch, identity.db_uuid, identity.path, identity.kind, identity.name),
        )
        write.run("INSERT INTO sync_origin (org, site, epoch) VALUES (0, ?, ?)", (identity.site, identity.epoch))
        write.many("INSERT INTO sync_table (tbl, name) VALUES (?, ?)", list(enumerate(SPECS, start=1)))
        write.run(
            "INSERT INTO account (id, name, title, role, state, created_at) VALUES (?, ?, ?, ?, 'active', ?)",
            (new_id(), FIRST_ACCOUNT, FIRST_TITLE, Role.OFFICER.value, at),
        )


def unlock(
    folder: Path,
    *,
    account: str,
    password: str,
    clock: Clock,
    new_id: Callable[[], bytes] = ids.new_id,
) -> Session:
    """Open a workspace for one account; UserErrors for no workspace, a held one, a wrong password, a newer schema."""
    return _unlock(folder, account, clock, new_id, lambda paths: key_files.open_slot(paths, account, password, clock))


def recover(
    folder: Path,
    *,
    code: str,
    password: str,
    clock: Clock,
    account: str = FIRST_ACCOUNT,
    cost: slots.Cost | None = None,
    new_id: Callable[[], bytes] = ids.new_id,
) -> Session:
    """Open a workspace with the code of its recovery sheet and give `account` a new password."""
    key_files.check_password(password)
    try:
        secret = recovery.secret(code)
    except recovery.RecoveryError as error:
        raise UserError(
            NOT_OPENED, "恢复码抄得不对。", "请对照恢复单，一组一组重新输入。", "bad-recovery", "code"
        ) from error
    session = _unlock(
        folder, account, clock, new_id, lambda paths: key_files.open_recovery(paths, RECOVERY_SLOT, secret)
    )
    paths, data_key = session.workspace.paths, session.workspace.data_key
    kept = slots.with_slot(key_files.load(paths), data_key, account, password, kind="account", cost=cost)
    with storage.transaction(session.workspace.write):
        audits.append(session.workspace, account=account, deed="password", detail="recovery")
        key_files.save(paths, kept)
    return session


def check_there(folder: Path) -> None:
    """Refuse a folder that holds no workspace, before anybody is asked for a password."""
    paths = WorkspacePaths(folder)
    if not paths.database.is_file() or not (paths.keys.is_file() or paths.keys_before.is_file()):
        raise UserError(NOT_OPENED, f"“{folder}”里没有工作区。", "请核对位置，或新建一个工作区。", "no-workspace")


def seconds_to_wait(folder: Path, clock: Clock) -> int:
    """Tell how long the next try of a password must wait after too many wrong ones."""
    return key_files.wait_left(WorkspacePaths(folder), clock.now())


def strength(password: str) -> str:
    """Say in a sentence what a password is worth, for a form that has no session yet."""
    return key_files.strength(password)


def _unlock(
    folder: Path, account: str, clock: Clock, new_id: Callable[[], bytes], unwrap: Callable[[WorkspacePaths], bytes]
) -> Session:
    check_there(folder)
    paths = WorkspacePaths(folder)
    with opening(paths, NOT_OPENED) as doors:
        data_key = unwrap(paths)
        private.tighten(paths.folder)  # workspaces of before lay open to others
        sweep(paths)
        write = doors.open(None if is_plain(paths) else data_key, writer=True)
        session = session_over(doors, write, clock, data_key, new_id, account)
        absorb_outside(session.workspace)
        if session.role in STAFF and _is_unbegun(session):
            begin_root(session)
    return session


def _is_unbegun(session: Session) -> bool:
    """Tell whether the power was cut between making the workspace and giving it what it stands on."""
    row = session.db.one('SELECT EXISTS (SELECT 1 FROM branch) OR EXISTS (SELECT 1 FROM "unit")')
    return row == (0,)


def close(workspace: Workspace) -> None:
    """Close both connections and give the workspace free; a second call does nothing."""
    for connection in (workspace.read, workspace.write):
        if not connection.is_closed():
            connection.close()
    workspace.lock.release()


def demo_of(folder: Path) -> Demo | None:
    """Give what a demo workspace says of itself, or None where the folder holds no demo."""
    try:
        note = json.loads((folder / DEMO_FILE).read_text(encoding="utf-8"))
        accounts = tuple((str(name), str(title)) for name, title in note["accounts"])
        return Demo(str(note["password"]), str(note["on"]), accounts)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def mark_demo(folder: Path, demo: Demo) -> None:
    """Mark a workspace as a demo: its password and date lie open beside it."""
    note = {"password": demo.password, "on": demo.on, "accounts": demo.accounts}
    files.write_whole(folder / DEMO_FILE, json.dumps(note, ensure_ascii=False).encode())


def remove_demo(folder: Path) -> None:
    """Delete a demo with all that was tried out in it; a folder that is no demo is refused and left alone."""
    if demo_of(folder) is None:
        why, do = f"“{folder.name}”里没有示例数据。", "不用删除。"
        raise UserError("没有删除示例数据。", why, do, "no-demo")
    shutil.rmtree(folder, ignore_errors=True)


def root_kind(name: str) -> str:
    """Tell the kind of a township's root by its name: a 街道 has a 党工委 (P2), a 镇 or 乡 a 党委 (P1)."""
    if "工委" in name or "街道" in name:
        return "P2"
    return "P1" if "党委" in name or name.endswith(("委员会", "镇", "乡")) else "P2"


def begin_root(session: Session, *, kind: str | None = None) -> None:
    """Give a new workspace what it stands on: a township its root branch of the same name, a branch itself (P4).

    `kind` is P1 or P2 for a township's, told by its name where it is not given. A branch keeps the code that its
    org path ends in; a county holds no branch of its own.
    """
    from desktop.services import branches

    identity = session.workspace.identity
    if identity.kind == "township":
        branches.create_root(session, name=identity.name, kind=kind or root_kind(identity.name))
    elif identity.kind == "branch":
        code = identity.path.rpartition("/")[2]
        branches.create_root(session, name=identity.name, kind="P4", field="8", code=code)
