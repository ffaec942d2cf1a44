"""Yearly plans (年度计划), 苏组发〔2017〕8号 第23条."""

from desktop.models.base import DateText, IdField, Record, Text, Whole, define


class WorkPlan(Record):
    """One year's plan of the township or a branch."""

    branch_id = IdField("branch")
    year = Whole(null=False)
    title = Text(null=False)
    made_on = DateText()
    reported_on = DateText()
    document = Text()
    remark = Text()


WorkPlan.SPEC = define(
    WorkPlan,
    path="by branch_id",
    groups={
        "head": ("branch_id", "year", "title"),
    },
)
