"""A field that names another record: typed by name, pinyin or initials, chosen from what is found.

    at = RecordField("所在支部", context, branches_named, key="branch_id", required=True)
    at.set_record(key, "清河商会党支部")
    at.key_of()                                # the id, or None

`find` gets the session and what is typed (blank at first) and gives `Found` rows; it runs on the reader thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from desktop.core import pinyin
from desktop.core.changes import Changes
from desktop.core.text import clean_line, match_name
from desktop.services import branch_lists, member_lists, organisation_lists, persons
from desktop.services.persons import PersonDraft
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.widgets.field import LineField

SOON_MS, MOST = 120, 30


@dataclass(frozen=True, slots=True)
class Found:
    """One record to choose: its id, its name and a grey note that tells it from others of the name."""

    id: bytes
    name: str
    note: str = ""


Finder = Callable[[Session, str], Sequence[Found]]
Creator = Callable[[Session, str], Changes]


class RecordField(LineField):
    """One line that holds a record; `picked` state lasts until the words are changed."""

    def __init__(
        self, label: str, context: Context, find: Finder, *, key: str = "", required: bool = False,
        example: str = "名称或拼音首字母", create: Creator | None = None,
    ) -> None:  # fmt: skip
        super().__init__(label, key=key, required=required, example=example)
        self._context, self._find, self._create = context, find, create
        self._chosen: bytes | None = None
        self._name = ""
        self._rows: list[Found] = []
        self._typed_name = ""
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._completer.setWidget(self.edit)
        self._completer.popup().setProperty("surface", "popup")  # as an own window it lies on the form without an edge
        chosen = self._completer.activated[QModelIndex]  # type: ignore[index]  # missing in the stubs
        chosen.connect(lambda index: self._take(index.row()))
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(lambda: self._ask(show=True))
        self.edit.textEdited.connect(self._edited)
        self.edit.typed.connect(self._typing)
        self._opener = QAction("选一项", self)
        self._opener.setShortcut("F4")
        self._opener.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._opener.triggered.connect(self._open)
        self.edit.put_icon("chevron_down", action=self._opener)

    def key_of(self) -> bytes | None:
        """Give the id of the record that is chosen."""
        return self._chosen

    def set_record(self, key: bytes | None, name: str | None) -> None:
        """Show a record, or none."""
        self._chosen, self._name = key, name or ""
        self.set_value(name)
        self.changed.emit()

    def is_empty(self) -> bool:
        """Tell whether nothing is written."""
        return not self.value() and self._chosen is None

    def problem(self) -> str:
        """Say that what is written is no record yet."""
        if self.value() and self._chosen is None:
            return f"{self.label}“{self.value()[:20]}”没有对上记录。请从下面列出的里选一项（F4）。"
        return f"还没有选{self.label}。请选一项。" if self.required and self._chosen is None else ""

    def _edited(self, text: str) -> None:
        if clean_line(text) != self._name:
            self._chosen = None

    def _typing(self, _text: str) -> None:
        if self.edit.hasFocus() and self._chosen is None:
            self._soon.start()

    def _leave(self) -> None:
        """Take what was found where just one bears the name that is written."""
        named = [row for row in self._rows if match_name(row.name) == match_name(self.value())]
        if self._chosen is None and self.value() and len(named) == 1:
            self._choose(named[0])
        super()._leave()

    def _open(self) -> None:
        self.edit.setFocus()
        self._ask(show=True, text="" if self._chosen is not None else None)

    def _ask(self, *, show: bool, text: str | None = None) -> None:
        wanted = self.edit.typed_text().strip() if text is None else text
        self._context.tasks.run_query(
            self, lambda session: list(self._find(session, wanted))[:MOST],
            lambda rows: self._offer(rows, show=show), key="find",
        )  # fmt: skip

    def _offer(self, rows: list[Found], *, show: bool) -> None:
        self._rows, self._typed_name = rows, self.value()
        self._model.clear()
        for row in rows:
            item = QStandardItem(f"{row.name}　{row.note}" if row.note else row.name)
            item.setEditable(False)
            self._model.appendRow(item)
        if self._create is not None and self.value() and self._chosen is None:
            self._model.appendRow(QStandardItem(f"登记“{self.value()}”为新的人员"))
        if show and self._model.rowCount() and self.edit.hasFocus():
            self._completer.complete()
        elif not self._model.rowCount():
            self._completer.popup().hide()

    def _take(self, at: int) -> None:
        if 0 <= at < len(self._rows):
            row = self._rows[at]
            QTimer.singleShot(0, self, lambda: self._choose(row))  # the completer writes its own text first
        elif self._create is not None:
            self._make(self._typed_name, self._create)

    def _make(self, name: str, create: Creator) -> None:
        """Register a new record under the name that is written, and take it."""

        def done(changes: Changes) -> None:
            if changes.key is not None:
                self._choose(Found(changes.key, name))

        self._context.tasks.run_change(
            self, lambda session: create(session, name), done,
            failed=lambda error: self.set_error(f"{error.why}{error.do}"),
        )  # fmt: skip

    def _choose(self, row: Found) -> None:
        self.set_record(row.id, row.name)
        self.set_error(None)


def new_person(session: Session, name: str) -> Changes:
    """Register a person of whom no more than the name is known yet."""
    return persons.save(session, draft=PersonDraft(name))


def persons_named(session: Session, text: str) -> Sequence[Found]:
    """Find persons to choose from; the note says branch, workplace and masked number."""
    rows = persons.find(session, text=text, limit=MOST)
    return [Found(row.id, row.name, _person_note(row)) for row in rows]


def _person_note(row: persons.PersonRow) -> str:
    return "　".join(filter(None, (row.branch or row.workplace, row.id_number)))


def members_first(branch: bytes | None) -> Finder:
    """Find persons, and offer the members of a branch while nothing is typed."""

    def find(session: Session, text: str) -> Sequence[Found]:
        if text or branch is None:
            return persons_named(session, text)
        rows = member_lists.list_members(session, branch=branch)
        return [Found(row.id, row.name, row.id_number or "") for row in rows]

    return find


def organisations_named(session: Session, text: str) -> Sequence[Found]:
    """Find social organisations that are not dissolved."""
    rows = organisation_lists.list_organisations(session, text=text)
    return [Found(row.id, row.name, row.place or "") for row in rows if row.state != "5"]


def branches_named(session: Session, text: str) -> Sequence[Found]:
    """Find Party organisations that stand, in the order of the tree."""
    return _branches(session, text, lambda _row: True)


def backstops_named(session: Session, text: str) -> Sequence[Found]:
    """Find Party organisations that may answer for organisations: of villages, communities and the township."""
    return _branches(session, text, lambda row: row.field in {"3", "7"} or row.kind in {"P1", "P2"})


def _branches(session: Session, text: str, keep: Callable[[branch_lists.BranchRow], bool]) -> list[Found]:
    rows = [row for row in branch_lists.list_branches(session) if row.state != "5" and keep(row)]
    return [Found(row.id, row.name, row.kind_name) for row in rows if matches(text, row.name, row.short_name or "")]


def matches(text: str, *names: str) -> bool:
    """Tell whether a name holds what is typed, by its signs, its pinyin or its initials; blanks match all."""
    wanted = match_name(text).replace("'", "")
    if not wanted:
        return True
    return any(
        wanted in match_name(name) or any(wanted in key for key in (*pinyin.initials(name), *pinyin.readings(name)))
        for name in names if name
    )  # fmt: skip
