"""Certificates of membership (党员证明信), 中国共产党党员教育管理工作条例."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class CertificateLetter(Record):
    """One certificate issued for a short absence; numbered by year."""

    person_id = IdField("person", null=False)
    branch_id = IdField("branch")
    letter_year = Whole()
    letter_number = Whole()
    addressed_to = Text()
    purpose = Text()
    state = Code()
    issued_on = DateText()
    valid_days = Whole()
    remark = Text()


CertificateLetter.SPEC = define(
    CertificateLetter,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id"),
        "letter": ("letter_year", "letter_number", "addressed_to", "purpose", "state", "issued_on", "valid_days"),
    },
)
