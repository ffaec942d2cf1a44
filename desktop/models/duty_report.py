"""Secretaries' reports and their assessment (双述双评), 苏组发〔2017〕8号 第18条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class DutyReport(Record):
    """One secretary's report of one year, to the superior or to the own members, with the ballots counted."""

    branch_id = IdField("branch")
    person_id = IdField("person", null=False)
    year = Whole(null=False)
    level = Code(null=False)
    held_on = DateText()
    present = Whole()
    ballots = Whole()
    good = Whole()
    fairly = Whole()
    fair = Whole()
    poor = Whole()
    grade = Code()
    issues = Text()
    due_on = DateText()
    done_on = DateText()


DutyReport.SPEC = define(
    DutyReport,
    path="by branch_id",
    groups={
        "head": ("branch_id", "person_id", "year", "level"),
        "ballots": ("present", "ballots", "good", "fairly", "fair", "poor"),
    },
)
