"""Dues sent up and given back in full (党费上缴、下拨), 苏组发〔2017〕8号 第21条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class Remittance(Record):
    """One sum in 分, up or back."""

    branch_id = IdField("branch")
    direction = Code(null=False)
    period = Text()
    sent_on = DateText()
    amount = Whole(null=False)
    document = Text()
    remark = Text()


Remittance.SPEC = define(
    Remittance,
    path="by branch_id",
    groups={
        "head": ("branch_id", "direction", "period", "amount"),
    },
)
