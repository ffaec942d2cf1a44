"""Funds of Party work (党建经费), 苏组发〔2017〕8号 第21条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class FundLine(Record):
    """One line of a year; `amount` and `spent` in 分."""

    branch_id = IdField("branch")
    year = Whole(null=False)
    source = Code()
    item = Text(null=False)
    amount = Whole()
    spent = Whole()
    spent_on = DateText()
    document = Text()
    remark = Text()


FundLine.SPEC = define(
    FundLine,
    path="by branch_id",
    groups={
        "head": ("branch_id", "year", "source", "item"),
        "sums": ("amount", "spent"),
    },
)
