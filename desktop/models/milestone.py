"""Milestones (阶段节点) of a key project."""

from desktop.models.base import DateText, IdField, Record, Text, Whole, define


class Milestone(Record):
    """One milestone."""

    key_project_id = IdField("key_project", null=False)
    name = Text(null=False)
    due_on = DateText()
    done_on = DateText()
    progress = Text()
    sort = Whole()


Milestone.SPEC = define(
    Milestone,
    path="via key_project_id key_project",
    groups={
        "head": ("key_project_id", "name"),
        "state": ("due_on", "done_on", "progress"),
    },
)
