"""The A4 page beside the form: the bytes that saving and printing would write, drawn anew 0.4 s after a change."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.services import minutes
from desktop.services.meeting_drafts import MeetingDraft
from desktop.ui.context import Context
from desktop.ui.dialogs.print_preview import drawn
from desktop.ui.widgets.pdf_view import PageImage, PdfView

SOON_MS = 400
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
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._draw)

    def show_draft(self, draft: MeetingDraft | None) -> None:
        """Draw this form after a moment of quiet."""
        self._draft = draft
        self._soon.start()

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
