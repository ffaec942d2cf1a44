"""Print preview: the very bytes that are saved are seen, and the same bytes go to the printer.

    PrintPreview(context, Paper("3 份会议记录", pdf=lambda s: minutes.pdf(s, meetings=keys), file_name=name_of), parent)

Enter prints on the printer that is shown; A4 is set whatever the printer's own setting says.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.files import write_whole
from desktop.core.progress import Progress
from desktop.services import page_images
from desktop.services.page_images import PRINT_DPI
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.fields import ChoiceField
from desktop.ui.widgets.pdf_view import PageImage, PdfView
from desktop.ui.widgets.text import plain_label

PRINTED, SAVED = "print", "save-pdf"
LAST_PRINTER, LAST_FOLDER = "print.printer", "print.folder"
NOT_TAKEN = "请检查打印机是否开着、有没有纸，再试一次；也可以先存为 PDF。"
NO_PRINTER = "这台电脑没有可用的打印机。接好打印机后重新打开预览，或先存为 PDF。"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: `pdf` makes the bytes and `file_name` their name, on the reader thread.

    `each` writes one file a record into a folder; `note` writes into the audit that it was done (PRINTED, SAVED).
    """

    title: str
    pdf: Callable[[Session], bytes]
    file_name: Callable[[Session], str]
    each: Callable[[Session, Path, Progress], tuple[Path, ...]] | None = None
    note: Callable[[Session, str], None] | None = None


def drawn(session: Session, pdf: bytes) -> tuple[PageImage, ...]:
    """Give the pages of a PDF as the view takes them."""
    return tuple(PageImage(page.width, page.height, page.bgra) for page in page_images.pages(session, pdf=pdf))


def new_printer(name: str = "") -> QPrinter:
    """Give a printer set to A4, the whole sheet, 300 dpi; tests put a file in its place."""
    found = QPrinterInfo.printerInfo(name) if name else QPrinterInfo()
    printer = QPrinter(found, QPrinter.PrinterMode.HighResolution) if not found.isNull() else QPrinter()
    return set_up(printer)


def set_up(printer: QPrinter) -> QPrinter:
    """Set A4, portrait, no margins (the page has its own) and 300 dpi."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    printer.setResolution(int(PRINT_DPI))
    return printer


class PrintPreview(QDialog):
    """Pages, printer, and the ways out: 打印, 存为 PDF, one file each."""

    def __init__(self, context: Context, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._paper = context, paper
        self._pdf: bytes | None = None
        self.file_name = ""
        self._count = 0
        self._painter: QPainter | None = None
        self._printer: QPrinter | None = None
        self.make_printer: Callable[[str], QPrinter] = new_printer
        self.setWindowTitle(f"打印 {paper.title}")
        self.setProperty("sheet", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = PdfView(paper.title)
        self.view.say("正在排版…")
        self._build()
        self.resize(theme().px(860), min(theme().px(920), (parent.height() if parent else 900)))
        context.tasks.run_query(self, self._read, self._show, failed=self._cannot, title="排版")

    def _build(self) -> None:
        names = QPrinterInfo.availablePrinterNames()
        self.printer = ChoiceField[str]("打印机", [(name, name) for name in names])
        kept = self._context.settings.get(LAST_PRINTER, "")
        default = QPrinterInfo.defaultPrinterName()
        self.printer.set_value(kept if kept in names else default if default in names else next(iter(names), None))
        self.said = plain_label("" if names else NO_PRINTER, "label", wrap=True)
        self.print_button = primary("打印", "print", self.print_now, tip="打印全部页", shortcut="Enter")
        self.print_button.setDefault(True)
        self.print_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.print_button.setEnabled(False)
        self.save_button = secondary("存为 PDF", "document_pdf", self.save_pdf)
        self.each_button = secondary("每份存一个文件", "folder_open", self.save_each)
        self._has_printer = bool(names)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.printer)
        side.addWidget(self.said)
        side.addWidget(self.print_button)
        self.setup_button = secondary("份数和页码…", "settings", self.print_with_dialog, tip="选份数、页码和双面")
        for button in (self.setup_button, self.save_button, self.each_button):
            side.addWidget(button)
        side.addStretch(1)
        side.addWidget(secondary("关闭", then=self.reject))
        panel = QWidget()
        panel.setFixedWidth(theme().px(200))
        panel.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(20)
        whole.addWidget(self.view, 1)
        whole.addWidget(panel)
        for one in (self.printer, self.setup_button):
            one.setVisible(bool(names))
        self.said.setVisible(not names)
        self.each_button.setVisible(self._paper.each is not None)

    def _read(self, session: Session) -> tuple[bytes, str, tuple[PageImage, ...]]:
        pdf = self._paper.pdf(session)
        return pdf, self._paper.file_name(session), drawn(session, pdf)

    def _show(self, read: tuple[bytes, str, Sequence[PageImage]]) -> None:
        self._pdf, self.file_name, pages = read
        self._count = len(pages)
        self.view.set_pages(pages)
        self.print_button.setEnabled(self._has_printer)
        (self.print_button if self._has_printer else self.save_button).setFocus()
        if not self._has_printer:
            self.print_button.setDefault(False)
            self.save_button.setDefault(True)

    def _cannot(self, error: UserError) -> None:
        self.view.say(f"{error.what}{error.why}{error.do}")

    def print_now(self) -> None:
        """Print all pages on the printer that is shown."""
        name = self.printer.value() or ""
        self._context.settings.set(LAST_PRINTER, name or None)
        self.print_on(self.make_printer(name))

    def print_with_dialog(self) -> None:
        """Ask for copies, pages and sides first."""
        printer = self.make_printer(self.printer.value() or "")
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_on(set_up(printer))

    def print_on(self, printer: QPrinter) -> None:
        """Print page by page, each drawn at 300 dpi on the reader thread."""
        if self._pdf is None or self._painter is not None:
            return
        printer.setDocName(self._paper.title)
        painter = QPainter()
        if not painter.begin(printer):
            messages.refusal(self, UserError("没有打印。", "打印机没有接受这份文件。", NOT_TAKEN, "printer"))
            return
        self._painter, self._printer = painter, printer
        self.print_button.setEnabled(False)
        first = max(1, printer.fromPage()) if printer.fromPage() else 1
        last = min(self._count, printer.toPage()) if printer.toPage() else self._count
        self._next(first - 1, last)

    def _next(self, number: int, last: int) -> None:
        pdf = self._pdf or b""
        self._context.tasks.run_query(
            self, lambda session: page_images.page(session, pdf=pdf, number=number),
            lambda page: self._paint(PageImage(page.width, page.height, page.bgra), number, last), title="打印",
        )  # fmt: skip

    def _paint(self, page: PageImage, number: int, last: int) -> None:
        painter, printer = self._painter, self._printer
        if painter is None or printer is None:
            return
        image = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32)
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(sheet), image)
        if number + 1 < last:
            printer.newPage()
            self._next(number + 1, last)
            return
        painter.end()
        self._painter = self._printer = None
        self._note(PRINTED)
        self._context.toast.say(f"已交给打印机：{self._paper.title}，{last} 页")
        self.accept()

    def save_pdf(self) -> None:
        """Ask for a place and write the bytes that are shown."""
        folder = Path(self._context.settings.get(LAST_FOLDER, str(Path.home())))
        chosen, _ = QFileDialog.getSaveFileName(self, "存为 PDF", str(folder / self.file_name), "PDF (*.pdf)")
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, path: Path) -> None:
        """Write the bytes that are shown to a file and offer its folder."""
        pdf, path = self._pdf, path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        if pdf is None:
            return
        self._context.tasks.run_query(
            self, lambda _session: write_whole(path, pdf), lambda _none: self._written((path,)), failed=self._refused,
            title="存为 PDF",
        )  # fmt: skip

    def save_each(self) -> None:
        """Ask for a folder and write one file a record."""
        folder = self._context.settings.get(LAST_FOLDER, str(Path.home()))
        chosen = QFileDialog.getExistingDirectory(self, "每份存一个文件，选文件夹", folder)
        each = self._paper.each
        if chosen and each is not None:
            progress = Progress()
            self._context.tasks.run_query(
                self, lambda session: each(session, Path(chosen), progress), self._written, failed=self._refused,
                title="写 PDF 文件", progress=progress,
            )  # fmt: skip

    def _written(self, paths: tuple[Path, ...]) -> None:
        if not paths:
            return
        self._note(SAVED)
        folder = paths[0].parent
        self._context.settings.set(LAST_FOLDER, str(folder))
        name = paths[0].name if len(paths) == 1 else f"{len(paths)} 个文件"
        self._context.toast.say(
            f"已存为 {name}", "打开所在文件夹", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        )
        self.accept()

    def _note(self, deed: str) -> None:
        note = self._paper.note
        if note is not None:
            self._context.tasks.run_change(
                self._context.tasks, lambda session: note(session, deed), silent=True, title="记入操作记录"
            )

    def _refused(self, error: UserError) -> None:
        messages.refusal(self, error)
