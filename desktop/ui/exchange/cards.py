"""A card for each partner, and the card that leads through enrolment."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.exchange.partners import PartnerRow
from desktop.services.org_paths import flat
from desktop.ui.exchange.words import STOPPED, fingerprint_text, partner_state, when
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import Card, pairs
from desktop.ui.widgets.text import elided_label, plain_label, tag_label


class PartnerCard(Card):
    """One partner: what went out and came in last, how much waits, its fingerprint, 导出."""

    def __init__(self, partner: PartnerRow, export: Callable[[], object], *, first: bool) -> None:
        super().__init__(gap=10)
        self.partner = partner
        top = QHBoxLayout()
        top.setSpacing(8)
        name = elided_label(partner.name, "section")
        top.addWidget(name, 1)
        self.state = tag_label(*partner_state(partner))
        top.addWidget(self.state)
        self.body.addLayout(top)
        prints = "\n".join(fingerprint_text(one) for one in partner.fingerprints)
        self.body.addWidget(pairs([
            ("上次导出", when(partner.last_sent)),
            ("上次接收", when(partner.last_received)),
            ("指纹", prints),
        ], width=theme().px(64)))  # fmt: skip
        self.body.addStretch(1)
        make = primary if first else secondary
        self.export_button = make("导出数据包", "arrow_upload", export, tip=f"导出给{partner.name}")
        self.export_button.setAccessibleName(f"导出数据包给{partner.name}")
        self.export_button.allow("" if partner.active else STOPPED)
        foot = QHBoxLayout()
        foot.addWidget(elided_label(f"单位代码 {flat(partner.path)}", "note"), 1)
        foot.addWidget(self.export_button)
        self.body.addLayout(foot)


class EnrolCard(Card):
    """Leads a township or a branch through enrolment: write the request, tell the fingerprint, take the answer."""

    def __init__(self, request: Callable[[], object], accept: Callable[[], object], *, officer: bool) -> None:
        super().__init__("办理登记", gap=10)
        self.body.addWidget(plain_label(
            "登记以后才能与上级交换数据包。两边各核对一次指纹，就能认出对方的文件。", "label", wrap=True
        ))  # fmt: skip
        self.request_button = primary("写出登记申请", "arrow_upload", request, tip="写出扩展名为 .dkey 的文件")
        self.accept_button = secondary("接收签发文件", "arrow_import", accept, tip="选择上级发回的 .dcert 文件")
        self.fingerprint = plain_label("", "strong", selectable=True)
        for number, text, widget in (
            ("1", "写出登记申请，用 U 盘交给上级单位", self.request_button),
            ("2", "打电话给上级，读出本机指纹", self.fingerprint),
            ("3", "拿回签发文件，再核对上级的指纹", self.accept_button),
        ):
            self.body.addWidget(_step(number, text, widget))
        self.body.addStretch(1)
        if not officer:
            self.request_button.allow("登记由管理员办理")
            self.accept_button.allow("登记由管理员办理")
            self.body.addWidget(plain_label("登记由管理员办理。", "note"))

    def show_fingerprint(self, digits: str | None) -> None:
        """Show the own fingerprint once there is one."""
        self.fingerprint.setText(fingerprint_text(digits) if digits else "先完成第 1 步")


def _step(number: str, text: str, widget: QWidget) -> QWidget:
    content = QWidget()
    row = QHBoxLayout(content)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    mark = plain_label(number, "avatar")
    mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
    mark.setFixedSize(theme().px(24), theme().px(24))
    words = QVBoxLayout()
    words.addWidget(plain_label(text, wrap=True))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addLayout(words, 1)
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return content
