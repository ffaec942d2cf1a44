"""Transfers of membership (组织关系转接) with the letter of introduction and its receipt, 组通字〔2006〕45号."""

from desktop.models.base import Code, DateText, IdField, Json, Record, Text, Whole, define


class Transfer(Record):
    """One letter; numbered by year, `letter` holds what was printed, `replaces_id` the one it stands for."""

    person_id = IdField("person", null=False)
    branch_id = IdField("branch")
    direction = Code(null=False)
    from_name = Text()
    to_name = Text()
    letter_year = Whole()
    letter_number = Whole()
    state = Code()
    issued_on = DateText()
    valid_days = Whole()
    dues_until = DateText()
    receipt_on = DateText()
    received_on = DateText()
    replaces_id = IdField("transfer")
    reason = Text()
    letter = Json()
    remark = Text()


Transfer.SPEC = define(
    Transfer,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id", "direction", "from_name", "to_name"),
        "letter": (
            "letter", "letter_year", "letter_number", "state", "issued_on", "valid_days", "dues_until", "replaces_id",
        ),
        "arrival": ("receipt_on", "received_on"),
    },
)  # fmt: skip
