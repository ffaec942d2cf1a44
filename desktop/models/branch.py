"""Party organisations (党组织) of every kind, a tree."""

from desktop.models.base import Code, DateText, IdField, Record, Text, Whole, define


class Branch(Record):
    """One Party organisation; `code` is given when it is made and is the last segment of its org path."""

    code = Code(null=False)
    name = Text(null=False)
    short_name = Text()
    kind = Code()
    field = Code()
    form = Code()
    parent_id = IdField("branch")
    place_id = IdField("place")
    founded_on = DateText()
    ends_on = DateText()
    dissolved_on = DateText()
    approval = Text()
    state = Code()
    contact = Text()
    address = Text()
    national_code = Text()
    remark = Text()
    sort = Whole()
    merged_into = IdField("branch")


Branch.SPEC = define(
    Branch,
    path="own/code",
    groups={
        "name": ("name", "short_name"),
        "kind": ("kind", "field", "form"),
        "life": ("founded_on", "ends_on", "dissolved_on", "approval", "state"),
        "contact": ("contact", "address"),
    },
)
