"""Sheets of foreign workbooks as plain rows, with the sheet's own row numbers and its merged ranges."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from desktop.spreadsheets.formulas import unsaved
from desktop.spreadsheets.guards import Kind, check
from desktop.spreadsheets.refusals import refusal


class Missing(Enum):
    """What stands in a cell whose formula has no stored result: it is not empty, and nobody knows what it says."""

    RESULT = "result"


Cell = str | int | float | bool | date | datetime | time | timedelta | Missing | None
LONGEST_CELL = 32_767
_EXACT = 1 << 53
_WIDEST = 256  # columns that a formula without a result may widen a row to


@dataclass(frozen=True, slots=True)
class Merge:
    """One merged range: zero-based indices, both ends included; its text stands in the top left cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[i]` is the sheet's row `i + 1`; empty cells are empty text; rows may differ in length."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """Give one cell by zero-based indices; what lies outside is empty."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]


def sheet_names(path: Path) -> tuple[str, ...]:
    """Name the work sheets of a guarded workbook in their order; a CSV has one, called by its file."""
    if check(path) is Kind.CSV:
        return (path.stem,)
    with _opened(path) as book:
        return _work_sheets(book)


def read_sheets(path: Path, name: str | None = None) -> Iterator[Sheet]:
    """Read the sheets of a workbook one after another, or only the one called `name`; UserErrors `workbook-…`."""
    kind = check(path)
    if kind is Kind.CSV:
        yield _read_csv(path)
        return
    with _opened(path) as book:
        names = _work_sheets(book)
        if name is not None and name not in names:
            raise refusal("workbook-no-sheet", name, "".join(f"“{each}”" for each in names))
        for each in names if name is None else (name,):
            try:
                sheet = _read_sheet(book.get_sheet_by_name(each))
            except CalamineError:
                raise refusal("workbook-damaged") from None
            yield _marked(sheet, unsaved(path, each)) if kind is Kind.XLSX else sheet


def text_of(cell: Cell) -> str:
    """Write a cell as a clerk sees it: whole numbers without `.0`, dates as ISO text, none as empty text."""
    if isinstance(cell, str):
        return cell
    if cell is None or isinstance(cell, Missing):
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    return str(cell)


def _opened(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise refusal("workbook-encrypted") from None
    except (CalamineError, OSError, ValueError) as error:
        locked = "password" in str(error).lower()
        raise refusal("workbook-encrypted" if locked else "workbook-damaged") from None


def _work_sheets(book: CalamineWorkbook) -> tuple[str, ...]:
    return tuple(meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet)


def _read_sheet(sheet: CalamineSheet) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    merges = tuple(Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, rows, merges)


def _marked(sheet: Sheet, places: frozenset[tuple[int, int]]) -> Sheet:
    """Mark the cells whose formula has no result; rows and columns that held nothing else come back for them."""
    if not places:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for row, column in sorted(places):
        if column >= _WIDEST:
            continue
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = Missing.RESULT
    return Sheet(sheet.name, rows, sheet.merges)


def _read_csv(path: Path) -> Sheet:
    text = _decoded(path.read_bytes())
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",\t;", key=first.count)
    csv.field_size_limit(1 << 30)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise refusal("workbook-damaged") from None
    return Sheet(path.stem, rows)


def _decoded(content: bytes) -> str:
    """Decode a CSV: a byte order mark decides, else UTF-8 where it fits, else GB18030 as Excel and WPS write it."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refusal("workbook-encoding")
