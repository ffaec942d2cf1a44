"""Democratic reviews of members (民主评议党员), 条例第18条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class Review(Record):
    """One member's result of one year; ballots are counts, probationary members get no grade."""

    branch_id = IdField("branch")
    person_id = IdField("person", null=False)
    year = Whole(null=False)
    meeting_id = IdField("meeting")
    ballots = Whole()
    excellent = Whole()
    qualified = Whole()
    basic = Whole()
    unqualified = Whole()
    abstain = Whole()
    grade = Code()
    feedback_on = DateText()
    remark = Text()


Review.SPEC = define(
    Review,
    path="by branch_id",
    groups={
        "head": ("branch_id", "person_id", "year", "meeting_id"),
        "ballots": ("ballots", "excellent", "qualified", "basic", "unqualified", "abstain"),
    },
)
