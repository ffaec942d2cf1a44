"""Candidates recommended and examined (代表、委员、负责人人选审核), 苏组发〔2017〕8号 第8、18条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Recommendation(Record):
    """One person for one place, with the opinion asked."""

    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    person_id = IdField("person", null=False)
    kind = Code(null=False)
    place = Text()
    asked_on = DateText()
    opinion = Code()
    opinion_on = DateText()
    document = Text()
    result = Text()
    remark = Text()


Recommendation.SPEC = define(
    Recommendation,
    path="by branch_id",
    groups={
        "head": ("branch_id", "organisation_id", "person_id", "kind", "place"),
        "opinion": ("asked_on", "opinion", "opinion_on"),
    },
)
