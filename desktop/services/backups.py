"""Backups: one authenticated file, and the way back from it (data.md, "Workspace folder").

Layout: `DOUDI-BACKUP 1` line feed, one line of canonical JSON, the database file, 32 bytes of HMAC-SHA256, under a
key derived from the data key, over the SHA-256 of all that stands before: one pass gives the MAC and the file's hash.
An encrypted database is copied under its own key.
"""

import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from desktop import __version__
from desktop.core import files
from desktop.core.clock import Clock, instant_text
from desktop.core.errors import UserError
from desktop.core.paths import WorkspacePaths
from desktop.core.progress import Progress
from desktop.models import migrations
from desktop.models.database import DatabaseError, open_connection
from desktop.security import audit as chain
from desktop.security import slots
from desktop.services import audits, backup_blobs, key_files, org_paths, storage, verifying, workspaces
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed

MAGIC = b"DOUDI-BACKUP 1\n"
MAC_SIZE = 32
MAX_HEADER = 16 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOT_BACKED_UP = "没有写成备份。"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup that was written: where, and its SHA-256."""

    file: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupHead:
    """What a backup says of itself."""

    made_at: str
    kind: str
    name: str
    path: str
    encrypted: bool
    schema: int
    size: int
    keys: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup in the workspace's own folder; `id` is its path, `made_at` an instant as text, `size` in bytes."""

    id: Path
    made_at: str
    size: int


@allowed(EVERYONE)
def list_backups(session: Session) -> tuple[BackupRow, ...]:
    """Give the backups in the workspace's own folder, newest first; files that are none are left out."""
    found = []
    for path in session.workspace.paths.backups.glob("*.dbak"):
        try:
            found.append(BackupRow(path, read_head(path).made_at, path.stat().st_size))
        except (UserError, OSError):
            continue
    return tuple(sorted(found, key=lambda row: (row.made_at, row.id.name), reverse=True))


@allowed(STAFF)
def backup(session: Session, *, out: Path, progress: Progress | None = None, mark: str = "") -> BackupFile:
    """Write a backup into the folder `out`, re-read it, and note it in the audit; `mark` ends its name."""
    workspace = session.workspace
    if out.exists() and not out.is_dir():
        raise UserError(_NOT_BACKED_UP, f"“{out.name}”是文件，不是文件夹。", "请另选一个文件夹。", "not-a-folder")
    verifying.remember_hashes(session)
    at = workspace.clock.now()
    name = f"{org_paths.flat(workspace.identity.path)}_{at:%Y%m%d_%H%M%S}{mark}.dbak"
    copy = files.part_beside(workspace.paths.folder / "backup")
    part = files.part_beside(out / name)
    step = (progress or Progress()).step
    try:
        out.mkdir(parents=True, exist_ok=True)
        step(0, 3, "复制数据")
        source = open_connection(
            workspace.paths.database, workspace.data_key if workspace.encrypted else None, writer=False
        )
        try:
            source.backup_into(copy)
        finally:
            source.close()
        step(1, 3, "写入备份")
        sha256 = _write(session, copy, part, instant_text(at), backup_blobs.gather(workspace, out))
        step(2, 3, "核对备份")
        final = _free_name(out / name)
        files.publish(part, final, sha256)
    except OSError as error:
        raise UserError(
            _NOT_BACKED_UP, f"{files.disk_words(error)}。", "请换一个位置或腾出空间，再试一次。", "cannot-write"
        ) from error
    except DatabaseError as error:
        raise (storage.refusal(error, _NOT_BACKED_UP) or error) from error
    finally:
        for path in (copy, part):
            with contextlib.suppress(OSError):  # the folder may be gone, or never have been one
                path.unlink(missing_ok=True)
    with storage.transaction(workspace.write, _NOT_BACKED_UP):
        audits.append(workspace, account=session.account, deed="backup", detail=sha256)
    return BackupFile(final, sha256)


def _free_name(path: Path) -> Path:
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _write(session: Session, copy: Path, part: Path, at: str, attachments: list[str]) -> str:
    workspace = session.workspace
    header = {
        "app": __version__,
        "attachments": attachments,
        "audit": list(audits.head(workspace.read) or ()),
        "db_uuid": workspace.identity.db_uuid.hex(),
        "encrypted": workspace.encrypted,
        "format": 1,
        "keys": slots.dump(key_files.load(workspace.paths)).decode(),
        "kind": workspace.identity.kind,
        "made_at": at,
        "name": workspace.identity.name,
        "path": workspace.identity.path,
        "schema": migrations.version(workspace.read),
        "size": copy.stat().st_size,
    }
    line = json.dumps(header, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    whole = hashlib.sha256(MAGIC + line)
    with _own(part) as target:
        target.write(MAGIC + line)
        with copy.open("rb") as source:
            while chunk := source.read(files.CHUNK):
                target.write(chunk)
                whole.update(chunk)
        tail = _mac(workspace.data_key, whole.digest())
        target.write(tail)
        whole.update(tail)
        target.flush()
        os.fsync(target.fileno())
    return whole.hexdigest()


def _own(path: Path) -> BinaryIO:
    """Open a new file that is for its owner alone."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _mac(data_key: bytes, sha256: bytes) -> bytes:
    return hmac.digest(chain.derive(data_key, "backup"), sha256, hashlib.sha256)


def read_head(file: Path) -> BackupHead:
    """Read what a backup says of itself, before any password; a UserError where it is no backup."""
    try:
        with file.open("rb") as source:
            return _head(source)[0]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            "没有恢复。", f"“{file.name}”不是本程序的备份，或已损坏。", "请另选一个备份文件。", "not-a-backup"
        ) from error


def _head(source: BinaryIO) -> tuple[BackupHead, int]:
    if source.read(len(MAGIC)) != MAGIC:
        raise ValueError("magic")
    line = source.readline(MAX_HEADER)
    raw: dict[str, Any] = json.loads(line)
    raw["attachments"] = tuple(raw.get("attachments", ()))  # backups of before have none
    if not all(_SHA256.fullmatch(str(one)) for one in raw["attachments"]):
        raise ValueError("attachments")
    head = BackupHead(**{name: raw[name] for name in BackupHead.__slots__})
    wanted = {"encrypted": bool, "schema": int, "size": int, "attachments": tuple}
    if any(type(getattr(head, name)) is not wanted.get(name, str) for name in BackupHead.__slots__):
        raise ValueError("types")
    return head, len(MAGIC) + len(line)


def restore(file: Path, *, into: Path, account: str, password: str, clock: Clock) -> BackupHead:
    """Rebuild a workspace from a backup in an empty folder, under a new epoch; nothing is left where it is refused."""
    head = read_head(file)
    if head.schema > migrations.LATEST:
        raise UserError("没有恢复。", "备份由更新的程序写成。", "请先更新本程序。", "newer-workspace")
    try:
        data_key = slots.open_slot(slots.parse(head.keys.encode()), account, password)
    except slots.ChangedError as error:
        raise _damaged() from error
    except slots.SlotError as error:
        raise UserError("没有恢复。", "账号或密码不对。", "请用备份那天的密码或恢复单。", "wrong-password") from error
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise UserError("没有恢复。", f"“{into.name}”不是空文件夹。", "请另选一个空文件夹。", "not-empty")
    fresh = not into.exists()
    paths = WorkspacePaths(into)
    try:
        into.mkdir(parents=True, exist_ok=True)
        _copy_out(file, paths.database, data_key)
        backup_blobs.bring(file, head.attachments, paths)
        key_files.save(paths, slots.parse(head.keys.encode()))
        _new_epoch(paths, data_key if head.encrypted else None, data_key, account, clock)
    except OSError as error:
        workspaces.discard(into, fresh=fresh)
        why = f"{files.disk_words(error)}。"
        raise UserError("没有恢复。", why, "请腾出空间，再试一次。", "cannot-write") from error
    except BaseException:
        workspaces.discard(into, fresh=fresh)
        raise
    return head


def _copy_out(file: Path, database: Path, data_key: bytes) -> None:
    with file.open("rb") as source, _own(database) as target:
        head, start = _head(source)
        source.seek(0)
        left, digest = head.size, hashlib.sha256(source.read(start))
        while left and (chunk := source.read(min(files.CHUNK, left))):
            left -= len(chunk)
            target.write(chunk)
            digest.update(chunk)
        target.flush()
        os.fsync(target.fileno())
        tail = source.read(MAC_SIZE + 1)
    if left or not hmac.compare_digest(tail, _mac(data_key, digest.digest())):
        raise _damaged()


def _damaged() -> UserError:
    return UserError("没有恢复。", "备份文件被改动过，或不完整。", "请另选一个备份文件。", "damaged-backup")


def _new_epoch(paths: WorkspacePaths, key: bytes | None, data_key: bytes, account: str, clock: Clock) -> None:
    write = open_connection(paths.database, key, writer=True)
    try:
        migrations.migrate(write, instant_text(clock.now()))
        with storage.transaction(write, "没有恢复。"):
            epoch = secrets.token_bytes(8)
            site = write.one("SELECT site FROM sync_self WHERE id = 1")
            top = write.one("SELECT max(org) FROM sync_origin")
            write.run("UPDATE sync_origin SET org = ? WHERE org = 0", ((top[0] if top else 0) + 1,))
            _point_stamps(write, (top[0] if top else 0) + 1)
            write.run("INSERT INTO sync_origin (org, site, epoch) VALUES (0, ?, ?)", (site[0] if site else b"", epoch))
            write.run("UPDATE sync_self SET epoch = ? WHERE id = 1", (epoch,))
            write.run("DELETE FROM sync_ack")
            audits.append_to(write, data_key, clock, account=account, deed="restore", detail=epoch.hex())
    finally:
        write.close()


def _point_stamps(write: Any, org: int) -> None:  # noqa: ANN401 - a Connection
    for table in ("sync_row", "sync_cell"):
        write.run(f"UPDATE {table} SET org = ? WHERE org = 0", (org,))
        write.run(
            f"UPDATE {table} SET hist = substr(replace(',' || hist, ',0:', ?), 2) WHERE ',' || hist LIKE '%,0:%'",
            (f",{org}:",),
        )
