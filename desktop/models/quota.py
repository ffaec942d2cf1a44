"""Plans of how many to develop in a year (发展党员计划单列), 苏组发〔2017〕8号 第19条."""

from desktop.models.base import IdField, Record, Text, Whole, define


class Quota(Record):
    """One year's number, of the township or of a branch."""

    branch_id = IdField("branch")
    year = Whole(null=False)
    planned = Whole()
    document = Text()
    remark = Text()


Quota.SPEC = define(
    Quota,
    path="by branch_id",
    groups={
        "head": ("branch_id", "year"),
    },
)
