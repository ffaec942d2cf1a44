"""The list of one ledger: its rows, its form, its drawer; all from what the ledger declares."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services.ledgers import rows, saving
from desktop.services.ledgers.saving import LedgerDraft
from desktop.services.ledgers.shapes import Ledger
from desktop.services.ledgers.values import shown
from desktop.services.sessions import WRITERS, Session
from desktop.ui.context import Context
from desktop.ui.ledgers.columns import columns
from desktop.ui.ledgers.dialog import LedgerDialog, clause_words, opening
from desktop.ui.records.attached import Attached
from desktop.ui.records.list_page import Listed, MenuDeed, RecordsPage
from desktop.ui.records.parts import History, stack
from desktop.ui.widgets.buttons import link
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.chips import FilterChip
from desktop.ui.widgets.text import plain_label


class LedgerList(RecordsPage):
    """Places: `ledgers/<table>:<id>` one row."""

    placeholder = "姓名、单位或文字"

    def __init__(self, context: Context, ledger: Ledger) -> None:
        self.ledger = ledger
        self.title = self.noun = ledger.noun
        self.measure, self.kind, self.place = ledger.measure, ledger.table, f"ledgers.{ledger.table}"
        self.new_verb, self.columns, self.views = f"登记{ledger.noun}", columns(ledger), (("all", "全部"),)
        self.topics = frozenset({ledger.table, *(one.table for one in ledger.fields if one.table)})
        super().__init__(context)
        self.writes = context.session.role in WRITERS
        self.new_button.setVisible(self.writes)
        self.body.setContentsMargins(0, 0, 0, 0)

    def head_buttons(self) -> list[QWidget]:
        """A ledger has no roster of its own."""
        return []

    def say_empty(self, hidden: int) -> None:
        """Say why nothing is listed: a filter, or that the first row is still to come."""
        words = self.filters.words()
        if words and hidden:
            said = f"筛选“{words}”藏起了 {hidden:,} {self.measure}。"
            self.table.set_empty(said, "", "清除筛选", self.filters.clear)
        elif self.writes:
            self.table.set_empty(f"还没有{self.noun}。", clause_words(self.ledger), self.new_verb, self.primary)
        else:
            self.table.set_empty(f"还没有{self.noun}。", "由干事登记后，就会列出来。")

    def make_chips(self) -> list[FilterChip[Any]]:
        """Filter by branch."""
        self.at = FilterChip[bytes]("党组织")
        return [self.at]

    def bar_deeds(self) -> list[QWidget]:
        """Give what may be done with marked rows."""
        found: list[QWidget] = []
        if self.writes:
            found.append(link("移到回收站", lambda: self.remove(self.keys())))
        return [*found, link("导出", self.export_chosen, tip="把选中的存成 Excel 表")]

    def menu_deeds(self, keys: list[bytes]) -> list[MenuDeed]:
        """Give what may be done with rows from their menu."""
        if not self.writes:
            return []
        first: list[MenuDeed] = [("编辑", lambda: self.edit(keys[0]))] if len(keys) == 1 else []
        return [*first, ("移到回收站", lambda: self.remove(keys))]

    def reading(self) -> Callable[[Session], Listed]:
        """Read the rows as they are filtered now."""
        kind, at, text = self.ledger.table, self.at.value(), self.filters.text()

        def read(session: Session) -> Listed:
            found = rows.list_rows(session, kind=kind, branch=at, text=text)
            known = [(row.id, row.name) for row in reversed(rows.targets(session, table="branch"))]
            return Listed(found, {"all": rows.count(session, kind=kind)}, {"branches": known})

        return read

    def take(self, listed: Listed) -> None:
        """Offer the Party organisations that there are."""
        self.at.set_choices(listed.more["branches"])

    def refresh(self) -> None:
        """Read the list and the row in the drawer; how all stand is not asked here."""
        self.read_list()
        if self.host.drawer.isVisible() and self.shown is not None:
            self.show_record(self.shown)

    def sheet_reading(self, key: bytes) -> Callable[[Session], LedgerDraft]:
        """Read one row."""
        kind = self.ledger.table
        return lambda session: saving.open_(session, kind=kind, key=key)

    def fill_drawer(self, sheet: LedgerDraft) -> None:
        """Show one row."""
        key = sheet.id
        if key is None:
            return
        drawer = self.host.drawer
        words = {
            one.name: sheet.names.get(one.name, "") if one.kind == "reference" else shown(one, sheet.values[one.name])
            for one in self.ledger.fields
        }
        drawer.show_record(" ".join(filter(None, (words[name] for name in self.ledger.name))) or self.noun, [])
        content, box = stack(gap=12)
        box.addWidget(pairs([(one.word, words[one.name]) for one in self.ledger.fields]))
        box.addWidget(plain_label(clause_words(self.ledger), "caption", wrap=True))
        box.addStretch(1)
        drawer.set_tabs([
            ("basic", "基本", content), ("files", "附件", lambda: Attached(self.context, self.kind, key)),
            ("history", "变更记录", lambda: History(self.context, self.kind, key)),
        ])  # fmt: skip
        if self.writes:
            self.deeds(
                [("编辑", "edit", lambda: self.edit(key))], [("移到回收站", lambda: self.remove([key]))]
            )

    def edit(self, key: bytes | None) -> None:
        """Open the form of a row, or of a new one that takes the branch of the filter."""
        kind, today = self.ledger.table, self.context.session.today.isoformat()
        if key is None:
            at = self.at.value()
            given = {"branch_id": at} if at is not None else {}
            names = {"branch_id": self.at.words()} if at is not None else {}
            self._show_form(opening(self.ledger, given, names, today))
            return
        self.context.tasks.run_query(self, lambda session: saving.open_(session, kind=kind, key=key), self._show_form)

    def _show_form(self, draft: LedgerDraft) -> None:
        self.show_form(LedgerDialog(self.context, self.window(), self.ledger, draft), own=True)

    def remove(self, keys: list[bytes]) -> None:
        """Put rows into the recycle bin."""
        kind, chosen = self.ledger.table, tuple(keys)
        if chosen:
            self.context.tasks.run_change(
                self, lambda session: saving.remove_many(session, kind=kind, ids=chosen, reason="移到回收站"),
                lambda _changes: self._removed(chosen), title="移到回收站",
            )  # fmt: skip

    def _removed(self, keys: tuple[bytes, ...]) -> None:
        if self.shown in keys:
            self.host.close_drawer()
