"""The columns of a ledger's list: names by pinyin, sums and counts at the right, dates and codes as they stand."""

from functools import partial
from typing import Any

from desktop.services.ledgers.rows import LedgerRow
from desktop.services.ledgers.shapes import Ledger, LedgerField
from desktop.ui.widgets.table_model import Column

_NUMBERS = frozenset({"count", "money", "half_days", "tenths", "percent"})
_LONG = frozenset({"line", "text", "reference"})
LEAST = 88
HEAD, LETTER = 24, 14  # so a heading stands whole: its margins and one hanzi of it


def columns(ledger: Ledger) -> tuple[Column, ...]:
    """Give the columns of a ledger; the first long one takes what room is left."""
    wide = next((one.name for one in ledger.fields if one.kind in _LONG and one.width >= 140), ledger.fields[0].name)
    listed = [one for one in ledger.fields if one.width]
    return tuple(
        _column(one, at, bold=one.name == ledger.name[0], stretch=one.name == wide)
        for at, one in enumerate((*listed, *(one for one in ledger.fields if not one.width)))
    )


def _column(field: LedgerField, at: int, *, bold: bool, stretch: bool) -> Column:
    number = field.kind in _NUMBERS
    text = partial(_text, field.name)
    width = max(field.width or 120, HEAD + LETTER * len(field.word))
    return Column(
        field.name, field.word, width, align="right" if number else "left", text=text, bold=bold,
        tip=text if field.kind in _LONG else None, pinyin=field.kind == "reference", hidden=not field.width,
        sort=None if field.kind in _LONG else partial(_sort, field.name), stretch=stretch,
        least=LEAST if field.width > LEAST and field.kind in _LONG else 0, gives_way=at if at > 2 else 0,
    )  # fmt: skip


def _text(name: str, row: LedgerRow) -> str:
    return row.cells[name]


def _sort(name: str, row: LedgerRow) -> Any:  # noqa: ANN401 - whatever compares with its like
    return row.keys.get(name)
