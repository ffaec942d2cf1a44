"""The engine: facts and packs in, findings out, in one fixed order. No clock, no database, no screen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from desktop.core.calendar import last_day
from desktop.rules.cadence import check_cadence
from desktop.rules.completeness import check_completeness
from desktop.rules.coverage import check_backstop, check_coverage
from desktop.rules.facts import Facts, Finding, Remark
from desktop.rules.packs import Packs
from desktop.rules.records import check_records
from desktop.rules.shape import check_shape
from desktop.rules.terms import check_terms
from desktop.rules.uniqueness import check_uniqueness
from desktop.rules.view import View
from desktop.rules.votes import check_votes

Theme = Callable[[View], Iterator[Finding]]
STANDING: tuple[Theme, ...] = (
    check_coverage,
    check_backstop,
    check_shape,
    check_cadence,
    check_terms,
    check_uniqueness,
    check_completeness,
)
RECORDS: tuple[Theme, ...] = (check_votes, check_records)


def check(facts: Facts, packs: Packs) -> tuple[Finding, ...]:
    """Give every finding of the day, sorted by rule, code, name, subject and period; what is satisfied is not there.

    It looks at periods and dates from 1 January of the year before `facts.on`, not before `facts.go_live`, and at
    running periods inside their reminder lead. What people said about a finding (`facts.remarks`) becomes its state.
    """
    return check_view(View(facts, packs), (*STANDING, *RECORDS))


def check_view(view: View, themes: tuple[Theme, ...]) -> tuple[Finding, ...]:
    """Do the same by some themes for facts that are arranged already.

    `STANDING` is about how things are and what is due, `RECORDS` about what the records of meetings hold.
    """
    said = {(row.rule, row.subject, row.period): row for row in view.facts.remarks}
    found = (finding for theme in themes for finding in theme(view))
    return sort_findings(_with_remark(finding, said, view) for finding in found)


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings in the order of every list: rule, code (none last), name, subject, period."""
    return tuple(sorted(findings, key=_order))


def rule_order(rule_id: str) -> tuple[int, int]:
    """Give the place of a rule in every list: by theme, then by number."""
    group, _, number = rule_id.partition("-")
    return _GROUPS.index(group), int(number)


def _order(finding: Finding) -> tuple[object, ...]:
    code = finding.code
    place = rule_order(finding.rule)
    return (*place, code is None, code or "", finding.name, finding.subject, finding.period or "")


_GROUPS = ("ORG", "BACK", "MTG", "ELE", "EDU", "DUE", "REL", "DEV", "EVA", "FIN", "DOC", "UNI", "CMP")


def _with_remark(finding: Finding, said: dict[tuple[str, str, str | None], Remark], view: View) -> Finding:
    """Lay the officer's word over a finding; a postponement ends the day after its date."""
    remark = said.get((finding.rule, finding.subject, finding.period))
    if remark is None:
        return finding
    if remark.state == "postponed" and (remark.until_on is None or last_day(remark.until_on) < view.on):
        return finding
    reason = f"{finding.why}（说明：{remark.reason}）" if remark.reason else finding.why
    return replace(finding, state=remark.state, why=reason)
