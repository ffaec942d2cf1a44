"""Writes a package for another site's path, by the output-commit rule of sync.md §1.5."""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop import __version__
from desktop.core import files
from desktop.core.clock import instant_text
from desktop.core.errors import UserError
from desktop.core.paths import state_folder
from desktop.core.progress import Progress
from desktop.models import migrations
from desktop.models.database import Connection
from desktop.services import audits, org_paths
from desktop.services.exchange.origins import Origins
from desktop.services.exchange.outgoing import Outgoing, count_changed, known_lines, scope_of
from desktop.services.exchange.site_keys import OwnKeys, documents, own_keys, ring
from desktop.services.sessions import STAFF, Session, Workspace, allowed
from desktop.services.snapshots import snapshot
from desktop.services.units import absorb_outside
from desktop.sync.container import Outline, Written, write_package
from desktop.sync.encodings import tick
from desktop.sync.errors import PackageError
from desktop.sync.header import Header, Witness
from desktop.sync.keys import recipients
from desktop.sync.manifest import Envelope, Recipient, Schema, Sender
from desktop.sync.messages import user_error
from desktop.sync.payload_writer import TableRows, payload_lines
from desktop.sync.stamps import Origin
from desktop.sync.tables import schema_hash

WRITING = "加密写出"


@dataclass(frozen=True, slots=True)
class Exported:
    """A package that was written: its files, its number in the chain, how many rows, and the receiver's path."""

    files: tuple[Path, ...]
    number: int
    rows: int
    to: str


@allowed(STAFF)
def export(session: Session, *, to: str, out: Path, progress: Progress | None = None) -> Exported:
    """Write everything that the receiver may lack into a new package in the folder `out`; it is never overwritten."""
    workspace = session.workspace
    keys, readers = _check(session, to)
    absorb_outside(workspace)
    progress = progress or Progress()
    progress.step(0, 0, "收集记录")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _work_folder(workspace) as work:
            part = out / f".{workspace.new_id().hex()}.part"
            try:
                made, header = _write(_Job(session, to, keys, readers), work / "package", progress.step)
                _copy_out(work / "package", part)
                total = sum(header.tables.values())
                progress.step(total, total, WRITING)
                _commit_chain(session, made, header, to)
                final = out / made.name
                if final.exists():
                    raise FileExistsError(17, "exists", str(final))
                files.publish(part, final, made.sha256)
            finally:
                part.unlink(missing_ok=True)
    except OSError as error:
        why = f"{files.disk_words(error)}。"
        raise UserError("没有写成数据包。", why, "请清理 U 盘或换一个，再导出一次。", "cannot-write") from error
    return Exported((final,), header.envelope.number, sum(header.tables.values()), to)


def _check(session: Session, to: str) -> tuple[OwnKeys, tuple[list[str], dict[str, tuple[str, ...]]]]:
    keys = own_keys(session.workspace)
    held = ring(session.workspace)
    own = session.workspace.identity.path
    mine = keys is not None and any(site.minisign == keys.signing.public and site.active for site in held.sites())
    if keys is None or not mine:
        raise UserError("没有导出数据包。", "本机还没有登记。", "请先向上级办理登记。", "not-enrolled")
    if not org_paths.is_path(to) or to == own or not (to.startswith(own + "/") or own.startswith(to + "/")):
        raise UserError("没有导出数据包。", f"{to} 不是本单位的上级或下级。", "请核对收件单位的路径。", "bad-path")
    people = recipients(held, [to], own)
    if not people[1][to]:
        raise UserError("没有导出数据包。", f"还没有 {to} 的密钥。", "请先由它办理登记。", "no-recipient")
    return keys, people


def _copy_out(source: Path, part: Path) -> None:
    """Copy the package onto the stick, let it reach the stick, and let the re-read see the stick and no cache."""
    shutil.copyfile(source, part)
    with part.open("rb+") as target:
        os.fsync(target.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(target.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextlib.contextmanager
def _work_folder(workspace: Workspace) -> Iterator[Path]:
    workspace.paths.packages.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".out-", dir=workspace.paths.packages))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class _Job:
    """What one export is made of."""

    session: Session
    to: str
    keys: OwnKeys
    readers: tuple[list[str], dict[str, tuple[str, ...]]]


def _write(job: _Job, target: Path, step: Callable[[int, int, str], None]) -> tuple[Written, Header]:
    """Write the package file from one moment of the workspace."""
    workspace = job.session.workspace
    with snapshot(workspace) as db:
        rows = _outgoing(workspace, db, job.to)
        header = _header(job, rows)
        total = sum(header.tables.values())
        rows.step = lambda done: step(done, total, WRITING)
        rows.step(0)
        outline = Outline(header.envelope, _schema(db), job.keys.signing, job.readers[0])
        tables: Iterator[TableRows] = rows.tables(header.tables)
        lines = payload_lines(header, tables, documents=documents(workspace))
        try:
            return write_package(target, target.parent, outline, lines), header
        except PackageError as error:
            raise user_error(error) from error


def _outgoing(workspace: Workspace, db: Connection, to: str) -> Outgoing:
    identity = workspace.identity
    sites = [site for site in ring(workspace).sites() if site.active and to in site.scopes]
    rows = db.rows("SELECT lower(hex(site)), lsn FROM sync_ack WHERE epoch = ?", (identity.epoch,))
    acks: dict[str, int] = dict(rows)
    base = min((int(acks.get(site.site, 0)) for site in sites), default=0)
    row = db.one("SELECT lsn FROM sync_self WHERE id = 1")
    upto = int(row[0]) if row else 0
    return Outgoing(workspace, db, scope_of(identity.path, to), base, upto, Origins(db))


@allowed(STAFF)
def state(session: Session, *, to: str) -> dict[str, str]:
    """Give the state hashes of what is shared with another path (package-format.md §6)."""
    with snapshot(session.workspace) as db:
        return _outgoing(session.workspace, db, to).state()


def _header(job: _Job, rows: Outgoing) -> Header:
    workspace = job.session.workspace
    identity, db = workspace.identity, rows.db
    origin = Origin(identity.site, identity.epoch)
    last = db.one(
        "SELECT number, sha256 FROM sync_chain WHERE epoch = ? ORDER BY number DESC LIMIT 1", (identity.epoch,)
    )
    clock = db.one("SELECT hlc FROM sync_self WHERE id = 1")
    now_ms = int(workspace.clock.now().timestamp() * 1000)
    envelope = Envelope(
        package_id=workspace.new_id().hex(),
        kind="data",
        sender=Sender(origin, job.keys.signing.key_id, identity.path),
        to=(Recipient(job.to, job.readers[1][job.to]),),
        number=(int(last[0]) if last else 0) + 1,
        prev=str(last[1]) if last else None,
        created=tick(int(clock[0]) if clock else 0, now_ms),
    )
    head = audits.head(db)
    return Header(
        envelope=envelope,
        app=__version__,
        origins=rows.used_origins(),
        paths=rows.paths(),
        base=rows.base,
        upto=rows.upto,
        acks={Origin(site, epoch): lsn for site, epoch, lsn in db.rows("SELECT site, epoch, lsn FROM sync_applied")},
        forked=rows.origins.forks(),
        witness=_witness(rows),
        audit_number=head[0] if head else 0,
        audit_head=head[1] if head else None,
        state=rows.state(),
        tables=rows.counts(),
    )


def _witness(rows: Outgoing) -> tuple[Witness, ...]:
    found = rows.db.rows("SELECT org, number, sha256, hlc FROM sync_witness")
    return tuple(Witness(rows.origins.by_number[org], number, sha256, hlc) for org, number, sha256, hlc in found)


def _schema(db: Connection) -> Schema:
    return Schema(schema_hash(known_lines().values()), migrations.version(db))


def _commit_chain(session: Session, made: Written, header: Header, to: str) -> None:
    """Make the chain durable before the file gets its name: commit, checkpoint, then the device sidecar."""
    workspace, envelope = session.workspace, header.envelope
    with workspace.write.writable():
        workspace.write.run(
            "INSERT INTO sync_chain (epoch, number, sha256, lsn, hlc, package_id, to_path, file_name, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                workspace.identity.epoch,
                envelope.number,
                made.link,
                header.upto,
                envelope.created,
                bytes.fromhex(envelope.package_id),
                to,
                made.name,
                instant_text(workspace.clock.now()),
            ),
        )
        workspace.write.run("UPDATE sync_self SET hlc = max(hlc, ?) WHERE id = 1", (envelope.created,))
        audits.append(workspace, account=session.account, deed="export", detail=f"{to} {envelope.number}")
    workspace.write.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    _note_device(workspace, envelope.number, made.link)


def _note_device(workspace: Workspace, number: int, link: str) -> None:
    folder = state_folder() / "devices"
    folder.mkdir(parents=True, exist_ok=True)
    note = {
        "site": workspace.identity.site.hex(),
        "db_uuid": workspace.identity.db_uuid.hex(),
        "epoch": workspace.identity.epoch.hex(),
        "number": number,
        "sha256": link,
    }
    files.write_whole(folder / f"{workspace.identity.db_uuid.hex()}.json", json.dumps(note).encode())


@allowed(STAFF)
def waiting(session: Session, *, to: str) -> int:
    """Tell how many rows changed here since the last package for `to`; what came in from others does not count.

    The package itself carries more: all that the receiver has not acknowledged yet (`unconfirmed`).
    """
    workspace, db = session.workspace, session.db
    last = db.one(
        "SELECT lsn, hlc FROM sync_chain WHERE epoch = ? AND to_path = ? ORDER BY number DESC LIMIT 1",
        (workspace.identity.epoch, to),
    )
    lsn, hlc = last or (0, 0)
    return count_changed(workspace, db, scope_of(workspace.identity.path, to), lsn, hlc)


@allowed(STAFF)
def unconfirmed(session: Session, *, to: str) -> int:
    """Tell how many rows the receiver has not acknowledged: what the next package for `to` would carry."""
    return sum(_outgoing(session.workspace, session.db, to).counts().values())
