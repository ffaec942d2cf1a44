"""Finds the workspace and the password of a command, and opens it; nothing is asked where stdin is no terminal."""

import contextlib
import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop.core import logs
from desktop.core.clock import SystemClock
from desktop.core.errors import UserError
from desktop.core.recent import last_workspace, remember
from desktop.services import workspaces
from desktop.services.sessions import Session


def folder_of(options: Namespace) -> Path:
    """Give the workspace of a command: named, or the last opened."""
    found = Path(options.workspace) if options.workspace else last_workspace()
    if found is None:
        raise UserError("没有打开工作区。", "没有说明是哪一个。", "请加上 --workspace 文件夹。", "no-workspace")
    return found


def clock_of(options: Namespace, folder: Path | None = None) -> SystemClock:
    """Give the clock: `--on`, else the demo's date, sets the day; stamps always see the machine's."""
    if options.on is not None:
        return SystemClock(options.on)
    demo = workspaces.demo_of(folder) if folder else None
    return SystemClock(date.fromisoformat(demo.on)) if demo else SystemClock()


def password_of(options: Namespace, folder: Path | None, *, twice: bool = False) -> str:
    """Give the password: from the file, the demo's own, or a terminal; a UserError where none can be had."""
    if options.password_file:
        try:
            return Path(options.password_file).read_text(encoding="utf-8-sig").splitlines()[0]
        except (OSError, IndexError, UnicodeDecodeError) as error:
            raise UserError(
                "没有读到密码。", "密码文件打不开，或是空的。", "请核对 --password-file。", "no-password"
            ) from error
    demo = workspaces.demo_of(folder) if folder else None
    if demo:
        return demo.password
    if not sys.stdin.isatty():
        raise UserError("没有打开工作区。", "没有给出密码。", "请加上 --password-file 文件。", "no-password")
    first = getpass.getpass("密码：")
    if twice and getpass.getpass("再输一次：") != first:
        raise UserError("没有设置密码。", "两次输入不一样。", "请再来一次。", "no-password")
    return first


@contextlib.contextmanager
def opened(options: Namespace) -> Iterator[Session]:
    """Open the workspace of a command for its account, and close it at the end."""
    folder = folder_of(options)
    workspaces.check_there(folder)
    session = workspaces.unlock(
        folder,
        account=options.account,
        password=password_of(options, folder),
        clock=clock_of(options, folder),
    )
    handler = logs.start(session.workspace.paths.logs)
    remember(folder)
    try:
        yield session
    finally:
        logs.stop(handler)
        workspaces.close(session.workspace)
