"""Services to residents and staff (服务项目、党员联系群众), 苏组发〔2017〕8号 第13、14条: counts, no names."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class ServiceItem(Record):
    """One item from–to."""

    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    kind = Code()
    name = Text(null=False)
    person_id = IdField("person")
    starts_on = DateText()
    ends_on = DateText()
    served = Whole()
    remark = Text()


ServiceItem.SPEC = define(
    ServiceItem,
    path="by branch_id",
    groups={
        "head": ("branch_id", "organisation_id", "kind", "name", "person_id"),
        "dates": ("starts_on", "ends_on"),
    },
)
