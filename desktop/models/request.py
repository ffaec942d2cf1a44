"""Requests (请示、申请) to the superior: owned by who asks; the answer is a decision."""

from desktop.models.base import Code, DateText, IdField, Json, Record, Text, define


class Request(Record):
    """One request."""

    branch_id = IdField("branch")
    matter_id = IdField("matter")
    kind = Code(null=False)
    title = Text(null=False)
    content = Json()
    asked_on = DateText()
    withdrawn_on = DateText()


Request.SPEC = define(
    Request,
    path="by branch_id",
    groups={
        "head": ("branch_id", "matter_id", "kind", "title", "content"),
    },
)
