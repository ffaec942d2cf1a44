"""What a person decides about a doubtful row of a roster, and what they look at to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from desktop.services import masking
from desktop.services.column_words import column_word
from desktop.services.listing import value_words

COMPARED = ("name", "sex", "born_on", "id_number", "phone", "education", "joined_on", "workplace")
_MASKS = {"id_number": masking.identity, "phone": masking.phone}


@dataclass(frozen=True, slots=True)
class Decision:
    """`skip` leaves the row out, `same` says that it is the person `record`, `other` that it is somebody new."""

    verdict: Literal["skip", "same", "other"]
    record: bytes | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """One record that a row resembles: column, what the roster says and what the record says, numbers masked.

    `changes` are column, what stands and what would stand there if somebody says that it is the same.
    """

    record: bytes
    title: str
    facts: tuple[tuple[str, str, str], ...]
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the row's person that the row would write."""

    table: str
    name: str
    before: object
    after: object


def likeness(
    record: bytes, known: Mapping[str, Any], row: Mapping[str, Any], branch: str, changes: Sequence[Change] = ()
) -> Likeness:
    """Put a row beside a person; what neither has is left out."""
    facts = [
        (column_word("person", name), *_both(name, row.get(name), known.get(name)))
        for name in COMPARED
        if row.get(name) or known.get(name)
    ]
    facts.append(("党支部", str(row.get("branch") or ""), branch))
    return Likeness(record, str(known["name"]), tuple(facts), tuple(_said(change) for change in changes))


def _said(change: Change) -> tuple[str, str, str]:
    """Write a change as people read it, numbers masked."""
    word = column_word(change.table, change.name)
    if change.table == "person":
        after, before = _both(change.name, change.after, change.before)
        return word, before, after
    before, after = (
        "" if value in (None, "") else value_words(change.table, change.name, value)
        for value in (change.before, change.after)
    )
    return word, before, after


def _both(name: str, given: object, held: object) -> tuple[str, str]:
    """Write two values; numbers that read alike when masked and are not alike are written in full."""
    shown = (_shown(name, given), _shown(name, held))
    return (str(given), str(held)) if shown[0] == shown[1] and str(given or "") != str(held or "") else shown


def _shown(name: str, value: object) -> str:
    if value in (None, ""):
        return ""
    mask = _MASKS.get(name)
    return (mask(str(value)) or "") if mask else value_words("person", name, value)
