"""Months of dues of a branch (党费月结): handed in, settled and locked, published."""

from desktop.models.base import DateText, Flag, IdField, Record, Text, Whole, define


class DuesMonth(Record):
    """One month of one branch; sums in 分."""

    branch_id = IdField("branch", null=False)
    month = DateText(null=False)
    handed_on = DateText()
    settled_on = DateText()
    locked = Flag()
    published_on = DateText()
    due_amount = Whole()
    paid_amount = Whole()
    document = Text()
    remark = Text()


DuesMonth.SPEC = define(
    DuesMonth,
    path="by branch_id",
    groups={
        "head": ("branch_id", "month"),
        "state": ("handed_on", "settled_on", "locked"),
        "sums": ("due_amount", "paid_amount"),
    },
)
