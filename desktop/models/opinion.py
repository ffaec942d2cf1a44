"""Opinions heard (听取意见), 苏组发〔2017〕8号 第16条: items without names."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Opinion(Record):
    """One item and what came of it."""

    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    heard_on = DateText()
    source = Code()
    item = Text(null=False)
    answer = Text()
    answered_on = DateText()


Opinion.SPEC = define(
    Opinion,
    path="by branch_id",
    groups={
        "head": ("branch_id", "organisation_id", "heard_on"),
    },
)
