"""Yearly grades of Party organisations (分类定级), 苏组发〔2017〕8号 第10条."""

from desktop.models.base import Code, DateText, IdField, Json, Record, Text, Whole, define


class Grading(Record):
    """One branch's grade of one year; `facts` holds the figures that it was decided on."""

    branch_id = IdField("branch", null=False)
    year = Whole(null=False)
    grade = Code()
    basis = Text()
    facts = Json()
    decided_on = DateText()
    document = Text()


Grading.SPEC = define(
    Grading,
    path="by branch_id",
    groups={
        "head": ("branch_id", "year"),
        "grade": ("grade", "basis", "facts", "decided_on", "document"),
    },
)
