"""Secretaries at management meetings (参加、列席管理层会议), 苏组发〔2017〕8号 第5、8条."""

from desktop.models.base import Code, DateText, Flag, IdField, Record, Text, define


class ManagementAttendance(Record):
    """One meeting of an organisation's management that its secretary attended."""

    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    person_id = IdField("person", null=False)
    held_on = DateText()
    role = Code()
    topic = Text()
    opinion_given = Flag()


ManagementAttendance.SPEC = define(
    ManagementAttendance,
    path="by branch_id",
    groups={
        "head": ("branch_id", "organisation_id", "person_id", "held_on", "role"),
    },
)
