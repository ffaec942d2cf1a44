"""The command line as a program calls it: its exit code, its one JSON object, its sentences."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.services import workspaces
from tests.support import places


@dataclass(frozen=True, slots=True)
class Said:
    """What one command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Read stdout as exactly one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def error(self) -> dict[str, str]:
        """Read stderr as the JSON of a refusal; stdout must be empty."""
        assert self.out == ""
        found: dict[str, str] = json.loads(self.err)["error"]
        assert set(found) == {"code", "what", "why", "do"}
        return found


Doudi = Callable[..., Said]


@pytest.fixture
def doudi(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Doudi:
    """Run one command in this process, without a terminal."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda *_: pytest.fail("asked for a password"))
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("asked for input"))

    def run(*words: object) -> Said:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run


@pytest.fixture
def password(tmp_path: Path) -> Path:
    """A file whose first line is the password of the test workspaces."""
    path = tmp_path / "password"
    path.write_text(f"{places.PASSWORD}\n", encoding="utf-8-sig")
    return path


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """An empty plain township, closed."""
    session = places.open_new(tmp_path / "w", encrypted=False)
    workspaces.close(session.workspace)
    return session.workspace.paths.folder
