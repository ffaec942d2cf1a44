"""Leaders who keep in touch with experts (联系服务人才), 苏组发〔2017〕8号 第14条: no profile of anybody."""

from desktop.models.base import DateText, IdField, Record, Text, define


class TalentContact(Record):
    """One leader and one organisation, from–to."""

    organisation_id = IdField("organisation", null=False)
    leader = Text(null=False)
    leader_post = Text()
    starts_on = DateText()
    ends_on = DateText()
    remark = Text()


TalentContact.SPEC = define(
    TalentContact,
    path="via organisation_id organisation",
    groups={
        "head": ("organisation_id", "leader", "leader_post"),
        "dates": ("starts_on", "ends_on"),
    },
)
