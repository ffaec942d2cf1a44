"""Moves of members inside one township committee (委内调整): no letter of introduction."""

from desktop.models.base import DateText, IdField, Record, Text, define


class Move(Record):
    """One member's move from one branch to another on a day."""

    person_id = IdField("person", null=False)
    from_branch_id = IdField("branch")
    to_branch_id = IdField("branch")
    moved_on = DateText()
    reason = Text()
    document = Text()


Move.SPEC = define(
    Move,
    path="by to_branch_id",
    groups={
        "head": ("person_id", "from_branch_id", "to_branch_id", "moved_on"),
    },
)
