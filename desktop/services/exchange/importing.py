"""Takes packages in: inspect, preview, one atomic merge, and the list of what came (sync.md §1.9)."""

import json
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.core import files
from desktop.core.clock import instant_text
from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.models.database import Connection, DatabaseError
from desktop.services import audits, storage
from desktop.services.exchange import guards, pending
from desktop.services.exchange.admitting import admit
from desktop.services.exchange.merging import Counts, Merger
from desktop.services.exchange.origins import Origins
from desktop.services.exchange.site_keys import keep_document, ring
from desktop.services.exchange.staging import Staged, reader, stage
from desktop.services.sessions import STAFF, Session, Workspace, allowed
from desktop.services.units import absorb_outside, unit
from desktop.sync.canonical import Json
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.manifest import Manifest
from desktop.sync.messages import WORDS, user_error
from desktop.sync.opening import Package, inspect_package, open_package
from desktop.sync.stamps import Origin

NOT_TAKEN = "没有接收数据包，本机的数据没有变动。"
NOTED = ("new", "changed", "same", "older", "deleted", "conflicts", "quarantined")
MERGED_KINDS = frozenset({"data", "ack"})
STEP_WORDS = {
    "container": "文件结构",
    "manifest": "清单",
    "signature": "签名与发件单位",
    "recipient": "收件单位",
    "members": "内容校验值",
    "payload": "解密",
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One step of reading a package."""

    step: str
    name: str
    ok: bool
    note: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """What can be told of a package without its payload."""

    manifest: Json
    checks: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """What a package did, or would do: counts in all and by table, the sender's path, its number and its time.

    `questions` are sentences that want a second look before it is merged: many deletions, a large part of a table.
    `aside` counts the rows that were set aside (隔离) by reason and table.
    """

    unit: int | None
    new: int
    changed: int
    same: int
    older: int
    deleted: int
    conflicts: int
    quarantined: int
    tables: dict[str, dict[str, int]]
    sender: str
    number: int
    created: str
    questions: tuple[str, ...] = ()
    aside: dict[str, dict[str, int]] = field(default_factory=dict)


class _PreviewedError(Exception):
    """Carries the result of a preview out of the unit, which rolls back."""

    def __init__(self, result: Applied) -> None:
        super().__init__()
        self.result = result


@allowed(STAFF)
def inspect(session: Session, *, file: Path) -> Inspected:
    """Check the outside of a package step by step; nothing is changed."""
    _check_there(file)
    manifest, checks = inspect_package(file, reader(session.workspace))
    rows = tuple(
        CheckRow(
            check.step,
            STEP_WORDS[check.step],
            check.looked_at and check.code is None,
            WORDS[check.code][0] if check.code else "" if check.looked_at else "没有看到这一步",  # type: ignore[index]
        )
        for check in checks
    )
    return Inspected(_shown(manifest), rows)


def _shown(manifest: Manifest | None) -> Json:
    return json.loads(manifest.bytes()) if manifest else None


def _check_there(file: Path) -> None:
    if not file.is_file():
        raise UserError("没有读到数据包。", f"“{file.name}”不存在。", "请核对位置，再试一次。", "no-file")


@allowed(STAFF)
def apply(session: Session, *, file: Path, dry_run: bool = False, progress: Progress | None = None) -> Applied:
    """Merge a package in one unit; with `dry_run` do the very same work and roll it back. A UserError refuses it."""
    _check_there(file)
    workspace, progress = session.workspace, progress or Progress()
    absorb_outside(workspace)
    try:
        package = open_package(file, reader(workspace))
        _check_kind(package)
        with stage(workspace, package, progress) as staged:
            pending.revive(workspace, staged)
            admit(workspace, staged, package.site)
            return _merge(session, package, staged, progress, dry_run=dry_run)
    except OSError as error:
        why = f"{files.disk_words(error)}。"
        raise UserError(NOT_TAKEN, why, "请清理磁盘后再接收一次。", "cannot-write") from error
    except DatabaseError as error:
        raise (storage.refusal(error, NOT_TAKEN) or error) from error
    except PackageError as error:
        if error.code == "clock" and not dry_run:
            _hold(workspace, file)
        raise user_error(error) from error


def _check_kind(package: Package) -> None:
    """Refuse the kinds that later programs merge: a branch's proposal goes to a person first, packs and blobs wait."""
    if package.manifest.envelope.kind not in MERGED_KINDS:
        raise PackageError("newer-format", package.manifest.envelope.kind)


def _hold(workspace: Workspace, file: Path) -> None:
    """Keep a package whose time lies in the future: it may be taken when a clock has been put right."""
    folder = workspace.paths.packages / "held"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)


def _merge(session: Session, package: Package, staged: Staged, progress: Progress, *, dry_run: bool) -> Applied:
    envelope = staged.header.envelope
    label = f"合并 {package.site.name} 第 {envelope.number} 号数据包"
    before = guards.sizes(session.db)
    try:
        with unit(session, label, kind="package") as work:
            merger = Merger(session.workspace, staged)
            merger.run(progress.step)
            aside = pending.keep(session.workspace, staged)
            _take_documents(session.workspace, staged)
            result = _result(staged, merger.counts, aside, guards.questions(merger.counts, before))
            origin = envelope.sender.origin
            applied = session.workspace.write.one(
                "SELECT lsn, number, sha256 FROM sync_applied WHERE site = ? AND epoch = ?", tuple(origin)
            )
            _note(session, package, staged, result, work.number)
            if _has_changed(session.workspace.write, work.number):
                key = bytes.fromhex(envelope.package_id)
                merger.before.keep(session.workspace.write, key, merger.last, origin.epoch, applied)
            _leave_if(result, preview=dry_run)
            progress.close()
    except _PreviewedError as preview:
        return preview.result
    return replace(result, unit=work.changes.unit)


def _leave_if(result: Applied, *, preview: bool) -> None:
    if preview:
        raise _PreviewedError(result)


def _result(
    staged: Staged, counts: Counts, aside: dict[str, dict[str, int]], questions: tuple[str, ...]
) -> Applied:
    envelope = staged.header.envelope
    return Applied(
        unit=None,
        new=counts.new,
        changed=counts.changed,
        same=counts.same,
        older=counts.older,
        deleted=counts.deleted,
        conflicts=counts.conflicts,
        quarantined=sum(sum(tables.values()) for tables in aside.values()),
        tables=counts.tables,
        sender=envelope.sender.path,
        number=envelope.number,
        created=instant_text(datetime.fromtimestamp((envelope.created >> 16) / 1000, UTC)),
        questions=questions,
        aside=aside,
    )


def _take_documents(workspace: Workspace, staged: Staged) -> None:
    held = ring(workspace)
    for document in staged.documents:
        if document.doc != "keys":
            continue
        try:
            held = held.accept(document)
        except SetAsideError:
            continue
        keep_document(workspace, document)


def _has_changed(db: Connection, number: int) -> bool:
    """Tell whether the unit wrote a row: one that did not is taken away at its end, and its number given again."""
    return db.one('SELECT 1 FROM "change" WHERE unit = ? LIMIT 1', (number,)) is not None


def _note(session: Session, package: Package, staged: Staged, result: Applied, number: int) -> None:
    """Remember what was applied, what the sender has applied of ours, and the last link of its chain."""
    workspace, header = session.workspace, staged.header
    db, envelope = workspace.write, header.envelope
    origin = envelope.sender.origin
    db.run(
        "INSERT INTO sync_applied (site, epoch, lsn, number, sha256) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (site, epoch) DO UPDATE SET lsn = max(lsn, excluded.lsn), number = max(number, excluded.number), "
        "sha256 = excluded.sha256",
        (origin.site, origin.epoch, header.upto, envelope.number, package.link),
    )
    mine = Origin(workspace.identity.site, workspace.identity.epoch)
    db.run(  # a sender that names us not has nothing of ours, or no longer: then everything goes out again
        "INSERT INTO sync_ack (site, epoch, lsn) VALUES (?, ?, ?) "
        "ON CONFLICT (site, epoch) DO UPDATE SET lsn = excluded.lsn",
        (origin.site, mine.epoch, header.acks.get(mine, 0)),
    )
    db.run(
        "INSERT INTO sync_witness (org, number, sha256, hlc) VALUES (?, ?, ?, ?) ON CONFLICT (org, number) DO NOTHING",
        (Origins(db).number(origin), envelope.number, package.link, envelope.created),
    )
    content = {name: getattr(result, name) for name in NOTED}
    db.run(
        "INSERT INTO sync_import (package_id, sha256, unit, site, from_path, number, made_at, account, counts, state) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'applied') "
        "ON CONFLICT (package_id) DO UPDATE SET made_at = excluded.made_at, state = 'applied', "
        "unit = iif(state = 'undone', excluded.unit, coalesce(unit, excluded.unit)), "
        "counts = iif(state = 'undone', excluded.counts, counts)",
        (
            bytes.fromhex(envelope.package_id),
            package.sha256,
            number if _has_changed(db, number) else None,
            origin.site,
            envelope.sender.path,
            envelope.number,
            instant_text(workspace.clock.now()),
            session.account,
            json.dumps(content),
        ),
    )
    audits.append(workspace, account=session.account, deed="apply", detail=f"{envelope.sender.path} {envelope.number}")
