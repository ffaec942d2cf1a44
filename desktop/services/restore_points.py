"""Restore points: backups that the program makes before it merges or imports, and how many of them it keeps.

They lie among the backups of the workspace and are known by `_auto` in their names; what a person made, or renamed,
is never taken away.
"""

import contextlib
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from desktop.core.progress import Progress
from desktop.services import backups
from desktop.services.backups import BackupFile
from desktop.services.sessions import STAFF, Session, allowed

MARK = "_auto"
DAYS, WEEKS, MONTHS = 7, 4, 12  # ux.md §2, row 28
_NAME = re.compile(rf"_(\d{{8}}_\d{{6}}){MARK}(?:-(\d+))?\.dbak")


@allowed(STAFF)
def make(session: Session, *, progress: Progress | None = None) -> BackupFile:
    """Write a restore point into the workspace's own folder, then take away those that are no longer kept."""
    folder = session.workspace.paths.backups
    made = backups.backup(session, out=folder, progress=progress, mark=MARK)
    today = session.workspace.clock.now().date()
    for name in outlived((path.name for path in folder.glob("*.dbak")), today):
        with contextlib.suppress(OSError):  # held open by another program: it goes with the next one
            (folder / name).unlink()
    return made


def outlived(names: Iterable[str], today: date) -> list[str]:
    """Give the names of restore points to take away, the oldest first.

    All of today stay, and the newest of each of the last 7 days, 4 weeks and 12 months that have any. One dated ahead
    of today, by a clock that was set back, stays too.
    """
    found = sorted((*_made(name), name) for name in names if _NAME.search(name))
    past = [(at, name) for at, _, name in reversed(found) if at.date() < today]
    kept: set[str] = set()
    for of, most in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        kept |= _newest(past, of, most)
    return [name for _, name in reversed(past) if name not in kept]


def _made(name: str) -> tuple[datetime, int]:
    found = _NAME.search(name)
    if found is None:
        raise ValueError(name)
    return datetime.strptime(found[1], "%Y%m%d_%H%M%S").replace(tzinfo=UTC), int(found[2] or 1)


def _newest(past: list[tuple[datetime, str]], of: Callable[[datetime], tuple[int, ...]], most: int) -> set[str]:
    """Give the newest name of each of the `most` latest spans; `past` is newest first."""
    first: dict[tuple[int, ...], str] = {}
    for at, name in past:
        first.setdefault(of(at), name)
    return set(list(first.values())[:most])


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def _week(at: datetime) -> tuple[int, ...]:
    return at.isocalendar()[:2]


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month
