"""Party-building instructors and liaison officers (党建工作指导员、联络员), 苏组发〔2017〕8号 第9条."""

from desktop.models.base import Code, DateText, IdField, Record, Text, define


class Instructor(Record):
    """One person sent to one organisation, from–to."""

    person_id = IdField("person", null=False)
    organisation_id = IdField("organisation", null=False)
    title = Code()
    starts_on = DateText()
    ends_on = DateText()
    remark = Text()


Instructor.SPEC = define(
    Instructor,
    path="via organisation_id organisation",
    groups={"head": ("person_id", "organisation_id", "title"), "dates": ("starts_on", "ends_on")},
)
