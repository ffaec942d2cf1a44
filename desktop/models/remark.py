"""What people say about a finding: explained, postponed, not applicable (data.md)."""

from desktop.models.base import Code, DateText, Record, Text, define


class Remark(Record):
    """One word of an officer about one finding, keyed by (rule, subject, period)."""

    rule = Code(null=False)
    subject = Text(null=False)
    period = Text()
    state = Code(null=False)
    reason = Text()
    until_on = DateText()


Remark.SPEC = define(
    Remark,
    path="own",
    groups={"head": ("rule", "subject", "period"), "word": ("state", "reason", "until_on")},
)
