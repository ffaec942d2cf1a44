"""One program a workspace."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.errors import UserError, WorkspaceBusyError
from desktop.core.lock import WorkspaceLock
from tests.house.sources import ROOT
from tests.support.faults import fault

_HOLD = (
    "import sys; from pathlib import Path; from desktop.core.lock import WorkspaceLock; "
    "lock = WorkspaceLock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
)


def test_a_second_opener_is_told_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "workspace.lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(WorkspaceBusyError) as refused:
            WorkspaceLock(path)
        note = json.loads((tmp_path / "workspace.holder.json").read_text("utf-8"))
        assert note == {"pid": holder.pid, "host": socket.gethostname(), "command": "-c"}
        assert refused.value.why == f"它正由另一个程序（-c，进程 {holder.pid}，电脑 {socket.gethostname()}）使用。"
        holder.kill()
    with WorkspaceLock(path):
        assert json.loads((tmp_path / "workspace.holder.json").read_text("utf-8"))["pid"] == os.getpid()
    assert not (tmp_path / "workspace.holder.json").exists()


def test_a_note_that_cannot_be_read_still_gives_a_sentence(tmp_path: Path) -> None:
    with WorkspaceLock(tmp_path / "workspace.lock"):
        (tmp_path / "workspace.holder.json").write_text("{", "utf-8")
        with pytest.raises(WorkspaceBusyError, match="它正由另一个程序使用"):
            WorkspaceLock(tmp_path / "workspace.lock")


def test_releasing_twice_does_nothing(tmp_path: Path) -> None:
    lock = WorkspaceLock(tmp_path / "workspace.lock")
    lock.release()
    lock.release()
    WorkspaceLock(tmp_path / "workspace.lock").release()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fault(monkeypatch, 1, 30), pytest.raises(UserError) as refused:
        WorkspaceLock(tmp_path / "workspace.lock")
    assert str(refused.value) == "没有打开工作区。这个盘只能读，不能写。请检查文件夹的权限和空间，再打开。"


def test_a_note_that_cannot_be_written_does_not_hinder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fault(monkeypatch, 2):
        WorkspaceLock(tmp_path / "workspace.lock").release()
