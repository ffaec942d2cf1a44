"""The form of a meeting with its A4 page beside it: filled in beforehand, kept while typing, saved with Ctrl+Enter."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.services import drafts, meeting_states, meetings
from desktop.services.drafts import KeptDraft
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.dialogs.print_preview import PrintPreview
from desktop.ui.meetings import draft_text, lacking, loading, papers
from desktop.ui.meetings.autosave import Autosave
from desktop.ui.meetings.beforehand import Beforehand
from desktop.ui.meetings.body import FormBody
from desktop.ui.meetings.draft_text import Kept
from desktop.ui.meetings.lacking import Lack
from desktop.ui.meetings.loading import Opening
from desktop.ui.meetings.reveal import reveal
from desktop.ui.pages import meeting_form_parts
from desktop.ui.theme import theme
from desktop.ui.widgets.fields import Field
from desktop.ui.widgets.order import set_reading_order

LAST_BRANCH = "meeting.branch"
PREVIEW_FROM = 1240
PREVIEW_WIDTHS = (350, 480, 820)  # at least, where the fields need the room, where they have it
FIELDS = 992  # more than that reads no better; what is over goes to the page until it is as wide as it reads well


class MeetingForm(QWidget):
    """One form at a time; `closed(key)` fires when it is done, with the saved record's id or None."""

    closed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._base = MeetingDraft(b"", ())
        self._corrects: bytes | None = None
        self._resumes: bytes | None = None
        self._saving = self._refused_gaps = False
        self.body = FormBody(context.session.today)
        self.known = Beforehand(context, self.body, self._take_in, self)
        self._order = QTimer(self, singleShot=True, interval=0)
        self._order.timeout.connect(lambda: set_reading_order(self))
        self.parts = meeting_form_parts.build(self, self)
        self.autosave = Autosave(context, self._to_keep, self)
        self._wire()

    def _wire(self) -> None:
        self.autosave.kept.connect(self._kept_now)
        self.autosave.refused.connect(self._not_kept)
        self.body.changed.connect(self._changed)
        self.body.left.connect(self.autosave.flush)
        self.parts.reason.changed.connect(self._changed)
        self.parts.reason.left.connect(self.autosave.flush)
        self.body.list_wanted.connect(lambda: self.known.ask(fill=self._new))
        self.known.taken.connect(self._taken)
        self.parts.missing.clicked.connect(self._go_to_lack)
        for rows in (self.body.agenda, self.body.resolutions, self.body.votes):
            rows.ordered.connect(self._order.start)
        self.body.attendance.relisted.connect(self._order.start)
        self.parts.banner.resumed.connect(self._resume)
        self.parts.banner.dropped.connect(lambda kept: self.autosave.drop(kept.id))
        theme().changed.connect(self._fit)

    def open_new(self, branch: bytes | None = None, kinds: tuple[str, ...] = ()) -> None:
        """Open a new form, of a branch and kinds where they are known."""
        kept = self.context.settings.get(LAST_BRANCH, "")
        last = bytes.fromhex(kept) if kept else None
        self._open("记录会议", lambda session: loading.new(session, branch=branch, kinds=kinds, last=last))

    def open_stored(self, meeting: bytes) -> None:
        """Open a saved record to change it."""
        self._open("修改会议记录", lambda session: loading.stored(session, meeting=meeting))

    def open_correction(self, meeting: bytes) -> None:
        """Open an archived record to be corrected by a new version."""
        self._open("更正会议记录", lambda session: loading.stored(session, meeting=meeting), corrects=meeting)

    def open_kept(self, kept: KeptDraft) -> None:
        """Go on at once with a form that was kept: a new one, a change or a correction."""
        found = draft_text.loads(kept.content)
        if found is None or (found.draft.id is None and found.corrects is None):
            self.open_new()
        elif found.corrects is not None:
            self.open_correction(found.corrects)
        else:
            self.open_stored(found.draft.id or b"")
        self._resumes = kept.id

    def _open(self, title: str, load: Callable[[Session], Opening], corrects: bytes | None = None) -> None:
        self._corrects, self._resumes, self.known.refrozen = corrects, None, False
        self.parts.head.set_title(title)
        self.parts.head.set_count("")
        self.parts.reason.setVisible(corrects is not None)
        self.parts.reason.set_value("")
        self._forget_errors()
        self.parts.banner.ask(())
        self.autosave.begin()
        self.context.tasks.run_query(self, load, self._opened, key="open", title="打开表单", failed=self._no_form)

    def _no_form(self, error: UserError) -> None:
        messages.refusal(self, error)
        self.closed.emit(None)

    def _opened(self, opening: Opening) -> None:
        self.body.branch.set_choices(opening.branches)
        self._show(opening.draft)
        self._base = self.draft()
        self.parts.again.setVisible(self._new)
        self.parts.refreeze.setVisible(not self._new)
        wanted = next((kept for kept in opening.kept if kept.id == self._resumes), None)
        if wanted is not None:
            self._resume(wanted)
        else:
            self.parts.banner.ask(opening.kept)
            (self.parts.banner.go_on if opening.kept else self._first_field()).setFocus()
        self.parts.scroll.verticalScrollBar().setValue(0)
        self._order.start()

    def _forget_errors(self) -> None:
        """What was wrong in the form before this one says nothing about this one."""
        for field in (self.parts.reason, *self.body.fields()):
            field.set_error(None)

    def _first_field(self) -> QWidget:
        if self._corrects is not None:
            return self.parts.reason
        return self.body.kinds if not self.body.branch.is_empty() and self._new else self.body.branch

    @property
    def _new(self) -> bool:
        return self._base.id is None and self.body.draft().id is None

    def draft(self) -> MeetingDraft:
        """Give what the form holds now."""
        return self.body.draft()

    @property
    def dirty(self) -> bool:
        """Tell whether there is something that is not saved."""
        return self.draft() != self._base or bool(self.parts.reason.value())

    def _show(self, draft: MeetingDraft) -> None:
        self.body.show_draft(draft)
        self._refused_gaps = False
        self._tell()
        self.known.begin(draft)

    def _to_keep(self) -> Kept | None:
        if not self.dirty or self._saving:
            return None
        return Kept(self.draft(), self.parts.reason.value(), self._corrects)

    def _kept_now(self, key: bytes | None) -> None:
        if key is None or key != self.autosave.key:
            return
        at = self.context.session.workspace.clock.now().astimezone()
        self.parts.head.set_count(f"草稿已自动保存 {at:%H:%M}")

    def _not_kept(self, error: UserError) -> None:
        """Say it where the person writes; a form that is closed cannot be kept by writing on."""
        self.parts.head.set_count(f"草稿没有自动保存。{error.why}{error.do}")
        if not self.isVisible():
            messages.refusal(self.window(), error)

    def _changed(self) -> None:
        self.autosave.poke()
        self._tell()

    def _tell(self) -> None:
        """Bring the foot and the page beside the form up to what is written."""
        draft = self.draft()
        found = self._lacks(draft)
        self.parts.missing.show_lacks(found)
        self.parts.anyway.setVisible(self._refused_gaps and bool(found))
        self.parts.preview.show_draft(draft if draft.branch and draft.kinds else None)

    def _lacks(self, draft: MeetingDraft) -> tuple[Lack, ...]:
        gaps = meeting_states.gaps(self.context.session, draft=draft)
        return lacking.lacks(self.body, self.parts.reason, ((gap.field, gap.sentence) for gap in gaps))

    def _take_in(self, fill: Callable[[], None]) -> None:
        """Let what is known beforehand into the fields: a form that nobody has written in stays unwritten."""
        untouched = not self.dirty
        fill()
        if untouched:
            self._base = self.draft()
        self._tell()

    def _taken(self, draft: MeetingDraft) -> None:
        self._show(draft)
        self.body.held_on.setFocus()
        self._changed()

    def _resume(self, kept: KeptDraft) -> None:
        found = draft_text.loads(kept.content)
        if found is not None:
            self.autosave.begin(kept)
            self.parts.reason.set_value(found.reason)
            self._show(found.draft)
            self._first_field().setFocus()

    def save(self, *, then_print: bool = False, anyway: bool = False) -> None:
        """Save; the first field that is wrong or missing gets the focus and is brought into view."""
        if self._saving:
            return
        wrong = self._wrong()
        if wrong is None and not anyway:
            wrong = self._first_gap()
        if wrong is not None:
            self._tell()
            self.show_field(wrong)
            return
        self._saving = True
        self.autosave.flush()
        draft, kept = self.draft(), self.autosave.key
        self.context.tasks.run_change(
            self, lambda session: self._write(session, draft, kept), lambda changes: self._saved(changes, then_print),
            failed=self._refused, title="保存会议记录",
        )  # fmt: skip

    def _write(self, session: Session, draft: MeetingDraft, kept: bytes | None) -> Changes:
        if self._corrects is not None:
            reason = self.parts.reason.value()
            changes = meeting_states.correct(session, meeting=self._corrects, draft=draft, reason=reason)
        else:
            changes = meetings.save(session, draft=draft, refreeze=self.known.refrozen)
        if kept is not None:
            drafts.discard(session, draft=kept)
        return changes

    def _wrong(self) -> Field | None:
        if self._corrects is not None and not self.parts.reason.check():
            return self.parts.reason
        return self.body.first_wrong()

    def _first_gap(self) -> Field | None:
        """Mark what a complete record lacks, and give the first field of it."""
        found = self._lacks(self.draft())
        self._refused_gaps = bool(found)
        for lack in found:
            if not lack.target.error:
                lack.target.set_error(lack.sentence)
        return found[0].target if found else None

    def _go_to_lack(self) -> None:
        self._wrong()
        first = self._first_gap()
        if first is not None:
            self.show_field(first)

    def show_field(self, field: Field) -> None:
        """Put the focus into a field and bring it into view."""
        if self.body.more_part.isAncestorOf(field):
            self.body.open_more()
        reveal(self.parts.scroll, field)

    def _saved(self, changes: Changes, then_print: bool) -> None:  # noqa: FBT001 - a callback
        self._saving = False
        self.autosave.end()
        self._base = self.draft()
        self.context.settings.set(LAST_BRANCH, self._base.branch.hex())
        self.parts.reason.set_value("")
        key = changes.key or self._base.id
        self.closed.emit(key)
        if then_print and key is not None:
            PrintPreview(self.context, papers.of_meetings([key], draft_text.title(self._base)), self.window()).open()

    def _refused(self, error: UserError) -> None:
        self._saving = False
        field = self.body.field(error.field) if error.field else None
        if field is None:
            messages.refusal(self, error)
            return
        field.set_error(f"{error.why}{error.do}")
        self.show_field(field)

    def keep_and_close(self) -> None:
        """Keep the form as a draft and go back to the list."""
        if self.dirty:
            self.autosave.flush()
            self.context.toast.say(f"草稿已保存，下次{self._deed()}时可以接着填")
        self._close()

    def _deed(self) -> str:
        if self._corrects is not None:
            return "更正这份记录"
        return "记录会议" if self._new else "修改这份记录"

    def _close(self) -> None:
        self._base = self.draft()
        self.parts.reason.set_value("")
        self.autosave.end()
        self.closed.emit(None)

    def may_leave(self) -> bool:
        """Ask about a form with unsaved words; False to stay."""
        if not self.dirty:
            return True
        answer = messages.choose(
            self, "这份会议记录还没有保存。", "保留草稿，下次可以接着填；放弃，就不再保留这次填写的内容。",
            [("keep", "保留草稿"), ("drop", "放弃"), ("stay", "继续编辑")],
        )  # fmt: skip
        if answer == "stay":
            return False
        if answer == "keep":
            self.autosave.flush()
            self.autosave.end()
        else:
            self.autosave.discard()
        self._base = self.draft()
        self.parts.reason.set_value("")
        return True

    def leave(self) -> None:
        """Go back to the list, where the person lets go."""
        if self.may_leave():
            self._close()

    def show_preview(self) -> None:
        """Open the page in a window of its own, where there is no room beside the form."""
        draft = self.draft()
        if draft.branch and draft.kinds:
            PrintPreview(self.context, papers.of_draft(draft), self.window()).open()
        else:
            self.context.toast.say("选好党支部和会议类型，就能预览")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the page beside the form where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the width as it is at the present scale: no strip is left over beside the fields."""
        roomy = self.window().width() >= theme().px(PREVIEW_FROM)
        self.parts.preview.setVisible(roomy)
        self.parts.open_preview.setVisible(not roomy)
        if roomy:
            least, usual, most = map(theme().px, PREVIEW_WIDTHS)
            share = max(min(usual, self.width() * 36 // 100), min(most, self.width() - theme().px(FIELDS)))
            self.parts.preview.setFixedWidth(max(least, share))
            self._tell()

