"""The big profiles, on which the benchmarks run: a township of stress size, and a roster of 100,000 people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from desktop.demo import branches
from desktop.demo.branches import Branch
from desktop.demo.gatherings import schedule
from desktop.demo.minutes import Book, write
from desktop.demo.organisations import Owner, add_organisation
from desktop.demo.people import add_member
from desktop.demo.plan import Plan
from desktop.demo.town import Unit

FIRST_MEETINGS = date(2022, 1, 1)
BRANCHES, BRANCHES_A_PART = 300, 20
SIZES = (16, 17, 17)
IN_GROUP = 5
VILLAGES, PEOPLE = 200, 500
_MISSES = (("theme_day", "2026-07"), ("committee", "2025-11"), ("members", "2026Q1"), ("lecture", "2025Q4"))


@dataclass(slots=True)
class Part:
    """One unit's worth of a big profile: its label, its first branch, and its meetings; records are in the plan."""

    label: str
    branch: bytes = b""
    book: Book = field(default_factory=Book)


def township(plan: Plan, root: bytes) -> Iterator[Part]:
    """Plan 300 branches of the field ⑧ with 5,000 members, 65,000 meetings over five years; one in 25 misses one."""
    place = plan.add("place", name="青禾社区", kind="community", sort=1)
    office = plan.add("office", name="澄湾区民政局", sort=1)
    owner = Owner(place, root, None)
    for start in range(0, BRANCHES, BRANCHES_A_PART):
        part = Part(f"登记第 {start + 1} 至 {start + BRANCHES_A_PART} 个党支部和会议记录")
        for at in range(start, start + BRANCHES_A_PART):
            branch = _branch(plan, at, root, owner, office)
            part.branch = part.branch or branch.id
            if at % 25 == 0:
                branches.miss(plan, branch, *_MISSES[at // 25 % len(_MISSES)])
            for gathering in schedule(plan, branch, FIRST_MEETINGS, joined_up=False):
                write(plan, part.book, branch, gathering)
        yield part


def _branch(plan: Plan, at: int, root: bytes, owner: Owner, office: bytes) -> Branch:
    founded = date(2015 + at % 6, 1 + at % 12, 1 + at % 28)
    name = f"青禾街道第{at + 1:03d}社会组织"
    branch = Branch(plan.new_id(), f"B{at + 2:03d}", f"{name}党支部", founded, date(2025, 1 + at % 12, 1 + at % 28), 3)
    branch.place = "青禾街道"
    branch.groups.append(branches.Group(plan.add("party_group", branch_id=branch.id, name="第一党小组"), "第一党小组"))
    _row(plan, branch, root, owner.place, field="8")
    organisation = plan.new_id()
    for number in range(SIZES[at % len(SIZES)]):
        group = branch.groups[0].id if number < IN_GROUP else None
        branch.members.append(
            add_member(plan, branch=branch.id, since=founded, organisation=organisation, group=group)
        )  # fmt: skip
    branches.elect(plan, branch)
    unit = Unit(name, "A1", branch.place, len(branch.members))
    add_organisation(plan, unit, owner, office=office, head=branch.members[0].id, before=founded, id=organisation)
    plan.add("joint_unit", branch_id=branch.id, organisation_id=organisation, starts_on=founded.isoformat())
    return branch


def _row(plan: Plan, branch: Branch, root: bytes, place: bytes, *, field: str) -> None:
    number = int(branch.code[1:])
    plan.tables.setdefault("branch", []).append(
        {
            "id": branch.id, "code": branch.code, "name": branch.name, "kind": "P4", "field": field, "form": "1",
            "parent_id": root, "place_id": place, "founded_on": branch.founded.isoformat(),
            "approval": f"青工委〔{branch.founded.year}〕{number}号", "state": "1", "contact": plan.numbers.phone(),
            "sort": number,
        }
    )  # fmt: skip


def roster(plan: Plan, root: bytes) -> Iterator[Part]:
    """Plan 100,000 members in 200 village branches (field ③), which owe no organisation life here: a sound roster."""
    for at in range(VILLAGES):
        founded = date(1998 + at % 20, 1 + at % 12, 1 + at % 28)
        name = f"第{at + 1:03d}村"
        branch = Branch(plan.new_id(), f"B{at + 2:03d}", f"{name}党支部", founded, date(2024, 3, 1))
        place = plan.add("place", name=name, kind="village", sort=at + 1)
        _row(plan, branch, root, place, field="3")
        for _ in range(PEOPLE):
            branch.members.append(add_member(plan, branch=branch.id, since=founded))
        branches.elect(plan, branch, years=5)
        yield Part(f"登记{name}的 {PEOPLE} 名党员", branch.id)


PROFILES: dict[str, Callable[[Plan, bytes], Iterator[Part]]] = {"township": township, "roster": roster}
