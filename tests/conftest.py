"""Fixtures of the whole suite."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services import workspaces
from desktop.services.sessions import Session
from tests.support import places


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a test leaves in the user's state folder out of the user's."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Session]:
    """An empty plain township workspace with its root branch, open for 管理员."""
    session = places.open_new(tmp_path / "w", encrypted=False)
    yield session
    workspaces.close(session.workspace)


@pytest.fixture(params=[True, False], ids=["encrypted", "plain"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    """The same on both drivers, for whatever touches storage."""
    session = places.open_new(tmp_path / "w", encrypted=request.param)
    yield session
    workspaces.close(session.workspace)
