"""The promise of the file on the desk: no file of the user is changed in place (security.md, findings 8)."""

import contextlib
import errno
import hashlib
import os
import time
from pathlib import Path

from desktop.core.errors import UserError

CHUNK = 1 << 20
NAME_KEPT = 40
_HELD_PAUSES = (0.05, 0.2, 0.5)


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file as 64 hex digits, read in chunks."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def fsync_folder(folder: Path) -> None:
    """Make a rename inside `folder` durable, where the system can."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some network drives refuse it; the renamed file itself is whole either way
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file whole or not at all: temporary file, fsync, re-read, rename; a UserError where it cannot be."""
    temporary = part_beside(path)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        publish(temporary, path, hashlib.sha256(content).hexdigest())
    except OSError as error:
        raise UserError(
            f"没有写成文件 {path.name}。",
            f"{disk_words(error)}。",
            "请换一个位置或腾出空间，再试一次；原来的文件没有动。",
            "cannot-write",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def part_beside(path: Path) -> Path:
    """Name the temporary file of a file to be: hidden, of this process, short enough beside a name of any length."""
    return path.with_name(f".{path.name[:NAME_KEPT]}.{os.getpid()}.part")


def sweep_parts(folder: Path) -> None:
    """Take away the temporary files that a killed program left in `folder`; call it where the lock is held."""
    for path in folder.glob(".*.part"):
        with contextlib.suppress(OSError):
            path.unlink()


def publish(temporary: Path, final: Path, sha256: str) -> None:
    """Re-read a finished temporary file, compare its hash, and rename it into place; OSError where it differs."""
    if sha256_of(temporary) != sha256:
        raise OSError(5, "re-read differs")
    _replace(temporary, final)
    fsync_folder(final.parent)


def _replace(temporary: Path, final: Path) -> None:
    """Rename; on Windows try again for a moment, since a virus scanner may hold the file."""
    for pause in _HELD_PAUSES if os.name == "nt" else ():
        try:
            temporary.replace(final)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.replace(final)


def disk_words(error: OSError) -> str:
    """Say in Chinese why the system refused a file."""
    return {
        errno.ENOSPC: "磁盘空间不足",
        errno.EACCES: "没有写入这个文件夹的权限",
        errno.EPERM: "没有写入这个文件夹的权限",
        errno.EROFS: "这个盘只能读，不能写",
        errno.ENOENT: "文件夹不存在",
        errno.ENOTDIR: "给出的位置不是文件夹",
        errno.EEXIST: "那里已经有同名的文件",
        errno.EISDIR: "给出的位置是文件夹，不是文件",
        errno.EIO: "磁盘读写出错",
    }.get(error.errno or 0, "系统拒绝了这次读写")
