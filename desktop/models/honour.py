"""Honours (荣誉), 苏组发〔2017〕8号 第22条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class Honour(Record):
    """One honour of a branch, an organisation or a person."""

    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    person_id = IdField("person")
    kind = Code()
    title = Text(null=False)
    level = Code()
    year = Whole()
    awarded_on = DateText()
    giver = Text()
    document = Text()
    remark = Text()


Honour.SPEC = define(
    Honour,
    path="by branch_id",
    groups={
        "head": ("branch_id", "organisation_id", "person_id", "kind", "title", "level", "year"),
    },
)
