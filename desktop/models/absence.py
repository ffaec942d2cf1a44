"""Absences of members whose relation stays (外出): since, expected back, fixed place, approval."""

from desktop.models.base import DateText, Flag, IdField, Record, Text, define


class Absence(Record):
    """One absence from–to; six months at one place asks for a transfer."""

    person_id = IdField("person", null=False)
    branch_id = IdField("branch")
    starts_on = DateText()
    expected_on = DateText()
    returned_on = DateText()
    fixed_place = Flag()
    place = Text()
    approval = Text()
    remark = Text()


Absence.SPEC = define(
    Absence,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id"),
        "dates": ("starts_on", "expected_on", "returned_on"),
    },
)
