"""Shows an attachment: the pages of a PDF, or a picture the right way up; nothing of it is written to the disk."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.services import attachments, page_images
from desktop.services.attachments import AttachmentRow
from desktop.services.page_images import SCREEN_DPI
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.pdf_view import PageImage, PdfView
from desktop.ui.widgets.text import plain_label

PDF = "application/pdf"
MOST_MB = 256  # of a picture in memory: 8,000 × 8,000 points
MOST_PAGES = 30  # an A4 page is 4 MB on the screen
WIDTH, HEIGHT = 860, 680


@dataclass(frozen=True, slots=True)
class Shown:
    """The pages that are shown, and how many there are."""

    pages: tuple[PageImage, ...]
    total: int


def pages_of(session: Session, row: AttachmentRow) -> Shown:
    """Give an attachment as pages, the first of a long one; a UserError where it cannot be read as what it says."""
    content = attachments.content(session, attachment=row.id)
    if row.type != PDF:
        return Shown((_picture(row, content),), 1)
    total = page_images.count(session, pdf=content)
    some = (page_images.page(session, pdf=content, number=at, dpi=SCREEN_DPI) for at in range(min(total, MOST_PAGES)))
    return Shown(tuple(PageImage(one.width, one.height, one.bgra) for one in some), total)


def _picture(row: AttachmentRow, content: bytes) -> PageImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(MOST_MB)
    image = reader.read()
    if image.isNull():
        why = "图片读不出来，可能已损坏，或尺寸太大。"
        raise UserError(f"没有打开附件 {row.name}。", why, "可以另存后用看图程序打开。", "bad-picture")
    flat = image.convertToFormat(QImage.Format.Format_RGB32)
    return PageImage(flat.width(), flat.height(), bytes(flat.constBits()))


class AttachmentView(QDialog):
    """One attachment over the window; Esc closes it."""

    def __init__(self, context: Context, parent: QWidget, row: AttachmentRow) -> None:
        super().__init__(parent)
        self.setWindowTitle(row.name)
        self.setProperty("sheet", "true")
        self.finished.connect(self.deleteLater)
        self.view = PdfView(row.name)
        self.view.say("正在打开…")
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(12)
        box.addWidget(self.view, 1)
        foot = QHBoxLayout()
        self._note = plain_label("", "label")
        foot.addWidget(self._note)
        foot.addStretch(1)
        foot.addWidget(secondary("关闭", then=self.reject, tip="关闭", shortcut="Esc"))
        box.addLayout(foot)
        context.tasks.run_query(
            self, lambda session: pages_of(session, row), self._show,
            failed=lambda error: self.view.say(str(error)),
        )  # fmt: skip

    def _show(self, found: Shown) -> None:
        self.view.set_pages(found.pages)
        if found.total > len(found.pages):
            self._note.setText(f"只显示前 {len(found.pages)} 页，共 {found.total} 页。另存后可以看全部。")

    def showEvent(self, event: QShowEvent) -> None:
        """Take most of the window."""
        above = self.parentWidget()
        room = above.window().size() if above is not None else self.size()
        self.resize(min(theme().px(WIDTH), room.width() - 32), min(theme().px(HEIGHT), room.height() - 32))
        super().showEvent(event)
