"""Floating members (流动党员), in and out: both sides look after them (苏组发〔2017〕8号 第19条)."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Floating(Record):
    """One stay away or with us, from–to, with the Party organisation and the contact on the other side."""

    person_id = IdField("person", null=False)
    branch_id = IdField("branch")
    direction = Code(null=False)
    starts_on = DateText()
    ends_on = DateText()
    place = Text()
    host = Text()
    contact = Text()
    contact_phone = Text()
    reason = Text()
    last_contact_on = DateText()
    remark = Text()


Floating.SPEC = define(
    Floating,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id", "direction"),
        "dates": ("starts_on", "ends_on"),
        "contact": ("contact", "contact_phone", "host"),
    },
)
