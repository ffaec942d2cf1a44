"""Persons (人员): anybody named — members, applicants, heads, instructors."""

from desktop.models.base import Code, DateText, Flag, IdField, Json, Record, Text, define


class Person(Record):
    """One person; standing and branch are dated facts in `membership`, never columns here."""

    name = Text(null=False)
    spare_name = Text()
    sex = Code()
    ethnicity = Code()
    born_on = DateText()
    id_number = Text()
    education = Code()
    degree = Text()
    political = Code()
    workplace = Text()
    work_post = Text()
    phone = Text()
    leading = Flag()
    applied_on = DateText()
    joined_on = DateText()
    full_on = DateText()
    remark = Text()
    extra = Json()
    merged_into = IdField("person")


Person.SPEC = define(
    Person,
    path="own",
    groups={
        "name": ("name", "spare_name"),
        "education": ("education", "degree"),
        "work": ("workplace", "work_post", "leading"),
        "party": ("applied_on", "joined_on", "full_on", "political"),
    },
)
