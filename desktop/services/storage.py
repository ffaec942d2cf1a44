"""Writing to the file with the disk's refusals said in Chinese: full, read-only, broken, or held by another program."""

import contextlib
from collections.abc import Iterator

from desktop.core.errors import UserError
from desktop.models.database import Connection, DatabaseError, OperationalError

_WORDS: tuple[tuple[str, str, str], ...] = (
    ("disk is full", "磁盘空间不足。", "请腾出空间，再试一次；原来的数据没有动。"),
    ("readonly database", "数据文件只能读，不能写。", "请检查文件夹的权限，再试一次；原来的数据没有动。"),
    ("disk I/O error", "磁盘读写出错。", "请检查磁盘，再试一次；原来的数据没有动。"),
    ("unable to open", "数据文件打不开。", "请检查文件夹的权限，再试一次；原来的数据没有动。"),
    ("locked", "另一个程序正在写数据文件。", "请先关闭那个程序，再试一次；原来的数据没有动。"),
)


@contextlib.contextmanager
def transaction(db: Connection, what: str = "没有保存。") -> Iterator[None]:
    """Open one immediate transaction; a UserError where the disk refuses it, and nothing of it stands."""
    try:
        with db.writable():
            yield
    except OperationalError as error:
        raise (refusal(error, what) or error) from error


def refusal(error: DatabaseError, what: str) -> UserError | None:
    """Give the sentence for what the disk said, or None where the program is at fault."""
    text = str(error)
    found = next(((why, do) for mark, why, do in _WORDS if mark in text), None)
    return UserError(what, *found, "cannot-write") if found else None


def damaged() -> UserError:
    """Give the refusal to open a workspace whose file cannot be read."""
    return UserError(
        "没有打开工作区。", "数据文件读不出来，可能已损坏。", "请用最近的备份恢复到一个新文件夹。", "damaged"
    )
