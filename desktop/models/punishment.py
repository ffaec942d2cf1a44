"""Punishments (处分) of members and Party organisations: kind, dates and document number, never the reasons."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Punishment(Record):
    """One punishment of a person or a branch, from–to."""

    person_id = IdField("person")
    branch_id = IdField("branch")
    kind = Code(null=False)
    starts_on = DateText()
    ends_on = DateText()
    document = Text()
    remark = Text()


Punishment.SPEC = define(
    Punishment,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id", "kind"),
        "dates": ("starts_on", "ends_on"),
    },
)
