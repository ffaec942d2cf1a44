"""Size, committee and posts of branches: ORG-03 to 07, 10, 14, 16.

Sources: 中国共产党支部工作条例（试行）第四、五、八、二十条; 苏组发〔2017〕8号 第18条.
"""

from collections.abc import Iterator
from datetime import timedelta

from desktop.core.calendar import chinese_date, last_day
from desktop.rules import codes
from desktop.rules.facts import Branch, Finding, Membership
from desktop.rules.packs import Rule
from desktop.rules.periods import is_exact
from desktop.rules.view import View, branch_finding, group_by, in_scope


def check_shape(view: View) -> Iterator[Finding]:
    """Judge size, committee and posts of branches: ORG-03 to 07, 10, 14, 16."""
    children = group_by(view.live_branches, lambda row: row.parent_id)
    units = group_by(view.units, lambda row: row.branch_id)
    for branch in view.live_branches:
        roll = view.roll_of_branch.get(branch.id, [])
        full = sum(row.standing in codes.FULL for row in roll)
        yield from _org_03(view, branch, len({row.organisation_id for row in units.get(branch.id, [])}))
        yield from _org_04(view, branch, full, len(roll) - full)
        yield from _org_05_06(view, branch, full)
        yield from _org_07(view, branch)
        yield from _org_10(view, branch)
        yield from _large(view, branch, _below(view, branch, children))


def _ruled(view: View, rule_id: str, branch: Branch) -> Rule | None:
    rule = view.rule(rule_id)
    return rule if rule is not None and in_scope(branch, rule) else None


def _org_03(view: View, branch: Branch, units: int) -> Iterator[Finding]:
    rule = _ruled(view, "ORG-03", branch)
    if rule is not None and units > rule.number("max_units"):
        yield branch_finding(
            rule, branch, state="open", why=f"覆盖单位 {units} 个 > {rule.number('max_units')} 个，一般不超过此数"
        )


def _org_04(view: View, branch: Branch, full: int, probationary: int) -> Iterator[Finding]:
    rule = _ruled(view, "ORG-04", branch)
    if rule is not None and full + probationary > rule.number("max_members"):
        total = f"正式党员 {full} + 预备党员 {probationary} = {full + probationary}"
        why = f"{total} > {rule.number('max_members')}，宜划分或升格"
        yield branch_finding(rule, branch, state="open", why=why)


def _org_05_06(view: View, branch: Branch, full: int) -> Iterator[Finding]:
    term = view.term(branch.id)
    rule = _ruled(view, "ORG-05", branch)
    seats = term.seats if term is not None else 0
    if rule is not None and full >= rule.number("min_full"):
        yield from _org_05(rule, branch, full, seats)
    rule = _ruled(view, "ORG-06", branch)
    if rule is not None and full < rule.number("min_full") and (seats or 0) >= 3:
        why = f"正式党员 {full} < {rule.number('min_full')}，而设了 {seats} 名委员的支委会，请核实"
        yield branch_finding(rule, branch, state="open", why=why)


def _org_05(rule: Rule, branch: Branch, full: int, seats: int | None) -> Iterator[Finding]:
    least, usual, most = rule.number("least"), rule.number("usual"), rule.number("most")
    head = f"正式党员 {full} ≥ {rule.number('min_full')}"
    if seats is None:
        why = f"无法判断，因为本届没有填委员名额（{head}，应设支委会）"
        yield branch_finding(rule, branch, state="unknown", why=why)
    elif seats < least:
        yield branch_finding(rule, branch, state="open", why=f"{head}，应设支委会；现有委员名额 {seats} < {least}")
    elif seats > most:
        yield branch_finding(rule, branch, state="open", why=f"{head}；委员名额 {seats} > {most}，一般不超过此数")
    elif seats > usual:
        why = f"{head}；委员名额 {seats} 不在 {least} 至 {usual} 之间"
        yield branch_finding(rule, branch, state="open", why=why, severity=rule.minor)


def _org_07(view: View, branch: Branch) -> Iterator[Finding]:
    rule = _ruled(view, "ORG-07", branch)
    if rule is None or not view.has_committee(branch.id):
        return
    held = [post.title for post in view.posts_of_branch.get(branch.id, [])]
    missing = [codes.TITLE_WORDS.get(title, title) for title in rule.texts("titles") if title not in held]
    deputies = sum(title in {codes.Title.DEPUTY, codes.Title.FULL_TIME_DEPUTY} for title in held)
    faults = [f"缺{'、'.join(missing)}"] if missing else []
    too_many = deputies > rule.number("most_deputies")
    if too_many:
        faults.append(f"副书记 {deputies} 名 > {rule.number('most_deputies')} 名")
    if faults:
        severity = rule.severity if too_many else rule.minor
        yield branch_finding(rule, branch, state="open", why="；".join(faults), severity=severity)


def _org_10(view: View, branch: Branch) -> Iterator[Finding]:
    rule = _ruled(view, "ORG-10", branch)
    if rule is None:
        return
    if branch.ends_on is None or not is_exact(branch.ends_on):
        yield branch_finding(rule, branch, state="unknown", why="无法判断，因为临时党支部没有填到日的任务结束日期")
        return
    end = last_day(branch.ends_on)
    if view.on > end:
        why = f"任务于{chinese_date(end)}结束，已过 {(view.on - end).days} 天，应办理撤销"
        yield branch_finding(rule, branch, state="overdue", why=why, due=end)
    elif view.on >= end - timedelta(days=rule.number("lead_days")):
        why = f"任务于{chinese_date(end)}结束，还有 {(end - view.on).days} 天，届时自然撤销"
        yield branch_finding(rule, branch, state="due", why=why, due=end)


def _below(view: View, branch: Branch, children: dict[str, list[Branch]]) -> list[Membership]:
    """Give the roll of a branch; of a general branch or committee, that of the ⑧ branches below it too."""
    roll = list(view.roll_of_branch.get(branch.id, []))
    if branch.kind not in {"P1", "P2", "P3"}:
        return roll
    waiting, seen = list(children.get(branch.id, [])), {branch.id}
    while waiting:
        child = waiting.pop()
        if child.id in seen:
            continue
        seen.add(child.id)
        if child.field == "8" and child.kind != "P8":
            roll += view.roll_of_branch.get(child.id, [])
        waiting += children.get(child.id, [])
    return roll


def _large(view: View, branch: Branch, roll: list[Membership]) -> Iterator[Finding]:
    rule = _ruled(view, "ORG-14", branch)
    if rule is not None:
        count, general, committee = len(roll), rule.number("general_branch"), rule.number("committee")
        if count >= committee:
            yield branch_finding(rule, branch, state="open", why=f"党员 {count} ≥ {committee}，一般设基层党委")
        elif count >= general and branch.kind != "P3":
            why = f"党员 {count}，在 {general} 至 {committee} 之间，一般设党总支"
            yield branch_finding(rule, branch, state="open", why=why)
    rule = _ruled(view, "ORG-16", branch)
    full = sum(row.standing in codes.FULL for row in roll)
    if rule is not None and full >= rule.number("min_full"):
        posts = view.posts_of_branch.get(branch.id, [])
        if not any(_is_full_time_deputy(post.title, full_time=post.full_time) for post in posts):
            why = f"正式党员 {full} ≥ {rule.number('min_full')}，没有在任的专职副书记"
            yield branch_finding(rule, branch, state="open", why=why)


def _is_full_time_deputy(title: str, *, full_time: bool) -> bool:
    return title == codes.Title.FULL_TIME_DEPUTY or (title == codes.Title.DEPUTY and full_time)
