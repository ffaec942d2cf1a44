"""A small township in which nothing is wrong, so that each test can break one thing."""

from dataclasses import replace
from datetime import date

from desktop.core.calendar import periods_between
from desktop.rules.engine import check
from desktop.rules.facts import (
    Attendance,
    Branch,
    Facts,
    Finding,
    JointUnit,
    Management,
    Meeting,
    Membership,
    Organisation,
    PartyGroup,
    Person,
    Post,
    Resolution,
    Term,
)
from desktop.rules.pack_reader import load_packs
from desktop.rules.packs import Packs

ON = date(2026, 11, 23)
PACKS = load_packs()
BRANCH = Branch(
    id="b1",
    code="B001",
    name="望湖社区老年协会党支部",
    kind="P4",
    parent_id="root",
    place_id="p1",
    founded_on="2020-03-01",
    approval="青工委〔2020〕3号",
    contact="10000000001",
)
ROOT = Branch(id="root", code="A", name="青禾街道党工委", kind="P2", field="4")
VILLAGE = Branch(id="v1", code="V001", name="望湖社区党支部", kind="P4", field="7", parent_id="root")
ORGANISATION = Organisation(
    id="o1",
    name="望湖社区老年协会",
    type="B",
    registration="B",
    number="青备2019-1",
    registered_on="2019-05-05",
    place_id="p1",
    head_id="m1",
    staff_count=0,
    survey_on="2019-05-20",
    survey_full=3,
    survey_probationary=0,
)


def person(key: str, name: str = "") -> Person:
    """A person with nothing missing."""
    return Person(key, name or f"人员{key}", "1", "01", "1960-01-02", f"n{key}", "21", "1990-07-01", "1991-07-01")


def on_roll(key: str, branch: str | None = "b1", organisation: str | None = "o1", standing: str = "50") -> Membership:
    """A membership on the roll since 2020."""
    return Membership(key, standing, branch, None, organisation, "R1", "2020-03-01")


def meeting(key: str, day: str, *kinds: str, **changes: object) -> Meeting:
    """A brief record that counts for cadence."""
    base = Meeting(id=key, kinds=kinds, branch_id="b1", brief=True, held_on=day, state="archived")
    return replace(base, **changes)  # type: ignore[arg-type]


def full_record(key: str = "x1", **changes: object) -> Meeting:
    """A full record of a members' meeting of 12 that lacks nothing."""
    names = [Attendance(f"党员{n}", "1", f"m{n}", "50", votes=True) for n in range(1, 13)]
    base = Meeting(
        id=key,
        kinds=("members",),
        branch_id="b1",
        held_on="2026-03-05",
        starts_at="09:00",
        ends_at="10:30",
        place="会议室",
        host="甲",
        recorder="乙",
        topic="通报年度工作计划",
        content="甲：通报。",
        state="archived",
        agenda=("通报年度工作计划",),
        attendance=tuple(names),
        resolutions=(Resolution("同意。", 1),),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def a_year_and_more_of_meetings() -> tuple[Meeting, ...]:
    """Every period of 2025 and 2026 to the day has its meeting, on its 10th day."""
    months = periods_between(date(2025, 1, 1), ON, "M")
    days = [period.start.replace(day=10).isoformat() for period in months]
    monthly = [meeting(f"t{day}", day, "theme_day") for day in days]
    return (*monthly, *(meeting(f"q{day}", day, "members", "lecture") for day in days[::3]))


def sound(on: date = ON) -> Facts:
    """The township without a fault on 2026-11-23."""
    return Facts(
        on=on,
        organisations=(ORGANISATION,),
        branches=(ROOT, VILLAGE, BRANCH),
        terms=(Term("t1", "b1", "2025-06-10", "2028-06-10", 0),),
        joint_units=(JointUnit("b1", "o1", "2020-03-01"),),
        management=(Management("o1", backstop=True, branch_id="v1", contact_post_id="c1", starts_on="2020-01-01"),),
        posts=(
            Post("s1", "m1", "01", "b1", starts_on="2025-06-10"),
            Post("c1", "v9", "01", "v1", starts_on="2024-01-01"),
        ),
        persons=tuple(person(f"m{n}") for n in range(1, 4)),
        memberships=tuple(on_roll(f"m{n}") for n in range(1, 4)),
        meetings=a_year_and_more_of_meetings(),
    )


def with_branch(facts: Facts, **changes: object) -> Facts:
    """The same township with the branch changed."""
    rows = tuple(replace(row, **changes) if row.id == "b1" else row for row in facts.branches)  # type: ignore[arg-type]
    return replace(facts, branches=rows)


def with_organisation(facts: Facts, **changes: object) -> Facts:
    """The same township with the organisation changed."""
    return replace(facts, organisations=(replace(ORGANISATION, **changes),))  # type: ignore[arg-type]


def with_members(facts: Facts, full: int, probationary: int = 0) -> Facts:
    """The same township with a branch of so many members."""
    keys = [f"m{n}" for n in range(1, full + probationary + 1)]
    rows = tuple(on_roll(key, standing="50" if n < full else "41") for n, key in enumerate(keys))
    return replace(facts, persons=tuple(person(key) for key in keys), memberships=rows)


def with_committee(facts: Facts, seats: int | None = 3, *titles: str) -> Facts:
    """The same township with a committee and its posts; its meetings are all held."""
    posts = [Post(f"k{n}", f"m{n}", title, "b1", starts_on="2025-06-10") for n, title in enumerate(titles, 2)]
    months = periods_between(date(2025, 7, 1), ON, "M")
    held = tuple(meeting(f"c{period}", period.start.isoformat(), "committee") for period in months)
    terms = tuple(replace(term, seats=seats) for term in facts.terms)
    return replace(facts, terms=terms, posts=(*facts.posts, *posts), meetings=(*facts.meetings, *held))


def without(facts: Facts, *kinds_and_months: tuple[str, str]) -> Facts:
    """The same township without the kind of a meeting in a month, for each pair."""
    rows = facts.meetings
    for kind, month in kinds_and_months:
        rows = tuple(
            replace(row, kinds=tuple(k for k in row.kinds if k != kind))
            if (row.held_on or "").startswith(month)
            else row
            for row in rows
        )
    return replace(facts, meetings=rows)


def group() -> PartyGroup:
    """A Party group of the branch."""
    return PartyGroup("g1", "b1", "第一党小组")


def found(facts: Facts, rule: str, packs: Packs = PACKS) -> list[Finding]:
    """Give the findings of one rule."""
    return [finding for finding in check(facts, packs) if finding.rule == rule]


def states(facts: Facts, rule: str, packs: Packs = PACKS) -> list[tuple[str | None, str, str | None]]:
    """Give period, state and due date of each finding of one rule."""
    return [(row.period, row.state, row.due) for row in found(facts, rule, packs)]
