"""Contact points of leaders (联系点), 苏组发〔2017〕8号 第20条."""

from desktop.models.base import DateText, IdField, Record, Text, define


class ContactPoint(Record):
    """One leader and one branch or organisation, from–to."""

    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    leader = Text(null=False)
    leader_post = Text()
    starts_on = DateText()
    ends_on = DateText()
    last_visit_on = DateText()
    remark = Text()


ContactPoint.SPEC = define(
    ContactPoint,
    path="by branch_id",
    groups={
        "head": ("branch_id", "organisation_id", "leader", "leader_post"),
        "dates": ("starts_on", "ends_on", "last_visit_on"),
    },
)
