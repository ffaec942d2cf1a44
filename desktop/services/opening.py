"""What an open workspace is made of: its lock, its two connections and who opened it; shut again where one fails."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktop.core import files
from desktop.core.clock import Clock, instant_text
from desktop.core.errors import UserError
from desktop.core.lock import WorkspaceLock
from desktop.core.paths import WorkspacePaths
from desktop.models import migrations
from desktop.models.database import Connection, DatabaseError, open_connection
from desktop.models.registry import SPECS
from desktop.services import storage
from desktop.services.sessions import Identity, Role, Session, Workspace

DEMO_FILE = "demo.json"
STAGING = (".in-*", ".out-*")
NOT_OPENED = "没有打开工作区。"


@dataclass(slots=True)
class Doors:
    """What has been opened of a workspace so far."""

    paths: WorkspacePaths
    lock: WorkspaceLock
    connections: list[Connection] = field(default_factory=list)

    def open(self, key: bytes | None, *, writer: bool) -> Connection:
        """Open one more connection."""
        made = open_connection(self.paths.database, key, writer=writer)
        self.connections.append(made)
        return made


@contextlib.contextmanager
def opening(paths: WorkspacePaths, what: str) -> Iterator[Doors]:
    """Hold the lock; where the opening fails shut everything again, and say a damaged or full disk in a sentence."""
    doors = Doors(paths, WorkspaceLock(paths.lock))
    try:
        yield doors
    except BaseException as error:
        for connection in doors.connections:
            connection.close()
        doors.lock.release()
        if isinstance(error, DatabaseError):
            raise (storage.refusal(error, what) or storage.damaged()) from error
        raise


def sweep(paths: WorkspacePaths) -> None:
    """Take away what a killed program left behind: unfinished files, and the staging of packages in and out."""
    files.sweep_parts(paths.folder)
    for pattern in STAGING:
        for path in paths.packages.glob(pattern):
            shutil.rmtree(path, ignore_errors=True)


def is_plain(paths: WorkspacePaths) -> bool:
    """Tell whether the database is not encrypted: its first bytes are SQLite's."""
    with paths.database.open("rb") as source:
        return source.read(16) == b"SQLite format 3\0"


def session_over(
    doors: Doors, write: Connection, clock: Clock, data_key: bytes, new_id: Callable[[], bytes], account: str
) -> Session:
    """Bring the database up to date and give the account's session over it; UserErrors for a newer one, no account."""
    if migrations.version(write) > migrations.LATEST:
        raise UserError(
            NOT_OPENED,
            f"它由更新的程序写成（数据版本 {migrations.version(write)}，本程序到 {migrations.LATEST}）。",
            "请先更新本程序。",
            "newer-workspace",
        )
    paths = doors.paths
    migrations.migrate(write, instant_text(clock.now()))
    identity = _identity(write)
    read = doors.open(data_key if write.encrypted else None, writer=False)
    demo, tables = (paths.folder / DEMO_FILE).is_file(), _tables(write)
    workspace = Workspace(paths, write, read, clock, doors.lock, data_key, identity, new_id, demo=demo, tables=tables)
    found = read.one("SELECT name, title, role, branch_id, state FROM account WHERE name = ?", (account,))
    if found is None or found[4] != "active":
        raise UserError(NOT_OPENED, f"账号“{account}”已停用。", "请换账号，或请管理员启用。", "no-account")
    return Session(workspace, found[0], found[1] or found[0], Role(found[2]), found[3])


def _identity(write: Connection) -> Identity:
    row = write.one("SELECT site, epoch, db_uuid, kind, path, name FROM sync_self WHERE id = 1")
    if row is None:
        raise storage.damaged()
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
