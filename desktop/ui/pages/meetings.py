"""组织生活: the list of records with its views, the year, the drawer, and the form in the same place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.meeting_lists import MeetingRow, YearRow
from desktop.services.sessions import STAFF, WRITERS
from desktop.ui.context import Context
from desktop.ui.meetings import figures, listing
from desktop.ui.meetings.deeds import Deeds
from desktop.ui.meetings.exporting import Exporter
from desktop.ui.meetings.listing import YEAR, Listed
from desktop.ui.meetings.record_drawer import RecordDrawer
from desktop.ui.meetings.toolbar import Toolbar
from desktop.ui.meetings.unfinished import Unfinished
from desktop.ui.meetings.year import YearView
from desktop.ui.page import Page
from desktop.ui.pages.meeting_form import MeetingForm
from desktop.ui.widgets.buttons import link, primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.drawer import DrawerHost
from desktop.ui.widgets.pagehead import PageHead
from desktop.ui.widgets.selection import SelectionBar
from desktop.ui.widgets.tables import Table
from desktop.ui.widgets.tabs import Tabs

PLACE = "meetings"
PUSH = 1040  # the columns that always stand whole have room beside the drawer from here on
NEW, EDIT, BRANCH, DRAFT = "new", "edit", "branch", "draft"


class MeetingsPage(Page):
    """The list and the form.

    Places: `meeting:<id>` one record, `branch:<id>` and `view:<key>` a list, `new:<branch>.<kind>` and `edit:<id>` the
    form; `edit:<id>.correct` corrects what is archived, `draft:<id>` goes on with a form that was kept.
    """

    title = "组织生活"
    topics = frozenset({"meeting", "meeting_kind", "agenda", "attendance", "resolution", "vote", "branch"})

    def __init__(self, context: Context) -> None:
        self.form: MeetingForm | None = None
        self._filling = False
        self._writes = context.session.role in WRITERS
        super().__init__(context)

    def build(self) -> None:
        """Make the list; the form is made when it is first opened."""
        self.body.setContentsMargins(0, 0, 0, 0)
        self.deeds = Deeds(self.context, self)
        self.exporter = Exporter(self.context, self, self._listed)
        self.stack = QStackedWidget()
        self.host = DrawerHost(self._build_list(), push=PUSH)
        self.host.closed.connect(self._back_to_list)
        self.record = RecordDrawer(self.context, self.host, self.deeds, self._change)
        self.record.shown.connect(self._go_to)
        self.stack.addWidget(self.host)
        self.body.addWidget(self.stack)
        for keys, deed in (("Ctrl+P", self.print_chosen), ("Ctrl+F", self.toolbar.search.setFocus)):
            shortcut = QShortcut(QKeySequence(keys), self.host)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    def _build_list(self) -> QWidget:
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(12)
        self.record_button = primary("记录会议", "add", self.primary, tip="记录一次会议", shortcut="Ctrl+N")
        self.export_button = secondary("导出", "arrow_upload", self.export, tip="把现在列出的记录存成 Excel 表")
        self.head = PageHead(self.title, [self.export_button, self.record_button])
        self.record_button.setVisible(self._writes)
        self.tabs = Tabs(listing.VIEWS, name="视图")
        self.tabs.set_key("quarter")
        self.tabs.picked.connect(self._picked)
        self.table = self._build_table()
        self.year = YearView(self.context.settings)
        self.year.opened.connect(self._open_branch)
        self.toolbar = Toolbar(self.table.column_menu())
        self.toolbar.filtered.connect(self._again)
        self.bar = SelectionBar("份", self._bar_deeds(), hint="空格选中，回车查看，Ctrl+P 打印，Ctrl+C 复制到 Excel")
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.year)
        card = Card(padding=1, gap=0)
        for part in (self.toolbar, self.lists, self.bar):
            card.body.addWidget(part, 1 if part is self.lists else 0)
        self.unfinished = Unfinished(self.context)
        self.unfinished.resumed.connect(lambda kept: self.context.navigate.go(PLACE, DRAFT, kept.id.hex()))
        box.addWidget(self.head)
        box.addWidget(self.unfinished)
        box.addWidget(self.tabs)
        box.addWidget(card, 1)
        return content

    def _build_table(self) -> Table:
        table = Table(listing.COLUMNS, name="会议记录", settings=self.context.settings, page=PLACE)
        table.opened.connect(self._open_row)
        table.view.clicked.connect(lambda index: self._open_row(table.model.row_at(index.row())))
        table.current_changed.connect(self._follow)
        table.checked_changed.connect(self._count)
        table.set_menu(self._fill_menu)
        return table

    def _back_to_list(self) -> None:
        self.table.setFocus()

    def _count(self, count: int) -> None:
        self.bar.show_count(count)

    def _bar_deeds(self) -> list[QWidget]:
        role = self.context.session.role
        found = [link("打印", self.print_chosen, tip="打印选中的记录")]
        if role in STAFF:
            found.append(link("归档", lambda: self.deeds.archive(self._keys()), tip="归档选中的记录，缺项的留下"))
        if role in WRITERS:
            if role not in STAFF:
                found.append(link("上报", lambda: self.deeds.hand_in(self._keys()), tip="上报选中的草稿"))
            found.append(link("移到回收站", lambda: self.deeds.remove(self._keys())))
        return list(found)

    def refresh(self) -> None:
        """Read the list, and the record in the drawer, again."""
        wanted = self.toolbar.wanted(self.tabs.key())
        on_year = wanted.view == YEAR
        self.toolbar.show_one_year(self.context.session.today.year if on_year else None)
        self.lists.setCurrentIndex(1 if on_year else 0)
        self.toolbar.columns.setVisible(not on_year)
        self.toolbar.search.setVisible(not on_year)
        self.bar.setVisible(not on_year)
        if on_year:
            self.context.tasks.run_query(
                self, lambda session: listing.read_year(session, wanted), self._show_year, key="year"
            )
        seen = wanted if not on_year else listing.Filter("quarter")
        self.context.tasks.run_query(self, lambda session: listing.read(session, seen), self._show, key="list")
        self.record.refresh()
        self._refresh_unfinished()

    def _refresh_unfinished(self) -> None:
        if self._writes and not self.form_open:
            self.unfinished.refresh()

    def _again(self) -> None:
        self.refresh()

    def _picked(self, key: str) -> None:
        if key == YEAR:
            self.host.close_drawer()
        self.refresh()

    def _show(self, listed: Listed) -> None:
        self.toolbar.set_choices(listed.branches, listed.years)
        for key, count in listed.counts.items():
            self.tabs.set_count(key, count)
        if self.tabs.key() == YEAR:
            return
        rows = listed.rows[: listing.MOST]
        more = len(listed.rows) > listing.MOST
        self.head.set_count(f"最近 {len(rows):,} 份，更早的请筛选" if more else f"{len(rows):,} 份")
        self._say_empty(listed.counts.get(self.tabs.key(), 0))
        self._fill(rows)

    def _fill(self, rows: Sequence[MeetingRow]) -> None:
        """Show the rows; the list stays on the record of the drawer, whatever row Qt would go to."""
        self._filling = True
        self.table.set_rows(rows)
        self._filling = False
        if self.record.is_open:
            self._go_to(self.record.key)

    def _go_to(self, key: bytes | None) -> None:
        self._filling = True
        self.table.select(key)
        self._filling = False

    def _say_empty(self, hidden: int) -> None:
        if self.toolbar.wanted("all").narrowed and hidden:
            words = self.toolbar.words()
            self.table.set_empty(f"筛选“{words}”藏起了 {hidden:,} 份。", "", "清除筛选", self.toolbar.clear)
        elif self._writes:
            self.table.set_empty("这里还没有会议记录。", "从这里记录一次会议。", "记录会议", self.primary)
        else:
            self.table.set_empty("这里还没有会议记录。", "由干事或书记记录后，就会列在这里。")

    def _show_year(self, rows: Sequence[YearRow]) -> None:
        self.year.show_rows(rows, self.toolbar.kind.value())
        if self.tabs.key() == YEAR:
            self.head.set_count(f"{self._year()} 年，{len(rows):,} 个支部")

    def _year(self) -> int:
        return self.toolbar.year.value() or self.context.session.today.year

    def _open_branch(self, branch: bytes) -> None:
        self.tabs.set_key("all")
        self.toolbar.branch.set_value(branch)
        self.refresh()

    def _keys(self) -> list[bytes]:
        return [row.id for row in self.table.chosen() if isinstance(row, MeetingRow)]

    def print_chosen(self) -> None:
        """Preview the marked records, or the one the person is on."""
        self.deeds.print_(self._keys())

    def _open_row(self, row: object) -> None:
        if isinstance(row, MeetingRow):
            self.show_meeting(row.id)

    def _follow(self, row: object) -> None:
        if isinstance(row, MeetingRow) and self.record.is_open and not self._filling:
            self.show_meeting(row.id)

    def show_meeting(self, key: bytes) -> None:
        """Show a record in the drawer."""
        self.record.show(key)

    def _change(self, key: bytes, correct: bool) -> None:  # noqa: FBT001 - a callback
        self.context.navigate.go(PLACE, EDIT, f"{key.hex()}.correct" if correct else key.hex())

    def _fill_menu(self, menu: QMenu, rows: list[object]) -> None:
        keys = [row.id for row in rows if isinstance(row, MeetingRow)]
        menu.addAction("查看", lambda: self.show_meeting(keys[0]))
        menu.addAction("打印", lambda: self.deeds.print_(keys))
        if self.context.session.role in STAFF:
            menu.addAction("归档", lambda: self.deeds.archive(keys))
        if self._writes:
            menu.addAction("移到回收站", lambda: self.deeds.remove(keys))

    def open_record(self, kind: str, key: str) -> None:
        """Show a record, the form, or the list of a branch."""
        if self.form is not None and self.form_open and not self.form.may_leave():
            return
        first, _, second = key.partition(".")
        record = bytes.fromhex(first) if first and kind != "view" else None
        match kind:
            case "meeting" if record is not None:
                self._show_list()
                self.show_meeting(record)
            case "view" if key in dict(listing.VIEWS):
                self._show_list()
                self.tabs.set_key(key)
                self.refresh()
            case "branch" if record is not None:
                self._show_list()
                self._open_branch(record)
            case "new" if self._writes:
                self._open_form().open_new(record, (second,) if second in dict(figures.KIND_CHOICES) else ())
            case "edit" if self._writes and record is not None:
                form = self._open_form()
                form.open_correction(record) if second else form.open_stored(record)
            case "draft" if self._writes and record is not None:
                self._go_on(record)

    def _go_on(self, key: bytes) -> None:
        kept = self.unfinished.with_id(key)
        if kept is None:
            self._show_list()
        else:
            self._open_form().open_kept(kept)

    def primary(self) -> None:
        """Record a meeting."""
        if self._writes and not self.form_open:
            self.context.navigate.go(PLACE, NEW)

    @property
    def form_open(self) -> bool:
        """Tell whether the form is shown."""
        return self.form is not None and self.stack.currentWidget() is not self.host

    def _open_form(self) -> MeetingForm:
        if self.form is None:
            self.form = MeetingForm(self.context)
            self.form.closed.connect(self._form_closed)
            self.form.autosave.kept.connect(self._refresh_unfinished)
            frame = QWidget()
            box = QVBoxLayout(frame)
            box.setContentsMargins(24, 16, 24, 12)
            box.addWidget(self.form)
            self.stack.addWidget(frame)
        self.stack.setCurrentIndex(1)
        return self.form

    def _show_list(self) -> None:
        self.stack.setCurrentWidget(self.host)
        self._refresh_unfinished()

    def _form_closed(self, key: bytes | None) -> None:
        self._show_list()
        self.table.setFocus()
        if key is not None:
            self.context.navigate.go(PLACE, "meeting", key.hex())
        else:
            self.context.navigate.go(PLACE)

    def may_leave(self) -> bool:
        """Ask about a form with unsaved words."""
        if self.form is None or not self.form_open:
            return True
        if not self.form.may_leave():
            return False
        self._show_list()
        return True

    def export(self) -> None:
        """Write what is listed into a workbook."""
        self.exporter.ask()

    def export_to(self, out: Path) -> None:
        """Write the rows of the list, or of the year, to a file."""
        self.exporter.write(out)

    def _listed(self) -> tuple[Table, str]:
        return (self.year.table, "组织生活全年一览") if self.tabs.key() == YEAR else (self.table, "会议记录")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move marked records to the recycle bin with Del; close the drawer with Esc."""
        if event.key() == Qt.Key.Key_Delete and self._writes and not self.form_open:
            self.deeds.remove(self._keys())
        elif event.key() == Qt.Key.Key_Escape and self.host.drawer.isVisible():
            self.host.close_drawer()
        else:
            super().keyPressEvent(event)
