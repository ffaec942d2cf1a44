"""Turns the pages of a PDF into pixels: preview and paper show the very bytes that are saved (stack.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

_POINTS_PER_INCH = 72
_ONE_AT_A_TIME = Lock()  # PDFium is not made for two threads


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as pixels: rows of `stride` bytes, four bytes a pixel in the order blue, green, red, alpha."""

    width: int
    height: int
    stride: int
    bgra: bytes


def page_count(pdf: bytes) -> int:
    """Give the number of pages of a PDF."""
    with _opened(pdf) as document:
        return len(document)


def page_size(pdf: bytes, page: int) -> tuple[float, float]:
    """Give width and height of a page (from 0) in points."""
    with _opened(pdf) as document:
        width, height = document[page].get_size()
        return float(width), float(height)


def picture(pdf: bytes, page: int, dpi: float) -> Picture:
    """Give one page (from 0) on white; an IndexError where there is no such page."""
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise IndexError(page)
        bitmap = document[page].render(
            scale=dpi / _POINTS_PER_INCH, fill_color=(255, 255, 255, 255), force_bitmap_format=_bgra()
        )
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """Open a PDF; the library is loaded with the first one, for nobody previews before the window stands."""
    import pypdfium2 as pdfium

    with _ONE_AT_A_TIME:
        document = pdfium.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _bgra() -> int:
    import pypdfium2.raw

    return int(pypdfium2.raw.FPDFBitmap_BGRA)
