"""The steps of the schema: an explicit tuple, each step and its record in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.models import triggers
from desktop.models.database import Connection
from desktop.models.migrations import m0001_first, m0002_records


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, its name and what it does to an open, writable connection."""

    number: int
    name: str
    run: Callable[[Connection], None]


STEPS: tuple[Step, ...] = (
    Step(1, "first", lambda connection: connection.script(m0001_first.STATEMENTS)),
    Step(2, "records", lambda connection: connection.script(m0002_records.STATEMENTS)),
)
LATEST = STEPS[-1].number


def version(connection: Connection) -> int:
    """Give the number of the newest step in the file; 0 for an empty file."""
    if connection.one("SELECT 1 FROM sqlite_master WHERE name = 'migration'") is None:
        return 0
    found = connection.one("SELECT coalesce(max(number), 0) FROM migration")
    return int(found[0]) if found else 0


def migrate(connection: Connection, at: str) -> list[int]:
    """Bring the file to the newest step and its triggers to the generator's; give the numbers of the steps taken.

    `at` is the instant that each record of a step carries. A step that raises leaves the file as it was before it.
    """
    present = version(connection)
    taken = []
    for step in STEPS:
        if step.number <= present:
            continue
        with connection.writable():
            triggers.drop(connection)
            step.run(connection)
            connection.run(
                "INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)", (step.number, step.name, at)
            )
            if step is STEPS[-1]:  # the specs describe the newest schema alone
                triggers.install(connection)
        taken.append(step.number)
    if not taken and not triggers.are_right(connection):
        with connection.writable():
            triggers.install(connection)
    return taken
