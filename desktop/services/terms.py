"""Terms of office (届次): elected on, ends on, seats, extension with its document (ELE-01)."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from desktop.core.calendar import add_years, full_day, last_day
from desktop.core.changes import Changes
from desktop.models.term import Term
from desktop.rules import facts
from desktop.rules.packs import Rule
from desktop.rules.terms import term_end
from desktop.services import forms, records, rulebook
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed, check_scope
from desktop.services.units import unit

NOUN = "届次"
_USUAL_YEARS = 3
_DATES = {"elected_on": "选举日期", "ends_on": "届满日期", "extended_to": "延期至"}
_COUNTS = {"number": "届数", "seats": "委员名额"}


@dataclass(frozen=True, slots=True)
class TermDraft:
    """One term as its form holds it; three seats or more are a committee."""

    branch_id: bytes
    id: bytes | None = None
    number: int | None = None
    elected_on: str | None = None
    ends_on: str | None = None
    seats: int | None = None
    extended_to: str | None = None
    extension_document: str | None = None
    remark: str | None = None


@allowed(EVERYONE)
def list_terms(session: Session, *, branch: bytes) -> tuple[TermDraft, ...]:
    """Give the terms of a branch, the newest first."""
    check_scope(session, branch)
    rows = session.db.rows(
        "SELECT branch_id, id, number, elected_on, ends_on, seats, extended_to, extension_document, remark FROM term "
        "WHERE branch_id = ? AND _deleted IS NULL ORDER BY elected_on DESC, number DESC, id DESC",
        (branch,),
    )
    return tuple(TermDraft(*row) for row in rows)


@allowed(EVERYONE)
def open_(session: Session, *, term: bytes) -> TermDraft:
    """Give a term as its form holds it."""
    draft = forms.fill(session, TermDraft, "term", term)
    check_scope(session, draft.branch_id)
    return draft


@allowed(STAFF)
def new(session: Session, *, branch: bytes, elected_on: str | None = None) -> TermDraft:
    """Give the form of the next term: its number, and its end by the years of the branch's field."""
    before = list_terms(session, branch=branch)
    number = max((row.number or 0 for row in before), default=0) + 1 if before else None
    seats = before[0].seats if before else None
    return with_end(session, draft=TermDraft(branch, number=number, elected_on=elected_on, seats=seats))


@allowed(STAFF)
def with_end(session: Session, *, draft: TermDraft) -> TermDraft:
    """Fill an empty end by the length of a term: three years, five in villages and communities (ELE-01)."""
    day = full_day(draft.elected_on)
    if draft.ends_on or day is None:
        return draft
    row = records.get(session, "branch", draft.branch_id)
    years = _years(rulebook.rule(session, "ELE-01"), row["field"])
    return replace(draft, ends_on=add_years(day, years).isoformat())


@allowed(STAFF)
def save(session: Session, *, draft: TermDraft) -> Changes:
    """Save a term; an extension needs its document, and no two terms of a branch begin on one day."""
    needed, order = {"elected_on": "选举日期"}, ("elected_on", "ends_on")
    forms.check(NOUN, draft, needed=needed, dates=_DATES, counts=_COUNTS, order=order)
    draft = with_end(session, draft=draft)
    if draft.extended_to and not (draft.extension_document or "").strip():
        raise forms.refuse(
            NOUN, "延期没有批准文号，不能计入任期。", "请填写批准文号，再保存。", "extension_document", "missing"
        )
    if draft.extended_to and draft.ends_on and last_day(draft.extended_to) <= last_day(draft.ends_on):
        raise forms.refuse(NOUN, "延期的日期不晚于届满日期。", "请核对这两个日期，再保存。", "extended_to", "order")
    if any(row.elected_on == draft.elected_on and row.id != draft.id for row in _others(session, draft)):
        raise forms.refuse(NOUN, f"已有 {draft.elected_on} 选举的届次。", "请打开那一届修改。", "elected_on", "twice")
    branch = records.get(session, "branch", draft.branch_id)
    with unit(session, f"登记 {branch['short_name'] or branch['name']} 届次") as work:
        key = forms.put(session, Term, draft)
    return work.changes.about(key)


def _others(session: Session, draft: TermDraft) -> tuple[TermDraft, ...]:
    return list_terms(session, branch=draft.branch_id)


@allowed(STAFF)
def remove(session: Session, *, term: bytes, reason: str) -> Changes:
    """Put a term into the recycle bin."""
    records.get(session, "term", term)
    with unit(session, "删除 1 个届次") as work:
        records.bin_record(session, Term, term, reason)
    return work.changes.about(term)


@allowed(EVERYONE)
def ends(session: Session) -> dict[bytes, str]:
    """Give the last day of the term in force of every branch that has one, by branch id; as ELE-01 reckons it.

    A kind that the rule does not look at (党委, 党工委: three to five years, 党章第三十条) keeps the day recorded.
    """
    found: dict[bytes, list[facts.Term]] = defaultdict(list)
    branches: dict[bytes, tuple[str | None, str | None]] = {}
    for branch, kind, field, *dates in session.db.rows(
        "SELECT t.branch_id, b.kind, b.field, t.elected_on, t.ends_on, t.extended_to, t.extension_document FROM term t "
        "JOIN branch b ON b.id = t.branch_id WHERE t._deleted IS NULL ORDER BY t.elected_on, t.id"
    ):
        found[branch].append(facts.Term("", "", dates[0], dates[1], None, dates[2], dates[3]))
        branches[branch] = (kind, field)
    made: dict[bytes, str] = {}
    rule = rulebook.rule(session, "ELE-01")
    for branch, rows in found.items():
        term = _in_force(rows, session.today)
        kind, field = branches[branch]
        if term is not None and rule is not None and kind not in rule.kinds:
            term = replace(term, elected_on=None)
        end = term_end(term, _years(rule, field)) if term else None
        if end is not None:
            made[branch] = end.isoformat()
    return made


def _in_force(terms: list[facts.Term], day: date) -> facts.Term | None:
    """Give the last term elected on or before the day, else one without a date."""
    begun = [row for row in terms if row.elected_on is not None and last_day(row.elected_on) <= day]
    undated = (row for row in terms if row.elected_on is None)
    return begun[-1] if begun else next(undated, None)


def _years(rule: Rule | None, field: str | None) -> int:
    if rule is None:
        return _USUAL_YEARS
    return rule.number("village_years" if (field or "8") in rule.texts("village_fields") else "years")
