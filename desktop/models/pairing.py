"""Pairings (结对共建), 苏组发〔2017〕8号 第12条."""

from desktop.models.base import DateText, IdField, Record, Text, define


class Pairing(Record):
    """One partner and project, from–to."""

    branch_id = IdField("branch")
    partner = Text(null=False)
    project = Text()
    starts_on = DateText()
    ends_on = DateText()
    agreement = Text()
    remark = Text()


Pairing.SPEC = define(
    Pairing,
    path="by branch_id",
    groups={
        "head": ("branch_id", "partner", "project"),
        "dates": ("starts_on", "ends_on"),
    },
)
