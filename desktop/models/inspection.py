"""Inspections (检查、回头看), 苏组发〔2017〕8号 第10、16条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Inspection(Record):
    """One inspection of a branch or an organisation, and what it found."""

    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    kind = Code(null=False)
    inspected_on = DateText()
    inspector = Text()
    findings = Text()
    result = Code()
    remark = Text()


Inspection.SPEC = define(
    Inspection,
    path="by branch_id",
    groups={
        "head": ("branch_id", "organisation_id", "kind", "inspected_on"),
    },
)
