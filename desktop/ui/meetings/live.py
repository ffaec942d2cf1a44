"""The A4 page beside the form: the bytes that saving and printing would write, drawn anew while the form is written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.services import minutes
from desktop.services.meeting_drafts import MeetingDraft
from desktop.ui.context import Context
from desktop.ui.dialogs.print_preview import drawn
from desktop.ui.meetings.pace import Pace
from desktop.ui.widgets.pdf_view import PageImage, PdfView

SOON_MS, LATEST_MS = 400, 2000
NOTHING_YET = "选好党支部和会议类型，这里就是打印出来的样子。"


class LivePreview(QWidget):
    """`show_draft(draft)` draws it soon; None says what is missing first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._draft: MeetingDraft | None = None
        self.view = PdfView("打印预览　A4")
        self.view.say(NOTHING_YET)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self._pace = Pace(self._draw, self, quiet=SOON_MS, most=LATEST_MS)

    def show_draft(self, draft: MeetingDraft | None) -> None:
        """Draw this form after a moment of quiet, or a little later while typing goes on."""
        self._draft = draft
        self._pace.poke()

    def _draw(self) -> None:
        draft = self._draft
        if draft is None:
            self.view.say(NOTHING_YET)
        elif self.isVisible():
            self._context.tasks.run_query(
                self, lambda session: drawn(session, minutes.preview(session, draft=draft)), self._show,
                failed=self._cannot, key="preview",
            )  # fmt: skip

    def _show(self, pages: Sequence[PageImage]) -> None:
        self.view.set_pages(pages)

    def _cannot(self, error: UserError) -> None:
        self.view.say(f"{error.why}{error.do}")
