"""Autosave over a real workspace, on both drivers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.core.clock import SystemClock
from desktop.security.slots import Cost
from desktop.services import drafts, workspaces

PASSWORD = "柳溪青禾望湖-2026"


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_kept_form_survives_closing_and_is_only_the_own_accounts(tmp_path: Path, *, encrypted: bool) -> None:
    clock = SystemClock(date(2026, 3, 12))
    made = workspaces.create(
        tmp_path / "w", kind="township", org_code="329901001", org_name="青禾街道", password=PASSWORD,
        clock=clock, encrypted=encrypted, cost=Cost(),
    )  # fmt: skip
    key = drafts.keep(made.session, kind="meeting", content='{"topic":"一"}')
    drafts.keep(made.session, kind="meeting", content='{"topic":"二"}', draft=key)
    other = replace(made.session, account="other")
    drafts.discard(other, draft=key)
    assert drafts.kept(other) == ()
    units = made.session.db.one("SELECT count(*) FROM unit WHERE label LIKE '%draft%'")
    assert units == (0,)
    workspaces.close(made.session.workspace)
    again = workspaces.unlock(tmp_path / "w", account="gly", password=PASSWORD, clock=clock)
    assert [(row.id, row.content) for row in drafts.kept(again, kind="meeting")] == [(key, '{"topic":"二"}')]
    drafts.discard(again, draft=key)
    assert drafts.kept(again) == ()
    workspaces.close(again.workspace)
