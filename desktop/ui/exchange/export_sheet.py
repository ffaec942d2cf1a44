"""Writes a package for a partner: where to, how much, and then that the stick may be pulled out."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.services.exchange import exporting
from desktop.services.exchange.exporting import Exported
from desktop.services.exchange.partners import PartnerRow
from desktop.services.org_paths import unit_text
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.exchange.drives import Drive, drive_at, removable
from desktop.ui.exchange.words import fingerprint_text
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import link, primary, secondary
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.fields import ChoiceField
from desktop.ui.widgets.sheet import Sheet

FOLDER = "exchange.folder"


class ExportSheet(Sheet):
    """`exported` is set once a package was written."""

    def __init__(self, context: Context, partner: PartnerRow, parent: QWidget | None) -> None:
        super().__init__(parent, f"导出给{partner.name}")
        self._context, self._partner = context, partner
        self.exported: Exported | None = None
        self._drives: list[Drive] = []
        self.say(self.heading.text(), self._what())
        self.place: ChoiceField[Path] = ChoiceField("写到哪里", key="out", required=True)
        self.body.addWidget(self.place)
        self._facts = pairs([("收件单位", unit_text(partner.name, partner.path)), ("核对指纹", _prints(partner))],
                            width=theme().px(64))  # fmt: skip
        self.body.addWidget(self._facts)
        self.foot_left.addWidget(link("选别的文件夹…", self.choose))
        self.leave_button = self.add_button(secondary("先不导出", then=self.reject))
        self.export_button = self.add_button(primary("导出", "arrow_upload", self.export))
        self._load(None)
        self.export_button.setDefault(True)
        self.export_button.setFocus()

    def _what(self) -> str:
        count = self._partner.waiting
        if not count:
            return "没有新的改动；导出的数据包里只有对账信息。"
        return f"共 {count:,} 项改动。数据包加密并签名，只有收件单位打得开。"

    def _load(self, chosen: Path | None) -> None:
        kept = self._context.settings.get(FOLDER, "")
        found = list(removable())
        wanted = chosen or (Path(kept) if kept and Path(kept).is_dir() else None)
        if wanted is not None and wanted not in [drive.folder for drive in found]:
            found.insert(0 if chosen or not found else len(found), drive_at(wanted))
        if not found:
            found = [drive_at(Path.home())]
        self.place.set_choices([(drive.folder, drive.words) for drive in found])
        self.place.set_value(chosen or (wanted if wanted and wanted.is_dir() else found[0].folder))

    def choose(self) -> None:
        """Ask for another folder."""
        start = str(self.place.value() or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "数据包写到哪个文件夹", start)
        if chosen:
            self._load(Path(chosen))

    def export(self) -> None:
        """Write the package on the writer thread."""
        out, path, progress = self.place.value(), self._partner.path, Progress()
        if out is None:
            self.place.check()
            return
        self._busy(on=True)
        task = self._context.tasks.run_change(
            self, lambda session: exporting.export(session, to=path, out=out, progress=progress), self._exported,
            failed=self._refused, title="导出数据包", progress=progress,
        )  # fmt: skip
        self._context.tasks.ended.connect(lambda ended: self._busy(on=False) if ended is task else None)

    def _busy(self, *, on: bool) -> None:
        for widget in (self.export_button, self.place, self.leave_button):
            widget.setEnabled(not on)

    def _exported(self, exported: Exported) -> None:
        self.exported = exported
        file = exported.files[0]
        self._context.settings.set(FOLDER, str(file.parent))
        said = f"第 {exported.number} 号数据包已写完，并重新读出核对过，共 {exported.rows:,} 条记录。"
        self.say("可以安全拔出", said)
        self.place.hide()
        self._facts.hide()
        self.body.addWidget(pairs([
            ("文件", file.name), ("位置", str(file.parent)),
            ("收件单位", unit_text(self._partner.name, self._partner.path)), ("对方指纹", _prints(self._partner)),
        ], width=theme().px(64)))  # fmt: skip
        self.leave_button.set_text("打开所在文件夹")
        self.leave_button.clicked.disconnect()
        self.leave_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent))))
        self.export_button.setProperty("iconName", "")
        self.export_button.setIcon(QIcon())
        self.export_button.set_text("完成")
        self.export_button.clicked.disconnect()
        self.export_button.clicked.connect(self.accept)
        self.export_button.setFocus()
        for at in range(self.foot_left.count()):
            item = self.foot_left.itemAt(at)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()

    def _refused(self, error: UserError) -> None:
        messages.refusal(self, error)


def _prints(partner: PartnerRow) -> str:
    return "\n".join(fingerprint_text(one) for one in partner.fingerprints)
