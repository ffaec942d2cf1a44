"""What belongs to a workspace is taken away from others; a drive without modes is left as it is."""

import errno
from pathlib import Path

import pytest

from desktop.core import private


def refusing(number: int) -> object:
    def chmod(path: Path, mode: int) -> None:
        raise OSError(number, f"{path} {mode}")

    return chmod


def test_a_drive_without_modes_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refusing(errno.EPERM))
    private.tighten(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_any_other_refusal_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refusing(errno.EIO))
    with pytest.raises(OSError, match="Errno 5"):
        private.tighten(tmp_path)


def test_what_is_narrower_already_stays_so(tmp_path: Path) -> None:
    narrow = tmp_path / "read-only"
    narrow.write_bytes(b"")
    narrow.chmod(0o400)
    private.tighten(tmp_path)
    assert narrow.stat().st_mode & 0o777 == 0o400
