"""Ids, clock, changes, progress and logs."""

import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.core import ids, logs
from desktop.core.changes import NOTHING, Changes
from desktop.core.clock import FixedClock, SystemClock, instant_text
from desktop.core.progress import CancelledError, Progress


def test_seeded_ids_repeat_sort_and_look_like_uuid_seven() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    one, other = ids.seeded_ids(7, start), ids.seeded_ids(7, start)
    made = [one() for _ in range(50)]
    assert made == [other() for _ in range(50)]
    assert made == sorted(set(made))
    assert all(key[6] >> 4 == 7 and key[8] >> 6 == 2 for key in made)


def test_ids_are_written_and_read() -> None:
    key = ids.new_id()
    assert ids.from_hex(ids.to_hex(key)) == key
    for wrong in ("", "0" * 31, "G" * 32, ids.to_hex(key).upper() + "0"):
        with pytest.raises(ValueError, match=f"^{wrong}$"):
            ids.from_hex(wrong)


def test_the_day_may_be_set_but_never_the_instant() -> None:
    clock = SystemClock(date(2020, 1, 1))
    assert clock.today() == date(2020, 1, 1)
    assert clock.now().year >= 2024
    assert clock.now().tzinfo is UTC


def test_instants_are_written_in_utc() -> None:
    clock = FixedClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    assert instant_text(clock.now()) == "2026-11-23T08:00:00Z"
    assert clock.today() == date(2026, 11, 23)


def test_changes_join() -> None:
    one, other = Changes(frozenset({"person"}), 1, "一"), Changes(frozenset({"post"}), 2, "二").about(b"k")
    assert one | other == Changes(frozenset({"person", "post"}), 2, "二", b"k")
    assert one | NOTHING == one


def test_a_cancelled_step_raises() -> None:
    seen: list[tuple[int, int, str]] = []
    progress = Progress(lambda done, total, text: seen.append((done, total, text)))
    progress.step(1, 2, "写入")
    progress.cancel()
    with pytest.raises(CancelledError):
        progress.step(2, 2)
    assert seen == [(1, 2, "写入")]


def test_logs_hold_no_names_and_no_numbers_not_even_in_a_trace(tmp_path: Path) -> None:
    handler = logs.start(tmp_path)
    log = logging.getLogger("desktop.test")
    try:
        int("李明 32990119850603001X")
    except ValueError:
        log.exception("person %s %s", "张静", 10000000001)
    logs.stop(handler)
    written = (tmp_path / logs.NAME).read_text("utf-8")
    assert "ValueError: invalid literal for int() with base 10: '<2字> <number>'" in written
    assert not any(secret in written for secret in ("李明", "张静", "3299"))
