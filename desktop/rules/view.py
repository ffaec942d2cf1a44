"""Facts arranged for the rules: who is where on the day of the check, looked up once and never changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from desktop.core.calendar import last_day
from desktop.rules import codes
from desktop.rules.facts import (
    Branch,
    Facts,
    Finding,
    JointUnit,
    Meeting,
    Membership,
    Organisation,
    Person,
    Post,
    Term,
)
from desktop.rules.packs import Packs, Rule
from desktop.rules.periods import active, window_start

T = TypeVar("T")
COUNTED_STATES = frozenset({"passed", "archived"})


def group_by(rows: Iterable[T], key: Callable[[T], str | None]) -> dict[str, list[T]]:
    """Sort rows into lists by a key; those without one are left out."""
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        value = key(row)
        if value is not None:
            found[value].append(row)
    return found


@dataclass(frozen=True)
class View:
    """Facts and packs with the indexes that several rules need; everything is of the day `on`.

    A theme keeps in `memo`, under its own name, what is asked of it more than once.
    """

    facts: Facts
    packs: Packs
    memo: dict[str, Any] = field(default_factory=dict, repr=False)
    _known: dict[tuple[str, date], Rule | None] = field(default_factory=dict, repr=False)

    @property
    def on(self) -> date:
        """The day of the check."""
        return self.facts.on

    @cached_property
    def since(self) -> date:
        """The first day that the check looks at."""
        return window_start(self.facts.on, self.facts.go_live)

    def rule(self, rule_id: str, day: date | None = None) -> Rule | None:
        """Give the rule in force on `day` (the day of the check if none is named), or None where it is off."""
        key = rule_id, day or self.facts.on
        if key not in self._known:  # asked for each meeting and each period, of few different days
            self._known[key] = self.packs.find(*key)
        return self._known[key]

    @cached_property
    def branch(self) -> dict[str, Branch]:
        """All branches by id, ended ones too."""
        return {branch.id: branch for branch in self.facts.branches}

    @cached_property
    def live_branches(self) -> list[Branch]:
        """The branches that exist on the day."""
        return [branch for branch in self.facts.branches if is_live(branch, self.on)]

    @cached_property
    def live_organisations(self) -> list[Organisation]:
        """The social organisations that exist on the day."""
        return [row for row in self.facts.organisations if is_live(row, self.on)]

    @cached_property
    def person(self) -> dict[str, Person]:
        """All persons by id."""
        return {person.id: person for person in self.facts.persons}

    @cached_property
    def roll(self) -> list[Membership]:
        """The memberships of the day that are on the roll here: members (standing 40–52) with their relation here."""
        return [row for row in self.facts.memberships if is_member(row) and active(row.starts_on, row.ends_on, self.on)]

    @cached_property
    def roll_of_branch(self) -> dict[str, list[Membership]]:
        """The roll of the day by branch."""
        return group_by(self.roll, lambda row: row.branch_id)

    @cached_property
    def posts(self) -> list[Post]:
        """The posts held on the day."""
        return [row for row in self.facts.posts if active(row.starts_on, row.ends_on, self.on)]

    @cached_property
    def posts_of_branch(self) -> dict[str, list[Post]]:
        """The posts held on the day by branch."""
        return group_by(self.posts, lambda row: row.branch_id)

    @cached_property
    def units(self) -> list[JointUnit]:
        """The coverings of the day, of branches that exist."""
        live = {branch.id for branch in self.live_branches}
        found = self.facts.joint_units
        return [row for row in found if row.branch_id in live and active(row.starts_on, row.ends_on, self.on)]

    @cached_property
    def terms_of_branch(self) -> dict[str, list[Term]]:
        """All terms by branch."""
        return group_by(self.facts.terms, lambda row: row.branch_id)

    def term(self, branch_id: str, day: date | None = None) -> Term | None:
        """Give the term in force: the last one elected on or before `day`; one without a date if there is no other."""
        limit = day or self.on
        rows = self.terms_of_branch.get(branch_id, [])
        dated = [row for row in rows if row.elected_on is not None and last_day(row.elected_on) <= limit]
        if dated:
            return max(dated, key=lambda row: (last_day(row.elected_on or ""), row.id))
        return next((row for row in rows if row.elected_on is None), None)

    def has_committee(self, branch_id: str, day: date | None = None) -> bool:
        """Tell whether the term in force has a committee: three seats or more (data.md, `term`)."""
        term = self.term(branch_id, day)
        return term is not None and (term.seats or 0) >= 3

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The meetings that count: passed or archived, the newest version only, none after the day of the check."""
        newest: dict[str, Meeting] = {}
        parents = {row.id: row.version_of for row in self.facts.meetings if row.version_of is not None}
        today = self.on.isoformat()
        for row in self.facts.meetings:
            if row.state not in COUNTED_STATES or (row.held_on and row.held_on > today[: len(row.held_on)]):
                continue
            root = _root(row.id, parents) if row.version_of is not None else row.id
            if root not in newest or (row.version, row.id) > (newest[root].version, newest[root].id):
                newest[root] = row
        return list(newest.values())

    @cached_property
    def recent_meetings(self) -> list[Meeting]:
        """The meetings that count and whose date, where they have one, lies in the window of the check."""
        return [row for row in self.meetings if row.held_on is None or last_day(row.held_on) >= self.since]


def is_live(row: Branch | Organisation, day: date) -> bool:
    """Tell whether a branch or an organisation exists on a day: not closed, and not dissolved before or on it."""
    return not row.closed and (row.dissolved_on is None or last_day(row.dissolved_on) > day)


def is_member(row: Membership) -> bool:
    """Tell whether a membership is a Party member's whose relation is here; no relation is taken for 在册."""
    return row.standing in codes.MEMBERS and (row.relation or "R1") in codes.ON_ROLL


def in_scope(branch: Branch, rule: Rule) -> bool:
    """Tell whether a rule looks at a branch: its kind, and field ⑧ unless it is switched on."""
    return branch.kind in rule.kinds and (branch.field == "8" or branch.switched_on)


def _root(meeting_id: str, parents: dict[str, str]) -> str:
    seen = {meeting_id}
    while (parent := parents.get(meeting_id)) is not None and parent not in seen:
        seen.add(parent)
        meeting_id = parent
    return meeting_id


def branch_finding(
    rule: Rule,
    branch: Branch,
    *,
    state: str,
    why: str,
    page: str = "branches",
    period: str | None = None,
    due: date | None = None,
    severity: str | None = None,
    missing: tuple[str, ...] = (),
) -> Finding:
    """Make a finding about a branch."""
    return Finding(
        rule=rule.id,
        severity=severity or rule.severity,
        subject=f"branch:{branch.id}",
        code=branch.code,
        name=branch.name,
        period=period,
        due=due.isoformat() if due else None,
        state=state,
        clause=rule.clause,
        why=why,
        go=f"{page}/branch:{branch.id}",
        branch_id=branch.id,
        missing=missing,
    )


def other_finding(
    rule: Rule,
    kind: str,
    key: str,
    name: str,
    *,
    page: str,
    state: str,
    why: str,
    period: str | None = None,
    due: date | None = None,
    branch_id: str | None = None,
    missing: tuple[str, ...] = (),
) -> Finding:
    """Make a finding about an organisation, a person, a meeting or a Party group: kinds without a code."""
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        subject=f"{kind}:{key}",
        code=None,
        name=name,
        period=period,
        due=due.isoformat() if due else None,
        state=state,
        clause=rule.clause,
        why=why,
        go=f"{page}/{kind}:{key}",
        branch_id=branch_id,
        missing=missing,
    )
