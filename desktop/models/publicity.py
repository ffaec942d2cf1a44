"""Publicity (公示) of development, appointments and honours."""

from desktop.models.base import Code, DateText, Flag, IdField, Record, Text, Whole, define


class Publicity(Record):
    """One notice from–to in working days, and whether somebody objected."""

    branch_id = IdField("branch")
    kind = Code(null=False)
    subject_names = Text()
    starts_on = DateText()
    ends_on = DateText()
    workdays = Whole()
    issued_on = DateText()
    objections = Flag()
    handling = Text()
    remark = Text()


Publicity.SPEC = define(
    Publicity,
    path="by branch_id",
    groups={
        "head": ("branch_id", "kind", "subject_names"),
        "dates": ("starts_on", "ends_on", "workdays", "issued_on"),
    },
)
