"""The recovery sheet: one page with the code that opens a workspace when every password is lost (security.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from desktop.documents import grid
from desktop.documents.book import Book
from desktop.documents.faces import Role
from desktop.documents.flow import Row, Span, body_rows, draw_pages, label_rows, text_rows, title_rows
from desktop.documents.lines import halves, printable

_MODULE = 4.0  # points a module of the QR code: about 1.4 mm, read by any telephone
_USES = (
    "本页可以重新打开工作区。请打印后锁入保险柜，不要拍照，不要存入电脑。",
    "忘记密码时，在登录窗口选“忘了密码，用恢复单打开”，输入上面的恢复码，再设新密码。",
    "字母不分大小写，连字符可以不输；没有I、L、O、U。",
    "换发新的恢复单后，本页作废，请当场销毁。",
    "恢复单和密码都丢失时，数据无法找回。",
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet says: the organisation, the workspace's folder name, and the code in its groups."""

    organisation: str
    workspace: str
    code: str


def recovery_pdf(sheet: RecoverySheet) -> bytes:
    """Give the sheet as a PDF of one page; the code stands on it as text and as a QR code drawn in lines."""
    book = Book("恢复单")
    draw_pages(book, _rows(sheet))
    return book.finish()


def _rows(sheet: RecoverySheet) -> Iterator[Row]:
    yield from title_rows(("恢复单",))
    yield from label_rows("单位", sheet.organisation)
    yield from label_rows("工作区", sheet.workspace)
    yield from text_rows((Span("恢复码：", Role.HEITI),))
    yield Row(height=2, draw=lambda book, centre: _draw_code(book, centre, sheet.code))
    yield Row(height=5, draw=lambda book, centre: _draw_qr(book, centre, sheet.code))
    yield from text_rows((Span("使用说明", Role.HEITI),))
    for number, text in enumerate(_USES, start=1):
        yield from body_rows(f"{number}.{text}")


def _draw_code(book: Book, centre: float, code: str) -> None:
    text, size = printable(code), grid.ER_HAO - 2
    wide = halves(text) * size / 2 * 1.2
    x = grid.LEFT + (grid.WIDTH - wide) / 2
    book.frame((x - 12, centre - 20, wide + 24, 40), 1.0)
    book.text(x, grid.baseline(centre, size), text, Role.HEITI, size, size * 1.2)


def _draw_qr(book: Book, centre: float, code: str) -> None:
    import segno

    matrix = [tuple(row) for row in segno.make_qr(code, error="m").matrix]
    side = len(matrix) * _MODULE
    left, top = grid.LEFT + (grid.WIDTH - side) / 2, centre + side / 2
    boxes = []
    for line, row in enumerate(matrix):
        at = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                boxes.append((left + at * _MODULE, top - (line + 1) * _MODULE, length * _MODULE, _MODULE))
            at += length
    book.squares(boxes)
