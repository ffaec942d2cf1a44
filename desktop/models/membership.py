"""Memberships (组织关系): person × branch, dated, with one standing and one relation (domain.md §4.9)."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Membership(Record):
    """One dated row; a change of standing or relation closes it and opens the next."""

    person_id = IdField("person", null=False)
    branch_id = IdField("branch")
    party_group_id = IdField("party_group")
    organisation_id = IdField("organisation")
    standing = Code(null=False)
    relation = Code()
    starts_on = DateText()
    ends_on = DateText()
    reason = Text()
    document = Text()


Membership.SPEC = define(
    Membership,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id"),
        "standing": ("standing", "relation", "starts_on", "ends_on", "reason", "document"),
    },
)
