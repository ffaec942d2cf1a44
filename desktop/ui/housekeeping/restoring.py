"""Rebuilds a workspace from a backup in a new folder; what is open now is not touched."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.core.clock import local_text
from desktop.core.errors import UserError
from desktop.services import backups
from desktop.services.backups import BackupHead
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.housekeeping.section import leave_for
from desktop.ui.tasks import run_detached
from desktop.ui.widgets.buttons import Button, primary, secondary
from desktop.ui.widgets.fields import LineField, SecretField, first_problem
from desktop.ui.widgets.sheet import Sheet


class RestoreSheet(Sheet):
    """`restored` is the folder once it was done."""

    def __init__(self, context: Context, file: Path | None, parent: QWidget) -> None:
        super().__init__(parent, "从备份恢复", "恢复到一个新的空文件夹。现在打开的数据不动。")
        self._context = context
        self.restored: Path | None = None
        self.file = LineField("备份文件", key="file", required=True)
        self.into = LineField("恢复到（空文件夹）", key="into", required=True)
        self.account = LineField("账号", key="account", required=True)
        self.password = SecretField("备份那天的密码", key="password", required=True)
        self.account.set_value(context.session.account)
        self.file.changed.connect(self._head)
        for field, pick in ((self.file, self._pick_file), (self.into, self._pick_folder)):
            self.body.addLayout(_beside(field, secondary("选择", "folder_open", pick)))
        self.body.addWidget(self.account)
        self.body.addWidget(self.password)
        self.leave_button = self.add_button(secondary("先不恢复", then=self.reject))
        self.restore_button = self.add_button(primary("恢复到新文件夹", then=self.restore))
        if file is not None:
            self.file.set_value(str(file))
            self.into.set_value(str(self._proposed(file)))
        self.password.finish_with(self.restore)
        self.file.setFocus()

    def _proposed(self, file: Path) -> Path:
        present = self._context.session.workspace.paths.folder
        return present.with_name(f"{present.name}-恢复-{file.stem[-15:]}")

    def _pick_file(self) -> None:
        start = str(self._context.session.workspace.paths.backups)
        chosen, _ = QFileDialog.getOpenFileName(self, "选择备份文件", start, "备份 (*.dbak);;所有文件 (*)")
        if chosen:
            self.file.set_value(chosen)
            if self.into.is_empty():
                self.into.set_value(str(self._proposed(Path(chosen))))

    def _pick_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "恢复到哪个空文件夹", str(Path.home()))
        if chosen:
            self.into.set_value(chosen)

    def _head(self) -> None:
        """Say whose backup it is, of when."""
        try:
            head = backups.read_head(Path(self.file.value()))
        except UserError:
            self.file.set_note("")
        else:
            self.file.set_note(f"{head.name} · {local_text(head.made_at)}")

    def restore(self) -> None:
        """Rebuild the workspace off the UI thread."""
        wrong = first_problem((self.file, self.into, self.account, self.password))
        if wrong is not None:
            wrong.setFocus()
            return
        file, into = Path(self.file.value()), Path(self.into.value())
        account, password = self.account.value(), self.password.value()
        clock = self._context.session.workspace.clock
        self.setEnabled(False)
        run_detached(
            self, lambda: backups.restore(file, into=into, account=account, password=password, clock=clock),
            lambda head: self._done(into, head), self._refused, lambda error: messages.crash(self, error),
        )  # fmt: skip

    def _done(self, into: Path, head: BackupHead) -> None:
        self.setEnabled(True)
        self.restored = into
        self.say("已恢复", f"{head.name} {local_text(head.made_at)} 的数据恢复在：{into}")
        for widget in (self.file, self.into, self.account, self.password, *self.findChildren(Button, "pick")):
            widget.hide()
        self.leave_button.set_text("留在现在的数据")
        self.restore_button.set_text("打开恢复的数据")
        self.restore_button.clicked.disconnect()
        self.restore_button.clicked.connect(self._open)

    def _open(self) -> None:
        self.accept()
        if self.restored is not None:
            leave_for(self.parentWidget(), self.restored)

    def _refused(self, error: UserError) -> None:
        self.setEnabled(True)
        field = {"wrong-password": self.password, "not-a-backup": self.file, "damaged-backup": self.file,
                 "not-empty": self.into}.get(error.code)  # fmt: skip
        if field is None:
            messages.refusal(self, error)
            return
        field.set_error(f"{error.why}{error.do}")
        field.setFocus()


def _beside(field: LineField, button: Button) -> QHBoxLayout:
    button.setObjectName("pick")
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
    return row
