"""Allowances (津贴) of Party workers, 苏组发〔2017〕8号 第18条."""

from desktop.models.base import DateText, IdField, Record, Text, Whole, define


class Allowance(Record):
    """One post's allowance of a period; `amount` in 分."""

    post_id = IdField("post", null=False)
    branch_id = IdField("branch")
    period = Text(null=False)
    amount = Whole(null=False)
    paid_on = DateText()
    remark = Text()


Allowance.SPEC = define(
    Allowance,
    path="by branch_id",
    groups={
        "head": ("post_id", "branch_id", "period", "amount"),
    },
)
