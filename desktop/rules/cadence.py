"""Cadence of organisation life: MTG-01 to 04, 06 and 18.

Each kind of a gathering counts once. Only passed and archived meetings count, the newest version only; brief records
count. A gathering that makes up a closed period (补开) counts for that period and not for its own.
Sources: 中国共产党支部工作条例（试行）第十一至十三、十六条.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.calendar import Cadence, Period, chinese_date, last_day
from desktop.rules.codes import KIND_WORDS, Kind
from desktop.rules.facts import Branch, Finding, Meeting, PartyGroup
from desktop.rules.packs import Rule
from desktop.rules.periods import begun_periods, is_exact, name_of, period_name
from desktop.rules.view import View, branch_finding, group_by, in_scope, other_finding

OWED = "owed"


@dataclass(frozen=True, slots=True)
class Duty:
    """What is owed how often: by a branch, or by each of its Party groups."""

    rule_id: str
    cadence: Cadence
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """One period that somebody owes, begun by the day of the check, with how often it was held.

    `held` lies in the period, `made_up` was held later and assigned to it, `vague` may or may not lie in it.
    """

    rule: Rule
    duty: Duty
    branch: Branch
    group: PartyGroup | None
    period: Period
    due: date
    held: int
    made_up: int
    vague: int

    @property
    def times(self) -> int:
        """How often it is owed."""
        return self.rule.number("times")

    @property
    def words(self) -> str:
        """The kinds that count, in Chinese."""
        return "、".join(KIND_WORDS.get(kind, kind) for kind in _kinds(self.rule, self.duty))


@dataclass(frozen=True, slots=True)
class _Held:
    """The gatherings of one duty: how many by the period they lie in, by the period they make up, and vague ones."""

    inside: Counter[str | None]
    made_up: Counter[str]
    years: tuple[str, ...]


_BRANCH_DUTIES = (
    Duty("MTG-01", "Q", (Kind.MEMBERS,)),
    Duty("MTG-02", "M", (Kind.COMMITTEE,)),
    Duty("MTG-04", "Q", (Kind.LECTURE,)),
    Duty("MTG-06", "M", (Kind.THEME_DAY,)),
    Duty("MTG-18", "M", ()),
)
_GROUP_DUTY = Duty("MTG-03", "M", (Kind.GROUP,))


def check_cadence(view: View) -> Iterator[Finding]:
    """Judge each period that a branch or a Party group owes: MTG-01, 02, 03, 04, 06, 18."""
    for rule, _, branch, group in _debtors(view):
        said = _unknown_founding(view, branch)
        if said:
            why = f"无法判断，因为党组织{said}，不知从哪一期起算"
            yield _finding(rule, branch, group, "unknown", why, None, None)
    for owed in owed_periods(view):
        yield from _judge(view.on, owed)


def owed_periods(view: View) -> tuple[Owed, ...]:
    """Give every period of the window that is owed and has begun, whether its reminder is due or not."""
    if OWED not in view.memo:
        view.memo[OWED] = tuple(_owed(view))
    found: tuple[Owed, ...] = view.memo[OWED]
    return found


def _owed(view: View) -> Iterator[Owed]:
    by_branch = group_by(view.recent_meetings, lambda row: row.branch_id)
    by_group = group_by(view.recent_meetings, lambda row: row.party_group_id)
    begun = _group_starts(view)
    for rule, duty, branch, group in _debtors(view):
        if branch.founded_on is None or _unknown_founding(view, branch):
            continue
        meetings = by_branch.get(branch.id, []) if group is None else by_group.get(group.id, [])
        founded = last_day(branch.founded_on)
        if group is not None:
            founded = max(founded, begun.get(group.id, founded))
        until = last_day(branch.dissolved_on) if branch.dissolved_on else None
        periods = begun_periods(duty.cadence, view.since, founded, until, view.on)
        yield from _count(view, duty, branch, group, periods, _held(meetings, _kinds(rule, duty), duty.cadence))


def _debtors(view: View) -> Iterator[tuple[Rule, Duty, Branch, PartyGroup | None]]:
    """Give who owes what by the rules of the day; nobody owes what is switched off or owed no times."""
    groups = group_by(view.facts.groups, lambda row: row.branch_id)
    for branch in view.facts.branches:
        if branch.suspended or not _existed(view, branch):
            continue
        for duty in (*_BRANCH_DUTIES, _GROUP_DUTY):
            rule = view.rule(duty.rule_id)
            if rule is None or not in_scope(branch, rule) or rule.number("times") == 0:
                continue
            if duty.rule_id == "MTG-02" and not _ever_had_committee(view, branch):
                continue
            debtors = groups.get(branch.id, []) if duty is _GROUP_DUTY else [None]
            yield from ((rule, duty, branch, group) for group in debtors)


def _existed(view: View, branch: Branch) -> bool:
    """Tell whether a branch may owe anything in the window; one that ended since still owes what came before."""
    return not branch.closed if branch.dissolved_on is None else last_day(branch.dissolved_on) > view.since


def _ever_had_committee(view: View, branch: Branch) -> bool:
    return any((term.seats or 0) >= 3 for term in view.terms_of_branch.get(branch.id, []))


def _unknown_founding(view: View, branch: Branch) -> str:
    """Say why it is not known since when a branch owes, or nothing."""
    if branch.founded_on is None:
        return "没有填成立日期"
    vague = not is_exact(branch.founded_on) and last_day(branch.founded_on) >= view.since
    return f"成立日期只填到 {branch.founded_on}" if vague else ""


def _group_starts(view: View) -> dict[str, date]:
    """Give the day that the first member of each Party group came: a group has no founding date of its own."""
    rows = group_by(view.facts.memberships, lambda row: row.party_group_id)
    return {
        key: min(last_day(row.starts_on) for row in members if row.starts_on)
        for key, members in rows.items()
        if all(row.starts_on for row in members)
    }


def _kinds(rule: Rule, duty: Duty) -> tuple[str, ...]:
    return rule.texts("meetings") if duty.rule_id == "MTG-18" else duty.kinds


def _held(meetings: Iterable[Meeting], kinds: tuple[str, ...], cadence: Cadence) -> _Held:
    inside: Counter[str | None] = Counter()
    made_up: Counter[str] = Counter()
    years = []
    for row in meetings:
        own = next((kind for kind in kinds if kind in row.kinds), None)
        if own is None or not row.held_on:
            continue
        other = dict(row.makes_up).get(own) if row.makes_up else None
        if other is not None:
            made_up[other] += 1
            continue
        period = period_name(row.held_on, cadence)
        inside[period] += 1
        if period is None:
            years.append(row.held_on)
    return _Held(inside, made_up, tuple(years))


def _count(
    view: View, duty: Duty, branch: Branch, group: PartyGroup | None, periods: tuple[Period, ...], held: _Held
) -> Iterator[Owed]:
    for period in periods:
        rule = view.rule(duty.rule_id, min(period.end, view.on))
        if rule is None or (duty.rule_id == "MTG-02" and not view.has_committee(branch.id, period.start)):
            continue
        name = name_of(period)
        vague = held.years.count(name[:4]) if held.years else 0
        due = period.end if duty.rule_id != "MTG-06" else _fixed_day(rule, period)
        yield Owed(rule, duty, branch, group, period, due, held.inside[name], held.made_up[name], vague)


def _fixed_day(rule: Rule, period: Period) -> date:
    """Give the day of the month on which a theme day is held, its last where the month is shorter."""
    return period.start + timedelta(days=min(max(rule.number("day"), 1), period.end.day) - 1)


def _judge(on: date, owed: Owed) -> Iterator[Finding]:
    """Give one finding for a period that has too few meetings and whose reminder has come."""
    lead = owed.rule.number("tolerance_days" if owed.duty.rule_id == "MTG-06" else "lead_days")
    done = owed.held + owed.made_up
    if done >= owed.times or on < owed.due - timedelta(days=lead):
        return
    period, words = owed.period, owed.words
    sums = f"{period.words()}{words} {done} 次 < 应 {owed.times} 次"
    if done + owed.vague >= owed.times:
        state = "unknown"
        why = f"无法判断，因为有 {owed.vague} 次{words}的日期没有填到可归入{period.words()}的精度；{sums}"
    elif on > period.end:
        state, why = "overdue", f"{sums}；期限{chinese_date(owed.due)}，已过"
    else:
        state, why = "due", f"{sums}；期限{chinese_date(owed.due)}，本期至{chinese_date(period.end)}止"
    yield _finding(owed.rule, owed.branch, owed.group, state, why, period, owed.due)


def _finding(
    rule: Rule,
    branch: Branch,
    group: PartyGroup | None,
    state: str,
    why: str,
    period: Period | None,
    due: date | None,
) -> Finding:
    said = str(period) if period else None
    if group is None:
        return branch_finding(rule, branch, page="meetings", state=state, why=why, period=said, due=due)
    return other_finding(
        rule, "party_group", group.id, group.name, page="meetings", state=state, why=why, period=said, due=due,
        branch_id=branch.id,
    )  # fmt: skip
