"""Lists out: workbooks whose text stays text, with nothing that a spreadsheet program would compute."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from desktop.core.text import clean
from desktop.spreadsheets.reading import LONGEST_CELL
from desktop.spreadsheets.rosters import Roster, RosterRow

_OPTIONS = {
    "constant_memory": True,
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_SHEET_NAME_LIMIT = 31
_FIRST_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no zone; a fixed time makes equal lists equal
OutCell = str | int | None


@dataclass(frozen=True, slots=True)
class OutColumn:
    """One column of a list: its heading, its width in characters (hanzi count two), and whether it is centred."""

    title: str
    width: int = 12
    centred: bool = False


def write_list(
    title: str,
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[OutCell]],
    *,
    footer: str = "",
    plain: bool = False,
) -> bytes:
    """Write one list as an xlsx: title row, heading, rows; printed on A4 landscape with the heading on each page.

    Strings are written as text whatever they look like (`=1+1`, 18 digits), whole numbers as numbers. With
    `plain` there is no title row, so that the heading is row 1. `footer` is one line below the data.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"title": title, "created": _FIRST_MADE})
    sheet = book.add_worksheet(sheet_title(title))
    first = 0 if plain else 1
    _lay_out(sheet, first)
    if not plain:
        heading = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        sheet.merge_range(0, 0, 0, max(len(columns) - 1, 1), "", heading)
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, title, heading)
    head = book.add_format({"bold": True, "border": 1, "align": "center", "bg_color": "#E8EDF3", "text_wrap": True})
    for column, each in enumerate(columns):
        sheet.write_string(first, column, each.title, head)
    last = _write_rows(book, sheet, columns, rows, first + 1)
    if footer:
        sheet.write_string(last, 0, clean(footer))
    book.close()
    return target.getvalue()


def sheet_title(title: str) -> str:
    """Make a sheet name of a title: what Excel refuses is left out, 31 characters at most."""
    kept = "".join(char for char in clean(title) if char not in "[]:*?/\\\n\t'")
    return kept[:_SHEET_NAME_LIMIT] or "名册"


def _lay_out(sheet: Any, first: int) -> None:  # noqa: ANN401 - XlsxWriter has no types
    sheet.freeze_panes(first + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.hide_gridlines(0)  # grid lines on paper too, so that no cell needs borders of its own
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _write_rows(
    book: Any,  # noqa: ANN401 - XlsxWriter has no types
    sheet: Any,  # noqa: ANN401
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[OutCell]],
    first: int,
) -> int:
    """Write the rows in order (the writer keeps none in memory); give the number of the row after them."""
    left = book.add_format({"num_format": "@", "text_wrap": True, "valign": "vcenter"})
    middle = book.add_format({"num_format": "@", "align": "center", "valign": "vcenter"})
    number = book.add_format({"num_format": "0", "align": "center", "valign": "vcenter"})
    formats = [middle if column.centred else left for column in columns]
    for index, (titled, form) in enumerate(zip(columns, formats, strict=True)):
        sheet.set_column(index, index, titled.width, form)
    write_string, write_number = sheet.write_string, sheet.write_number
    row = first
    for cells in rows:
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                write_number(row, column, cell, number)
            elif cell:
                write_string(row, column, cell if _fits(cell) else _fitting(cell), formats[column])
        row += 1
    return row


def _fits(text: str) -> bool:
    return len(text) <= LONGEST_CELL and text.isprintable()


def _fitting(text: str) -> str:
    """Leave out what an xlsx cannot hold: control characters, and text beyond a cell's limit."""
    text = clean(text)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def write_parked(roster: Roster, doubts: dict[int, str] | None = None) -> bytes:
    """Write the parked rows of a roster with the reasons beside them, to be put right there and imported again.

    Parked are the rows with refusals and those in `doubts` (row number → why it is doubtful). Cells stand as they
    were in the file; the last two columns say 原行号 and 要改的地方.
    """
    doubts = doubts or {}
    keys = list(roster.columns)
    columns = [OutColumn(roster.columns[key], 16) for key in keys]
    columns += [OutColumn("原行号", 8, centred=True), OutColumn("要改的地方", 60)]
    parked = [row for row in roster.rows if row.refusals or row.number in doubts]
    return write_list(
        "待改正的行",
        columns,
        ([*(_as_it_stood(row, key) for key in keys), row.number, _reasons(row, doubts)] for row in parked),
        plain=True,
    )


def _as_it_stood(row: RosterRow, key: str) -> str:
    return row.raw.get(key, str(row.values.get(key, "")))


def _reasons(row: RosterRow, doubts: dict[int, str]) -> str:
    reasons = [f"{fault.column}：{fault.why}{fault.do}" if fault.column else fault.why for fault in row.refusals]
    return "\n".join([*reasons, *([doubts[row.number]] if row.number in doubts else [])])
