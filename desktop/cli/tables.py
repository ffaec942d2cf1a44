"""Columns of text that line up in a terminal, where a Chinese character takes two places."""

import unicodedata
from collections.abc import Sequence

MOST = 40
GAP = "  "


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Give the lines of a table under its headings; a cell wider than `MOST` places is cut, and stays on one line."""
    cells = [[_short(" ".join(cell.split())) for cell in row] for row in (headings, *rows)]
    widths = [max(map(places, column)) for column in zip(*cells, strict=True)]
    return tuple(
        GAP.join(cell + " " * (width - places(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def places(text: str) -> int:
    """Give how many places a text takes: two for a wide character, none for one that combines."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _short(text: str) -> str:
    if places(text) <= MOST:
        return text
    while places(text) > MOST - 1:
        text = text[:-1]
    return f"{text}…"
