"""A foreign roster read whole: heading found, columns mapped, every cell parsed, every fault with its reason."""

from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from desktop.spreadsheets.columns import ColumnMap, map_columns
from desktop.spreadsheets.doubts import Fault
from desktop.spreadsheets.fields import RosterKind, fields_of, ignored_of
from desktop.spreadsheets.headers import Heading, find_heading, lexicon
from desktop.spreadsheets.reading import Sheet, read_sheets, sheet_names, text_of
from desktop.spreadsheets.refusals import refusal
from desktop.spreadsheets.results import Value
from desktop.spreadsheets.rows import RosterRow, read_rows

__all__ = ["Fault", "Roster", "RosterRow", "Value", "read_roster", "sheets_of"]
SAMPLES, _SAMPLE = 3, 40


@dataclass(frozen=True)
class Roster:
    """One sheet as records: `columns` is title by field, row numbers are the sheet's own, from 1.

    `header_row` is the upper one of a heading over two rows.

    `titles` are all headings in order (for a mapping by hand), `unmapped` the unknown ones, `ignored` the known
    ones that are not taken, `doubled` further columns of a field; `skipped` counts rows that are no data
    (totals, notes, signatures, headings repeated); rows without any text are not counted at all.
    `samples` are the first few texts below each heading, by title.
    """

    kind: RosterKind
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    titles: tuple[str, ...]
    columns: dict[str, str]
    unmapped: tuple[str, ...]
    ignored: tuple[str, ...]
    doubled: tuple[tuple[str, str], ...]
    rows: tuple[RosterRow, ...]
    skipped: tuple[int, ...]
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)


def sheets_of(path: Path) -> tuple[str, ...]:
    """Name the work sheets of a workbook, after the guards have let it in."""
    return sheet_names(path)


def read_roster(
    path: Path,
    kind: RosterKind,
    *,
    sheet: str | None = None,
    mapping: dict[str, str] | None = None,
    on: date | None = None,
) -> Roster:
    """Read a roster from the sheet named, or from the first sheet that has a heading.

    `mapping` is title by field and wins over the synonyms (an empty title leaves a field out); `on` is the day
    after which no birthday can lie. A file that cannot be read is a UserError `workbook-…`; what is wrong in
    single cells stands in the rows.
    """
    fields = fields_of(kind)
    words = lexicon(fields, ignored_of(kind))
    wanted = frozenset(title for title in (mapping or {}).values() if title)
    found: tuple[Sheet, Heading] | None = None
    blank, bare = "", ""
    for each in read_sheets(path, sheet):
        heading = find_heading(each, words, wanted)
        if heading is not None:
            found = (each, heading)
            break
        if _is_empty(each):
            blank = blank or each.name
        else:
            bare = bare or each.name
    if found is None:
        raise refusal("workbook-no-header", bare) if bare else refusal("workbook-sheet-empty", blank)
    taken, heading = found
    columns = map_columns(heading, fields, words, mapping)
    return _roster(kind, taken, heading, columns, sheet_names(path), on)


def _is_empty(sheet: Sheet) -> bool:
    return not any(cell not in ("", None) for row in sheet.rows for cell in row)


def _roster(
    kind: RosterKind, sheet: Sheet, heading: Heading, columns: ColumnMap, names: tuple[str, ...], on: date | None
) -> Roster:
    rows, skipped = read_rows(sheet, heading, columns, kind, on)
    return Roster(
        kind,
        sheet.name,
        names,
        heading.row + 1,
        tuple(title for title in heading.titles if title),
        {
            each.key: heading.titles[columns.index[each.key]]
            for each in fields_of(kind)
            if each.key in columns.index
        },
        columns.unmapped,
        columns.ignored,
        columns.doubled,
        rows,
        skipped,
        _samples(sheet, heading),
    )


def _samples(sheet: Sheet, heading: Heading) -> dict[str, tuple[str, ...]]:
    """Give a few different texts of each column, so that a person sees what a heading stands for."""
    found: dict[str, tuple[str, ...]] = {}
    for column, title in enumerate(heading.titles):
        if title and title not in found:
            texts = (text_of(row[column]).strip() for row in sheet.rows[heading.first :] if column < len(row))
            found[title] = tuple(islice(dict.fromkeys(text[:_SAMPLE] for text in texts if text), SAMPLES))
    return found
