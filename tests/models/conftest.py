"""Files of the newest schema on both drivers, without any service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models import migrations
from desktop.models.database import Connection, open_connection

AT = "2026-11-23T08:00:00Z"
KEY = bytes(range(32))


@pytest.fixture(params=[KEY, None], ids=["encrypted", "plain"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """A migrated file, open for writing."""
    connection = open_connection(tmp_path / "w.db", request.param, writer=True)
    migrations.migrate(connection, AT)
    yield connection
    connection.close()
