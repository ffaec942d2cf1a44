"""Cadence of organisation life: MTG-01 to 04, 06 and 18.

Each kind of a gathering counts once. Only passed and archived meetings count, the newest version only; brief records
count. Sources: 中国共产党支部工作条例（试行）第十一至十三、十六条.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.calendar import Cadence, Period, chinese_date, last_day
from desktop.rules.codes import KIND_WORDS, Kind
from desktop.rules.facts import Branch, Finding, Meeting, PartyGroup
from desktop.rules.packs import Rule
from desktop.rules.periods import earliest_day, is_exact, owed_periods
from desktop.rules.view import View, branch_finding, group_by, in_scope, other_finding


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes what, how often: a branch, or one of its Party groups."""

    rule_id: str
    cadence: Cadence
    kinds: tuple[str, ...]


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
    by_branch = group_by(view.recent_meetings, lambda row: row.branch_id)
    by_group = group_by(view.recent_meetings, lambda row: row.party_group_id)
    groups = group_by(view.facts.groups, lambda row: row.branch_id)
    begun = _group_starts(view)
    for branch in view.facts.branches:
        if branch.suspended or not _existed(view, branch):
            continue
        for duty in _BRANCH_DUTIES:
            yield from _branch_duty(view, duty, branch, by_branch.get(branch.id, []))
        for group in groups.get(branch.id, []):
            yield from _group_duty(view, branch, group, by_group.get(group.id, []), begun.get(group.id))


def _existed(view: View, branch: Branch) -> bool:
    """Tell whether a branch may owe anything in the window; one that ended since still owes what came before."""
    return not branch.closed if branch.dissolved_on is None else last_day(branch.dissolved_on) > view.since


def _group_starts(view: View) -> dict[str, date]:
    """Give the day that the first member of each Party group came: a group has no founding date of its own."""
    rows = group_by(view.facts.memberships, lambda row: row.party_group_id)
    return {
        key: min(last_day(row.starts_on) for row in members if row.starts_on)
        for key, members in rows.items()
        if all(row.starts_on for row in members)
    }


def _branch_duty(view: View, duty: Duty, branch: Branch, meetings: list[Meeting]) -> Iterator[Finding]:
    rule = view.rule(duty.rule_id)
    if rule is None or not in_scope(branch, rule) or rule.number("times") == 0:
        return
    if duty.rule_id == "MTG-02" and not any((term.seats or 0) >= 3 for term in view.terms_of_branch.get(branch.id, [])):
        return

    def find(state: str, why: str, period: Period | None, due: date | None) -> Finding:
        return branch_finding(
            rule, branch, page="meetings", state=state, why=why, period=str(period) if period else None, due=due
        )

    kinds = rule.texts("meetings") if duty.rule_id == "MTG-18" else duty.kinds
    counted = [row for row in meetings if set(row.kinds) & set(kinds)]
    yield from _judge(view, rule, duty, branch, None, counted, find)


def _group_duty(
    view: View, branch: Branch, group: PartyGroup, meetings: list[Meeting], begun: date | None
) -> Iterator[Finding]:
    rule = view.rule(_GROUP_DUTY.rule_id)
    if rule is None or not in_scope(branch, rule) or rule.number("times") == 0:
        return

    def find(state: str, why: str, period: Period | None, due: date | None) -> Finding:
        return other_finding(
            rule,
            "party_group",
            group.id,
            group.name,
            page="meetings",
            state=state,
            why=why,
            period=str(period) if period else None,
            due=due,
            branch_id=branch.id,
        )

    counted = [row for row in meetings if Kind.GROUP in row.kinds]
    yield from _judge(view, rule, _GROUP_DUTY, branch, begun, counted, find)


Find = Callable[[str, str, Period | None, date | None], Finding]


def _judge(
    view: View, rule: Rule, duty: Duty, branch: Branch, begun: date | None, meetings: list[Meeting], find: Find
) -> Iterator[Finding]:
    """Give one finding for each owed period that has too few meetings."""
    if branch.founded_on is None or (not is_exact(branch.founded_on) and last_day(branch.founded_on) >= view.since):
        said = "没有填成立日期" if branch.founded_on is None else f"成立日期只填到 {branch.founded_on}"
        yield find("unknown", f"无法判断，因为党组织{said}，不知从哪一期起算", None, None)
        return
    founded = last_day(branch.founded_on)
    founded = founded if begun is None else max(founded, begun)
    until = last_day(branch.dissolved_on) if branch.dissolved_on else None
    lead = _lead(rule, duty)
    for period in owed_periods(duty.cadence, view.since, founded, until, view.on, lead):
        used = view.rule(duty.rule_id, min(period.end, view.on))
        if used is None or (duty.rule_id == "MTG-02" and not view.has_committee(branch.id, period.start)):
            continue
        due = _due(used, duty, period)
        if view.on < due - timedelta(days=_days_before(used, duty)):
            continue
        yield from _period(view, used, period, due, meetings, find, _words(used, duty))


def _lead(rule: Rule, duty: Duty) -> int:
    """Give the days before the end of a period from which it may stand in the check; a theme day has its own day."""
    return 31 if duty.rule_id == "MTG-06" else rule.number("lead_days")


def _days_before(rule: Rule, duty: Duty) -> int:
    return rule.number("tolerance_days") if duty.rule_id == "MTG-06" else rule.number("lead_days")


def _due(rule: Rule, duty: Duty, period: Period) -> date:
    if duty.rule_id != "MTG-06":
        return period.end
    return period.start + timedelta(days=min(max(rule.number("day"), 1), period.end.day) - 1)


def _words(rule: Rule, duty: Duty) -> str:
    kinds = rule.texts("meetings") if duty.rule_id == "MTG-18" else duty.kinds
    return "、".join(KIND_WORDS.get(kind, kind) for kind in kinds)


def _period(
    view: View, rule: Rule, period: Period, due: date, meetings: list[Meeting], find: Find, words: str
) -> Iterator[Finding]:
    times = rule.number("times")
    held = [row for row in meetings if row.held_on and _inside(row.held_on, period)]
    if len(held) >= times:
        return
    vague = [row for row in meetings if row.held_on and not _inside(row.held_on, period) and _touches(row, period)]
    sums = f"{period.words()}{words} {len(held)} 次 < 应 {times} 次"
    if len(held) + len(vague) >= times:
        why = f"无法判断，因为有 {len(vague)} 次{words}的日期没有填到可归入{period.words()}的精度；{sums}"
        yield find("unknown", why, period, due)
    elif view.on > period.end:
        yield find("overdue", f"{sums}；期限{chinese_date(due)}，已过", period, due)
    else:
        yield find("due", f"{sums}；期限{chinese_date(due)}，本期至{chinese_date(period.end)}止", period, due)


def _inside(held_on: str, period: Period) -> bool:
    return period.start <= earliest_day(held_on) and last_day(held_on) <= period.end


def _touches(row: Meeting, period: Period) -> bool:
    held_on = row.held_on or ""
    return earliest_day(held_on) <= period.end and period.start <= last_day(held_on)
