"""Items of a plan (计划任务), run as projects."""

from desktop.models.base import DateText, IdField, Record, Text, Whole, define


class PlanItem(Record):
    """One task, who does it by when, and how far it has come."""

    work_plan_id = IdField("work_plan", null=False)
    task = Text(null=False)
    measure = Text()
    responsible = Text()
    due_on = DateText()
    done_on = DateText()
    progress = Text()
    sort = Whole()


PlanItem.SPEC = define(
    PlanItem,
    path="via work_plan_id work_plan",
    groups={
        "head": ("work_plan_id", "task", "measure", "responsible"),
        "state": ("due_on", "done_on", "progress"),
    },
)
