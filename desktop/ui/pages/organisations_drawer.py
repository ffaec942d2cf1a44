"""The drawer of a social organisation: its file, who answers for it, who covers and helps it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.core.codes import code_set
from desktop.services.findings import Finding
from desktop.services.instructors import InstructorRow
from desktop.services.management import BACKSTOP, ManagementRow
from desktop.services.organisation_lists import OrganisationSheet
from desktop.services.organisations import OrganisationDraft
from desktop.ui.navigation import Navigation
from desktop.ui.records.parts import Deed, Line, found_box, goer, listed, remarked, sections, stack
from desktop.ui.widgets.text import Tag

_YES = {True: "有", False: "没有", None: ""}


@dataclass(frozen=True, slots=True)
class Doing:
    """What the account may do in the drawer; each is None where it may not."""

    backstop: Callable[[], object] | None = None
    channel: Callable[[], object] | None = None
    edit_channel: Callable[[ManagementRow], object] | None = None
    end_channel: Callable[[ManagementRow], object] | None = None
    instructor: Callable[[], object] | None = None
    edit_instructor: Callable[[InstructorRow], object] | None = None
    end_instructor: Callable[[InstructorRow], object] | None = None
    branch: Callable[[], object] | None = None


def tags(sheet: OrganisationSheet) -> list[tuple[str, Tag]]:
    """Give the marks under the name."""
    row = sheet.organisation
    found: list[tuple[str, Tag]] = [(row.type_name, "neutral")]
    if row.state not in (None, "1"):
        found.append((row.state_name, "warn"))
    return found


def basic(sheet: OrganisationSheet, draft: OrganisationDraft, found: Sequence[Finding]) -> QWidget:
    """Give the first tab: findings, registration, place and head, numbers, charter."""
    content, outer = stack(gap=16)
    if found:
        outer.addWidget(found_box(found))
    row = sheet.organisation
    number = ("备案编号", draft.filing_number or "") if row.registration == "B" else ("信用代码", draft.uscc or "")
    registered = [
        number, ("日期", draft.registered_on or ""), ("类型", row.type_name),
        ("活动类别", code_set("activity_class").name(draft.category)),
        ("登记机关", draft.authority or ""), ("业务主管", draft.sponsor or ""), ("状态", row.state_name),
        ("注销日期", draft.dissolved_on or ""),
    ]  # fmt: skip
    where = [
        ("村（社区）", row.place or ""), ("地址", draft.address or ""), ("负责人", row.head or ""),
        ("联系电话", row.phone or ""), ("业务范围", draft.scope or ""),
    ]  # fmt: skip
    people = [
        ("从业人员", _count(draft.staff_count)), ("会员", _count(draft.member_count)),
        ("党员", f"正式 {row.full} 人，预备 {row.probationary} 人"), ("名册在此", f"{sheet.members} 人"),
        ("摸底日期", draft.survey_on or ""),
    ]  # fmt: skip
    bodies = [
        ("写入章程", " ".join(filter(None, (_YES[draft.charter_clause], draft.charter_on)))),
        ("工会", _YES[draft.has_union]), ("共青团", _YES[draft.has_youth]), ("妇联", _YES[draft.has_women]),
    ]
    needed = {number[0], "日期", "村（社区）", "负责人", "从业人员", "党员", "摸底日期"}
    parts = (("登记备案", registered), ("在哪里，谁负责", where), ("人员和党员", people), ("章程和群团", bodies))
    sections(outer, parts, needed)
    remarked(outer, draft.remark)
    return content


def _count(number: int | None) -> str:
    return "" if number is None else f"{number} 人"


def channels(sheet: OrganisationSheet, doing: Doing) -> QWidget:
    """Give the second tab: 兜底 first, then the other channels."""
    content, outer = stack(gap=16)
    backstop = [row for row in sheet.channels if row.mode == BACKSTOP]
    others = [row for row in sheet.channels if row.mode != BACKSTOP]
    part, box = stack(gap=8)
    open_now = any(row.ends_on is None for row in backstop)
    add = Deed("换一个兜底" if open_now else "登记兜底", doing.backstop) if doing.backstop else None
    listed(box, "兜底管理", [_channel(row, doing) for row in backstop], add=add,
           empty="还没有登记由哪个村（社区）党组织兜底、联系人是谁。")  # fmt: skip
    outer.addWidget(part)
    part, box = stack(gap=8)
    add = Deed("登记渠道", doing.channel) if doing.channel else None
    listed(box, "其他管理渠道", [_channel(row, doing) for row in others], add=add, empty="没有其他管理渠道。")
    outer.addWidget(part)
    return content


def _channel(row: ManagementRow, doing: Doing) -> Line:
    who = row.branch or row.office or "未写明由谁管理"
    facts = [row.mode_name, f"联系人 {row.contact}" if row.contact else "", "双重管理" if row.dual else "",
             "直接管理" if row.direct else "", f"{row.starts_on or '不详'} 至 {row.ends_on or '今'}"]  # fmt: skip
    deeds = []
    if doing.edit_channel is not None:
        edit = doing.edit_channel
        deeds.append(Deed("修改", lambda: edit(row)))
    if doing.end_channel is not None and row.ends_on is None and row.mode != BACKSTOP:
        end = doing.end_channel
        deeds.append(Deed("结束", lambda: end(row)))
    tag: tuple[str, Tag] | None = ("已结束", "neutral") if row.ends_on is not None else None
    return Line(who, "，".join(filter(None, facts)), tag=tag, deeds=tuple(deeds))


def party(sheet: OrganisationSheet, doing: Doing, navigate: Navigation) -> QWidget:
    """Give the third tab: the Party organisations that cover it, its instructors, its management posts."""
    content, outer = stack(gap=16)
    part, box = stack(gap=8)
    lines = [
        Line(name, f"{since} 起" if since else "", go=goer(navigate, "branches", "branch", key))
        for key, name, since in sheet.branches
    ]
    add = Deed("组建党支部", doing.branch) if doing.branch and not lines else None
    listed(box, "党组织", lines, add=add, empty="没有党组织覆盖。")
    outer.addWidget(part)
    part, box = stack(gap=8)
    add = Deed("选派", doing.instructor) if doing.instructor else None
    listed(box, "指导员、联络员", [_instructor(row, doing, navigate) for row in sheet.instructors], add=add,
           empty="还没有选派党建工作指导员或联络员。")  # fmt: skip
    outer.addWidget(part)
    if sheet.posts:
        part, box = stack(gap=8)
        posts = [
            Line(f"{row.person}　{row.title_name}", f"{row.starts_on or '不详'} 至 {row.ends_on or '今'}",
                 go=goer(navigate, "members", "person", row.person_id))
            for row in sheet.posts
        ]  # fmt: skip
        listed(box, "管理层任职", posts, empty="")
        outer.addWidget(part)
    return content



def _instructor(row: InstructorRow, doing: Doing, navigate: Navigation) -> Line:
    load = f"联系 {row.load} 个组织" if row.ends_on is None and row.load > 1 else ""
    words = "，".join(filter(None, (row.title_name, f"{row.starts_on or '不详'} 至 {row.ends_on or '今'}", load)))
    deeds = []
    if doing.edit_instructor is not None:
        edit = doing.edit_instructor
        deeds.append(Deed("修改", lambda: edit(row)))
    if doing.end_instructor is not None and row.ends_on is None:
        end = doing.end_instructor
        deeds.append(Deed("结束", lambda: end(row)))
    return Line(row.person, words, deeds=tuple(deeds), go=goer(navigate, "members", "person", row.person_id))
