"""The drawer of a Party organisation: its file, its leaders and terms, what it covers, its meetings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.codes import code_set
from desktop.services.branch_sheets import BranchSheet
from desktop.services.findings import Finding
from desktop.services.party_groups import PartyGroupRow
from desktop.services.posts import PostRow
from desktop.services.terms import TermDraft
from desktop.ui.dialogs.branch_posts import term_words
from desktop.ui.navigation import Navigation
from desktop.ui.records.parts import Deed, Line, found_box, goer, headed, listed, remarked, sections, stack
from desktop.ui.widgets.text import Tag


@dataclass(frozen=True, slots=True)
class Doing:
    """What the account may do in the drawer; each is None where it may not."""

    post: Callable[[PostRow | None], object] | None = None
    end_post: Callable[[PostRow], object] | None = None
    term: Callable[[TermDraft | None], object] | None = None
    group: Callable[[PartyGroupRow | None], object] | None = None
    drop_group: Callable[[PartyGroupRow], object] | None = None
    units: Callable[[], object] | None = None
    record: Callable[[], object] | None = None


def tags(sheet: BranchSheet) -> list[tuple[str, Tag]]:
    """Give the marks under the name."""
    found: list[tuple[str, Tag]] = [(sheet.row.kind_name, "neutral"), (sheet.row.code, "neutral")]
    if sheet.row.state not in (None, "1"):
        found.append((sheet.row.state_name, "warn"))
    return found


def basic(sheet: BranchSheet, found: Sequence[Finding], navigate: Navigation) -> QWidget:
    """Give the first tab: findings, what it is, when it was founded, how to reach it."""
    content, outer = stack(gap=16)
    if found:
        outer.addWidget(found_box(found))
    draft, row = sheet.branch, sheet.row
    what = [
        ("简称", draft.short_name or ""), ("上级", sheet.parent.name if sheet.parent else ""),
        ("领域", code_set("branch_field").name(draft.field)), ("组建形式", code_set("branch_form").name(draft.form)),
        ("村（社区）", sheet.place), ("书记", row.secretary or ""),
        ("党员", f"正式 {row.full} 人，预备 {row.probationary} 人"),
    ]  # fmt: skip
    life = [
        ("成立日期", draft.founded_on or ""), ("批准文号", draft.approval or ""), ("届满日期", row.term_end or ""),
        ("临时届满", draft.ends_on or ""), ("状态", row.state_name), ("撤销日期", draft.dissolved_on or ""),
        ("全国代码", draft.national_code or ""),
    ]  # fmt: skip
    reach = [("联系方式", draft.contact or ""), ("地址", draft.address or "")]
    needed = {"上级", "书记", "党员", "成立日期", "届满日期"}
    sections(outer, (("基本情况", what), ("成立和任期", life), ("联系", reach)), needed)
    remarked(outer, draft.remark)
    part, box = stack(gap=8)
    key = row.id.hex()
    listed(box, "名册", [Line("这个党组织的党员", go=lambda: navigate.go("members", "branch", key))], empty="")
    outer.addWidget(part)
    return content


def leaders(sheet: BranchSheet, doing: Doing, navigate: Navigation) -> QWidget:
    """Give the second tab: posts that are held, terms, Party groups, and posts that were."""
    content, outer = stack(gap=16)
    now = [row for row in sheet.posts if row.ends_on is None]
    before = [row for row in sheet.posts if row.ends_on is not None]
    add_post, add_term = _new("登记任职", doing.post), _new("登记届次", doing.term)
    add_group = _new("新增", doing.group)
    _part(outer, "班子", [_post(row, doing, navigate) for row in now], "还没有登记班子成员。", add_post)
    _part(outer, "届次", [_term(row, doing) for row in sheet.terms], "还没有登记哪天选举、哪天届满。", add_term)
    _part(outer, "党小组", [_group(row, doing) for row in sheet.groups], "没有党小组。", add_group)
    if before:
        _part(outer, "离任", [_post(row, doing, navigate) for row in before], "", None)
    return content


def _new(verb: str, run: Callable[[None], object] | None) -> Deed | None:
    return Deed(verb, lambda: run(None)) if run is not None else None


def _part(outer: QVBoxLayout, title: str, lines: Sequence[Line], empty: str, add: Deed | None) -> None:
    part, box = stack(gap=8)
    listed(box, title, lines, empty=empty, add=add)
    outer.addWidget(part)


def _post(row: PostRow, doing: Doing, navigate: Navigation) -> Line:
    facts = [f"{row.starts_on or '不详'} 至 {row.ends_on or '今'}", row.source_name, "专职" if row.full_time else ""]
    deeds = []
    if doing.post is not None:
        edit = doing.post
        deeds.append(Deed("修改", lambda: edit(row)))
    if doing.end_post is not None and row.ends_on is None:
        end = doing.end_post
        deeds.append(Deed("离任", lambda: end(row)))
    go = row.person_id.hex()
    return Line(
        f"{row.person}　{row.title_name}", "，".join(filter(None, facts)), deeds=tuple(deeds),
        go=lambda: navigate.go("members", "person", go),
    )  # fmt: skip


def _term(row: TermDraft, doing: Doing) -> Line:
    longer = f"延期至 {row.extended_to}（{row.extension_document or '没有文号'}）" if row.extended_to else ""
    seats = f"名额 {row.seats} 人" if row.seats else ""
    facts = [f"届满 {row.ends_on}" if row.ends_on else "届满日期不详", seats, longer]
    edit = doing.term
    deeds = (Deed("修改", lambda: edit(row)),) if edit is not None else ()
    return Line(term_words(row), "，".join(filter(None, facts)), deeds=deeds)


def _group(row: PartyGroupRow, doing: Doing) -> Line:
    deeds = []
    if doing.group is not None:
        edit = doing.group
        deeds.append(Deed("修改", lambda: edit(row)))
    if doing.drop_group is not None and not row.members:
        drop = doing.drop_group
        deeds.append(Deed("移到回收站", lambda: drop(row)))
    leader = f"组长 {row.leader}，" if row.leader else ""
    return Line(row.name, f"{leader}{row.members} 人", deeds=tuple(deeds))


def units(sheet: BranchSheet, doing: Doing, navigate: Navigation) -> QWidget:
    """Give the third tab: the organisations that it covers, and those that left."""
    content, outer = stack(gap=16)
    add = Deed("修改", doing.units) if doing.units is not None else None
    lines = [
        Line(unit.name, f"{unit.starts_on or '不详'} 至 {unit.ends_on or '今'}",
             tag=("已退出", "neutral") if unit.ends_on else None,
             go=goer(navigate, "organisations", "organisation", unit.organisation_id))
        for unit in sheet.branch.units
    ]  # fmt: skip
    _part(outer, "覆盖的社会组织", lines, "没有登记覆盖哪个社会组织。", add)
    return content



def life(sheet: BranchSheet, progress: tuple[int, int] | None, doing: Doing, navigate: Navigation) -> QWidget:
    """Give the fourth tab: how far this quarter is, and the newest meetings."""
    content, outer = stack(gap=16)
    part, box = stack(gap=8)
    words = f"{progress[0]} / {progress[1]} 次" if progress is not None else "不计"
    headed(box, "本季三会一课", [("已开 / 应开", words)])
    outer.addWidget(part)
    lines = [
        Line(f"{row.held_on or '日期不详'}　{row.kinds_name}", row.topic or "",
             tag=(row.state_name, "neutral") if row.state != "archived" else None,
             go=goer(navigate, "meetings", "meeting", row.id))
        for row in sheet.meetings
    ]  # fmt: skip
    add = Deed("记录会议", doing.record) if doing.record is not None else None
    _part(outer, "最近的会议", lines, "还没有会议记录。", add)
    if sheet.meetings:
        key = sheet.row.id.hex()
        _part(outer, "更多", [Line("全部会议记录", go=lambda: navigate.go("meetings", "branch", key))], "", None)
    return content
