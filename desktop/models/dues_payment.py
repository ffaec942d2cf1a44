"""Dues paid (党费交纳): a late one names the month in which it came."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class DuesPayment(Record):
    """One payment; `amount` in 分; without a bill it is a voluntary sum."""

    bill_id = IdField("dues_bill")
    person_id = IdField("person")
    branch_id = IdField("branch")
    paid_month = DateText(null=False)
    paid_on = DateText()
    amount = Whole(null=False)
    kind = Code()
    remark = Text()


DuesPayment.SPEC = define(
    DuesPayment,
    path="by branch_id",
    groups={
        "head": ("bill_id", "person_id", "branch_id", "paid_month", "amount"),
    },
)
