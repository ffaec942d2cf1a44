"""Days in the search of the list of records: whole from their beginning, never by digits somewhere."""

from dataclasses import replace

import pytest

from desktop.services import meeting_days, meeting_lists
from desktop.services.sessions import Session
from tests.ui import meeting_world as world

HELD = ("2026-01-09", "2026-04-09", "2026-09-02", "2026-09-17", "2026-10-09", "2025-09-02")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-09", {"2026-09-02", "2026-09-17"}), ("2026.9", {"2026-09-02", "2026-09-17"}),
        ("2026年9月", {"2026-09-02", "2026-09-17"}), ("9月", {"2026-09-02", "2026-09-17", "2025-09-02"}),
        ("2026-09-17", {"2026-09-17"}), ("2026/9/2", {"2026-09-02"}), ("9月2日", {"2026-09-02", "2025-09-02"}),
        ("09-02", {"2026-09-02", "2025-09-02"}), ("2026-1", {"2026-01-09", "2026-10-09"}),
        ("2026-09-1", {"2026-09-17"}), ("2026-", {*HELD} - {"2025-09-02"}), ("2025", {"2025-09-02"}),
        ("柳溪 2026-09", {"2026-09-02", "2026-09-17"}), ("望湖 2026-09", set()), ("2026-13", set()),
    ],
)  # fmt: skip
def test_a_day_is_found_from_its_beginning(township: Session, text: str, found: set[str]) -> None:
    branch = world.branch(township)
    for day in HELD:
        world.saved(township, replace(world.complete(township, branch), held_on=day))
    assert {row.held_on for row in meeting_lists.list_meetings(township, text=text)} == found


@pytest.mark.parametrize("text", ["9", "123", "党课", "1.5万元", "二〇二六", "20260917", "2026"])
def test_what_is_no_day_stays_a_word(text: str) -> None:
    assert meeting_days.split(text) == (text, ())
