"""Pioneer posts, areas and teams (先锋岗、责任区、突击队), 苏组发〔2017〕8号 第12条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class PioneerPost(Record):
    """One post and who holds it, from–to."""

    branch_id = IdField("branch")
    kind = Code(null=False)
    name = Text(null=False)
    person_id = IdField("person")
    starts_on = DateText()
    ends_on = DateText()
    remark = Text()


PioneerPost.SPEC = define(
    PioneerPost,
    path="by branch_id",
    groups={
        "head": ("branch_id", "kind", "name", "person_id"),
        "dates": ("starts_on", "ends_on"),
    },
)
