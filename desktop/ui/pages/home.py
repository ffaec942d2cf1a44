"""工作台: how far organisation life has come, what is due, terms, gaps; each number opens the list behind it."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services import desk
from desktop.services.desk import Attention, Desk, Todo
from desktop.services.sessions import STAFF, WRITERS
from desktop.ui.page import Page
from desktop.ui.pages import PAGES
from desktop.ui.pages import home_first as first
from desktop.ui.pages import home_words as words
from desktop.ui.pages.home_lists import AttentionRow, due_lines, fill, todo_list
from desktop.ui.theme import theme
from desktop.ui.widgets.bars import Bar, BarChart, Series
from desktop.ui.widgets.buttons import link, primary, secondary
from desktop.ui.widgets.cards import Card, NumberCard
from desktop.ui.widgets.drawer import DrawerHost
from desktop.ui.widgets.pagehead import PageHead
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.text import line, plain_label

ROW, SHORT_ROW = 52, 40
LEAST_TODO, LEAST_ATTENTION = 4, 3
EXCHANGE = "exchange"


class HomePage(Page):
    """What is overdue, due and missing, and one press to the place that mends it."""

    title = "工作台"
    topics = frozenset({
        "meeting", "meeting_kind", "attendance", "resolution", "vote", "branch", "person", "membership", "post", "term",
        "organisation", "management", "joint_unit", "instructor", "party_group", "remark", "setting",
    })  # fmt: skip

    def build(self) -> None:
        """Make head, cards, chart and lists."""
        self._desk: Desk | None = None
        self._picked: tuple[str, Callable[[Desk], tuple[Todo, ...]]] | None = None
        self._writes = self.context.session.role in WRITERS
        self.body.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        self._box = QVBoxLayout(content)
        self._box.setContentsMargins(24, 12, 24, 12)
        self._box.setSpacing(12)
        self.record_button = primary("记录会议", "add", self.primary, tip="记录一次会议", shortcut="Ctrl+N")
        self.export_button = secondary("导出数据包", "arrow_upload", lambda: self.context.navigate.go(EXCHANGE))
        self.head = PageHead(self.title, [self.export_button, self.record_button])
        self.record_button.setVisible(self._writes)
        self._exports = self.context.session.role in STAFF and any(entry.key == EXCHANGE for entry in PAGES)
        self.export_button.setVisible(self._exports)
        self._box.addWidget(self.head)
        self._box.addWidget(self._build_figures(), 1)
        self.first = first.FirstSteps(self.context.session.role, self.context.navigate.go)
        self.first.hide()
        self._box.addWidget(self.first, 1)
        self.area = scroll(content)
        self.host = DrawerHost(self.area)
        self.body.addWidget(self.host)
        self.head.set_note(words.day_words(self.context.session.today))

    def _build_figures(self) -> QWidget:
        self.figures = QWidget()
        box = QVBoxLayout(self.figures)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(self._build_cards())
        parts = QHBoxLayout()
        parts.setSpacing(16)
        parts.addWidget(self._build_left(), 3)
        parts.addWidget(self._build_right(), 2)
        box.addLayout(parts, 1)
        return self.figures

    def _build_cards(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        self.life = NumberCard("本季度三会一课完成率", "%", self.open_year)
        self.todo = NumberCard("待办", "项", self.open_todo)
        self.terms = NumberCard("换届提醒", "个支部", self.open_terms)
        self.gaps = NumberCard("资料待补全", "人", self.open_gaps)
        for column, card in enumerate((self.life, self.todo, self.terms, self.gaps)):
            grid.addWidget(card, 0, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _build_left(self) -> Card:
        card = Card("三会一课月度完成情况", gap=8)
        card.head.addWidget(link("查看明细", self.open_year))
        self.chart = BarChart(
            "三会一课月度完成情况", [Series("按期召开", "c1"), Series("补开", "c2")], tall=320
        )
        card.body.addWidget(self.chart, 100)
        card.body.addWidget(line())
        card.body.addWidget(plain_label("需要关注的支部", "strong"))
        self.attention = QVBoxLayout()
        self.attention.setSpacing(4)
        card.body.addLayout(self.attention)
        card.body.addStretch(1)
        return card

    def _build_right(self) -> Card:
        card = Card("近期到期")
        self.all_link = link("", self.open_todo)
        self.all_link.hide()
        card.head.addWidget(self.all_link)
        self.due = QVBoxLayout()
        self.due.setSpacing(0)
        card.body.addLayout(self.due)
        card.body.addStretch(1)
        return card

    def refresh(self) -> None:
        """Read the desk again."""
        self.context.tasks.run_query(self, desk.show, self._show, key="desk", title="整理工作台")

    def _show(self, seen: Desk) -> None:
        self._desk = seen
        self.head.set_note(words.day_words(seen.on, seen.quarter))
        self._lead(empty=seen.stock.empty)
        done = words.life(seen.quarter)
        self.life.show_number(done.number, done.note, share=words.share(seen.quarter))
        self._number(self.todo, words.todo(seen))
        self._number(self.terms, words.terms(seen))
        self._number(self.gaps, words.gaps(seen))
        self.chart.set_bars([
            Bar(f"{month.number}月", words.parts(month), f"{month.share}%" if last and month.share is not None else "")
            for month, last in words.with_last(seen.months)
        ])  # fmt: skip
        self.all_link.set_text(f"全部 {len(seen.todo)} 项")
        self.all_link.setVisible(bool(seen.todo))
        self._fill()
        if self.host.drawer.isVisible():
            self._fill_drawer()

    def _lead(self, *, empty: bool) -> None:
        """Over an empty workspace show where to begin instead of figures; its first way has the red button then."""
        self.figures.setVisible(not empty)
        self.first.setVisible(empty)
        self.record_button.setVisible(self._writes and not empty)
        self.export_button.setVisible(self._exports and not empty)
        if empty and self.context.session.role in STAFF:
            self.context.tasks.run_query(self, first.is_enrolled, self._show_starts, key="enrolled")

    def _show_starts(self, enrolled: bool) -> None:  # noqa: FBT001 - the result of a query
        self.first.show_starts(first.starts(self.context.session.workspace.identity.kind, enrolled=enrolled))

    def _number(self, card: NumberCard, said: words.Said) -> None:
        card.show_number(said.number, said.note, tag=said.tag, kind=said.kind)

    def _fill(self) -> None:
        """Show as many rows as there is room for; what is left stands in the full list."""
        seen = self._desk
        if seen is None:
            return
        spare = max(0, self.height() - theme().px(680))
        room = LEAST_TODO + 1 + spare // theme().px(ROW)
        behind = seen.attention[: LEAST_ATTENTION + spare // theme().px(SHORT_ROW)]
        fill(self.due, due_lines(seen, room, self.go), words.nothing_due(seen))
        rows = [AttentionRow(row, self.mend, writes=self._writes) for row in behind]
        fill(self.attention, rows, words.nothing_behind(seen))

    def go(self, row: Todo) -> None:
        """Open the form or the page that mends one thing."""
        kind = words.KINDS.get(row.rule)
        subject, _, key = row.subject.partition(":")
        if kind is not None and subject == "branch" and self._writes:
            self.context.navigate.go("meetings", "new", f"{key}.{kind}")
        else:
            self._follow(row.go)

    def _follow(self, place: str) -> None:
        if not self.context.navigate.follow(place):
            self.context.toast.say("这一项要到还没有打开的页面里办理")

    def mend(self, row: Attention) -> None:
        """Record what a branch still owes, or show what it held."""
        if self._writes:
            self.context.navigate.go("meetings", "new", row.branch.hex())
        else:
            self.context.navigate.go("meetings", "branch", row.branch.hex())

    def primary(self) -> None:
        """Record a meeting."""
        if self._writes:
            self.context.navigate.go("meetings", "new")

    def open_year(self) -> None:
        """Show the year, branch by branch."""
        self.context.navigate.go("meetings", "view", "year")

    def open_todo(self) -> None:
        """Show everything that is due or overdue."""
        self._open("待办", lambda seen: seen.todo)

    def open_terms(self) -> None:
        """Show the terms that end."""
        self._open("换届提醒", lambda seen: seen.terms)

    def open_gaps(self) -> None:
        """Go to the members whose records lack something."""
        self.context.navigate.go("members", "view", "missing")

    def _open(self, name: str, pick: Callable[[Desk], tuple[Todo, ...]]) -> None:
        self._picked = (name, pick)
        self._fill_drawer()
        self.host.open()

    def _fill_drawer(self) -> None:
        if self._desk is None or self._picked is None:
            return
        name, pick = self._picked
        rows, on = pick(self._desk), self._desk.on
        late = sum(row.state == "overdue" for row in rows)
        self.host.drawer.show_record(f"{name} {len(rows)} 项", [(f"{late} 项已逾期", "err")] if late else [])
        self.host.drawer.set_tabs([("all", name, lambda: todo_list(rows, on, self.go))])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more rows on tall windows."""
        super().resizeEvent(event)
        self._fill()
