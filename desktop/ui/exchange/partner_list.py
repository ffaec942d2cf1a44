"""The partners of a county, or of a township with many branches, as a list: what came and went last, what waits."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu

from desktop.services.exchange.partners import PartnerRow
from desktop.services.org_paths import flat
from desktop.ui.context import Context
from desktop.ui.exchange.words import STOPPED, fingerprint_text, package_text, partner_state
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.text import plain_label

ISSUE_TIP = "乡镇送来登记申请（.dkey）后，打电话核对它的指纹，再签发；签发文件（.dcert）交回乡镇"
COLUMNS = (
    Column("name", "单位", 116, pinyin=True, bold=True, stretch=True, tip=lambda row: row.name),
    Column("path", "代码", 96, text=lambda row: flat(row.path)),
    Column("state", "状态", 124, text=lambda row: partner_state(row)[0] if not row.waiting else "待导出",
           tag=lambda row: None if partner_state(row)[1] in ("ok", "neutral") else partner_state(row)[1]),
    Column("waiting", "待导出", 92, align="right", text=lambda row: f"{row.waiting:,} 项" if row.waiting else "",
           sort=lambda row: row.waiting),
    Column("received", "最近收到", 144, text=lambda row: package_text(row.received_number, row.last_received),
           sort=lambda row: row.last_received or ""),
    Column("sent", "最近送出", 144, text=lambda row: package_text(row.sent_number, row.last_sent),
           sort=lambda row: row.last_sent or ""),
    Column("fingerprints", "指纹", 250, text=lambda row: "；".join(map(fingerprint_text, row.fingerprints)),
           hidden=True),
)  # fmt: skip


class PartnerList(Card):
    """`export(partner)` is called for the chosen one; `issue` where this workspace may take a new site in."""

    def __init__(
        self, context: Context, export: Callable[[PartnerRow], object], issue: Callable[[], object] | None, *,
        officer: bool,
    ) -> None:  # fmt: skip
        super().__init__(padding=1, gap=0)
        self._export = export
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(plain_label("往来单位", "section"))
        head.addStretch(1)
        self.issue_button = secondary("签发登记", "certificate", issue, tip=ISSUE_TIP)
        self.issue_button.setVisible(issue is not None)
        self.issue_button.allow("" if officer else "签发由管理员办理")
        self.export_button = primary("导出数据包", "arrow_upload", self.export, tip="导出给选中的单位")
        head.addWidget(self.issue_button)
        head.addWidget(self.export_button)
        self.table = Table(COLUMNS, name="往来单位", settings=context.settings, page="partners", checks=False)
        self.table.set_empty(
            "还没有登记的乡镇。", "乡镇送来登记申请（.dkey）后，打电话核对指纹，再签发。",
            *(("签发登记", issue) if issue is not None and officer else ()),
        )  # fmt: skip
        self.table.current_changed.connect(self._current)
        self.table.opened.connect(self._open)
        self.table.set_menu(self._menu)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self._current(None)

    def show_partners(self, partners: Sequence[PartnerRow]) -> None:
        """Fill the list; the first partner is chosen where none was."""
        self.table.set_rows(partners)
        if partners and self.table.current() is None:
            self.table.select(partners[0].path)
        self._current(self.table.current())

    def export(self) -> None:
        """Export to the chosen partner."""
        self._open(self.table.current())

    def _open(self, row: object) -> None:
        if isinstance(row, PartnerRow) and row.active:
            self._export(row)

    def _current(self, row: object) -> None:
        chosen = row if isinstance(row, PartnerRow) else None
        self.export_button.allow("先在下面选一个单位" if chosen is None else "" if chosen.active else STOPPED)

    def _menu(self, menu: QMenu, rows: list[object]) -> None:
        if rows and self.export_button.isEnabled():
            menu.addAction("导出数据包", self.export)
