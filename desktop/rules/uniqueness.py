"""Uniqueness: UNI-01 (one secretary) and UNI-05 (one membership on the roll), domain.md §11.10."""

from collections.abc import Iterator

from desktop.rules import codes
from desktop.rules.facts import Finding
from desktop.rules.view import View, branch_finding, group_by, other_finding


def check_uniqueness(view: View) -> Iterator[Finding]:
    """Judge secretaries of branches and memberships of persons on the day: UNI-01, UNI-05."""
    yield from _uni_01(view)
    yield from _uni_05(view)


def _uni_01(view: View) -> Iterator[Finding]:
    rule = view.rule("UNI-01")
    for branch in view.live_branches:
        posts = view.posts_of_branch.get(branch.id, [])
        holders = sorted({post.person_id for post in posts if post.title == codes.Title.SECRETARY})
        if rule is not None and branch.kind in rule.kinds and len(holders) > rule.number("most"):
            names = "、".join(_name(view, holder) for holder in holders)
            why = f"在任书记 {len(holders)} 名（{names}）> {rule.number('most')} 名"
            yield branch_finding(rule, branch, state="open", why=why)


def _name(view: View, person_id: str) -> str:
    person = view.person.get(person_id)
    return person.name if person is not None else "姓名不详"


def _uni_05(view: View) -> Iterator[Finding]:
    rule = view.rule("UNI-05")
    if rule is None:
        return
    here = [row for row in view.roll if (row.relation or "R1") == "R1"]
    rows_of = group_by(here, lambda row: row.person_id)
    same = group_by(view.facts.persons, lambda row: row.identity)
    for person in view.facts.persons:
        rows = rows_of.get(person.id, [])
        twins = [twin for twin in same.get(person.identity or "", []) if twin.id != person.id and twin.id in rows_of]
        count = len(rows) + sum(len(rows_of[twin.id]) for twin in twins)
        if not rows or count <= rule.number("most"):
            continue
        names = [view.branch[row.branch_id].name for row in rows if row.branch_id in view.branch]
        names += [view.branch[r.branch_id].name for t in twins for r in rows_of[t.id] if r.branch_id in view.branch]
        same_number = f"，其中身份证号相同的人员 {len(twins) + 1} 名" if twins else ""
        why = f"在册组织关系 {count} 个（{'、'.join(names)}）> {rule.number('most')} 个{same_number}"
        yield other_finding(
            rule,
            "person",
            person.id,
            person.name,
            page="members",
            state="open",
            why=why,
            branch_id=rows[0].branch_id,
        )
