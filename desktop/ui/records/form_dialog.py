"""The sheet of every record form: titled sections of two columns, a foot that never scrolls, drafts, three-part errors.

    class BranchDialog(FormDialog):
        def __init__(self, context, parent, …):
            super().__init__(context, parent, title="新增党组织", keep="branch")
            self.section("名称", [self.name, self.short_name, (self.place, 2)])
            self.begin()
        def work(self):                     # what is done with the session; None where the form is not ready
            draft = BranchDraft(…)
            return lambda session: branches.save(session, draft=draft)

`saved(changes)` fires after it stands. Ctrl+Enter saves; Esc on a changed form asks 保留草稿 / 放弃 / 继续编辑.
"""

import json
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.services import drafts
from desktop.services.drafts import KeptDraft
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.records import field_state
from desktop.ui.records.parts import reminder
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import link, primary, secondary
from desktop.ui.widgets.fields import Field, first_problem
from desktop.ui.widgets.flow import clear
from desktop.ui.widgets.scroll import column, scroll
from desktop.ui.widgets.text import line, plain_label

IDLE_MS = 1500
SETTLED_MS = 30  # an error that wraps makes its field taller once the layout has run
Work = Callable[[Session], Changes]
Cell = Field | tuple[Field, int]


class FormDialog(QDialog):
    """A form over the page; `keep` names its kind of draft (none where it is empty), `subject` the record's id."""

    saved = Signal(object)

    def __init__(
        self, context: Context, parent: QWidget | None, *, title: str, note: str = "", verb: str = "保存",
        keep: str = "", subject: bytes | None = None, width: int = 760, columns: int = 2,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.context = context
        self.fields: list[Field] = []
        self._off: set[Field] = set()
        self._grids: list[tuple[QGridLayout, list[tuple[Field, int]]]] = []
        self._columns, self._width = columns, width
        self._keep, self._subject = f"form.{keep}" if keep else "", subject.hex() if subject else None
        self._kept_as: bytes | None = None
        self._began: dict[str, object] = {}
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self.keep_draft)
        self.setWindowTitle(title)
        self.setProperty("sheet", "true")
        self.finished.connect(self.deleteLater)
        self._build(title, note, verb)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)

    def _build(self, title: str, note: str, verb: str) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._head, box = column(margins=(24, 20, 24, 12), gap=6)
        box.addWidget(plain_label(title, "title"))
        self.note = plain_label(note, "label", wrap=True)
        self.note.setVisible(bool(note))
        box.addWidget(self.note)
        box.addWidget(self._build_offer())
        self.content, self.box = column(margins=(24, 4, 24, 8), gap=8)
        self.area = scroll(self.content)
        self.doubts, self._doubts_box = column(margins=(24, 8, 24, 8), gap=4)
        self.doubts.hide()
        self._foot, row_box = QWidget(), QHBoxLayout()
        self._foot.setLayout(row_box)
        row_box.setContentsMargins(24, 12, 24, 12)
        row_box.setSpacing(8)
        self.said = plain_label("", "error", wrap=True)
        self.said.setProperty("role", "error")
        self.save_button = primary(verb, then=self.save, tip=verb, shortcut="Ctrl+Enter")
        row_box.addWidget(self.said, 1)
        row_box.addWidget(secondary("取消", then=self.reject, tip="取消", shortcut="Esc"))
        row_box.addWidget(self.save_button)
        whole.addWidget(self._head)
        whole.addWidget(self.area, 1)
        whole.addWidget(line())
        whole.addWidget(self.doubts)
        whole.addWidget(self._foot)

    def _build_offer(self) -> QWidget:
        """Make the line that asks about a draft that was kept; it is never restored unasked."""
        self._offer = QWidget()
        row = QHBoxLayout(self._offer)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        self._offered = plain_label("", "label")
        self._restore = link("恢复")
        self._drop = link("丢弃")
        for one in (self._offered, self._restore, self._drop):
            row.addWidget(one)
        row.addStretch(1)
        self._offer.hide()
        return self._offer

    def section(self, title: str, cells: Sequence[Cell]) -> QGridLayout:
        """Add a heading and its fields in reading order; a pair names how many columns a field takes."""
        if title:
            self.box.addWidget(plain_label(title, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)  # under each field stands the place of its error
        for each in range(self._columns):
            grid.setColumnStretch(each, 1)
        placed = [cell if isinstance(cell, tuple) else (cell, 1) for cell in cells]
        for field, _ in placed:
            self.fields.append(field)
            field.hold_room()
            field.changed.connect(self._changed)
        self._grids.append((grid, placed))
        self._place(grid, placed)
        self.box.addLayout(grid)
        return grid

    def fit(self, shown: Mapping[Field, bool]) -> None:
        """Show and hide fields as the rest of the form asks for, without holes."""
        for field, on in shown.items():
            field.setVisible(on)
            (self._off.discard if on else self._off.add)(field)
        for grid, placed in self._grids:
            self._place(grid, placed)

    def _place(self, grid: QGridLayout, placed: Sequence[tuple[Field, int]]) -> None:
        while grid.count():
            grid.takeAt(0)
        at = 0
        for field, span in placed:
            if field in self._off:
                continue
            if at % self._columns + span > self._columns:
                at += self._columns - at % self._columns
            row, column_ = divmod(at, self._columns)
            grid.addWidget(field, row, column_, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span

    def begin(self) -> None:
        """Take what stands in the form now as unchanged; look for a draft that was kept."""
        self.box.addStretch(1)
        self._began = field_state.read(self.fields)
        self._timer.stop()
        if self._keep:
            kind = self._keep
            self.context.tasks.run_query(self, lambda session: drafts.kept(session, kind=kind), self._found)

    def rebase(self) -> None:
        """Take what stands there now as unchanged: something was filled in that the person did not write."""
        self._began = field_state.read(self.fields)
        self._timer.stop()

    def work(self) -> Work | None:
        """Give what saving does; None where more must be asked first."""
        raise NotImplementedError

    @property
    def dirty(self) -> bool:
        """Tell whether anything differs from what stood there at first."""
        return field_state.read(self.fields) != self._began

    def save(self) -> None:
        """Check the fields, focus the first that is wrong, or write."""
        self.say("")
        wrong = first_problem([field for field in self.fields if field not in self._off])
        if wrong is not None:
            self.go_to(wrong)
            return
        work = self.work()
        if work is not None:
            self.save_button.setEnabled(False)
            self.context.tasks.run_change(self, work, self._done, failed=self._refused, title=self.windowTitle())

    def _done(self, changes: Changes) -> None:
        self._timer.stop()
        self._discard()
        self._began = field_state.read(self.fields)
        self.accept()
        self.saved.emit(changes)

    def _refused(self, error: UserError) -> None:
        self.save_button.setEnabled(True)
        self.refused(error)

    def refused(self, error: UserError) -> None:
        """Show a refusal at the field that it names, else in the foot."""
        named = (error.field or "").partition(".")[0]
        field = next((one for one in self.fields if one.key and one.key == named), None)
        if field is None:
            self.say(str(error))
            return
        field.set_error(f"{error.why}{error.do}")
        self.go_to(field)

    def say(self, text: str) -> None:
        """Say something in the foot that no field can carry."""
        self.said.setText(text)

    def doubt(self, *texts: str) -> None:
        """Say over the foot what is doubtful and may be saved all the same; no field moves for it."""
        clear(self._doubts_box)
        for text in texts:
            self._doubts_box.addWidget(reminder(text))
        self.doubts.setVisible(bool(texts))

    def go_to(self, field: Field) -> None:
        """Focus a field and bring it into view with its error."""
        field.setFocus()
        QTimer.singleShot(SETTLED_MS, field, lambda: self.area.ensureWidgetVisible(field, 0, theme().px(24)))

    def _changed(self) -> None:
        self.save_button.setEnabled(True)
        if self._keep and self._began:
            self._timer.start()

    def keep_draft(self) -> None:
        """Keep what is written so far, if it differs from what stood there at first."""
        self._timer.stop()
        if not self._keep or not self.dirty:
            return
        content = json.dumps(field_state.read(self.fields), ensure_ascii=False)
        self._kept_as = self._kept_as or self.context.session.new_id()
        kind, subject, title, key = self._keep, self._subject, self.windowTitle(), self._kept_as
        self.context.tasks.run_change(
            self.context.tasks,
            lambda session: drafts.keep(
                session, kind=kind, content=content, subject=subject, title=title, draft=key
            ),
            silent=True,
        )  # fmt: skip

    def _found(self, kept: tuple[KeptDraft, ...]) -> None:
        own = next((row for row in kept if row.subject == self._subject), None)
        if own is None or self._kept_as is not None:
            return
        self._offered.setText("上次有一份没有保存的草稿。")
        self._restore.clicked.connect(lambda: self._take(own))
        self._drop.clicked.connect(lambda: self._let_go(own.id))
        self._offer.show()

    def _take(self, own: KeptDraft) -> None:
        self._offer.hide()
        self._kept_as = own.id
        try:
            values = json.loads(own.content)
        except ValueError:  # an older program kept it in another way
            values = {}
        field_state.write(self.fields, values)

    def _let_go(self, key: bytes) -> None:
        self._offer.hide()
        self._kept_as = key
        self._discard()

    def _discard(self) -> None:
        key, self._kept_as = self._kept_as, None
        if key is not None:
            self.context.tasks.run_change(
                self.context.tasks, lambda session: drafts.discard(session, draft=key), silent=True
            )

    def reject(self) -> None:
        """Go away; a changed form asks first."""
        if self.dirty:
            verbs = [("drop", "放弃"), ("stay", "继续编辑")]
            verbs = [("keep", "保留草稿"), *verbs] if self._keep else verbs
            match messages.choose(self, "这张表有改动还没有保存。", "保留草稿后，下次打开这张表可以接着填。"
                                  if self._keep else "放弃后，这次填的内容不再保留。", verbs):  # fmt: skip
                case "stay":
                    return
                case "keep":
                    self.keep_draft()
                case _:
                    self._discard()
        self._timer.stop()
        super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size that the fields need, within the window."""
        above = self.parentWidget()
        room = above.window().size() if above is not None else QSize(4096, 4096)
        edge = theme().px(32)
        width = min(theme().px(self._width), room.width() - edge)
        head = self._head.heightForWidth(width) if self._head.hasHeightForWidth() else self._head.sizeHint().height()
        inner = self.box.heightForWidth(width)
        need = head + max(inner, self.content.sizeHint().height()) + self._foot.sizeHint().height() + 4
        self.resize(width, min(need, room.height() - edge))
        super().showEvent(event)
        if self.fields:
            self.fields[0].setFocus()
