"""Forms that a superior collects (报表收集): a blank workbook, its copies, what was returned and why."""

from desktop.models.base import DateText, IdField, Json, Record, Text, define


class Collection(Record):
    """One form of one unit for one period."""

    branch_id = IdField("branch")
    title = Text(null=False)
    period = Text()
    issuer = Text()
    due_on = DateText()
    submitted_on = DateText()
    returned_on = DateText()
    return_reason = Text()
    passed_on = DateText()
    content = Json()
    remark = Text()


Collection.SPEC = define(
    Collection,
    path="by branch_id",
    groups={
        "head": ("branch_id", "title", "period", "issuer", "due_on"),
        "state": ("submitted_on", "returned_on", "return_reason", "passed_on"),
    },
)
