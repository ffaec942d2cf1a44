"""数据交换: a card for each partner, a place to let a file fall, what went out and came in, and the conflicts."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.services import undoing
from desktop.services.exchange import aside, conflicts, importing, partners, site_keys
from desktop.services.exchange.aside import AsideRow
from desktop.services.exchange.conflicts import ConflictRow
from desktop.services.exchange.importing import Applied
from desktop.services.exchange.partners import HistoryRow, PartnerRow
from desktop.services.sessions import ADMINS, STAFF, Session
from desktop.ui import messages
from desktop.ui.exchange import words
from desktop.ui.exchange.cards import EnrolCard, PartnerCard
from desktop.ui.exchange.drives import removable
from desktop.ui.exchange.enrol_sheets import Enrolling
from desktop.ui.exchange.export_sheet import FOLDER, ExportSheet
from desktop.ui.exchange.lists import Lists
from desktop.ui.exchange.package_sheet import PackageSheet
from desktop.ui.exchange.partner_list import PartnerList
from desktop.ui.exchange.words import PackageRow, fingerprint_text
from desktop.ui.page import Page
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.dropzone import DropZone
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.flow import clear
from desktop.ui.widgets.pagehead import PageHead
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.text import plain_label

TWO_CARDS, MOST_CARDS = 640, 2
MOST_TOP, LEAST_LIST = 0.6, 82  # of the height of the page; two rows under their heading


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows, read at one moment."""

    partners: tuple[PartnerRow, ...]
    history: tuple[HistoryRow, ...]
    conflicts: tuple[ConflictRow, ...]
    aside: tuple[AsideRow, ...]
    fingerprint: str | None


def read(session: Session) -> Seen:
    """Read everything that the page shows."""
    return Seen(
        partners.list_partners(session), partners.list_history(session), conflicts.list_conflicts(session),
        aside.list_aside(session), site_keys.own_fingerprint(session),
    )  # fmt: skip


def tall(widget: QWidget, width: int) -> int:
    """Give the height that a widget asks for at a width, words that wrap included."""
    hint = widget.sizeHint().height()
    return max(hint, widget.heightForWidth(width)) if widget.hasHeightForWidth() else hint


class ExchangePage(Page):
    """Partners, packages, conflicts; a file of any kind may be let fall on it."""

    title = "数据交换"
    topics = frozenset({
        "person", "membership", "branch", "organisation", "meeting", "post", "term", "conflict", "sync_key", "sync_doc",
    })  # fmt: skip

    def build(self) -> None:
        """Make head, cards, the place for files and the two lists."""
        self._officer = self.context.session.role in ADMINS
        self.able = self.context.session.role in STAFF
        self.cards: list[PartnerCard] = []
        self.enrol: EnrolCard | None = None
        self.take_button = secondary("接收文件", "arrow_import", self.choose, tip="选择数据包或登记文件")
        self.take_button.setVisible(self.able)
        self.head = PageHead(self.title, [self.take_button])
        self.body.addWidget(self.head)
        if not self.able:
            self.body.addWidget(EmptyState("这个账号不交换数据包。", "数据包由干事或管理员导出和接收。"), 1)
            return
        self.enrolling = Enrolling(self.context, self)
        self._county = self.context.session.workspace.identity.kind == "county"
        self.body.addLayout(self._build_top(), 1 if self._county else 3)
        self.lists = Lists(self.context, self.undo)
        self.body.addWidget(self.lists, 1 if self._county else 4)

    def _build_top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(16)
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._area = scroll(content)
        self._widgets: list[QWidget] = []
        self._room = QTimer(self, singleShot=True, interval=0)  # not while Qt is laying out: it keeps old hints
        self._room.timeout.connect(self._hold_room)
        theme().changed.connect(self._lay_out)
        top.addWidget(self._area, 5)
        issue = self.choose if self._county else None
        self.partner_list = PartnerList(self.context, self.export, issue, officer=self._officer)
        top.addWidget(self.partner_list, 6)
        self.zone = DropZone(
            "把数据包拖到这里", "接收文件", self.choose, "认得数据包 .dpk 和登记文件 .dkey、.dcert",
            icon="usb_stick",
        )  # fmt: skip
        self.zone.dropped.connect(self.take)
        self._holder = holder = Card(padding=12)
        holder.body.addWidget(self.zone)
        self.own_print = plain_label("", "note", selectable=True)
        self.own_print.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.own_print.setVisible(self._county)
        holder.body.addWidget(self.own_print)
        top.addWidget(holder, 3)
        return top

    def refresh(self) -> None:
        """Read partners, history and conflicts again."""
        if self.able:
            self.context.tasks.run_query(self, read, self._show, key="exchange", title="读取往来记录")

    def _show(self, seen: Seen) -> None:
        self._fill(seen)
        self.head.set_count(f"{len(seen.partners)} 个往来单位" if seen.partners else "")
        self.lists.show_lists(seen.history, seen.conflicts, seen.aside)

    def _fill(self, seen: Seen) -> None:
        clear(self._grid)
        self.cards, self.enrol = [], None
        widgets: list[QWidget] = []
        listed = self._county or len(seen.partners) > MOST_CARDS
        self._area.setVisible(not listed)
        self.partner_list.setVisible(listed)
        self.partner_list.show_partners(seen.partners)
        digits = fingerprint_text(seen.fingerprint) if seen.fingerprint else "第一次签发时生成"
        self.own_print.setText(f"本机指纹　{digits}")
        if not listed and not seen.partners:
            self.enrol = EnrolCard(self.enrolling.request, self.choose, officer=self._officer)
            self.enrol.show_fingerprint(seen.fingerprint)
            widgets.append(self.enrol)
        for at, partner in enumerate(() if listed else seen.partners):
            card = PartnerCard(partner, partial(self.export, partner), first=at == 0)
            self.cards.append(card)
            widgets.append(card)
        self._widgets = widgets
        self._lay_out()

    def _lay_out(self) -> None:
        """Put two cards side by side where both have room."""
        columns = 2 if len(self._widgets) > 1 and self._area.width() >= theme().px(TWO_CARDS) else 1
        for at, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, at // columns, at % columns)
        self._room.start()

    def _hold_room(self) -> None:
        """Keep a whole card and the whole place for files in sight; what is left of the height is for the lists."""
        most = int(self.height() * MOST_TOP)
        cards = max((tall(widget, self._area.viewport().width()) for widget in self._widgets), default=0)
        self._area.setMinimumHeight(min(cards, most))
        second_line = theme().px(20)  # the note of the place for files wraps once at a large scale
        self._holder.setMinimumHeight(self._holder.minimumSizeHint().height() + second_line)
        self.lists.hold(theme().px(LEAST_LIST))
        self.body.invalidate()
        self.body.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the cards for the new width."""
        super().resizeEvent(event)
        if self.able:
            self._lay_out()

    def primary(self) -> None:
        """Export to the first partner, or to the one chosen of many."""
        if self.partner_list.isVisible():
            self.partner_list.export()
        elif self.cards:
            self.cards[0].export_button.click()

    def export(self, partner: PartnerRow) -> None:
        """Open the sheet that writes a package."""
        self.export_sheet = ExportSheet(self.context, partner, self)
        self.export_sheet.finished.connect(lambda _result: self.invalidate())
        self.export_sheet.finished.connect(lambda _result: self.context.topics.publish({"sync_chain"}))
        self.export_sheet.open()

    def choose(self) -> None:
        """Ask for a file of exchange, on the stick where one is plugged in."""
        drives = removable()
        start = str(drives[0].folder) if drives else self.context.settings.get(FOLDER, str(Path.home()))
        chosen, _ = QFileDialog.getOpenFileName(self, "接收文件", start, words.FILES)
        if chosen:
            self.take(Path(chosen))

    def take(self, file: Path) -> None:
        """Go on with a file by its kind."""
        match file.suffix.lower():
            case words.PACKAGE:
                self._preview(file)
            case words.REQUEST if self._officer:
                self.enrolling.issue(file)
            case words.ANSWER if self._officer:
                self.enrolling.accept(file)
            case words.REQUEST | words.ANSWER:
                self.context.toast.say("登记由管理员办理，请换管理员账号")
            case ".xlsx" | ".xls" | ".et" | ".csv" | ".ods":
                self.context.toast.say("这是表格，请到“导入名册”导入", "去导入名册", self._to_import)
            case _:
                self.context.toast.say(f"“{file.name}”不是数据包，也不是登记文件")

    def _to_import(self) -> None:
        self.context.navigate.go("import")

    def _preview(self, file: Path) -> None:
        progress = Progress()

        def work(session: Session) -> tuple[Applied, str]:
            seen = importing.apply(session, file=file, dry_run=True, progress=progress)
            names = {path: site.name for site in site_keys.list_sites(session) for path in site.scopes}
            return seen, names.get(seen.sender, "")

        self.context.tasks.run_change(
            self, work, lambda found: self._open(file, *found), failed=self._refused, title="核对数据包", silent=True,
            progress=progress,
        )  # fmt: skip

    def _open(self, file: Path, seen: Applied, sender: str) -> None:
        self.package_sheet = PackageSheet(self.context, file, seen, sender, self)
        self.package_sheet.finished.connect(lambda _result: self.invalidate())
        self.package_sheet.open()

    def undo(self) -> None:
        """Take back what the chosen package brought."""
        row = self.lists.history.current()
        if isinstance(row, PackageRow) and row.unit is not None:
            number = row.unit
            self.context.tasks.run_change(
                self, lambda session: undoing.undo_unit(session, number=number), self._undone, title="撤销合并",
                failed=self._refused, silent=True,
            )  # fmt: skip

    def _undone(self, done: undoing.Undone) -> None:
        """Show the list anew, and say what was left and to whom the undo will travel."""
        self.invalidate()
        self.context.toast.say(f"{done.changes.label}{done.note}")

    def _refused(self, error: UserError) -> None:
        messages.refusal(self, error)
