"""Activities (活动), 苏组发〔2017〕8号 第4、12、15条: counts only."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class Activity(Record):
    """One activity with how many took part."""

    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    kind = Code()
    title = Text(null=False)
    held_on = DateText()
    place = Text()
    members = Whole()
    staff = Whole()
    residents = Whole()
    remark = Text()


Activity.SPEC = define(
    Activity,
    path="by branch_id",
    groups={
        "head": ("branch_id", "organisation_id", "kind", "title", "held_on"),
        "counts": ("members", "staff", "residents"),
    },
)
