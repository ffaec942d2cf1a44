"""The only module that asks the machine what time it is."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """What the house needs of time: an instant for stamps, and a day for rules and defaults."""

    def now(self) -> datetime:
        """Tell the present instant, aware, in UTC."""

    def today(self) -> date:
        """Tell the day that rules and defaults see (local)."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock; `on` (`--on`, or a demo workspace's date) replaces the day but never the instant."""

    on: date | None = None

    def now(self) -> datetime:
        """Tell the machine's present instant in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Tell `on`, or the machine's local day."""
        return self.on or datetime.now().astimezone().date()


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still, for tests and for the demo generator."""

    instant: datetime

    def now(self) -> datetime:
        """Tell the fixed instant."""
        return self.instant

    def today(self) -> date:
        """Tell the day of the fixed instant."""
        return self.instant.date()


def instant_text(value: datetime) -> str:
    """Write an instant as `2026-11-23T08:00:00Z`."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_text(instant: str) -> str:
    """Write a stored instant as the machine's local time, `2026-11-23 16:00`; other text as it stands."""
    try:
        return datetime.fromisoformat(instant).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return instant
