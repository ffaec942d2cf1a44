"""The small demo: the town laid out in `town`, with its people, its faults and three years of its meetings."""

from collections import deque
from datetime import date, timedelta

from desktop.demo import branches, faults, ledger_people, ledger_works, town
from desktop.demo.branches import Branch
from desktop.demo.gatherings import schedule
from desktop.demo.minutes import Book, write
from desktop.demo.organisations import Owner, add_organisation
from desktop.demo.people import Member, add_member, add_person
from desktop.demo.plan import Plan
from desktop.demo.standing import Town
from desktop.demo.town import SHAPES, Shape, Unit

FIRST_MEETINGS = date(2024, 1, 1)
LAST_BRIEF = date(2024, 12, 31)
_JOINED_FROM = date(2025, 12, 5)
_CANDIDATES = (("20", 14), ("30", 5), ("10", 22))
_FORMS = {"P4": "1", "P5": "2"}


def build(plan: Plan, root: bytes) -> tuple[Town, Book]:
    """Plan the whole town below its root branch: master data into the plan, meetings into the book."""
    found = Town(Branch(root, "B001", f"{town.TOWN}党工委", date(2001, 6, 1), date(2021, 12, 1)))
    found.offices = [plan.add("office", name=name, sort=at) for at, name in enumerate(town.OFFICES, start=1)]
    found.root.members = [add_member(plan, branch=root, since=found.root.founded) for _ in range(3)]
    branches.elect(plan, found.root, years=5)
    for at, place in enumerate(town.PLACES):
        _add_village(plan, found, at, place)
    committee = plan.new_id()
    for number, shape in enumerate(SHAPES, start=12):
        _add_branch(plan, found, shape, plan.new_id(), number, committee)
    _add_branch(plan, found, town.COMMITTEE, committee, 12 + len(SHAPES), root)
    _add_uncovered(plan, found)
    faults.add_organisations(plan, found)
    _add_candidates(plan, found)
    faults.plant(plan, found)
    book = _write_meetings(plan, found)
    ledger_people.add(plan, found)
    ledger_works.add(plan, found)
    return found, book


def _add_village(plan: Plan, found: Town, at: int, name: str) -> None:
    village = name in town.VILLAGES
    place = plan.add("place", name=name, kind="village" if village else "community", sort=at + 1)
    general = name in town.GENERAL
    title = f"{name}党总支" if general else f"{name}党支部"
    branch = Branch(plan.new_id(), f"B{at + 2:03d}", title, date(2008, 7, 1), date(2023, 12, 10), 3, place=name)
    _row(plan, branch, "P3" if general else "P4", found.root.id, place, field="3" if village else "7")
    count = town.VILLAGE_MEMBERS[at]
    for number in range(count):
        fresh = at in town.WITH_PROBATIONARY and number == count - 1
        branch.members.append(_member(plan, branch, found.rare, probationary=fresh))
    branches.elect(plan, branch, years=5)
    found.villages.append(branch)
    found.owners[name] = Owner(place, branch.id, branch.contact_post)


def _member(
    plan: Plan, branch: Branch, rare: deque[str], organisation: bytes | None = None, *, probationary: bool = False
) -> Member:
    """Plan one member of a branch, of its groups in turn; the first ones bear the rare names."""
    joined = _JOINED_FROM + timedelta(days=plan.rng.randrange(170)) if probationary else None
    group = branch.groups[len(branch.members) % len(branch.groups)].id if branch.groups else None
    return add_member(
        plan, branch=branch.id, since=branch.founded, organisation=organisation, joined=joined,
        probationary=probationary, group=group, name=rare.popleft() if rare and not probationary else "",
    )  # fmt: skip


def _row(
    plan: Plan, branch: Branch, kind: str, parent: bytes, place: bytes | None, *, field: str = "8", **more: object
) -> None:
    number = int(branch.code[1:])
    row: dict[str, object] = {
        "id": branch.id,
        "code": branch.code,
        "name": branch.name,
        "kind": kind,
        "field": field,
        "form": _FORMS.get(kind),
        "parent_id": parent,
        "place_id": place,
        "founded_on": branch.founded.isoformat(),
        "approval": f"青工委〔{branch.founded.year}〕{number}号",
        "state": "1",
        "contact": plan.numbers.phone(),
        "address": f"青禾街道{(branch.place or town.PLACES[0])[:2]}路{number}号",
        "sort": number,
    }
    plan.tables.setdefault("branch", []).append(row | more)


def _add_branch(plan: Plan, found: Town, shape: Shape, key: bytes, number: int, parent: bytes) -> None:
    branch = Branch(key, f"B{number:03d}", shape.name, shape.founded, shape.elected, shape.seats, place=shape.place)
    _row(plan, branch, shape.kind, parent, found.owners[shape.place].place)
    for at in range(shape.groups):
        name = f"第{'一二三四'[at]}党小组"
        branch.groups.append(branches.Group(plan.add("party_group", branch_id=key, name=name, sort=at + 1), name))
    rare = found.large if shape.note == "large" else deque[str]()
    for unit in shape.units:
        _add_unit(plan, found, shape, branch, unit, rare)
    for at in range(shape.full + shape.probationary):
        branch.members.append(_member(plan, branch, rare, probationary=at >= shape.full))
    if shape.kind == "P6":
        branches.appoint(plan, branch)
    else:
        years = 5 if shape.kind == "P1" else 3  # a committee of the base level: three to five years (党章第三十条)
        branches.elect(plan, branch, years=years, **faults.EXTENSIONS.get(shape.note, {}))
    found.branches[shape.note] = branch


def _add_unit(plan: Plan, found: Town, shape: Shape, branch: Branch, unit: Unit, rare: deque[str]) -> None:
    key = plan.new_id()
    first = len(branch.members)
    for at in range(unit.full + unit.probationary):
        branch.members.append(_member(plan, branch, rare, key, probationary=at >= unit.full))
    office = None if unit.type == "B" else found.offices[2 if unit.type == "A4" else 0]
    add_organisation(
        plan, unit, found.owners[unit.place], office=office, head=branch.members[first].id, before=branch.founded,
        id=key, **faults.DATES.get(shape.note, {}),
    )  # fmt: skip
    found.organisations[unit.name] = key
    plan.add("joint_unit", branch_id=branch.id, organisation_id=key, starts_on=branch.founded.isoformat())


def _add_uncovered(plan: Plan, found: Town) -> None:
    """Plan the two organisations whose members no branch of ⑧ covers: their members belong to village branches."""
    for unit, since in ((town.UNCOVERED, date(2026, 5, 10)), (town.NEARBY, date(2022, 4, 1))):
        owner, key = found.owners[unit.place], plan.new_id()
        members = [add_member(plan, branch=owner.branch, since=since, organisation=key) for _ in range(unit.full)]
        office = None if unit.type == "B" else found.offices[3]
        add_organisation(plan, unit, owner, office=office, head=members[0].id, id=key)
        found.organisations[unit.name] = key


def _add_candidates(plan: Plan, found: Town) -> None:
    """Plan 积极分子, 发展对象 and applicants, who stand in branches without being members."""
    homes = [found.branches[shape.note] for shape in SHAPES if shape.kind in {"P4", "P5"}]
    for standing, count in _CANDIDATES:
        for at in range(count):
            branch = homes[at % len(homes)]
            applied = date(2025, 1, 6) + timedelta(days=plan.rng.randrange(600))
            key, _ = add_person(plan, political="13", applied_on=applied.isoformat())
            plan.add(
                "membership", person_id=key, branch_id=branch.id, standing=standing, relation="R1",
                starts_on=applied.isoformat(),
            )  # fmt: skip


def _write_meetings(plan: Plan, found: Town) -> Book:
    book = Book()
    for shape in SHAPES:
        if shape.kind == "P6":
            continue  # a temporary branch owes no organisation life (ORG-10)
        branch = found.branches[shape.note]
        for gathering in schedule(plan, branch, FIRST_MEETINGS):
            write(plan, book, branch, gathering, brief=gathering.day <= LAST_BRIEF)
    return book
