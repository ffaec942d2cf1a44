"""Rows of the grid: paragraphs become rows, rows pages of 22, pages are drawn with their numbers (domain.md §5.5)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.documents import grid
from desktop.documents.book import Book
from desktop.documents.faces import Role
from desktop.documents.lines import Line, break_lines, gaps, halves, is_half, may_break, paragraphs, printable

INDENT = 4  # halves: two characters
_WIDEST_GAP = 8  # halves; a line with more to fill stays ragged
_WIDEST_SPREAD = 0.25 * grid.SAN_HAO  # between two characters; more is taken for a blank
_NUMBER_SIZE = grid.SI_HAO
_DASH_TOP = 0.42  # of the size, above the baseline


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line in one face."""

    text: str
    role: Role = Role.FANGSONG


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the grid, `height` rows tall: spans from `indent` halves on.

    `spread` is added in points after each full character, blank and word. `keep` holds it on one page with the next
    row. `draw`, where given, draws instead, from the middle of the row.
    """

    spans: tuple[Span, ...] = ()
    indent: float = 0
    spread: float = 0.0
    keep: bool = False
    height: int = 1
    draw: Callable[[Book, float], None] | None = None


BLANK = Row()


def text_rows(
    spans: Sequence[Span], *, first: int = INDENT, rest: int = 0, keep: bool = False, end: int = grid.HALVES
) -> list[Row]:
    """Set one paragraph of spans (no line ends in it) into rows; `first` and `rest` are indents in halves."""
    whole = "".join(span.text for span in spans)
    rows = [
        Row(tuple(_cut(spans, line.start, line.end)), line.indent, _spread(whole, line, end), keep)
        for line in break_lines(whole, end, first, rest)
    ]
    return rows or [BLANK]


def body_rows(text: str, role: Role = Role.FANGSONG, *, keep: bool = False) -> list[Row]:
    """Set running text; each line end begins a paragraph, and blanks that the writer indented with are dropped."""
    return [
        row
        for part in paragraphs(text)
        if (tidy := part.strip(" \u3000"))
        for row in text_rows((Span(tidy, role),), keep=keep)
    ]


def label_rows(label: str, text: str) -> list[Row]:
    """Set `label：text`, the label in 黑体, later lines and paragraphs under the first character after the colon."""
    head = Span(f"{label}：", Role.HEITI)
    hang = INDENT + halves(head.text)
    parts = [part for part in paragraphs(text) if part.strip()] or [""]
    rows = text_rows((head, Span(parts[0])), rest=hang)
    for part in parts[1:]:
        rows += text_rows((Span(part),), first=hang, rest=hang)
    return rows


def title_rows(parts: Sequence[str]) -> list[Row]:
    """Set a title in 2号小标宋, centred, one line where it fits, else a line a part, else lines of like length."""
    shown = [printable(" ".join(part.split())) for part in parts if part.strip()]
    room = 2 * grid.TITLE_COLUMNS
    whole = "".join(shown)
    lines = [whole] if halves(whole) <= room else [line for part in shown for line in _even(part, room)]
    rows = []
    for at in range(0, len(lines), grid.LINES - 2):
        block = tuple(lines[at : at + grid.LINES - 2])
        rows.append(Row(height=len(block) + 1, keep=True, draw=_title_drawer(block)))
    return rows


def centred_row(text: str, role: Role = Role.KAITI) -> Row:
    """Set one short line in the middle of the page."""
    return Row((Span(text, role),), max(0.0, (grid.HALVES - halves(text)) / 2), keep=True)


def paginate(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Fill pages of 22 rows; a row that keeps with the next goes to the next page with it."""
    page: list[Row] = []
    used = 0
    for row in rows:
        if used + row.height > grid.LINES:
            cut = _cut_at(page)
            yield page[:cut]
            page = page[cut:]
            used = sum(kept.height for kept in page)
        if page or row is not BLANK:
            page.append(row)
            used += row.height
    if page:
        yield page


def draw_pages(book: Book, rows: Iterable[Row], *, watermark: str = "", mark: str = "") -> None:
    """Draw rows onto new pages of a book, numbered on from its last; the first gets the bookmark `mark`."""
    for page in paginate(rows):
        book.page()
        if mark:
            book.bookmark(mark)
            mark = ""
        if watermark:
            book.slanted(watermark, Role.HEITI, 200, 0.9)
        at = 0
        for row in page:
            _draw(book, row, at)
            at += row.height
        page_number(book, book.pages)


def page_number(book: Book, number: int) -> None:
    """Draw `— 1 —`: 4号 宋体, a character in from the right edge on odd pages, from the left on even ones."""
    text = f"— {number} —"
    wide = halves(text) * _NUMBER_SIZE / 2
    x = grid.RIGHT - _NUMBER_SIZE - wide if number % 2 else grid.LEFT + _NUMBER_SIZE
    y = grid.BODY_BOTTOM - grid.PAGE_NUMBER_DROP - _DASH_TOP * _NUMBER_SIZE
    book.text(x, y, text, Role.SONGTI, _NUMBER_SIZE, _NUMBER_SIZE)


def keep_with(rows: list[Row], count: int = 1) -> list[Row]:
    """Bind the last rows to what follows them, such as a signature."""
    return rows[:-count] + [replace(row, keep=True) for row in rows[-count:]]


def _draw(book: Book, row: Row, at: int) -> None:
    centre = grid.middle(at + (row.height - 1) / 2)
    if row.draw is not None:
        row.draw(book, centre)
        return
    x, y = grid.LEFT + row.indent * grid.CELL / 2, grid.baseline(centre, grid.SAN_HAO)
    for span in row.spans:
        x = book.text(x, y, span.text, span.role, spread=row.spread)


def _cut(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    at = 0
    for span in spans:
        low, high = max(start - at, 0), min(end - at, len(span.text))
        if low < high:
            yield span if (low, high) == (0, len(span.text)) else Span(span.text[low:high], span.role)
        at += len(span.text)


def _spread(text: str, line: Line, width: int) -> float:
    gap = width - line.indent - line.halves
    if line.last or not 0 < gap <= _WIDEST_GAP:
        return 0.0
    count = gaps(text[line.start : line.end].rstrip(" "))
    spread = gap * grid.CELL / 2 / max(count, 1)
    return spread if spread <= _WIDEST_SPREAD else 0.0


def _cut_at(page: list[Row]) -> int:
    for cut in range(len(page), 0, -1):
        if not page[cut - 1].keep:
            return cut
    return len(page)


def _even(text: str, room: int) -> list[str]:
    """Break a title into as few lines as it needs, all of about the same length: never a lone character at the end."""
    count = -(-halves(text) // room)
    lines = []
    for left in range(count, 1, -1):
        wanted = min(room, -(-halves(text) // left))
        at = next(break_lines(text, wanted)).end
        while at < len(text) and (not may_break(text, at) or (is_half(text[at - 1]) and is_half(text[at]))):
            at += 1
        if halves(text[:at]) > room:
            at = next(break_lines(text, room)).end
        lines.append(text[:at])
        text = text[at:]
    return lines + (list(_rest(text, room)) if text else [])


def _rest(text: str, room: int) -> Iterator[str]:
    for line in break_lines(text, room):
        yield text[line.start : line.end]


def _title_drawer(lines: tuple[str, ...]) -> Callable[[Book, float], None]:
    def draw(book: Book, centre: float) -> None:
        top = centre + (len(lines) - 1) / 2 * grid.TITLE_PITCH
        for number, line in enumerate(lines):
            wide = halves(line) * grid.ER_HAO / 2
            y = grid.baseline(top - number * grid.TITLE_PITCH, grid.ER_HAO)
            book.text(grid.LEFT + (grid.WIDTH - wide) / 2, y, line, Role.TITLE, grid.ER_HAO, grid.ER_HAO)

    return draw
