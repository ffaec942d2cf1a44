"""Social organisations (社会组织), registered or filed (备案)."""

from desktop.models.base import Code, DateText, Flag, IdField, Record, Text, Whole, define


class Organisation(Record):
    """One social organisation (一社一档); of its staff only counts are held (domain.md §9)."""

    name = Text(null=False)
    short_name = Text()
    type = Code()
    category = Code()
    registration = Code()
    uscc = Text()
    filing_number = Text()
    registered_on = DateText()
    dissolved_on = DateText()
    authority = Text()
    sponsor = Text()
    place_id = IdField("place")
    address = Text()
    scope = Text()
    head_id = IdField("person")
    phone = Text()
    staff_count = Whole()
    member_count = Whole()
    survey_on = DateText()
    survey_full = Whole()
    survey_probationary = Whole()
    survey_here = Whole()
    charter_clause = Flag()
    charter_on = DateText()
    has_union = Flag()
    has_youth = Flag()
    has_women = Flag()
    decoupled = Flag()
    state = Code()
    remark = Text()
    sort = Whole()
    merged_into = IdField("organisation")


Organisation.SPEC = define(
    Organisation,
    path="own",
    groups={
        "name": ("name", "short_name"),
        "registration": ("type", "registration", "uscc", "filing_number", "registered_on", "authority"),
        "life": ("state", "dissolved_on"),
        "location": ("place_id", "address"),
        "contact": ("head_id", "phone"),
        "counts": ("staff_count", "member_count"),
        "survey": ("survey_on", "survey_full", "survey_probationary", "survey_here"),
        "charter": ("charter_clause", "charter_on"),
        "mass": ("has_union", "has_youth", "has_women"),
    },
)
