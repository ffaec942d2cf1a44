"""Party groups (党小组): rows of a branch, no branches themselves."""

from desktop.models.base import IdField, Record, Text, Whole, define


class PartyGroup(Record):
    """One Party group and its leader."""

    branch_id = IdField("branch", null=False)
    name = Text(null=False)
    leader_id = IdField("person")
    sort = Whole()


PartyGroup.SPEC = define(PartyGroup, path="by branch_id", groups={"head": ("branch_id", "name")})
