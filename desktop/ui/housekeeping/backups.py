"""备份与恢复: back up now, what backups there are, the way back into a new folder, and whether the data is sound."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.core.clock import local_text
from desktop.core.progress import Progress
from desktop.services import backups, verifying
from desktop.services.backups import BackupFile, BackupRow
from desktop.services.sessions import STAFF
from desktop.services.verifying import Verdict
from desktop.ui import messages
from desktop.ui.exchange.drives import removable, size_text
from desktop.ui.housekeeping.restoring import RestoreSheet
from desktop.ui.housekeeping.section import Section, deeds
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table

COLUMNS = (
    Column("made_at", "时间", 150, text=lambda row: local_text(row.made_at)),
    Column("id", "文件", 360, text=lambda row: row.id.name, sort=lambda row: row.id.name, stretch=True),
    Column("size", "大小", 100, align="right", text=lambda row: size_text(row.size), sort=lambda row: row.size),
)


class BackupsSection(Section):
    """The backups in the workspace's own folder; one more may go to a stick."""

    def build(self) -> None:
        """Make the three cards."""
        staff = self.context.session.role in STAFF
        card = self.card("备份", "一个文件就是全部数据，与工作区同一个密码。导入名册和合并数据包之前会自动备份。")
        self.backup_button = primary("立即备份", "shield_checkmark", self.backup_here)
        self.other_button = secondary("备份到 U 盘或别的文件夹", "usb_stick", self.backup_elsewhere)
        folder_button = secondary("打开备份文件夹", "folder_open", self.open_folder)
        for button in (self.backup_button, self.other_button):
            button.setVisible(staff)
        card.body.addLayout(deeds(self.backup_button, self.other_button, folder_button))
        self.table = Table(COLUMNS, name="备份", checks=False)
        self.table.set_empty("还没有备份。", "点“立即备份”做第一份。")
        self.table.setMinimumHeight(theme().px(200))
        card.body.addWidget(self.table)
        card = self.card(
            "恢复",
            "恢复不会动现在的数据：备份会恢复到一个新的空文件夹，看过没有问题再用它。要用备份那天的密码。",
        )
        self.restore_button = secondary("从备份恢复", "history", self.restore)
        card.body.addLayout(deeds(self.restore_button))
        card = self.card("核对数据", "逐页检查数据文件、改动记录和操作日志有没有损坏，几秒到几十秒。")
        self.verify_button = secondary("核对数据", "checkmark_circle", self.verify)
        card.body.addLayout(deeds(self.verify_button))

    def refresh(self) -> None:
        """Read the backups again."""
        self.context.tasks.run_query(self, backups.list_backups, self.table.set_rows, key="backups")

    def backup_here(self) -> None:
        """Back up into the workspace's own folder."""
        self.backup_into(self.context.session.workspace.paths.backups)

    def backup_elsewhere(self) -> None:
        """Back up into a folder that is asked for."""
        drives = removable()
        start = str(drives[0].folder if drives else Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹", start)
        if chosen:
            self.backup_into(Path(chosen))

    def backup_into(self, out: Path) -> None:
        """Write a backup into a folder."""
        progress = Progress()
        self.context.tasks.run_change(
            self, lambda session: backups.backup(session, out=out, progress=progress), self._backed_up, title="备份",
            silent=True, progress=progress, failed=self.refused,
        )  # fmt: skip

    def _backed_up(self, made: BackupFile) -> None:
        self.context.topics.publish({"backup"})
        folder = str(made.file.parent)
        self.context.toast.say(
            f"已备份：{made.file.name}", "打开所在文件夹", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
        )
        self.refresh()

    def open_folder(self) -> None:
        """Show the folder of backups."""
        folder = self.context.session.workspace.paths.backups
        folder.mkdir(exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def restore(self) -> None:
        """Ask for a backup, a new folder and the password, and rebuild a workspace there."""
        row = self.table.current()
        file = row.id if isinstance(row, BackupRow) else None
        self.restore_sheet = RestoreSheet(self.context, file, self)
        self.restore_sheet.open()

    def verify(self) -> None:
        """Check whether the workspace is sound."""
        progress = Progress()
        self.context.tasks.run_query(
            self, lambda session: verifying.verify(session, progress=progress), self._verified, title="核对数据",
            progress=progress,
        )  # fmt: skip

    def _verified(self, verdict: Verdict) -> None:
        if verdict.ok:
            self.context.toast.say("数据完好")
            return
        found = "；".join(verdict.problems)
        messages.notice(self, "数据有损坏。", f"{found}。\n请先不要再录入，用最近的备份恢复到一个新文件夹。")
