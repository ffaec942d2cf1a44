"""The pool of Party workers (党务工作者人才库), 苏组发〔2017〕8号 第18条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Talent(Record):
    """One person in the pool from–to."""

    person_id = IdField("person", null=False)
    kind = Code()
    field = Text()
    starts_on = DateText()
    ends_on = DateText()
    remark = Text()


Talent.SPEC = define(
    Talent,
    path="via person_id person",
    groups={
        "head": ("person_id", "kind"),
        "dates": ("starts_on", "ends_on"),
    },
)
