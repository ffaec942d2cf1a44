"""The rows below a heading as records: cells parsed once per spelling, merges spread, faults with their reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core.text import clean_line, match_name
from desktop.spreadsheets.columns import ColumnMap
from desktop.spreadsheets.doubts import NAMED_STANDING, Fault, compare
from desktop.spreadsheets.fields import Field, RosterKind, fields_of
from desktop.spreadsheets.footers import is_end, is_note, is_total
from desktop.spreadsheets.headers import Heading
from desktop.spreadsheets.numbers import parse_identity
from desktop.spreadsheets.reading import LONGEST_CELL, Cell, Missing, Sheet, text_of
from desktop.spreadsheets.refusals import refusal
from desktop.spreadsheets.results import Level, Parsed, Value, refused

_SERIAL_TITLES = frozenset({"序号", "编号", "No.", "NO", "#"})
_SHOWN = 80
_SHOWN_FORMULA = "（公式）"
_NO_RESULT = ("公式没有结果。", "请在 Excel 中打开这个文件，保存后再导入。")
_NO_NAMES = frozenset(
    {"姓名", "名字", "名称", "组织名称", "党支部", "注意事项", "填表说明", "填报说明", "说明", "备注"}
)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One record: the sheet's row number (from 1), values by field, raw texts where they differ, and its faults.

    A field whose cell is empty is absent from `values`, so that an empty cell never erases.
    """

    number: int
    values: dict[str, Value]
    raw: dict[str, str]
    warnings: tuple[Fault, ...] = ()
    refusals: tuple[Fault, ...] = ()


def read_rows(
    sheet: Sheet, heading: Heading, columns: ColumnMap, kind: RosterKind, on: date | None
) -> tuple[tuple[RosterRow, ...], tuple[int, ...]]:
    """Parse the rows below the heading; give them, and the numbers of the rows that are no data."""
    reader = _Reader(heading, columns, kind, on)
    serials = {column for column, title in enumerate(heading.titles) if clean_line(title) in _SERIAL_TITLES}
    above = _spread(sheet, heading.first)
    rows: list[RosterRow] = []
    skipped: list[int] = []
    ended = False
    for index in range(heading.first, len(sheet.rows)):
        cells = sheet.rows[index]
        if not (
            any(_says(cell, column in serials) for column, cell in enumerate(cells)) or reader.lacks_name(cells)
        ):
            continue
        if ended or _may_be_no_data(cells, columns):
            texts = [text_of(cell) for cell in cells]
            ends = is_end(texts)
            if ends or is_total(texts) or reader.repeats_heading(cells) or (ended and is_note(texts, columns.index)):
                ended = ended or ends
                skipped.append(index + 1)
                continue
        rows.append(reader.row(index + 1, cells, above.get(index, {})))
    return tuple(_marked_twins(rows, kind, heading, columns)), tuple(skipped)


def _says(cell: Cell, is_serial: bool) -> bool:  # noqa: FBT001 - private, and read beside its only call
    """Tell whether a cell makes a row worth reading; neither a printed serial number nor a formula alone."""
    return cell not in ("", None, Missing.RESULT) and not (is_serial and text_of(cell).strip().isdigit())


def _may_be_no_data(cells: Sequence[Cell], columns: ColumnMap) -> bool:
    """Tell cheaply whether a row is worth the look for totals and notes: plain names of up to four hanzi are not."""
    name = columns.index["name"]
    cell = cells[name] if name < len(cells) else ""
    return not isinstance(cell, str) or len(cell) > 4 or not cell.isalpha() or "计" in cell or cell in _NO_NAMES


def _spread(sheet: Sheet, first: int) -> dict[int, dict[int, Cell]]:
    """Give by row and column what vertical merges of the data lend to the rows under their first."""
    lent: dict[int, dict[int, Cell]] = {}
    for merge in sheet.merges:
        if merge.top >= first and merge.left == merge.right:
            value = sheet.cell(merge.top, merge.left)
            for row in range(merge.top + 1, merge.bottom + 1):
                lent.setdefault(row, {})[merge.left] = value
    return lent


class _Reader:
    """Parses rows of one sheet; the same spelling in the same column is parsed once."""

    def __init__(self, heading: Heading, columns: ColumnMap, kind: RosterKind, on: date | None) -> None:
        self._titles = heading.titles
        self._fields = [(field, columns.index[field.key]) for field in fields_of(kind) if field.key in columns.index]
        self._known: list[dict[tuple[type, Cell], tuple[Parsed, str]]] = [{} for _ in self._fields]
        self._by_field = {field.key: heading.titles[column] for field, column in self._fields}
        self._kind = kind
        self._on = on

    def repeats_heading(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row is the heading again, as it stands on each printed page."""
        texts = [clean_line(text_of(cell)) for cell in cells]
        named = [(text, title) for text, title in zip(texts, self._titles, strict=False) if text]
        return bool(named) and all(text == title for text, title in named)

    def lacks_name(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row's name is a formula without a result: then it is a row, whatever else it holds."""
        return any(
            field.required and column < len(cells) and cells[column] is Missing.RESULT
            for field, column in self._fields
        )

    def row(self, number: int, cells: Sequence[Cell], lent: dict[int, Cell]) -> RosterRow:
        """Parse one row; what a vertical merge lends counts where the cell itself is empty."""
        values: dict[str, Value] = {}
        raw: dict[str, str] = {}
        faults: list[Fault] = []
        for (field, column), known in zip(self._fields, self._known, strict=True):
            cell = cells[column] if column < len(cells) else ""
            if cell in ("", None) and field.inherits:
                cell = lent.get(column, "")
            if cell in ("", None):
                continue
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                raise refusal("workbook-cell", f"第 {number} 行“{self._titles[column]}”这一格")
            parsed, text = self._parsed(field, column, cell, known)
            if parsed.value is not None:
                values[field.key] = parsed.value
            for key, value in parsed.extras:
                values.setdefault(key, value)
            if parsed.value != text:
                raw[field.key] = text
            if parsed.problem is not None:
                problem = parsed.problem
                faults.append(Fault(problem.level, self._titles[column], text[:_SHOWN], problem.why, problem.do))
        faults.extend(self._of_the_whole(values, {fault.column for fault in faults}))
        warnings = tuple(fault for fault in faults if fault.level == "warn")
        return RosterRow(number, values, raw, warnings, tuple(fault for fault in faults if fault.level == "refuse"))

    def _parsed(
        self, field: Field, column: int, cell: Cell, known: dict[tuple[type, Cell], tuple[Parsed, str]]
    ) -> tuple[Parsed, str]:
        spelling = (cell.__class__, cell)
        found = known.get(spelling)
        if isinstance(cell, Missing):
            return refused(*_NO_RESULT), _SHOWN_FORMULA
        if found is None:
            is_identity = field.key == "id_number"
            parsed = parse_identity(cell, self._on) if is_identity else field.parse(cell, self._titles[column])
            found = known[spelling] = (parsed, text_of(cell))
        return found

    def _of_the_whole(self, values: dict[str, Value], faulty: set[str]) -> Iterator[Fault]:
        """Give the faults of the row as a whole; what a name's bracket says counts where no column says it."""
        yield from self._missing(values, faulty)
        if self._kind != "members":
            return
        yield from compare(values, self._by_field, self._on)
        if NAMED_STANDING in values:
            values.setdefault("standing", values.pop(NAMED_STANDING))

    def _missing(self, values: dict[str, Value], faulty: set[str]) -> Iterator[Fault]:
        for field, column in self._fields:
            title = self._titles[column]
            if field.required and field.key not in values and title not in faulty:
                yield Fault("refuse", title, "", f"“{title}”是空的。", "请补上这一格，再导入这一行。")


def _marked_twins(rows: list[RosterRow], kind: RosterKind, heading: Heading, columns: ColumnMap) -> Iterator[RosterRow]:
    """Remark on a record that stands twice in one file: same identity number, or same name of an organisation."""
    first: dict[str, RosterRow] = {}
    key = "id_number" if kind == "members" else "name"
    title = heading.titles[columns.index[key]] if key in columns.index else ""
    for row in rows:
        value = str(row.values.get(key, ""))
        before = first.setdefault(value if kind == "members" else match_name(value), row) if value else row
        if before is row:
            yield row
            continue
        same = before.values.get("name") == row.values.get("name") or kind != "members"
        level: Level = "warn" if same else "refuse"
        what = "身份证号" if kind == "members" else "名称"
        fault = Fault(
            level, title, value, f"与第 {before.number} 行的{what}相同。", "请核对是否重复，重复的一行可以删去。"
        )
        extra = (fault,)
        yield RosterRow(
            row.number,
            row.values,
            row.raw,
            row.warnings + (extra if same else ()),
            row.refusals + (() if same else extra),
        )
