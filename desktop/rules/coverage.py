"""Coverage of social organisations: ORG-01, 02, 12, 13 and the backstop rule BACK-01.

Sources: 苏组发〔2017〕8号 第7、9、11条; 中国共产党支部工作条例（试行）第四、五条.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from desktop.core.calendar import chinese_date, last_day
from desktop.rules import codes
from desktop.rules.facts import Finding, Membership, Organisation
from desktop.rules.packs import Rule
from desktop.rules.periods import active, is_exact
from desktop.rules.view import View, group_by, is_live, is_member, other_finding


def check_coverage(view: View) -> Iterator[Finding]:
    """Judge social organisations without a Party organisation: ORG-01, 02, 12, 13."""
    covered = {row.organisation_id for row in view.units if view.branch[row.branch_id].kind in _OWN_KINDS}
    rolls = group_by(view.roll, lambda row: row.organisation_id)
    helped = {row.organisation_id for row in view.facts.instructors if active(row.starts_on, row.ends_on, view.on)}
    histories = group_by(filter(is_member, view.facts.memberships), lambda row: row.organisation_id)
    for organisation in view.live_organisations:
        full, all_members, words = _count(organisation, rolls.get(organisation.id, []))
        if organisation.id not in covered:
            yield from _org_01(view, organisation, full, words, histories.get(organisation.id, []))
            yield from _org_02(view, organisation, full, words)
        if all_members == 0 and organisation.id not in helped:
            yield from _org_12(view, organisation, words)
        yield from _org_13(view, organisation)


_OWN_KINDS = frozenset({"P1", "P2", "P3", "P4", "P5"})


def _count(organisation: Organisation, roll: list[Membership]) -> tuple[int, int, str]:
    """Count full members and all members: the greater of the roll and the last survey, with the sum in words."""
    full = sum(row.standing in codes.FULL for row in roll)
    found_full, found_more = organisation.survey_full, organisation.survey_probationary or 0
    if found_full is None:
        return full, len(roll), f"在册正式党员 {full} 名、预备党员 {len(roll) - full} 名，尚无摸底数"
    here = f"在册正式党员 {full} 名、预备党员 {len(roll) - full} 名"
    words = f"{here}，摸底正式党员 {found_full} 名、预备党员 {found_more} 名"
    return max(full, found_full), max(len(roll), found_full + found_more), words


def _organisation(
    rule: Rule, organisation: Organisation, state: str, why: str, due: date | None = None, branch_id: str | None = None
) -> Finding:
    return other_finding(
        rule,
        "organisation",
        organisation.id,
        organisation.name,
        page="organisations",
        state=state,
        why=why,
        due=due,
        branch_id=branch_id,
    )


def _org_01(
    view: View, organisation: Organisation, full: int, words: str, history: list[Membership]
) -> Iterator[Finding]:
    rule = view.rule("ORG-01")
    if rule is None or full < rule.number("min_full"):
        return
    least = rule.number("min_full")
    since = _crossed(history, organisation, least, view.on)
    why = f"{words}；{full} ≥ {least}，尚无党组织覆盖，应单独组建"
    if since is None:
        yield _organisation(rule, organisation, "open", f"{why}；达到 {least} 名的日期不详，未推算期限")
        return
    start = max(since, view.facts.go_live or since)
    due = start + timedelta(days=rule.number("due_days"))
    state = "due" if view.on <= due else "overdue"
    days = rule.number("due_days")
    yield _organisation(
        rule, organisation, state, f"{why}；{chinese_date(start)}起算 {days} 天，至{chinese_date(due)}", due
    )


def _crossed(history: list[Membership], organisation: Organisation, least: int, on: date) -> date | None:
    """Give the day since which the count has stood at `least` without a break, or None where it is not known."""
    rows = [row for row in history if row.standing in codes.FULL]
    now = [row for row in rows if active(row.starts_on, row.ends_on, on)]
    if len(now) < least:
        return last_day(organisation.survey_on) if is_exact(organisation.survey_on) and organisation.survey_on else None
    days = sorted({last_day(row.starts_on) for row in rows if row.starts_on and last_day(row.starts_on) <= on})
    found: date | None = None
    edges = sorted({*days, *(last_day(row.ends_on) + timedelta(days=1) for row in rows if row.ends_on)})
    for day in (edge for edge in edges if edge <= on):
        enough = sum(active(row.starts_on, row.ends_on, day) for row in rows) >= least
        found = (found or day) if enough else None
    always = sum(active(row.starts_on, row.ends_on, date.min) for row in rows) >= least
    return None if always else found


def _org_02(view: View, organisation: Organisation, full: int, words: str) -> Iterator[Finding]:
    rule = view.rule("ORG-02")
    if rule is not None and 1 <= full <= rule.number("max_full"):
        yield _organisation(
            rule,
            organisation,
            "open",
            f"{words}；1 ≤ {full} ≤ {rule.number('max_full')}，尚无党组织覆盖，宜就近联合组建",
        )


def _org_12(view: View, organisation: Organisation, words: str) -> Iterator[Finding]:
    rule = view.rule("ORG-12")
    if rule is not None:
        yield _organisation(rule, organisation, "open", f"{words}；没有党员，也没有在任的党建工作指导员或联络员")


def _org_13(view: View, organisation: Organisation) -> Iterator[Finding]:
    rule = view.rule("ORG-13")
    if rule is None or organisation.registered_on is None:
        return  # a missing date of registration is CMP-03's
    latest = last_day(organisation.registered_on) + timedelta(days=rule.number("days"))
    if latest < view.since or last_day(organisation.registered_on) < (view.facts.go_live or date.min):
        return
    if not is_exact(organisation.registered_on):
        why = f"无法判断，因为登记（备案）日期只填到 {organisation.registered_on}"
        if organisation.survey_on is None:
            yield _organisation(rule, organisation, "unknown", why)
        return
    sum_words = (
        f"{chinese_date(last_day(organisation.registered_on))}登记（备案），加 {rule.number('days')} 天为"
        f"{chinese_date(latest)}"
    )
    if organisation.survey_on is not None:
        if last_day(organisation.survey_on) > latest:
            done = last_day(organisation.survey_on)
            late = f"{sum_words}；{chinese_date(done)}才摸底，晚 {(done - latest).days} 天"
            yield _organisation(rule, organisation, "open", late, latest)
    elif view.on > latest:
        yield _organisation(
            rule, organisation, "overdue", f"{sum_words}；至今未摸底，已过 {(view.on - latest).days} 天", latest
        )
    elif view.on >= latest - timedelta(days=rule.number("lead_days")):
        yield _organisation(rule, organisation, "due", f"{sum_words}；还有 {(latest - view.on).days} 天", latest)


def check_backstop(view: View) -> Iterator[Finding]:
    """Judge that each filed organisation has exactly one 兜底 branch and a contact in post: BACK-01."""
    rule = view.rule("BACK-01")
    if rule is None:
        return
    rows = [row for row in view.facts.management if row.backstop and active(row.starts_on, row.ends_on, view.on)]
    owners = group_by(rows, lambda row: row.organisation_id)
    posts = {post.id for post in view.posts}
    for organisation in view.live_organisations:
        if organisation.registration != codes.FILED:
            continue
        own = owners.get(organisation.id, [])
        wanted = rule.number("owners")
        faults = [] if len(own) == wanted else [f"兜底管理党组织 {len(own)} 个，应为 {wanted} 个"]
        for row in own:
            branch = view.branch.get(row.branch_id or "")
            if branch is None:
                faults.append("有一条兜底管理没有写党组织")
            elif not is_live(branch, view.on):
                faults.append(f"兜底的{branch.name}已撤销")
            if row.contact_post_id is None:
                faults.append("没有联系人")
            elif row.contact_post_id not in posts:
                faults.append("联系人的任职已结束")
        if faults:
            branch_id = own[0].branch_id if len(own) == 1 else None
            yield _organisation(rule, organisation, "open", "；".join(dict.fromkeys(faults)), branch_id=branch_id)
