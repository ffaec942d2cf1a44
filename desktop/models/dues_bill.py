"""Dues owed (应缴党费): one bill a person and month, under an id made of both."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class DuesBill(Record):
    """One month of one member; `base` and `amount` in 分."""

    person_id = IdField("person", null=False)
    month = DateText(null=False)
    branch_id = IdField("branch")
    category = Code()
    base = Whole()
    amount = Whole()
    state = Code(null=False)
    reason = Text()


DuesBill.SPEC = define(
    DuesBill,
    path="by branch_id",
    groups={
        "head": ("person_id", "month", "branch_id"),
        "basis": ("category", "base", "amount"),
        "state": ("state", "reason"),
    },
)
