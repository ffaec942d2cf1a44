"""The recovery sheet: print or save it, then type its code once; only then does the code open the workspace."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.files import write_whole
from desktop.services import accounts, page_images, recovery_sheets
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.exchange.drives import removable
from desktop.ui.widgets.buttons import link, secondary
from desktop.ui.widgets.fields import IdField
from desktop.ui.widgets.text import plain_label

USE = "所有人都忘了密码时，只有这张纸能打开数据。打印出来锁进保险柜；不要拍照，不要留在电脑里。"
FILE_NAME = "兜底通恢复单.pdf"


class Run(Protocol):
    """How work is done: `run(work, done, failed)`, off the UI thread; the wizard and the window have their own."""

    def __call__(
        self, work: Callable[[Session], Any], done: Callable[[Any], object], failed: Callable[[UserError], object]
    ) -> None:
        """Do the work with the session and deliver what it gives."""


class CodeField(IdField):
    """The code as it stands on paper: groups of four, whatever case."""

    def problem(self) -> str:
        """Say that nothing is there yet."""
        return "还没有输入恢复码。请照着纸上的恢复单输入。" if self.is_empty() else ""


class RecoveryPanel(QWidget):
    """`kept` fires once the code was typed off the paper and holds; `start()` draws a code."""

    kept = Signal()
    ready = Signal()

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run, self._code = run, ""
        self._pdf: bytes | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(plain_label(USE, "label", wrap=True))
        self.print_button = secondary("打印恢复单", "print", self.print_sheet)
        self.save_button = secondary("存到 U 盘（PDF）", "document_pdf", self.save_sheet, tip="存到 U 盘，打印后删掉")
        self.show_button = link("没有打印机，手抄", self._reveal)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.print_button, self.save_button, self.show_button):
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        self.said = plain_label("", "note", wrap=True)
        box.addWidget(self.said)
        self.code_label = plain_label("", "strong", selectable=False)
        self.code_label.hide()
        box.addWidget(self.code_label)
        self.field = CodeField("照着纸上的恢复单，把恢复码输入一遍", key="code", required=True)
        self.field.finish_with(self.keep)
        box.addWidget(self.field)
        for button in (self.print_button, self.save_button, self.show_button):
            button.setEnabled(False)

    def start(self) -> None:
        """Draw a code and make its sheet."""

        def work(session: Session) -> tuple[str, bytes]:
            code = accounts.draw_recovery_code(session)
            return code, recovery_sheets.sheet(session, code=code)

        self._run(work, self._drawn, self._refused)

    def _drawn(self, made: tuple[str, bytes]) -> None:
        self._code, self._pdf = made
        self.code_label.setText(self._code)
        for button in (self.save_button, self.show_button):
            button.setEnabled(True)
        printers = bool(QPrinterInfo.availablePrinterNames())
        self.print_button.setEnabled(printers)
        if not printers:
            self.said.setText("没有找到打印机。可以存到 U 盘，拿到别处打印后删掉，或者手抄。")
        self.ready.emit()

    def _reveal(self) -> None:
        self.code_label.show()
        self.show_button.hide()

    def print_sheet(self) -> None:
        """Ask for a printer and print the sheet."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the one page."""
        pdf = self._pdf
        if pdf is not None:
            self._run(
                lambda session: page_images.page(session, pdf=pdf, number=0), lambda page: self._paint(printer, page),
                self._refused,
            )  # fmt: skip

    def _paint(self, printer: QPrinter, page: Any) -> None:  # noqa: ANN401 - a page of pixels
        image = QImage(page.bgra, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32)
        painter = QPainter()
        if not painter.begin(printer):
            self.said.setText("打印机没有接受。请检查打印机，或存到 U 盘拿到别处打印。")
            return
        painter.drawImage(QRectF(printer.pageLayout().fullRectPixels(printer.resolution())), image)
        painter.end()
        self.said.setText("已交给打印机。请核对纸上的字清楚，再输入恢复码。")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_sheet(self) -> None:
        """Ask for a place and save the sheet."""
        drives = removable()
        folder = drives[0].folder if drives else Path.home()
        chosen, _ = QFileDialog.getSaveFileName(self, "恢复单存到 U 盘", str(folder / FILE_NAME), "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save the sheet to a file."""
        pdf = self._pdf
        if pdf is not None:
            self._run(lambda _session: write_whole(path, pdf), lambda _none: self._saved(path), self._refused)

    def _saved(self, path: Path) -> None:
        self.said.setText(f"已存为 {path.name}。打印后请删掉这个文件。")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Make the code good where what was typed is what stands on paper."""
        if not self.field.check():
            self.field.setFocus()
            return
        code, typed = self._code, self.field.value()
        self._run(
            lambda session: accounts.keep_recovery_code(session, code=code, typed=typed),
            lambda _none: self.kept.emit(), self._refused,
        )  # fmt: skip

    def _refused(self, error: UserError) -> None:
        if error.field == "code":
            self.field.set_error(f"{error.why}{error.do}")
            self.field.setFocus()
        else:
            messages.refusal(self, error)
