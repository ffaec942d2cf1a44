"""The ledger of application forms (入党志愿书): numbers received, issued, void, exchanged."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class FormNumber(Record):
    """One entry of a range of numbers."""

    branch_id = IdField("branch")
    person_id = IdField("person")
    deed = Code(null=False)
    first_number = Text()
    last_number = Text()
    happened_on = DateText()
    remark = Text()


FormNumber.SPEC = define(
    FormNumber,
    path="by branch_id",
    groups={
        "head": ("branch_id", "person_id", "deed", "first_number", "last_number"),
    },
)
