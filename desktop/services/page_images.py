"""The pages of a PDF as pixels, for the preview and the printer: the very bytes that are saved (stack.md)."""

from desktop.documents import render
from desktop.documents.render import Picture
from desktop.services.sessions import EVERYONE, Session, allowed

SCREEN_DPI, PRINT_DPI = 110.0, 300.0


@allowed(EVERYONE)
def pages(session: Session, *, pdf: bytes, dpi: float = SCREEN_DPI) -> tuple[Picture, ...]:  # noqa: ARG001
    """Give every page of a PDF for the screen."""
    return tuple(render.picture(pdf, number, dpi) for number in range(render.page_count(pdf)))


@allowed(EVERYONE)
def page(session: Session, *, pdf: bytes, number: int, dpi: float = PRINT_DPI) -> Picture:  # noqa: ARG001
    """Give one page (from 0) of a PDF for the printer: at 300 dpi an A4 page is 35 MB, so one at a time."""
    return render.picture(pdf, number, dpi)


@allowed(EVERYONE)
def count(session: Session, *, pdf: bytes) -> int:  # noqa: ARG001
    """Give the number of pages of a PDF."""
    return render.page_count(pdf)
