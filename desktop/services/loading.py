"""The road of rows that come in without the rules of entry: packages, the demo and benchmarks, and nobody else.

Rows go through the specs and the triggers in one labelled unit, so they are logged, stamped and indexed like any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from desktop.core.changes import Changes
from desktop.core.progress import Progress
from desktop.core.text import is_clean
from desktop.models.registry import PART_SPECS, SPECS, stored_columns
from desktop.services.sessions import STAFF, Session, allowed
from desktop.services.units import unit

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one record or part table: the columns by name, and a tuple of their values for each row."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


@allowed(STAFF)
def load(session: Session, *, label: str, rows: Sequence[Rows], progress: Progress | None = None) -> Changes:
    """Insert whole rows in one unit; ids are given by the caller.

    A table or column that does not exist, or text that may not stand in a record, is a ValueError; a reference to
    nothing is the database's IntegrityError at the end. Nothing of the unit stands then.
    """
    for part in rows:
        _check_columns(part)
    step = (progress or Progress()).step
    total = sum(len(part.rows) for part in rows)
    done = 0
    with unit(session, label) as work:
        for part in rows:
            for few in _chunks(part.rows):
                _check_text(part, few)
                session.workspace.write.many(_statement(part), few)
                done += len(few)
                step(done, total, label)
    return work.changes


def _check_columns(part: Rows) -> None:
    known = _columns(part.table)
    strangers = [name for name in part.columns if name not in known]
    if strangers or len(set(part.columns)) != len(part.columns):
        raise ValueError(f"{part.table}: {', '.join(strangers) or 'a column stands twice'}")


def _columns(table: str) -> tuple[str, ...]:
    if table in SPECS:
        return stored_columns(SPECS[table])
    if table in PART_SPECS:
        spec = PART_SPECS[table]
        return (spec.key[0], *(column.name for column in spec.columns))
    raise ValueError(table)


def _chunks(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))


def _check_text(part: Rows, rows: Sequence[tuple[Any, ...]]) -> None:
    """Refuse what no writer may store; each text is looked at once, for most of them stand in many rows."""
    for text in {value for value in chain.from_iterable(rows) if isinstance(value, str)}:
        if not is_clean(text):
            raise ValueError(f"{part.table}: {text!r}")


def _statement(part: Rows) -> str:
    listed = ", ".join(f'"{name}"' for name in part.columns)
    return f"INSERT INTO {part.table} ({listed}) VALUES ({', '.join('?' * len(part.columns))})"
