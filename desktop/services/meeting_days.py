"""Days as people search for them in the list of records: `2026-09`, `2026.9.1`, `2026年9月`, `9月`, `09-01`."""

import re

from desktop.core.text import narrow

_DAY = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)[-./年])?(?P<month>\d{1,2})(?:[-./月](?P<day>\d{0,2})日?)?"
    r"|(?P<alone>(?:19|20)\d\d)[-./年]"  # a year alone may stand in a topic, and the index has it whole
)


def split(text: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Part a search text into the words that are left and, for each day in it, the LIKE patterns of which one holds.

    Search takes digits in any order, so that `2026-09` would find 2026-04-09; a day is compared whole, from its
    beginning. What is typed so far counts: `2026-1` is January and what begins so, October to December.
    """
    words: list[str] = []
    days: list[tuple[str, ...]] = []
    for piece in text.split():
        found = _patterns(narrow(piece))
        if found:
            days.append(found)
        else:
            words.append(piece)
    return " ".join(words), tuple(days)


def _patterns(piece: str) -> tuple[str, ...]:
    found = _DAY.fullmatch(piece)
    if found is None or (piece.isdigit() and len(piece) < 4):  # a bare number may stand in a topic
        return ()
    if found["alone"]:
        return (f"{found['alone']}%",)
    year, month, day = found["year"] or "____", found["month"], found["day"] or ""
    if day:
        return tuple(f"{year}-{month:0>2}-{one}%" for one in _begun(day, ended=piece.endswith("日")))
    return tuple(f"{year}-{one}%" for one in _begun(month, ended=not piece[-1].isdigit()))


def _begun(number: str, *, ended: bool) -> tuple[str, ...]:
    """Give what two digits may begin with where these were typed: `1` is 01, or a 1 of which the rest is to come."""
    padded = f"{number:0>2}"
    return (padded,) if ended or number == padded else (padded, number)
