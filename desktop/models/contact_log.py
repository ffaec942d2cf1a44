"""Contacts with floating and absent members: the fact and the date, nothing of what was said."""

from desktop.models.base import DateText, IdField, Record, Text, define


class ContactLog(Record):
    """One contact."""

    person_id = IdField("person", null=False)
    branch_id = IdField("branch")
    floating_id = IdField("floating")
    contacted_on = DateText()
    by_name = Text()


ContactLog.SPEC = define(
    ContactLog,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id", "floating_id", "contacted_on"),
    },
)
