"""导入名册: four steps from a workbook to records, with a look at the result before anything is written."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.core.changes import NOTHING
from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.services import exports, importing, restore_points, undoing
from desktop.services.exports import ExportColumn
from desktop.services.importing import FieldName, ImportResult, ReadRoster
from desktop.services.roster_doubts import Decision
from desktop.services.sessions import STAFF, Session
from desktop.services.undoing import Undone
from desktop.ui import messages
from desktop.ui.page import Page
from desktop.ui.pages import PAGES
from desktop.ui.rosters import words
from desktop.ui.rosters.check import CheckStep
from desktop.ui.rosters.columns import ColumnsStep
from desktop.ui.rosters.done import DoneStep
from desktop.ui.rosters.start import FOLDER, StartStep
from desktop.ui.rosters.words import Imported, RosterKind
from desktop.ui.tasks import Task
from desktop.ui.widgets.buttons import primary, secondary
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.pagehead import PageHead
from desktop.ui.widgets.steps import StepBar
from desktop.ui.widgets.text import plain_label

STEPS = ("选择文件", "对应列", "检查问题", "导入完成")
FILE, COLUMNS, CHECK, DONE = range(4)
SAFE = "导入前会自动备份，导入后可整批撤销"


class RosterImportPage(Page):
    """The wizard; `take(kind, path)` starts it with a file from elsewhere."""

    title = "导入名册"
    topics = frozenset({"person", "organisation", "branch", "membership", "post"})

    def build(self) -> None:
        """Make the four steps, or say why nothing is imported here."""
        self._kind: RosterKind = "members"
        self._path: Path | None = None
        self._decisions: dict[int, Decision] = {}
        self._roster: ReadRoster | None = None
        self._fields: tuple[FieldName, ...] = ()
        self._result: ImportResult | None = None
        self._task: Task[Any] | None = None
        self.head = PageHead(self.title)
        self.body.addWidget(self.head)
        self.able = self.context.session.role in STAFF and self.context.session.workspace.identity.kind != "county"
        if self.able:
            self._build_steps()
        else:
            self.body.addWidget(self._build_refusal(), 1)

    def _build_refusal(self) -> QWidget:
        if self.context.session.role not in STAFF:
            return EmptyState("这个账号不导入名册。", "导入由干事或管理员办理。")
        return EmptyState(
            "县级工作区不直接导入名册。", "各乡镇的名册随数据包报上来。", "去数据交换",
            lambda: self.context.navigate.go("exchange"), icon="arrow_import",
        )  # fmt: skip

    def _build_steps(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.removeWidget(self.head)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(16)
        self.steps = StepBar(STEPS)
        strip = Card(padding=8)
        strip.body.setContentsMargins(20, 4, 20, 4)
        strip.body.addWidget(self.steps)
        self.start, self.columns = StartStep(self.context), ColumnsStep()
        self.check, self.done = CheckStep(self.context), DoneStep()
        self.stack = QStackedWidget()
        for step in (self.start, self.columns, self.check, self.done):
            self.stack.addWidget(step)
        for part in (self.head, strip):
            box.addWidget(part)
        box.addWidget(self.stack, 1)
        box.addLayout(self._build_foot())
        self.body.addWidget(inner)
        self._wire()
        self._go(FILE)

    def _build_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.back_button = secondary("上一步", then=self.back)
        self.note = plain_label("", "label")
        self.leave_button = secondary("取消", then=self.leave)
        self.next_button = primary("下一步", then=self.next)
        foot.addWidget(self.back_button)
        foot.addWidget(self.note)
        foot.addStretch(1)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.next_button)
        return foot

    def _wire(self) -> None:
        self.start.chosen.connect(self.take)
        self.start.undo_wanted.connect(self.undo)
        self.columns.sheet_wanted.connect(lambda name: self._read(name, None, self._read_columns))
        self.columns.changed.connect(lambda: self.note.setText(""))
        self.check.export_wanted.connect(self.export)
        self.check.decided.connect(self._decide)
        self.check.undecided.connect(self._undecide)
        self.check.restored.connect(self._restore)
        self.done.export_wanted.connect(self.export)
        self.done.again_wanted.connect(self.leave)
        self.done.undo_wanted.connect(self._undo_this)
        self.done.go_wanted.connect(self.context.navigate.go)
        self.context.tasks.ended.connect(self._ended)

    def refresh(self) -> None:
        """Read the imports of the past again."""
        if self.able:
            self.start.refresh()

    def primary(self) -> None:
        """Go on to the next step."""
        if not self.able:
            return
        if self.stack.currentIndex() == FILE:
            self.start.choose()
        elif self.next_button.isVisible() and self.next_button.isEnabled():
            self.next()

    def take(self, kind: RosterKind, path: Path) -> None:
        """Read a file of a kind and show its columns."""
        self._kind, self._path = kind, path
        self._read(None, None, self._read_columns)

    def _read(self, sheet: str | None, mapping: dict[str, str] | None, then: Callable[[ReadRoster], None]) -> None:
        path, kind = self._path, self._kind
        self._decisions = {}  # they were about rows as they were read before
        if path is None:
            return

        def work(session: Session) -> tuple[ReadRoster, tuple[FieldName, ...]]:
            roster = importing.read_file(session, kind=kind, file=path, sheet=sheet, mapping=mapping)
            return roster, importing.list_fields(session, kind=kind)

        def done(found: tuple[ReadRoster, tuple[FieldName, ...]]) -> None:
            self._roster, self._fields = found
            then(found[0])

        self._begin(self.context.tasks.run_query(self, work, done, key="read", title="读取名册", failed=self._refused))

    def _read_columns(self, roster: ReadRoster) -> None:
        self.columns.show_roster(roster, self._fields)
        self._go(COLUMNS)

    def next(self) -> None:
        """Go on: with the columns to the preview, from the preview to the import."""
        if self.stack.currentIndex() == CHECK:
            self._import()
            return
        lacking = self.columns.lacking()
        if lacking is not None:
            self.note.setText(f"还没有一列对应“{lacking.title}”。没有它认不出每一行是谁。请在上面选一列。")
            return
        if self._roster is not None and self.columns.is_changed():
            self._read(self._roster.sheet, self.columns.mapping(), self._preview)
        elif self._roster is not None:
            self._preview(self._roster)

    def _preview(self, roster: ReadRoster) -> None:
        name, progress = self._name(), Progress()
        work = partial(
            importing.import_roster, roster=roster, name=name, dry_run=True, progress=progress,
            decisions=dict(self._decisions),
        )  # fmt: skip
        self._begin(self.context.tasks.run_change(
            self, work, self._previewed, failed=self._refused, title="核对名册", silent=True, progress=progress
        ))  # fmt: skip

    def _previewed(self, result: ImportResult) -> None:
        if self._roster is None:
            return
        self._result = result
        self.check.show_result(self._roster, result, dict(self._decisions))
        self.next_button.set_text(words.verb(self._kind, result))
        self._go(CHECK)

    def _decide(self, row: int, decision: Decision) -> None:
        """Take what somebody said about a row, and look at the whole anew: other rows may hang on it."""
        self._decisions[row] = decision
        self._look_again()

    def _undecide(self) -> None:
        self._decisions = {}
        self._look_again()

    def _restore(self, row: int) -> None:
        self._decisions.pop(row, None)
        self._look_again()

    def _look_again(self) -> None:
        if self._roster is not None:
            self._preview(self._roster)

    def _import(self) -> None:
        roster, name, progress, decisions = self._roster, self._name(), Progress(), dict(self._decisions)
        if roster is None:
            return

        def work(session: Session) -> Imported:
            restore_points.make(session, progress=progress)
            result = importing.import_roster(
                session, roster=roster, name=name, progress=progress, decisions=decisions
            )
            number = result.unit
            return Imported(result, undoing.changes_of(session, number=number) if number is not None else NOTHING)

        self._begin(self.context.tasks.run_change(
            self, work, self._imported, failed=self._refused, title="导入名册", silent=True, progress=progress
        ))  # fmt: skip

    def _imported(self, imported: Imported) -> None:
        self._result = imported.result
        self.context.topics.publish({"backup"})
        page, _ = words.PAGES[self._kind]
        there = any(entry.key == page for entry in PAGES)
        result = imported.result
        left = bool(result.rows or result.warned)
        self.done.show_result(self._kind, result, problems=left, has_page=there)
        self._go(DONE)

    def _name(self) -> str:
        return self._path.name if self._path else ""

    def undo(self, number: int) -> None:
        """Take one import back as a whole."""
        self._begin(self.context.tasks.run_change(
            self, lambda session: undoing.undo_unit(session, number=number), self._undone, title="整批撤销",
            failed=self._refused,
        ))  # fmt: skip

    def _undo_this(self) -> None:
        if self._result is not None and self._result.unit is not None:
            self.undo(self._result.unit)

    def _undone(self, undone: Undone) -> None:
        if self.stack.currentIndex() == DONE:
            self.done.show_undone(undone)
        self.start.refresh()

    def export(self) -> None:
        """Ask for a place and write the list of problems as a workbook."""
        folder = Path(self.context.settings.get(FOLDER, str(Path.home())))
        proposed = str(folder / f"{Path(self._name()).stem}-问题清单.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self, "导出问题清单", proposed, "Excel 表 (*.xlsx)")
        if chosen:
            self.write_problems(Path(chosen))

    def write_problems(self, path: Path) -> None:
        """Write the list of problems to a workbook."""
        out = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
        wide = {"行": 6, words.NAMES[self._kind]: 24, "类别": 8, "列": 16, "问题": 48, "建议": 40}
        heads = [ExportColumn(text, width) for text, width in wide.items()]
        rows = [(row.row or "", row.name, row.level, row.column, row.problem, row.advice) for row in self.check.rows()]
        title = f"{self._name()} 问题清单"
        self.context.tasks.run_query(
            self, lambda session: exports.write_rows(session, title=title, columns=heads, rows=rows, out=out),
            self._written, title="导出问题清单",
        )  # fmt: skip

    def _written(self, path: Path) -> None:
        self.context.toast.say(
            f"已存为 {path.name}", "打开所在文件夹",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
        )  # fmt: skip

    def back(self) -> None:
        """Go one step back; what was chosen stays."""
        self._go(max(FILE, self.stack.currentIndex() - 1))

    def leave(self) -> None:
        """Go back to the choice of a file; nothing was written."""
        self._path = self._roster = None
        self._go(FILE)

    def _go(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.steps.set_step(step)
        sheet = f" · {self._roster.sheet}" if self._roster is not None else ""
        self.head.set_title(self.title if step == FILE else words.title(self._kind))
        self.head.set_count("" if step == FILE else f"{self._name()}{sheet}")
        for widget in (self.back_button, self.leave_button, self.next_button, self.note):
            widget.setVisible(step in (COLUMNS, CHECK))
        self.note.setText(SAFE if step == CHECK else "")
        if step == COLUMNS:
            self.next_button.set_text("下一步")
        good = self._result is not None and bool(self._result.new + self._result.changed)
        self.next_button.setEnabled(step == COLUMNS or good)
        {FILE: self.start.zone.button, DONE: self.done.go_button}.get(step, self.next_button).setFocus()

    def _begin(self, task: Task[Any]) -> None:
        self._task = task
        self.stack.setEnabled(False)
        self.next_button.setEnabled(False)

    def _ended(self, task: Task[Any]) -> None:
        if task is self._task:
            self._task = None
            self.stack.setEnabled(True)
            self.next_button.setEnabled(True)

    def _refused(self, error: UserError) -> None:
        messages.refusal(self, error)
