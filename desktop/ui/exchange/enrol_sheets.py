"""The sheets of enrolment: the fingerprint of the other side is heard on the telephone and typed in, never shown."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.errors import UserError
from desktop.services.exchange import enrolment
from desktop.services.exchange.enrolment import Accepted, Asked, Enrolled
from desktop.services.org_paths import unit_text
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.exchange.drives import removable
from desktop.ui.exchange.export_sheet import FOLDER
from desktop.ui.exchange.words import fingerprint_text
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.fields import IdField
from desktop.ui.widgets.sheet import Sheet

DIGITS = 24


class FingerprintField(IdField):
    """24 digits, in groups or not."""

    def value(self) -> str:
        """Give the digits alone."""
        return "".join(char for char in super().value() if char.isdigit())

    def problem(self) -> str:
        """Say how many digits are missing or too many."""
        count = len(self.value())
        if not count:
            return "还没有填写指纹。请打电话给对方，听一组填一组。"
        if count != DIGITS:
            return f"指纹应是 {DIGITS} 位数字，现在是 {count} 位。请再核对一遍。"
        return ""


class FingerprintSheet(Sheet):
    """Asks for the fingerprint of the other side; `wanted(digits)` fires with 24 of them.

    It stays open until it is accepted: a fingerprint that does not match is told at its field by `refused`.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None, title: str, text: str, facts: list[tuple[str, str]], verb: str) -> None:
        super().__init__(parent, title, text)
        if facts:
            self.body.addWidget(pairs(facts, width=theme().px(64)))
        self.field = FingerprintField("对方电话里读出的指纹（24 位数字）", key="fingerprint", required=True)
        self.body.addWidget(self.field)
        self.add_button(secondary("先不办", then=self.reject))
        self.done_button = self.add_button(primary(verb, then=self.done_now))
        self.field.finish_with(self.done_now)
        self.field.setFocus()

    def done_now(self) -> None:
        """Go on where 24 digits stand."""
        if not self.done_button.isEnabled():
            return
        if self.field.check():
            self.done_button.setEnabled(False)
            self.wanted.emit(self.field.value())
        else:
            self.field.setFocus()

    def refused(self, error: UserError) -> None:
        """Show a refusal: of the fingerprint at its field, what was typed stays; of anything else as such."""
        self.done_button.setEnabled(True)
        if error.field == self.field.key:
            self.field.set_error(f"{error.why}{error.do}")
        else:
            messages.refusal(self, error)
        self.field.setFocus()


class Enrolling:
    """The three deeds of enrolment, over the page that they belong to."""

    def __init__(self, context: Context, page: QWidget) -> None:
        self._context, self._page = context, page

    def _folder(self, title: str) -> Path | None:
        drives = removable()
        start = str(drives[0].folder) if drives else self._context.settings.get(FOLDER, str(Path.home()))
        chosen = QFileDialog.getExistingDirectory(self._page, title, start)
        return Path(chosen) if chosen else None

    def request(self) -> None:
        """Ask for a folder and write the own enrolment file into it."""
        out = self._folder("登记申请写到哪个文件夹")
        if out is not None:
            self.request_into(out)

    def request_into(self, out: Path) -> None:
        """Write the own enrolment file into a folder."""
        self._context.tasks.run_change(
            self._page, lambda session: enrolment.request(session, out=out), self._requested, title="写出登记申请",
            failed=self._refused,
        )  # fmt: skip

    def _requested(self, made: Enrolled) -> None:
        self._context.settings.set(FOLDER, str(made.file.parent))
        self._context.topics.publish({"sync_key"})
        self._told(
            "登记申请已写出", "把这个文件交给上级单位；再打电话，请对方按本机指纹核对。可以安全拔出。",
            [("文件", str(made.file)), ("本机指纹", fingerprint_text(made.fingerprint))], made.file.parent,
        )  # fmt: skip

    def _told(self, title: str, text: str, facts: list[tuple[str, str]], folder: Path) -> None:
        sheet = Sheet(self._page, title, text)
        sheet.body.addWidget(pairs(facts, width=theme().px(64)))
        where = QUrl.fromLocalFile(str(folder))
        sheet.add_button(secondary("打开所在文件夹", then=lambda: QDesktopServices.openUrl(where)))
        sheet.add_button(primary("完成", then=sheet.accept)).setFocus()
        sheet.open()

    def issue(self, file: Path) -> None:
        """Read who asks, hear the fingerprint, and write the answer beside the request."""
        self._context.tasks.run_query(
            self._page, lambda session: enrolment.look(session, file=file), lambda asked: self._ask(file, asked),
            failed=self._refused,
        )  # fmt: skip

    def _ask(self, file: Path, asked: Asked) -> None:
        sheet = FingerprintSheet(
            self._page, f"为{asked.name}签发登记",
            "请打电话给这个单位，让对方读出屏幕上的指纹，照着填进来。对得上才会签发。",
            [("单位", unit_text(asked.name, asked.path)), ("申请日期", asked.created)], "签发登记",
        )  # fmt: skip
        sheet.wanted.connect(lambda digits: self._issue(sheet, file, asked, digits))
        sheet.open()

    def _issue(self, sheet: FingerprintSheet, file: Path, asked: Asked, digits: str) -> None:
        """Sign the asker into the key list and write the answer."""

        def done(made: Enrolled) -> None:
            sheet.accept()
            self._issued(asked, made)

        self._context.tasks.run_change(
            self._page,
            lambda session: enrolment.issue(
                session, file=file, as_path=asked.path, out=file.parent, fingerprint=digits
            ),
            done, title="签发登记", failed=sheet.refused,
        )  # fmt: skip

    def _issued(self, asked: Asked, made: Enrolled) -> None:
        self._context.topics.publish({"sync_doc"})
        self._told(
            f"已为{asked.name}签发登记", "把签发文件交回这个单位；对方接收时会打电话来核对本机指纹。可以安全拔出。",
            [("文件", str(made.file)), ("本机指纹", fingerprint_text(made.fingerprint))], made.file.parent,
        )  # fmt: skip

    def accept(self, file: Path) -> None:
        """Hear the issuer's fingerprint and take its answer."""
        sheet = FingerprintSheet(
            self._page, "接收签发文件", "请打电话给上级单位，让对方读出它的指纹，照着填进来。对得上才会接收。",
            [("文件", file.name)], "接收",
        )  # fmt: skip
        sheet.wanted.connect(lambda digits: self._accept(sheet, file, digits))
        sheet.open()

    def _accept(self, sheet: FingerprintSheet, file: Path, digits: str) -> None:
        """Take the issuer's answer as the root of trust."""

        def done(root: Accepted) -> None:
            sheet.accept()
            self._context.topics.publish({"sync_doc"})
            self._context.toast.say(f"已登记到{unit_text(root.name, root.path)}，现在可以交换数据包")

        self._context.tasks.run_change(
            self._page, lambda session: enrolment.accept(session, file=file, fingerprint=digits), done,
            title="接收签发文件", failed=sheet.refused,
        )  # fmt: skip

    def _refused(self, error: UserError) -> None:
        messages.refusal(self._page, error)
