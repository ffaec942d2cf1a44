"""Rows of every ledger reach the county as they were entered, with nothing set aside."""

from pathlib import Path

from desktop.services.ledgers import saving
from desktop.services.ledgers.catalogue import LEDGERS
from desktop.services.ledgers.saving import LedgerDraft
from tests.exchange.exchange_world import open_pair, rows
from tests.services.ledgers.samples import values


def test_a_row_of_every_ledger_reaches_the_county(tmp_path: Path) -> None:
    pair = open_pair(tmp_path)
    try:
        for kind in LEDGERS:
            saving.save(pair.township, draft=LedgerDraft(kind, values(pair.township, kind)))
        applied = pair.send_up()
        assert (applied.aside, applied.conflicts) == ({}, 0)
        here, there = rows(pair.township), rows(pair.county)
        for kind in LEDGERS:
            assert there[kind] == here[kind] != []
    finally:
        pair.close()
