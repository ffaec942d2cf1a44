"""Members and other people of the demo: birthdays, numbers, days of joining, and their dated memberships."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.calendar import add_years
from desktop.demo.plan import Plan

# Shares by age in 2026 (domain.md §8.2), with 45 % of 61 and more as community organisations have.
_AGES = ((20, 30, 9), (31, 35, 9), (36, 40, 9), (41, 45, 8), (46, 50, 7), (51, 55, 7), (56, 60, 6), (61, 82, 45))
_EDUCATION = (("71", 22), ("61", 33), ("31", 28), ("21", 15), ("14", 2))
_YOUNG_EDUCATION = (("41", 8), ("31", 40), ("21", 46), ("14", 6))
_OTHERS = ("03", "11", "15")
_WORK = ("退休", "个体经营", "社区工作者", "务农", "物业管理", "教师", "医务人员", "企业职员")
FULL, PROBATIONARY = "50", "40"
OPEN_END = date.max


@dataclass(slots=True)
class Stay:
    """One dated standing of a member in a branch; both ends are included."""

    standing: str
    starts: date
    ends: date = OPEN_END


@dataclass(slots=True)
class Member:
    """One person as the plan knows it; `stays` are the standings in the own branch, in order."""

    id: bytes
    name: str
    joined: date
    full_on: date | None
    stays: tuple[Stay, ...]
    group: bytes | None = None

    def standing(self, day: date) -> str | None:
        """Give the standing on a day, or None before the member came."""
        return next((stay.standing for stay in self.stays if stay.starts <= day <= stay.ends), None)


def add_member(
    plan: Plan,
    *,
    branch: bytes,
    since: date,
    organisation: bytes | None = None,
    joined: date | None = None,
    probationary: bool = False,
    group: bytes | None = None,
    name: str = "",
    **blanks: object,
) -> Member:
    """Plan a member of a branch with one or two memberships; `blanks` override columns of the person.

    `since` is the day the branch was founded; a member joined in it, or came to it on that day.
    """
    rng = plan.rng
    born = _birthday(plan)
    joined = joined or _joining(plan, born)
    full_on = None if probationary else add_years(joined, 1)
    key, name = add_person(
        plan, born, name=name, political="02" if probationary else "01",
        applied_on=(joined - timedelta(days=rng.randrange(700, 1500))).isoformat(), joined_on=joined.isoformat(),
        full_on=full_on.isoformat() if full_on else None, **blanks,
    )  # fmt: skip
    stays = _stays(max(since, joined), full_on)
    for stay in stays:
        plan.add(
            "membership", person_id=key, branch_id=branch, party_group_id=group, organisation_id=organisation,
            standing=stay.standing, relation="R1", starts_on=stay.starts.isoformat(),
            ends_on=None if stay.ends is OPEN_END else stay.ends.isoformat(),
        )  # fmt: skip
    return Member(key, name, joined, full_on, stays, group)


def _stays(start: date, full_on: date | None) -> tuple[Stay, ...]:
    if full_on is None:
        return (Stay(PROBATIONARY, start),)
    if full_on <= start:
        return (Stay(FULL, start),)
    return (Stay(PROBATIONARY, start, full_on - timedelta(days=1)), Stay(FULL, full_on))


def add_person(plan: Plan, born: date | None = None, *, name: str = "", **values: object) -> tuple[bytes, str]:
    """Plan a person with nothing missing but what `values` take away, and give id and name."""
    rng = plan.rng
    born = born or _birthday(plan)
    male = rng.random() >= 0.4
    name = name or plan.names.draw(born.year, male=male)
    row: dict[str, object] = {
        "name": name,
        "sex": "1" if male else "2",
        "ethnicity": "05" if "·" in name else "01" if rng.random() >= 0.015 else rng.choice(_OTHERS),
        "born_on": born.isoformat(),
        "id_number": plan.numbers.identity(born, male=male),
        "education": _pick(plan, _YOUNG_EDUCATION if born.year > 1985 else _EDUCATION),
        "workplace": rng.choice(_WORK),
        "phone": plan.numbers.phone(),
    }
    return plan.add("person", **(row | values)), name


def _birthday(plan: Plan) -> date:
    ages = [age for age in _AGES for _ in range(age[2])]
    youngest, oldest, _ = plan.rng.choice(ages)
    year = 2026 - plan.rng.randint(youngest, oldest)
    return date(year, 1, 1) + timedelta(days=plan.rng.randrange(365))


def _joining(plan: Plan, born: date) -> date:
    """Give the day somebody of 19 to 45 joined; nobody's is later than 2024, so that all are full members by 2025."""
    earliest = add_years(born, 19)
    latest = min(add_years(born, 45), date(2024, 6, 30))
    return earliest + timedelta(days=plan.rng.randrange(max((latest - earliest).days, 1)))


def _pick(plan: Plan, shares: Sequence[tuple[str, int]]) -> str:
    return plan.rng.choices([code for code, _ in shares], [share for _, share in shares])[0]


def seniors(members: Iterable[Member], count: int) -> list[Member]:
    """Give the members who have been full ones for longest: those who hold posts."""
    full = [member for member in members if member.full_on is not None]
    return sorted(full, key=lambda row: (row.full_on or OPEN_END, row.id))[:count]
