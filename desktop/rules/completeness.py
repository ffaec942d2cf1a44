"""Completeness of master data: CMP-01 persons, CMP-02 branches, CMP-03 organisations (domain.md §11.12)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from desktop.core.calendar import add_months, chinese_date, last_day
from desktop.rules import codes
from desktop.rules.facts import Branch, Finding, Membership, Organisation, Person
from desktop.rules.packs import Rule
from desktop.rules.periods import active
from desktop.rules.view import View, branch_finding, group_by, in_scope, other_finding

PERSON_FIELDS = {
    "name": "姓名",
    "sex": "性别",
    "ethnicity": "民族",
    "born_on": "出生日期",
    "identity": "身份证号",
    "education": "学历",
    "joined_on": "入党日期",
    "full_on": "转正日期",
    "branch": "所在支部",
}
BRANCH_FIELDS = {
    "name": "名称",
    "kind": "类别",
    "parent": "隶属",
    "founded_on": "成立日期",
    "approval": "批准文号",
    "secretary": "书记",
    "term_end": "届满日期",
    "unit": "所在单位",
    "place": "村（社区）",
    "contact": "联系方式",
    "field": "领域",
}
ORGANISATION_FIELDS = {
    "name": "名称",
    "type": "类型",
    "registration": "登记或备案",
    "number": "统一代码或备案号",
    "registered_on": "成立日期",
    "place": "村（社区）",
    "head": "负责人",
    "staff_count": "从业人数",
    "survey_on": "党员摸底日期",
    "management": "管理渠道",
}


def check_completeness(view: View) -> Iterator[Finding]:
    """Judge the required fields of members, branches and organisations: CMP-01, 02, 03."""
    yield from _cmp_01(view)
    yield from _cmp_02(view)
    yield from _cmp_03(view)


def _missing(rule: Rule, names: Mapping[str, str], lacks: Callable[[str], bool]) -> tuple[str, ...]:
    """Give the required fields that are empty, in Chinese."""
    return tuple(names[name] for name in rule.texts("fields") if name in names and lacks(name))


def _said(rule: Rule, names: Mapping[str, str], missing: tuple[str, ...]) -> str:
    """Say which required fields are empty: `必填 9 项，缺 2 项：民族、学历`; empty where none is."""
    count = sum(name in names for name in rule.texts("fields"))
    return f"必填 {count} 项，缺 {len(missing)} 项：{'、'.join(missing)}" if missing else ""


def _cmp_01(view: View) -> Iterator[Finding]:
    rule = view.rule("CMP-01")
    rows = group_by(view.roll, lambda row: row.person_id)
    for person in view.facts.persons:
        row = next(iter(rows.get(person.id, [])), None)
        if rule is None or row is None:
            continue
        late = _late_probation(rule, person, rows[person.id], view.on)
        missing = _missing(rule, PERSON_FIELDS, _person_lacks(person, row))
        said = "；".join(filter(None, [_said(rule, PERSON_FIELDS, missing), late]))
        if said:
            yield other_finding(
                rule,
                "person",
                person.id,
                person.name,
                page="members",
                state="open",
                why=said,
                branch_id=row.branch_id,
                missing=missing or ("转正日期",),
            )


def _person_lacks(person: Person, row: Membership) -> Callable[[str], bool]:
    def lacks(name: str) -> bool:
        if name == "branch":
            return row.branch_id is None
        if name == "full_on":
            return row.standing in codes.FULL and not person.full_on
        return not getattr(person, name)

    return lacks


def _late_probation(rule: Rule, person: Person, rows: list[Membership], on: date) -> str:
    """Say that a probationary member has stood so for longer than the months of the rule; an extension stands apart."""
    if not any(row.standing == "40" for row in rows) or not person.joined_on or person.full_on:
        return ""
    months = rule.number("probation_months")
    limit = add_months(last_day(person.joined_on), months)
    return f"预备党员满 {months} 个月（{chinese_date(limit)}）而没有转正日期" if on > limit else ""


def _cmp_02(view: View) -> Iterator[Finding]:
    rule = view.rule("CMP-02")
    units = {row.branch_id for row in view.units}
    for branch in view.live_branches:
        if rule is None or not _judged(rule, branch):
            continue
        missing = _missing(rule, BRANCH_FIELDS, _branch_lacks(view, branch, units))
        if missing:
            said = _said(rule, BRANCH_FIELDS, missing)
            yield branch_finding(rule, branch, state="open", why=said, missing=missing)


def _judged(rule: Rule, branch: Branch) -> bool:
    """Leave out the root of the tree, and take in a branch whose kind is not known: that is what it lacks."""
    if branch.parent_id is None and branch.kind in {"P1", "P2"}:
        return False
    return in_scope(branch, rule) or (branch.kind is None and branch.field == "8")


_WITH_TERM = frozenset({"P4", "P5", "P7"})
_WITH_UNIT = frozenset({"P4", "P5"})


def _branch_lacks(view: View, branch: Branch, units: set[str]) -> Callable[[str], bool]:
    term = view.term(branch.id)
    posts = view.posts_of_branch.get(branch.id, [])
    here: dict[str, bool] = {
        "parent": branch.parent_id is not None,
        "secretary": any(post.title == codes.Title.SECRETARY for post in posts),
        "term_end": branch.kind not in _WITH_TERM or (term is not None and term.ends_on is not None),
        "unit": branch.kind not in _WITH_UNIT or branch.id in units,
        "place": branch.kind not in _WITH_UNIT or branch.place_id is not None,
    }
    return lambda name: not here[name] if name in here else not getattr(branch, name)


def _cmp_03(view: View) -> Iterator[Finding]:
    rule = view.rule("CMP-03")
    managed = {row.organisation_id for row in view.facts.management if active(row.starts_on, row.ends_on, view.on)}
    for organisation in view.live_organisations:
        if rule is None:
            return
        missing = _missing(rule, ORGANISATION_FIELDS, _organisation_lacks(organisation, managed))
        if missing:
            yield other_finding(
                rule,
                "organisation",
                organisation.id,
                organisation.name,
                page="organisations",
                state="open",
                why=_said(rule, ORGANISATION_FIELDS, missing),
                missing=missing,
            )


def _organisation_lacks(organisation: Organisation, managed: set[str]) -> Callable[[str], bool]:
    here = {
        "place": organisation.place_id is not None,
        "head": organisation.head_id is not None,
        "staff_count": organisation.staff_count is not None,
        "management": organisation.id in managed,
    }
    return lambda name: not here[name] if name in here else not getattr(organisation, name)
