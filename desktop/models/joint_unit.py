"""The units that a branch covers (联合单位); a single-unit branch has one too."""

from desktop.models.base import DateText, IdField, Record, define


class JointUnit(Record):
    """One organisation covered by one branch, from–to."""

    branch_id = IdField("branch", null=False)
    organisation_id = IdField("organisation", null=False)
    starts_on = DateText()
    ends_on = DateText()


JointUnit.SPEC = define(
    JointUnit,
    path="by branch_id",
    groups={"head": ("branch_id", "organisation_id"), "dates": ("starts_on", "ends_on")},
)
