"""Attachments (附件) of any record: a scan, a photo, a PDF, kept by content and shown; P23 of the product page."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.core import file_types
from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.files import disk_words, write_whole
from desktop.core.text import clean_line
from desktop.models.attachment import Attachment
from desktop.models.registry import SPECS
from desktop.security.container import ContainerError
from desktop.services import audits, blobs, listing_scope, records
from desktop.services.sessions import EVERYONE, WRITERS, Session, allowed
from desktop.services.storage import transaction
from desktop.services.units import unit

LARGEST = 200 * 1024 * 1024
MOST_SHOWN = 30 * 1024 * 1024
NAME = 120


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One attachment of a record: its name, its kind in words, its size in bytes, whether it can be shown here."""

    id: bytes
    name: str
    type: str
    type_word: str
    size: int
    added_on: str | None
    shown: bool
    here: bool


@allowed(EVERYONE)
def list_attachments(session: Session, *, kind: str, key: bytes) -> tuple[AttachmentRow, ...]:
    """Give the attachments of one record, in their order; `here` is false for one whose file has not come yet."""
    _seen(session, kind, key)
    rows = session.db.rows(
        "SELECT id, name, type, size, added_on, sha256 FROM attachment WHERE subject = ? AND _deleted IS NULL "
        "ORDER BY sort IS NULL, sort, rowid",
        (f"{kind}:{key.hex()}",),
    )
    return tuple(_row(session, *row) for row in rows)


def _row(
    session: Session, key: bytes, name: str, mime: str, size: int, added: str | None, sha256: str
) -> AttachmentRow:
    known = file_types.of_mime(mime)
    here = blobs.place(session.workspace, sha256).is_file()
    shown = known is not None and known.shown and size <= MOST_SHOWN
    return AttachmentRow(key, name, mime, known.word if known else "文件", size, added, shown, here)


@allowed(WRITERS)
def add(session: Session, *, kind: str, key: bytes, files: Sequence[Path]) -> Changes:
    """Attach files to a record, all in one step; a UserError that names the first that cannot be, and none is kept."""
    _seen(session, kind, key)
    checked = [(file, check(file)) for file in files]
    branch = _branch_of(session, kind, key)
    kept = [(file, found, *blobs.put(session.workspace, file)) for file, found in checked]  # no lock while copying
    with unit(session, f"加 {len(files)} 个附件") as work:
        for file, found, sha256, size in kept:
            records.insert(session, Attachment, {
                "branch_id": branch, "subject": f"{kind}:{key.hex()}", "sha256": sha256, "size": size,
                "type": found.mime, "name": clean_line(file.name)[-NAME:], "added_on": session.today.isoformat(),
            })  # fmt: skip
    return work.changes.about(key)


def check(file: Path) -> file_types.FileType:
    """Give the kind of a file that may be attached; a UserError where it is no such file, or not what its name says."""
    try:
        size = file.stat().st_size
        with file.open("rb") as source:
            head = source.read(file_types.HEAD)
    except OSError as error:
        raise _refusal(file, f"{disk_words(error)}。", "请确认文件还在，再试一次。", "cannot-read") from error
    found = file_types.named(file.name)
    if found is None:
        known = "、".join(dict.fromkeys(one.word for one in file_types.TYPES))
        raise _refusal(file, "这种文件不能作附件。", f"可以加：{known}。请另存成其中一种。", "file-type")
    if not size:
        raise _refusal(file, "这个文件是空的。", "请换成有内容的文件。", "empty")
    if size > LARGEST:
        why = f"它有 {size // (1024 * 1024)} MB，超过 {LARGEST // (1024 * 1024)} MB。"
        raise _refusal(file, why, "请压缩或拆开后再加。", "too-large")
    if not head.startswith(found.begins):
        real = file_types.begun(head)
        why = f"名字是{found.word}，内容{f'却是{real.word}' if real else '不是'}。"
        raise _refusal(file, why, "请用原来的程序打开，另存一份再加。", "not-what-it-says")
    return found


def _refusal(file: Path, why: str, do: str, code: str) -> UserError:
    return UserError(f"没有加上附件 {file.name[:NAME]}。", why, do, code, "files")


@allowed(EVERYONE)
def content(session: Session, *, attachment: bytes) -> bytes:
    """Give the bytes of an attachment to be shown; a UserError where its file is not here or was damaged."""
    row = _opened(session, attachment)
    try:
        found = b"".join(blobs.read(session.workspace, row["sha256"]))
    except (OSError, ContainerError) as error:
        raise _absent(row["name"]) from error
    if hashlib.sha256(found).hexdigest() != row["sha256"]:
        raise _absent(row["name"])
    return found


@allowed(EVERYONE)
def save_as(session: Session, *, attachment: bytes, out: Path) -> None:
    """Write an attachment out as a file of its own, and leave a line of it in the audit."""
    row = _opened(session, attachment)
    write_whole(out, content(session, attachment=attachment))
    with transaction(session.workspace.write):
        audits.append(
            session.workspace, account=session.account, deed="save-attachment", detail=f"attachment:{attachment.hex()} "
            f"of {row['subject']}",
        )  # fmt: skip


@allowed(WRITERS)
def remove(session: Session, *, attachment: bytes, reason: str) -> Changes:
    """Put an attachment into the recycle bin; its file stays, for it may come back."""
    _opened(session, attachment)
    with unit(session, "删除 1 个附件") as work:
        records.bin_record(session, Attachment, attachment, reason)
    return work.changes.about(attachment)


def _opened(session: Session, attachment: bytes) -> dict[str, str]:
    row = records.get(session, "attachment", attachment)
    kind, _, key = str(row["subject"]).partition(":")
    _seen(session, kind, bytes.fromhex(key))
    return row


def _absent(name: str) -> UserError:
    why = "文件还没有随数据包来，或已损坏。"
    return UserError(f"没有打开附件 {name}。", why, "请从备份恢复，或请对方再送一次。", "no-blob")


def _seen(session: Session, kind: str, key: bytes) -> None:
    """Refuse a record that is not there, or not in the account's scope."""
    if kind not in SPECS:
        raise UserError("没有找到这条记录。", f"没有“{kind}”这一类。", "请刷新列表后再试。", "not-found")
    records.get(session, kind, key)
    where, parameters = listing_scope.visible(session, SPECS[kind], None)
    if session.db.one(f"SELECT 1 FROM {kind} t WHERE t.id = ? AND {where}", (key, *parameters)) is None:
        why = "它不在本账号管的党组织里。"
        raise UserError("没有打开这条记录。", why, "请换一个账号，或请干事处理。", "out-of-scope")


def _branch_of(session: Session, kind: str, key: bytes) -> bytes | None:
    """Give the branch whose path an attachment travels by: that of its record."""
    own = listing_scope.branches_of(SPECS[kind])
    if own is None:
        return None
    column = f"({own} LIMIT 1)" if own.startswith("SELECT") else own
    row = session.db.one(f"SELECT {column} FROM {kind} t WHERE t.id = ?", (key,))
    return row[0] if row else None
