"""Social organisations of the demo: the record of each, its channels of management, its head, its instructors."""

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.demo.people import add_person
from desktop.demo.plan import Plan
from desktop.demo.town import Unit

_USCC = {"A1": "51", "A2": "52", "A3": "53", "A4": "31"}
_SCOPES = {"老年": "3", "志愿": "2", "互助": "3", "书画": "4", "太极": "4", "广场舞": "4", "农机": "5", "养老": "1"}
BUSINESS, BACKSTOP = "2", "3"
FILED = "B"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who backs up the organisations of one place: the branch and the post of its contact."""

    place: bytes
    branch: bytes
    post: bytes | None


def add_organisation(
    plan: Plan,
    unit: Unit,
    owner: Owner,
    *,
    office: bytes | None = None,
    head: bytes | None = None,
    before: date = date(2023, 9, 1),
    **blanks: object,
) -> bytes:
    """Plan one organisation registered `before` a day, with nothing missing; `blanks` override its columns.

    A filed one without an `office` is backed up by the owner of its place, any other answers to the office.
    """
    rng = plan.rng
    registered = before - timedelta(days=rng.randrange(40, 3000))
    filed = unit.type == FILED
    if head is None:
        head, _ = add_person(
            plan, political="13", workplace=unit.name, work_post="负责人", id_number=None, education=None
        )
    number = len(plan.tables.get("organisation", ())) + 1
    row: dict[str, object] = {
        "name": unit.name,
        "type": unit.type,
        "category": next((code for word, code in _SCOPES.items() if word in unit.name), "3"),
        "registration": FILED if filed else "A",
        "uscc": None if filed else plan.numbers.uscc(_USCC[unit.type]),
        "filing_number": f"青备{registered.year}-{number:03d}" if filed else None,
        "registered_on": registered.isoformat(),
        "authority": "青禾街道办事处" if filed else "澄湾区民政局",
        "place_id": owner.place,
        "address": f"青禾街道{unit.place[:2]}路{rng.randrange(1, 199)}号",
        "head_id": head,
        "staff_count": max(1, round(rng.lognormvariate(2.6, 0.6))),
        "survey_on": (registered + timedelta(days=rng.randrange(3, 28))).isoformat(),
        "survey_full": unit.full,
        "survey_probationary": unit.probationary,
        "charter_clause": int(rng.random() < 0.8),
        "state": "1",
        "sort": number,
    }
    key = plan.add("organisation", **(row | blanks))
    if office is None and filed:
        add_backstop(plan, key, owner)
    else:
        plan.add("management", organisation_id=key, mode=BUSINESS, office_id=office, starts_on=registered.isoformat())
    return key


def add_backstop(plan: Plan, organisation: bytes, owner: Owner, **blanks: object) -> None:
    """Plan that a village or community branch answers for an organisation, with its contact."""
    row: dict[str, object] = {"branch_id": owner.branch, "contact_post_id": owner.post, "starts_on": "2019-01-01"}
    plan.add("management", organisation_id=organisation, mode=BACKSTOP, **(row | blanks))
