"""Meetings (会议): one aggregate of one or more kinds; its parts are local tables and travel inside its groups."""

import peewee

from desktop.models.base import (
    Code,
    DateText,
    Flag,
    IdField,
    Json,
    Record,
    Table,
    Text,
    TimeText,
    Whole,
    define,
    define_part,
)


class Meeting(Record):
    """One gathering; what has been archived is never edited, a correction is a new version that names the old one."""

    branch_id = IdField("branch")
    office_id = IdField("office")
    party_group_id = IdField("party_group")
    record_class = Code(null=False)
    held_on = DateText()
    starts_at = TimeText()
    ends_at = TimeText()
    place = Text()
    host = Text()
    recorder = Text()
    lecturer = Text()
    guide = Text()
    topic = Text()
    content = Text()
    documents = Text()
    observers = Text()
    extra = Json()
    state = Code(null=False)
    state_note = Text()
    version = Whole()
    version_of = IdField("meeting")
    reason = Text()


class MeetingKind(Table):
    """One kind of a gathering, with its number in the year of its branch (第 N 次)."""

    meeting_id = IdField("meeting", null=False)
    kind = Code(null=False)
    number = Whole()

    class Meta:
        """A kind stands once in a meeting."""

        table_name = "meeting_kind"
        primary_key = peewee.CompositeKey("meeting_id", "kind")


class Agenda(Table):
    """One item of business (议题)."""

    meeting_id = IdField("meeting", null=False)
    number = Whole(null=False)
    title = Text()
    content = Text()

    class Meta:
        """Numbered inside its meeting."""

        primary_key = peewee.CompositeKey("meeting_id", "number")


class Attendance(Table):
    """One name on the list of the meeting; standing and right to vote are frozen (应到)."""

    meeting_id = IdField("meeting", null=False)
    number = Whole(null=False)
    person_id = IdField("person")
    name = Text(null=False)
    post = Text()
    standing = Code()
    votes = Flag()
    status = Code(null=False)
    reason = Text()

    class Meta:
        """Numbered inside its meeting."""

        primary_key = peewee.CompositeKey("meeting_id", "number")


class Resolution(Table):
    """One thing decided (议定事项), with who does it by when."""

    meeting_id = IdField("meeting", null=False)
    number = Whole(null=False)
    agenda_number = Whole()
    text = Text()
    responsible = Text()
    due_on = DateText()
    done_on = DateText()

    class Meta:
        """Numbered inside its meeting."""

        primary_key = peewee.CompositeKey("meeting_id", "number")


class Vote(Table):
    """One ballot or show of hands, counted; never who voted how."""

    meeting_id = IdField("meeting", null=False)
    number = Whole(null=False)
    agenda_number = Whole()
    person_id = IdField("person")
    method = Code()
    due = Whole()
    present = Whole()
    written = Whole()
    issued = Whole()
    returned = Whole()
    valid = Whole()
    approve = Whole()
    against = Whole()
    abstain = Whole()
    other = Whole()

    class Meta:
        """Numbered inside its meeting."""

        primary_key = peewee.CompositeKey("meeting_id", "number")


PARTS: dict[type[Table], str] = {
    MeetingKind: "head",
    Agenda: "agenda",
    Attendance: "attendance",
    Resolution: "minutes",
    Vote: "votes",
}

Meeting.SPEC = define(
    Meeting,
    path="by branch_id",
    groups={
        "head": (
            "branch_id", "office_id", "party_group_id", "record_class", "held_on", "starts_at", "ends_at", "place",
            "host", "recorder", "lecturer", "guide", "topic", "version", "version_of", "reason", "extra",
        ),
        "attendance": ("observers",),
        "minutes": ("content", "documents"),
        "state": ("state", "state_note"),
    },
    parts=tuple(define_part(model, parent="meeting", group=group) for model, group in PARTS.items()),
)  # fmt: skip
