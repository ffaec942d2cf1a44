"""People with a part in a matter (培养联系人、入党介绍人、监票人、候选人)."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Participant(Record):
    """One person in one role from–to; `name` where no record is kept of the person."""

    matter_id = IdField("matter", null=False)
    person_id = IdField("person")
    name = Text()
    role = Code(null=False)
    starts_on = DateText()
    ends_on = DateText()


Participant.SPEC = define(
    Participant,
    path="via matter_id matter",
    groups={
        "head": ("matter_id", "person_id", "name", "role"),
        "dates": ("starts_on", "ends_on"),
    },
)
