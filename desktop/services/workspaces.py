"""Makes, opens and closes workspaces: the one service that works before there is a session."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.core import files, ids
from desktop.core.clock import Clock, instant_text
from desktop.core.errors import UserError
from desktop.core.lock import WorkspaceLock
from desktop.core.paths import WorkspacePaths
from desktop.models import migrations
from desktop.models.database import Connection, DatabaseError, open_connection
from desktop.models.registry import SPECS
from desktop.security import recovery, slots
from desktop.services import audits, key_files, org_paths
from desktop.services.sessions import Identity, Role, Session, Workspace
from desktop.services.units import absorb_outside, unit

FIRST_ACCOUNT = "gly"
FIRST_TITLE = "管理员"
RECOVERY_SLOT = "recovery"
DEMO_FILE = "demo.json"


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
    key_files.check_password(password)
    paths = WorkspacePaths(folder)
    _empty_folder(folder)
    lock = WorkspaceLock(paths.lock)
    try:
        data_key = slots.new_data_key()
        code = recovery.new_code() if with_recovery else None
        kept = slots.create(data_key, FIRST_ACCOUNT, password, cost=cost)
        if code is not None:
            kept = slots.with_slot(kept, data_key, RECOVERY_SLOT, recovery.secret(code), kind="recovery", cost=cost)
        key_files.save(paths, kept)
        write = open_connection(paths.database, data_key if encrypted else None, writer=True)
        identity = Identity(new_id(), secrets.token_bytes(8), new_id(), kind, path, org_name)
        _found(write, identity, instant_text(clock.now()), new_id)
        session = _session(paths, write, clock, lock, data_key, new_id, FIRST_ACCOUNT)
        audits_first(session)
    except BaseException:
        lock.release()
        raise
    return Created(session, code)


def audits_first(session: Session) -> None:
    """Write the first line of the audit."""
    with session.workspace.write.writable():
        audits.append(session.workspace, account=session.account, deed="create", detail=session.workspace.identity.path)


def _empty_folder(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError("没有建立工作区。", f"“{folder.name}”不是空文件夹。", "请另选一个空文件夹。", "not-empty")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            "没有建立工作区。", f"{files.disk_words(error)}。", "请换一个位置再试。", "cannot-write"
        ) from error


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
    paths = WorkspacePaths(folder)
    if not paths.database.is_file() or not paths.keys.is_file():
        raise UserError(
            "没有打开工作区。", f"“{folder}”里没有工作区。", "请核对位置，或新建一个工作区。", "no-workspace"
        )
    lock = WorkspaceLock(paths.lock)
    try:
        data_key = key_files.open_slot(paths, account, password, clock)
        write = _connect(paths, data_key)
        session = _session(paths, write, clock, lock, data_key, new_id, account)
        absorb_outside(session.workspace)
    except BaseException:
        lock.release()
        raise
    return session


def _connect(paths: WorkspacePaths, data_key: bytes) -> Connection:
    with paths.database.open("rb") as source:
        plain = source.read(16) == b"SQLite format 3\0"
    try:
        return open_connection(paths.database, None if plain else data_key, writer=True)
    except DatabaseError as error:
        raise UserError(
            "没有打开工作区。", "数据文件读不出来，可能已损坏。", "请用最近的备份恢复到一个新文件夹。", "damaged"
        ) from error


def _session(
    paths: WorkspacePaths,
    write: Connection,
    clock: Clock,
    lock: WorkspaceLock,
    data_key: bytes,
    new_id: Callable[[], bytes],
    account: str,
) -> Session:
    if migrations.version(write) > migrations.LATEST:
        raise UserError(
            "没有打开工作区。",
            f"它由更新的程序写成（数据版本 {migrations.version(write)}，本程序到 {migrations.LATEST}）。",
            "请先更新本程序。",
            "newer-workspace",
        )
    migrations.migrate(write, instant_text(clock.now()))
    identity = _identity(write)
    read = open_connection(paths.database, data_key if write.encrypted else None, writer=False)
    tables = _tables(write)
    demo = (paths.folder / DEMO_FILE).is_file()
    workspace = Workspace(paths, write, read, clock, lock, data_key, identity, new_id, demo=demo, tables=tables)
    found = read.one("SELECT name, title, role, branch_id, state FROM account WHERE name = ?", (account,))
    if found is None or found[4] != "active":
        close(workspace)
        raise UserError("没有打开工作区。", f"账号“{account}”已停用。", "请换账号，或请管理员启用。", "no-account")
    return Session(workspace, found[0], found[1] or found[0], Role(found[2]), found[3])


def _identity(write: Connection) -> Identity:
    row = write.one("SELECT site, epoch, db_uuid, kind, path, name FROM sync_self WHERE id = 1")
    if row is None:
        raise UserError("没有打开工作区。", "数据文件不完整。", "请用最近的备份恢复到一个新文件夹。", "damaged")
    return Identity(*row)


def _tables(write: Connection) -> dict[str, int]:
    found: dict[str, int] = {name: tbl for tbl, name in write.rows("SELECT tbl, name FROM sync_table")}
    missing = [name for name in SPECS if name not in found]
    if missing:
        with write.writable():
            for name in missing:
                found[name] = max(found.values(), default=0) + 1
                write.run("INSERT INTO sync_table (tbl, name) VALUES (?, ?)", (found[name], name))
    return found


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


def begin_root(session: Session) -> None:
    """Give a new township its root branch (P2 of the same name), the subject of township-level rules."""
    from desktop.services import branches

    if session.workspace.identity.kind == "township":
        with unit(session, f"建立 {session.workspace.identity.name}"):
            branches.create_root(session, name=session.workspace.identity.name, kind="P2")
