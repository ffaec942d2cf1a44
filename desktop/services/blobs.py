"""The files of attachments in the workspace folder, by content: `attachments/ab/<sha256>`, written whole or not at all.

Encrypted workspaces keep them in the container of `security.container`, plain ones as they are (security.md).
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop.core.errors import UserError
from desktop.core.files import disk_words, fsync_folder, part_beside
from desktop.security import container
from desktop.services.sessions import Workspace

CHUNK = 1 << 20


@dataclass(slots=True)
class _Counting:
    """A source that hashes and counts what is read through it."""

    source: BinaryIO
    digest: "hashlib._Hash"
    size: int = 0

    def read(self, size: int, /) -> bytes:
        found = self.source.read(size)
        self.digest.update(found)
        self.size += len(found)
        return found


def put(workspace: Workspace, source: Path) -> tuple[str, int]:
    """Keep the content of a file, once however often it comes; give its SHA-256 (64 hex) and its size in bytes."""
    folder = workspace.paths.attachments
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        temporary = part_beside(folder / "incoming")
        try:
            sha256, size = _copy(workspace, source, temporary)
            final = place(workspace, sha256)
            if final.exists():
                return sha256, size
            final.parent.mkdir(mode=0o700, exist_ok=True)
            temporary.replace(final)
            fsync_folder(final.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        why = f"{disk_words(error)}。"
        raise UserError("没有加上附件。", why, "请腾出磁盘空间或换一个文件，再试一次。", "cannot-write") from error
    return sha256, size


def _copy(workspace: Workspace, source: Path, temporary: Path) -> tuple[str, int]:
    with source.open("rb") as opened, os.fdopen(
        os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
    ) as target:
        counting = _Counting(opened, hashlib.sha256())
        pieces = container.sealed(workspace.data_key, counting) if workspace.encrypted else _pieces(counting)
        for piece in pieces:
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return counting.digest.hexdigest(), counting.size


def _pieces(source: _Counting) -> Iterator[bytes]:
    while piece := source.read(CHUNK):
        yield piece


def place(workspace: Workspace, sha256: str) -> Path:
    """Give where the content of this hash lies."""
    return workspace.paths.attachments / sha256[:2] / sha256


def read(workspace: Workspace, sha256: str) -> Iterator[bytes]:
    """Give the content of a hash, piece by piece; ContainerError or OSError where it is not there or does not hold."""
    with place(workspace, sha256).open("rb") as source:
        if workspace.encrypted:
            yield from container.opened(workspace.data_key, source)
        else:
            while piece := source.read(CHUNK):
                yield piece


def holds(workspace: Workspace, sha256: str) -> bool:
    """Tell whether the content of a hash is there and is that content."""
    digest = hashlib.sha256()
    try:
        for piece in read(workspace, sha256):
            digest.update(piece)
    except (OSError, container.ContainerError):
        return False
    return digest.hexdigest() == sha256


def damaged(workspace: Workspace) -> tuple[str, ...]:
    """Name the attachments whose file is here but is not what it was."""
    rows = workspace.reader().rows("SELECT name, sha256 FROM attachment WHERE _deleted IS NULL ORDER BY rowid")
    return tuple(
        name for name, sha256 in rows if place(workspace, sha256).is_file() and not holds(workspace, sha256)
    )
