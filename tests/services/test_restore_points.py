"""Restore points thin out as they age, and what a person made stays."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop.core.clock import FixedClock
from desktop.services import backups, restore_points, workspaces
from desktop.services.restore_points import outlived
from tests.support import places

TODAY = date(2026, 11, 23)


def named(at: datetime, mark: str = "_auto") -> str:
    return f"329901-329901001_{at:%Y%m%d_%H%M%S}{mark}.dbak"


def test_the_newest_of_seven_days_four_weeks_and_twelve_months_stay() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    daily = [named(noon - timedelta(days=back)) for back in range(800)]
    gone = outlived(daily, TODAY)
    kept = [name for name in daily if name not in gone]
    days = [f"202611{day}" for day in range(22, 15, -1)]
    weeks, months = ["20261115", "20261108", "20261101"], ["20261031", "20260930", "20260831", "20260731"]
    rest = ["20260630", "20260531", "20260430", "20260331", "20260228", "20260131", "20251231"]
    assert [name.split("_")[1] for name in kept] == [*days, *weeks[:2], *weeks[2:], *months, *rest]
    assert gone == sorted(gone)


def test_of_a_day_gone_by_the_last_stays_and_of_today_all() -> None:
    before, now = datetime(2026, 11, 20, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
    names = [named(before), named(before + timedelta(hours=2)), named(now), named(now + timedelta(hours=1))]
    assert outlived(names, TODAY) == [named(before)]


def test_of_two_in_one_second_the_later_stays() -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert outlived([named(at), named(at, "_auto-2"), named(at, "_auto-10")], TODAY) == [
        named(at), named(at, "_auto-2"),
    ]  # fmt: skip


def test_what_a_person_made_or_renamed_is_not_counted() -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    names = [named(at + timedelta(hours=hour), "") for hour in range(9)]
    assert outlived([*names, "搬家之前.dbak", "auto.txt"], TODAY) == []


def test_one_dated_ahead_of_today_stays() -> None:
    assert outlived([named(datetime(2027, 1, 1, tzinfo=UTC)), named(datetime(2027, 1, 1, 1, tzinfo=UTC))], TODAY) == []


def test_making_one_takes_away_what_is_no_longer_kept(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
    session = places.open_new(tmp_path / "w", clock=clock, encrypted=False)
    folder = session.workspace.paths.backups
    own = backups.backup(session, out=folder).file
    first = restore_points.make(session).file
    clock.instant += timedelta(hours=1)
    second = restore_points.make(session).file
    assert first.exists()
    clock.instant += timedelta(days=1)
    third = restore_points.make(session).file
    workspaces.close(session.workspace)
    assert sorted(folder.glob("*.dbak")) == sorted([own, second, third])
