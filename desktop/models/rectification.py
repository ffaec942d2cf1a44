"""Rectification (整改): an issue, its measure, who does it by when, closed when checked."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Rectification(Record):
    """One issue, from an inspection, a review, a meeting or an opinion."""

    branch_id = IdField("branch")
    source = Code()
    inspection_id = IdField("inspection")
    issue = Text(null=False)
    measure = Text()
    responsible = Text()
    due_on = DateText()
    done_on = DateText()
    checked_on = DateText()
    checked_by = Text()


Rectification.SPEC = define(
    Rectification,
    path="by branch_id",
    groups={
        "head": ("branch_id", "source", "inspection_id", "issue"),
        "end": ("done_on", "checked_on", "checked_by"),
    },
)
