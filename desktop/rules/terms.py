"""Terms of office: ELE-01 and ELE-02 (中国共产党支部工作条例（试行）第二十一、二十二条)."""

from collections.abc import Iterator
from datetime import date

from desktop.core.calendar import add_months, add_years, chinese_date, date_words, last_day
from desktop.rules.facts import Branch, Finding, Term
from desktop.rules.packs import Rule
from desktop.rules.periods import is_exact
from desktop.rules.view import View, branch_finding


def check_terms(view: View) -> Iterator[Finding]:
    """Judge the term in force of each branch: over without a new election (ELE-01), or near its end (ELE-02)."""
    length = view.rule("ELE-01")
    for branch in view.live_branches:
        if length is None or branch.kind not in length.kinds:
            continue
        term = view.term(branch.id)
        problem = _unknown(branch, term)
        if problem:
            yield branch_finding(length, branch, state="unknown", why=f"无法判断，因为{problem}")
        elif term is not None:
            yield from _judge(view, length, branch, term)


def _unknown(branch: Branch, term: Term | None) -> str:
    """Say why a term cannot be judged; a branch outside field ⑧ without any term is none of ours."""
    if term is None:
        return "没有届次记录，不知届满日期" if branch.field == "8" or branch.switched_on else ""
    if term.elected_on is None and term.ends_on is None:
        return "届次没有填选举日期，也没有填届满日期"
    vague = [text for text in (term.elected_on, term.ends_on) if text is not None]
    if not any(is_exact(text) for text in vague):
        return f"届次日期只填到 {'、'.join(vague)}"
    return ""


def years_of(rule: Rule, branch: Branch) -> int:
    """Give the years of a term: five in villages and communities, else three (parameters of ELE-01)."""
    village = branch.field in rule.texts("village_fields")
    return rule.number("village_years") if village else rule.number("years")


def term_end(term: Term, years: int) -> date | None:
    """Give the last day of a term.

    It is the same day `years` after the election (29 February becomes 28); an earlier recorded end stands, and an
    extension counts where it has its document. None without any date.
    """
    computed = add_years(last_day(term.elected_on), years) if term.elected_on and is_exact(term.elected_on) else None
    recorded = last_day(term.ends_on) if term.ends_on and is_exact(term.ends_on) else None
    known = [day for day in (computed, recorded) if day is not None]
    if not known:
        return None
    end = min(known)
    if term.extended_to and term.extension_document:
        end = max(end, last_day(term.extended_to))
    return end


def _judge(view: View, length: Rule, branch: Branch, term: Term) -> Iterator[Finding]:
    years = years_of(length, branch)
    end = term_end(term, years)
    if end is None:
        return
    words = _words(term, years, end)
    if view.on > end:
        months = _months_past(end, view.on)
        why = f"{words}；已过 {(view.on - end).days} 天（第 {months} 个月），未见换届选举"
        yield branch_finding(length, branch, state="overdue", why=why, due=end)
        return
    reminder = view.rule("ELE-02")
    if reminder is None or branch.kind not in reminder.kinds:
        return
    stages = [reminder.number(name) for name in ("lead_months", "second_months", "last_months")]
    reached = [months for months in stages if view.on >= add_months(end, -months)]
    if reached:
        stage = min(reached)
        since = chinese_date(add_months(end, -stage))
        why = f"{words}；距届满 {(end - view.on).days} 天，已到提前 {stage} 个月的提醒（{since}）"
        yield branch_finding(reminder, branch, state="due", why=why, due=end)


def _words(term: Term, years: int, end: date) -> str:
    parts = []
    counted = add_years(last_day(term.elected_on), years) if term.elected_on and is_exact(term.elected_on) else None
    if term.elected_on and counted:
        parts.append(f"{chinese_date(last_day(term.elected_on))}选举，任期 {years} 年")
    if term.ends_on:
        parts.append(_recorded(term.ends_on, years, counted))
    if term.extended_to and term.extension_document:
        parts.append(f"经批准（{term.extension_document}）延至 {term.extended_to}")
    elif term.extended_to:
        parts.append(f"延至 {term.extended_to} 没有批准文号，不计")
    return f"{'，'.join(parts)}，{chinese_date(end)}届满"


def _recorded(ends_on: str, years: int, counted: date | None) -> str:
    """Say what the recorded end is worth beside the counted one: the earlier of the two stands."""
    said = f"登记的届满日期 {date_words(ends_on)}"
    if counted is None or not is_exact(ends_on) or last_day(ends_on) == counted:
        return said
    if last_day(ends_on) > counted:
        return f"{said}超过 {years} 年，按 {years} 年计"
    return f"{said}不足 {years} 年，按登记的计"


def _months_past(end: date, on: date) -> int:
    months = 1
    while add_months(end, months) < on:
        months += 1
    return months
