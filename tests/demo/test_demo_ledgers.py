"""The ledgers of the demo: each has rows, and each row could have been saved by its form."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.services import workspaces
from desktop.services.ledgers import rows, saving
from desktop.services.ledgers.catalogue import LEDGERS
from desktop.services.sessions import Session
from tests.support.demo import copy_demo


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Session]:
    """A copy of the demo township."""
    session = copy_demo(tmp_path / "w")
    yield session
    workspaces.close(session.workspace)


def test_every_ledger_has_rows_and_each_could_have_been_saved(demo: Session) -> None:
    counted = {one.kind: one.rows for one in rows.counts(demo)}
    assert {kind for kind, count in counted.items() if not count} == set()
    for kind, ledger in LEDGERS.items():
        for row in rows.list_rows(demo, kind=kind):
            draft = saving.open_(demo, kind=kind, key=row.id)
            assert saving.fault(ledger, draft.values) is None, (kind, row.name)


def test_what_may_stand_once_stands_once(demo: Session) -> None:
    for kind, ledger in LEDGERS.items():
        if ledger.once:
            listed = ", ".join(f'"{name}"' for name in ledger.once)
            twice = demo.db.rows(f"SELECT {listed} FROM {kind} GROUP BY {listed} HAVING count(*) > 1")
            assert twice == [], kind
