"""The minutes of a meeting on the paper of GB/T 9704: one PDF a meeting, or many meetings bound as one.

Fields stand in the printed order of domain.md §3.1. Signature lines are printed empty; nothing here signs.
"""

from collections.abc import Iterable

from desktop.core.progress import Progress
from desktop.documents.book import Book
from desktop.documents.flow import draw_pages
from desktop.documents.minutes_rows import rows
from desktop.documents.record import Absence, AgendaItem, Count, Decision, Minutes, VoteResult

__all__ = ["Absence", "AgendaItem", "Count", "Decision", "Minutes", "VoteResult", "combined_pdf", "minutes_pdf"]

_DRAFT = "草稿"


def minutes_pdf(minutes: Minutes) -> bytes:
    """Give the minutes of one meeting as a PDF; a UserError that names the characters that cannot be printed."""
    book = Book(_bookmark(minutes))
    draw_pages(book, rows(minutes), watermark=_DRAFT if minutes.draft else "")
    return book.finish()


def combined_pdf(many: Iterable[Minutes], *, title: str = "会议记录", progress: Progress | None = None) -> bytes:
    """Give many minutes as one PDF: each begins a page and has a bookmark, pages are numbered through."""
    book = Book(title)
    listed = list(many)
    for done, minutes in enumerate(listed, start=1):
        draw_pages(
            book, rows(minutes), watermark=_DRAFT if minutes.draft else "", mark=_bookmark(minutes)
        )
        if progress is not None:
            progress.step(done, len(listed), minutes.title)
    if not listed:
        book.page()
    return book.finish()


def _bookmark(minutes: Minutes) -> str:
    return f"{minutes.date} {minutes.title}".strip()
