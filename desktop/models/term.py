"""Terms of office (届): elected on, ends on, seats, extension."""

from desktop.models.base import DateText, IdField, Record, Text, Whole, define


class Term(Record):
    """One term of a branch; three seats or more are a committee, fewer or none are not."""

    branch_id = IdField("branch", null=False)
    number = Whole()
    elected_on = DateText()
    ends_on = DateText()
    seats = Whole()
    extended_to = DateText()
    extension_document = Text()
    remark = Text()


Term.SPEC = define(
    Term,
    path="by branch_id",
    groups={
        "head": ("branch_id", "number"),
        "dates": ("elected_on", "ends_on"),
        "extension": ("extended_to", "extension_document"),
    },
)
