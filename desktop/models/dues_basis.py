"""What a member's dues are reckoned from (党费核定), 中组发〔2008〕3号: never the parts of a wage."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class DuesBasis(Record):
    """One basis from a month on; `base` and `amount` in 分, `rate` in hundredths of a percent."""

    person_id = IdField("person", null=False)
    branch_id = IdField("branch")
    category = Code(null=False)
    base = Whole()
    rate = Whole()
    amount = Whole()
    from_month = DateText()
    until_month = DateText()
    reason = Text()
    exemption = Code()
    exemption_document = Text()
    exemption_from = DateText()
    exemption_until = DateText()


DuesBasis.SPEC = define(
    DuesBasis,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id", "category"),
        "basis": ("base", "rate", "amount", "from_month", "until_month", "reason"),
        "exemption": ("exemption", "exemption_document", "exemption_from", "exemption_until"),
    },
)
