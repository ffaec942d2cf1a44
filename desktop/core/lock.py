"""One program a workspace: an OS lock with the holder's pid, host and command beside it."""

import contextlib
import json
import os
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.core.errors import UserError, WorkspaceBusyError
from desktop.core.files import disk_words

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WorkspaceLock:
    """Holds the lock of one workspace until `release`; the system frees it when the process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = path.with_suffix(".holder.json")
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UserError(
                "没有打开工作区。", f"{disk_words(error)}。", "请检查文件夹的权限和空间，再打开。", "cannot-write"
            ) from error
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise WorkspaceBusyError(
                "没有打开工作区。", f"它正由{self._holder()}使用。", "请先在那里退出，再打开。", "busy"
            ) from None
        command = Path(sys.argv[0]).name.replace("__main__.py", "doudi")  # as `python -m desktop` is called elsewhere
        note = {"pid": os.getpid(), "host": socket.gethostname(), "command": command}
        with contextlib.suppress(OSError):  # the lock is what guards; the note is a courtesy to the next opener
            self._beside.write_text(json.dumps(note), encoding="utf-8")

    def _holder(self) -> str:
        try:
            note = json.loads(self._beside.read_text(encoding="utf-8"))
            return f"另一个程序（{note['command']}，进程 {note['pid']}，电脑 {note['host']}）"
        except (OSError, ValueError, KeyError):
            return "另一个程序"

    def release(self) -> None:
        """Give the workspace free; a second call does nothing."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                self._beside.unlink(missing_ok=True)
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        """Hold the lock through a `with` block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """Release it."""
        self.release()
