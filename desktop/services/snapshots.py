"""A view of the whole workspace that stands still while others write: a connection and a transaction of its own."""

import contextlib
from collections.abc import Iterator

from desktop.models.database import Connection, open_connection
from desktop.services.sessions import Workspace


@contextlib.contextmanager
def snapshot(workspace: Workspace) -> Iterator[Connection]:
    """Give a connection that sees one moment; the shared readers are left to those who look at single rows."""
    key = workspace.data_key if workspace.encrypted else None
    db = open_connection(workspace.paths.database, key, writer=False)
    try:
        db.execute_sql("BEGIN")
        yield db
    finally:
        db.close()
