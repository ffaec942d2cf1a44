"""Party organisations of the demo: what is planned of one, its posts and terms, and what it will be found to lack."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.core.calendar import add_years
from desktop.demo.people import Member, seniors
from desktop.demo.plan import Plan

SECRETARY, DEPUTY, FULL_TIME_DEPUTY = "01", "02", "03"
ORGANISATION, PUBLICITY, DISCIPLINE = "05", "06", "07"
TITLES = {
    SECRETARY: "书记", DEPUTY: "副书记", FULL_TIME_DEPUTY: "专职副书记", ORGANISATION: "组织委员",
    PUBLICITY: "宣传委员", DISCIPLINE: "纪检委员",
}  # fmt: skip
_COMMITTEES: dict[int, tuple[tuple[str, ...], ...]] = {
    3: ((SECRETARY,), (ORGANISATION,), (PUBLICITY, DISCIPLINE)),
    5: ((SECRETARY,), (DEPUTY,), (ORGANISATION,), (PUBLICITY,), (DISCIPLINE,)),
}
RULE_OF_KIND = {
    "members": "MTG-01", "committee": "MTG-02", "group": "MTG-03", "lecture": "MTG-04", "theme_day": "MTG-06",
}  # fmt: skip


@dataclass(slots=True)
class Group:
    """One Party group of a branch."""

    id: bytes
    name: str


@dataclass(slots=True)
class Branch:
    """One Party organisation as the plan knows it.

    `missed` holds (kind, period, number of the group or None) of what is not held; `late` gives the day on which a
    period's gathering is made up; `faults` names what is wrong with the record of a kind in a period.
    """

    id: bytes
    code: str
    name: str
    founded: date
    elected: date
    seats: int = 0
    members: list[Member] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    posts: dict[bytes, str] = field(default_factory=dict)
    committee: list[Member] = field(default_factory=list)
    place: str = ""
    contact_post: bytes = b""
    missed: set[tuple[str, str, int | None]] = field(default_factory=set)
    late: dict[tuple[str, str], date] = field(default_factory=dict)
    faults: dict[tuple[str, str], str] = field(default_factory=dict)

    def on_list(self, day: date, group: Group | None = None) -> Iterator[tuple[Member, str]]:
        """Give the members of a day with their standing, those who hold posts first."""
        for member in sorted(self.members, key=lambda row: row.id not in self.posts):
            standing = member.standing(day)
            if standing is not None and (group is None or member.group == group.id):
                yield member, standing

    @property
    def secretary(self) -> str:
        """The name of whoever presides."""
        return next((row.name for row in self.members if self.posts.get(row.id) == TITLES[SECRETARY]), "")


def miss(plan: Plan, branch: Branch, kind: str, period: str, group: int | None = None) -> None:
    """Plan that a period's gathering is not held, and expect its finding."""
    branch.missed.add((kind, period, group))
    rule = RULE_OF_KIND[kind]
    if group is None:
        plan.expect(rule, "branch", branch.id, branch.name, branch.code, period)
    else:
        plan.expect(rule, "party_group", branch.groups[group].id, branch.groups[group].name, None, period)


def elect(plan: Plan, branch: Branch, *, years: int = 3, **more: object) -> bytes:
    """Plan the term in force, the one before it where the branch is older, and who holds its posts."""
    before = add_years(branch.elected, -years)
    if before >= branch.founded:
        _term(plan, branch, before, years)
    term = _term(plan, branch, branch.elected, years, **more)
    titles = _COMMITTEES.get(branch.seats, ((SECRETARY,),))
    holders = seniors(branch.members, len(titles))
    first = before if before >= branch.founded else branch.elected
    for member, held in zip(holders, titles, strict=True):
        branch.posts[member.id] = TITLES[held[0]]
        for title in held:
            if before >= branch.founded:
                add_post(plan, branch, member, title, first, branch.elected - timedelta(days=1))
            post = add_post(plan, branch, member, title, branch.elected, None, term)
            branch.contact_post = branch.contact_post or post
    branch.committee = holders if branch.seats >= 3 else []
    return term


def appoint(plan: Plan, branch: Branch) -> None:
    """Plan the secretary of a temporary branch, whom its superior names: it elects nobody and has no term."""
    holder = seniors(branch.members, 1)[0]
    branch.posts[holder.id] = TITLES[SECRETARY]
    add_post(plan, branch, holder, SECRETARY, branch.founded)


def _term(plan: Plan, branch: Branch, elected: date, years: int, **more: object) -> bytes:
    return plan.add(
        "term", branch_id=branch.id, elected_on=elected.isoformat(), ends_on=add_years(elected, years).isoformat(),
        seats=branch.seats, **more,
    )  # fmt: skip


def add_post(
    plan: Plan,
    branch: Branch,
    member: Member,
    title: str,
    starts: date,
    ends: date | None = None,
    term: bytes | None = None,
) -> bytes:
    """Plan that a member holds a post of the branch, from–to."""
    return plan.add(
        "post", person_id=member.id, branch_id=branch.id, title=title, term_id=term,
        source="1" if title == SECRETARY else None, starts_on=starts.isoformat(),
        ends_on=ends.isoformat() if ends else None,
    )  # fmt: skip
