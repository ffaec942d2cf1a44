"""Decisions (批复、决定) of the superior on a request: owned by who decides."""

from desktop.models.base import Code, DateText, IdField, Json, Record, Text, define


class Decision(Record):
    """One decision on one request."""

    request_id = IdField("request", null=False)
    outcome = Code(null=False)
    title = Text()
    document = Text()
    decided_on = DateText()
    content = Json()
    reason = Text()


Decision.SPEC = define(
    Decision,
    path="via request_id request",
    owner="county",
    groups={
        "head": ("request_id", "outcome", "title", "document", "decided_on", "content", "reason"),
    },
)
