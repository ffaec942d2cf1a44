"""Venues of Party organisations (阵地), 苏组发〔2017〕8号 第21条."""

from desktop.models.base import DateText, IdField, Record, Text, Whole, define


class Venue(Record):
    """One venue; `area` in tenths of m²."""

    branch_id = IdField("branch")
    name = Text(null=False)
    place_id = IdField("place")
    address = Text()
    area = Whole()
    shared_with = Text()
    opened_on = DateText()
    closed_on = DateText()
    remark = Text()
    sort = Whole()
    merged_into = IdField("venue")


Venue.SPEC = define(
    Venue,
    path="by branch_id",
    groups={
        "head": ("branch_id", "name"),
    },
)
