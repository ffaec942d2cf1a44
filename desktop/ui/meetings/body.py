"""The fields of the meeting form in reading order, and the draft that they hold."""

from dataclasses import dataclass, replace
from datetime import date, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services import meeting_makeups
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.meeting_makeups import MakeUp
from desktop.ui.meetings import figures
from desktop.ui.meetings.attendance import AttendanceField
from desktop.ui.meetings.ballots import VoteRow
from desktop.ui.meetings.business import TEXT_LIMIT, TITLE_LIMIT, AgendaRow, ResolutionRow
from desktop.ui.meetings.dates import DayField
from desktop.ui.meetings.makeups import MakeUpField
from desktop.ui.meetings.rows import RowsField
from desktop.ui.meetings.suggest import SuggestField
from desktop.ui.widgets.buttons import CheckBox, quiet
from desktop.ui.widgets.chips import ChoiceChips
from desktop.ui.widgets.fields import ChoiceField, Field, LineField, TextField, TimeField

CONTENT_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be saved as it is: the field, its editor that is wrong (one of a row, else itself), a sentence."""

    field: Field
    target: Field
    sentence: str


class FormBody(QWidget):
    """All fields.

    `changed` fires when a person changes one, `left` when one is left, `list_wanted` when another list may be due.
    """

    changed = Signal()
    left = Signal()
    list_wanted = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today, self._showing, self._base = today, False, MeetingDraft(b"", ())
        self._make_head()
        self._make_text()
        self._lay_out()
        self._wire()

    def _make_head(self) -> None:
        self.branch = ChoiceField[bytes]("党支部", key="branch", required=True)
        self.kinds = ChoiceChips[str]("会议类型", figures.KIND_CHOICES, key="kinds", required=True, many=True)
        self.held_on = DayField("日期", today=self._today, key="held_on", required=True, past=True)
        self.starts_at = TimeField("开始时间", key="starts_at")
        self.ends_at = TimeField("结束时间", key="ends_at")
        self.place = SuggestField("地点", key="place", limit=100)
        self.host = SuggestField("主持人", key="host", limit=50)
        self.recorder = SuggestField("记录人", key="recorder", limit=50)
        self.group = ChoiceField[bytes]("党小组", key="party_group_id", blank="请选择")
        self.lecturer = SuggestField("授课人", key="lecturer", limit=50)
        self.makes_up = MakeUpField()
        self.attendance = AttendanceField()

    def _make_text(self) -> None:
        self.topic = LineField("主题", key="topic", limit=TITLE_LIMIT)
        self.agenda = RowsField[AgendaRow]("议题", "议题", AgendaRow, key="agenda")
        self.content = TextField("会议内容", key="content", rows=4, most=16, limit=CONTENT_LIMIT)
        self.resolutions = RowsField[ResolutionRow](
            "决议", "决议", lambda: ResolutionRow(self._today), key="resolutions"
        )
        self.votes = RowsField[VoteRow]("表决", "表决", self._vote_row, key="votes", first=False)
        self.observers = LineField("列席人员", key="observers", limit=TITLE_LIMIT)
        self.guide = LineField("上级到会指导", key="guide", limit=100)
        self.documents = TextField("学习材料", key="documents", rows=1, most=6, limit=TEXT_LIMIT)
        self.brief = CheckBox("简略记录：只记时间、人数和主题，归档时不要求补全")
        self.more = quiet("更多：列席、指导、学习材料、简略记录", "chevron_down", self.open_more)
        self.more_part = QWidget()

    def _lay_out(self) -> None:
        whole = self.box = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        times = QHBoxLayout()
        times.setSpacing(16)
        when_and_where = (self.starts_at, 9), (self.ends_at, 9), (self.place, 26)  # a place has a long name
        for part, stretch in when_and_where:
            times.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.branch, 0, 0)
        grid.addWidget(self.kinds, 0, 1, 1, 2)
        grid.addWidget(self.held_on, 1, 0)
        grid.addLayout(times, 1, 1, 1, 2)
        for column, person in enumerate((self.host, self.recorder, self.lecturer)):
            grid.addWidget(person, 2, column)
        grid.addWidget(self.group, 3, 0)
        grid.addWidget(self.makes_up, 4, 0, 1, 3)
        for column, stretch in enumerate((10, 9, 9)):
            grid.setColumnStretch(column, stretch)
        for item in filter(None, map(grid.itemAt, range(grid.count()))):
            item.setAlignment(Qt.AlignmentFlag.AlignTop)  # an error under one leaves its neighbours on their line
        whole.addLayout(grid)
        for field in (self.attendance, self.topic, self.agenda, self.content, self.resolutions, self.votes):
            whole.addWidget(field)
        whole.addWidget(self.more)
        seldom = QGridLayout(self.more_part)
        seldom.setContentsMargins(0, 0, 0, 0)
        seldom.setHorizontalSpacing(16)
        seldom.setVerticalSpacing(12)
        seldom.addWidget(self.observers, 0, 0)
        seldom.addWidget(self.guide, 0, 1)
        seldom.addWidget(self.documents, 1, 0, 1, 2)
        seldom.addWidget(self.brief, 2, 0, 1, 2)
        whole.addWidget(self.more_part)
        whole.addStretch(1)
        self.more_part.hide()

    def _wire(self) -> None:
        for field in self.fields():
            field.changed.connect(self._changed)
            field.left.connect(self.left)
        self.brief.toggled.connect(self._ask_for)
        self.brief.toggled.connect(self._changed)
        for one in (self.branch, self.kinds, self.group):
            one.changed.connect(self._want_list)
        self.held_on.left.connect(self._want_list)
        self.kinds.changed.connect(self._ask_for)
        self.attendance.changed.connect(self._count)
        self.agenda.changed.connect(self._agenda_changed)
        self._ask_for()

    def fields(self) -> tuple[Field, ...]:
        """Give every field in reading order."""
        return (
            self.branch, self.kinds, self.held_on, self.starts_at, self.ends_at, self.place, self.host, self.recorder,
            self.lecturer, self.group, self.makes_up, self.attendance, self.topic, self.agenda, self.content,
            self.resolutions, self.votes, self.observers, self.guide, self.documents,
        )  # fmt: skip

    def field(self, key: str) -> Field | None:
        """Give a field by its key; `votes.2` is the field of votes."""
        name = key.partition(".")[0]
        return next((field for field in self.fields() if field.key == name), None)

    def draft(self) -> MeetingDraft:
        """Give what the form holds; what it has no field for stays as it came."""
        return replace(
            self._base,
            branch=self.branch.value() or b"", kinds=self.kinds.values(), held_on=self.held_on.held(),
            party_group=self.group.value() if figures.GROUP in self.kinds.values() else None,
            record_class="brief" if self.brief.isChecked() else "full",
            starts_at=_stored_time(self.starts_at), ends_at=_stored_time(self.ends_at),
            place=self.place.value() or None, host=self.host.value() or None, recorder=self.recorder.value() or None,
            lecturer=(self.lecturer.value() or None) if figures.LECTURE in self.kinds.values() else None,
            topic=self.topic.value() or None, content=self.content.value() or None,
            documents=self.documents.value() or None, observers=self.observers.value() or None,
            guide=self.guide.value() or None, agenda=self.agenda.values(), attendance=self.attendance.rows(),
            resolutions=self.resolutions.values(), votes=self.votes.values(),
            extra=meeting_makeups.assign(self._base.extra, self._assigned()),
        )  # fmt: skip

    def _assigned(self) -> tuple[MakeUp, ...]:
        kinds = self.kinds.values()
        return tuple(one for one in self.makes_up.values() if one.kind in kinds)

    def show_draft(self, draft: MeetingDraft) -> None:
        """Fill the form."""
        self._showing, self._base = True, draft
        self.branch.set_value(draft.branch)
        self.kinds.set_value(*draft.kinds)
        self.held_on.set_held(draft.held_on)
        self.starts_at.set_value(draft.starts_at)
        self.ends_at.set_value(draft.ends_at)
        self.group.set_value(draft.party_group)
        self.makes_up.show_assigned(meeting_makeups.assigned(draft.extra))
        for name in ("place", "host", "recorder", "lecturer", "topic", "content", "documents", "observers", "guide"):
            getattr(self, name).set_value(getattr(draft, name))
        self.brief.setChecked(draft.record_class == "brief")
        self.attendance.set_rows(draft.attendance)
        for rows, values in ((self.agenda, draft.agenda), (self.resolutions, draft.resolutions)):
            rows.set_values(values)
        self.votes.set_values(draft.votes)
        if draft.observers or draft.guide or draft.documents or draft.record_class == "brief":
            self.open_more()
        self._showing = False
        self._agenda_changed()
        self._count()
        self._ask_for()

    def apply(self, draft: MeetingDraft, untouched: frozenset[str]) -> None:
        """Take what is known beforehand into the fields that nobody has written in, and the list of who is due."""
        self._showing = True
        for name in ("place", "host", "recorder", "starts_at", "ends_at"):
            if name in untouched and getattr(draft, name):
                getattr(self, name).set_value(getattr(draft, name))
        self.attendance.set_rows(figures.merged(self.attendance.rows(), draft.attendance))
        self._showing = False
        self._count()

    def set_names(self, names: list[str]) -> None:
        """Suggest these persons as host, recorder and lecturer."""
        for field in (self.host, self.recorder, self.lecturer):
            field.set_suggestions(names)
        for row in self.resolutions.rows():
            row.responsible.set_suggestions(names)

    def faults(self) -> tuple[Fault, ...]:
        """Give what is written and cannot be saved as it is, in reading order; nothing is marked."""
        found = []
        for field in self.fields():
            if not field.isHidden():
                found += [Fault(field, field, problem)] if (problem := self._problem(field)) else []
                inner = field.faults() if isinstance(field, RowsField) else ()
                found += [Fault(field, target, sentence) for target, sentence in inner]
        return tuple(found)

    def _problem(self, field: Field) -> str:
        starts, ends = self.starts_at.time(), self.ends_at.time()
        if field is self.ends_at and starts and ends and ends <= starts:
            return "结束时间不晚于开始时间。请核对后重填。"
        if field is self.votes:
            return figures.votes_fault(self.votes.values())
        return field.problem()

    def first_wrong(self) -> Field | None:
        """Mark what is written and cannot be saved as it is, and give the first such editor."""
        for field in self.fields():
            field.set_error(self._problem(field) if not field.isHidden() else None)
        for rows in (self.resolutions, self.votes):
            rows.bad()
        return next((fault.target for fault in self.faults()), None)

    def _vote_row(self) -> VoteRow:
        row = VoteRow()
        titles = [value.title for value in self.agenda.values()]
        row.set_agenda(titles)
        number = len(self.votes.rows()) + 1
        row.about.set_value(number if number <= len(titles) else None)
        count = figures.turnout(self.attendance.rows())
        row.follow(count.due_vote, count.present_vote)
        return row

    def _agenda_changed(self) -> None:
        titles = [value.title for value in self.agenda.values()]
        for row in self.votes.rows():
            row.set_agenda(titles)

    def _count(self) -> None:
        count = figures.turnout(self.attendance.rows())
        for row in self.votes.rows():
            row.follow(count.due_vote, count.present_vote)
        self.set_names([row.name for row in self.attendance.rows()])

    def _ask_for(self) -> None:
        """Show the fields that the kinds have, and mark what a complete record needs."""
        kinds, brief = self.kinds.values(), self.brief.isChecked()
        asked = figures.asked_for(kinds, brief=brief)
        for field in self.fields():
            if field.key not in {"branch", "kinds", "held_on"}:
                field.set_star(on=field.key in asked)
        self.lecturer.setVisible(figures.LECTURE in kinds)
        self.group.setVisible(figures.GROUP in kinds)
        self.topic.setVisible("topic" in asked or bool(self.topic.value()) or brief)
        self.topic.set_label("党课题目" if set(kinds) == {figures.LECTURE} else "主题")
        plain = bool(kinds) and set(kinds) <= {figures.LECTURE, figures.THEME_DAY}
        self.agenda.setVisible(not plain or not self.agenda.is_empty())
        self.resolutions.setVisible(not plain or not self.resolutions.is_empty())
        self.votes.setVisible(not plain or not self.votes.is_empty())

    def open_more(self) -> None:
        """Show the fields that are seldom needed."""
        self.more_part.show()
        self.more.hide()

    def _want_list(self) -> None:
        if not self._showing:
            self.list_wanted.emit()

    def _changed(self) -> None:
        if not self._showing:
            self.changed.emit()


def _stored_time(field: TimeField) -> str | None:
    found: time | None = field.time()
    return f"{found:%H:%M}" if found else None
