"""Analyses of Party spirit (党性分析), 苏组发〔2017〕8号 第16条: the fact, never the text."""

from desktop.models.base import DateText, IdField, Record, Whole, define


class SelfAnalysis(Record):
    """One member's of one year."""

    branch_id = IdField("branch")
    person_id = IdField("person", null=False)
    year = Whole(null=False)
    done_on = DateText()


SelfAnalysis.SPEC = define(
    SelfAnalysis,
    path="by branch_id",
    groups={
        "head": ("branch_id", "person_id", "year"),
    },
)
