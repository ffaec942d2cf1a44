"""Posts (任职): person × branch, organisation or office, dated, with title and source."""

from desktop.models.base import Code, DateText, Flag, IdField, Record, Text, Whole, define


class Post(Record):
    """One post held from–to; `term_id` says in which committee, where it is one."""

    person_id = IdField("person", null=False)
    branch_id = IdField("branch")
    organisation_id = IdField("organisation")
    office_id = IdField("office")
    term_id = IdField("term")
    title = Code(null=False)
    source = Code()
    full_time = Flag()
    cross_post = Flag()
    starts_on = DateText()
    ends_on = DateText()
    approval = Text()
    reported_on = DateText()
    sort = Whole()


Post.SPEC = define(
    Post,
    path="by branch_id",
    groups={
        "head": ("person_id", "branch_id", "organisation_id", "office_id", "term_id", "title"),
        "dates": ("starts_on", "ends_on"),
        "flags": ("full_time", "cross_post"),
    },
)
