"""单位与密钥: whose workspace this is, how it is guarded, the recovery sheet, the private keys."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.services import accounts
from desktop.services.exchange import site_keys
from desktop.services.org_paths import flat
from desktop.services.sessions import ADMINS, STAFF, Session
from desktop.ui.dialogs.reason import ask_reason
from desktop.ui.exchange.words import fingerprint_text
from desktop.ui.housekeeping.section import Section, deeds
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import danger, secondary
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.text import plain_label
from desktop.ui.wizards.recovery_sheet import RecoveryDialog

LEVELS = {"township": "乡镇、街道", "county": "县（市、区）", "branch": "党支部"}
LOCKED = "已加密：没有密码或恢复单，谁也打不开。附件和导出的文件不在其中，请妥善保管。"
OPEN = "没有加密：能用这台电脑的人就能读出内容。请给电脑设开机密码，并妥善保管。"


class KeysSection(Section):
    """Facts, the recovery sheet, and the way out for the private keys."""

    def build(self) -> None:
        """Make the cards."""
        workspace = self.context.session.workspace
        identity = workspace.identity
        card = self.card("单位")
        card.body.addWidget(pairs([
            ("单位名称", identity.name), ("层级", LEVELS.get(identity.kind, identity.kind)),
            ("单位代码", flat(identity.path)),
            ("数据位置", str(workspace.paths.folder)), ("数据文件", LOCKED if workspace.encrypted else OPEN),
        ], width=theme().px(84)))  # fmt: skip
        self._officer = self.context.session.role in ADMINS
        card = self.card("恢复单", "所有人都忘了密码时，用它重新打开数据并设新密码。")
        self.recovery_state = plain_label("", "strong")
        self.recovery_button = secondary("做恢复单", "print", self.make_sheet)
        self.recovery_button.allow("" if self._officer else "恢复单由管理员办理")
        card.body.addWidget(self.recovery_state)
        card.body.addLayout(deeds(self.recovery_button))
        card = self.card("本机密钥", "交换数据包用。对方打电话核对时，读出下面的指纹。")
        card.setVisible(self.context.session.role in STAFF)  # who exchanges no packages reads no fingerprint out
        self.key_card = card
        self.fingerprint = plain_label("", "strong", selectable=True)
        self.export_button = danger("导出私钥", "key", self.export, tip="拿到私钥的人可以冒充本单位；要写明用途")
        self.export_button.allow("" if self._officer else "私钥由管理员导出")
        card.body.addWidget(self.fingerprint)
        card.body.addLayout(deeds(self.export_button))

    def refresh(self) -> None:
        """Read whether there is a sheet, and the fingerprint."""
        staff = self.context.session.role in STAFF

        def read(session: Session) -> tuple[bool, str | None]:
            return accounts.has_recovery(session), site_keys.own_fingerprint(session) if staff else None

        self.context.tasks.run_query(self, read, self._show, key="keys")

    def _show(self, found: tuple[bool, str | None]) -> None:
        self._has, digits = found
        self.recovery_state.setText("已有恢复单" if self._has else "还没有恢复单")
        self.recovery_button.set_text("换发恢复单" if self._has else "做恢复单")
        self.fingerprint.setText(fingerprint_text(digits) if digits else "还没有密钥，在“数据交换”办理登记时生成")
        self.export_button.setVisible(bool(digits))

    def make_sheet(self) -> None:
        """Make a recovery sheet, in place of the one before."""
        self.recovery_dialog = RecoveryDialog(self.context, self, again=self._has)
        self.recovery_dialog.finished.connect(lambda _result: self.refresh())
        self.recovery_dialog.open()

    def export(self) -> None:
        """Ask what for and where to, and write the private keys."""
        reason = ask_reason(
            self, "导出私钥", "拿到私钥的人可以冒充本单位签发数据包。导出会记入操作日志。", "用途", "选择位置"
        )
        if not reason:
            return
        proposed = str(Path.home() / "doudi-age.txt")
        chosen, _ = QFileDialog.getSaveFileName(self, "私钥写到哪里", proposed, "文本 (*.txt)")
        if chosen:
            self.export_to(Path(chosen), reason)

    def export_to(self, out: Path, reason: str) -> None:
        """Write the private keys to a file."""
        self.context.tasks.run_change(
            self, lambda session: site_keys.export(session, out=out, reason=reason),
            lambda file: self.context.toast.say(f"已写出私钥：{file.name}，用完请删掉"), failed=self.refused,
            title="导出私钥", silent=True,
        )  # fmt: skip
