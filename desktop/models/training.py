"""Training classes (培训班), 苏组发〔2017〕8号 第18条."""

from desktop.models.base import Code, DateText, Flag, IdField, Record, Text, Whole, define


class Training(Record):
    """One class; `days` in half-days, `hours` in tenths."""

    branch_id = IdField("branch")
    title = Text(null=False)
    organiser = Text()
    form = Code()
    starts_on = DateText()
    ends_on = DateText()
    days = Whole()
    hours = Whole()
    central = Flag()
    place = Text()
    remark = Text()


Training.SPEC = define(
    Training,
    path="by branch_id",
    groups={
        "head": ("branch_id", "title"),
        "dates": ("starts_on", "ends_on", "days", "hours"),
    },
)
