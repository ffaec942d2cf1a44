"""Events in an organisation's life (登记、年报、评估、变更、撤并、注销), 苏组发〔2017〕8号 第10、11条."""

from desktop.models.base import Code, DateText, Flag, IdField, Record, Text, Whole, define


class OrganisationEvent(Record):
    """One event, with when it was reported and decided on and what was asked about the Party (三同步)."""

    organisation_id = IdField("organisation", null=False)
    kind = Code(null=False)
    happened_on = DateText()
    reported_on = DateText()
    decided_on = DateText()
    decision = Text()
    members = Whole()
    party_built = Flag()
    charter = Flag()
    result = Text()
    document = Text()
    remark = Text()


OrganisationEvent.SPEC = define(
    OrganisationEvent,
    path="via organisation_id organisation",
    groups={
        "head": ("organisation_id", "kind"),
        "dates": ("happened_on", "reported_on", "decided_on"),
        "party": ("members", "party_built", "charter"),
    },
)
