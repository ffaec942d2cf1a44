"""The drawer of a member: who it is, the life in the Party, the meetings, as plain labelled text."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.calendar import full_day, last_day, period_of
from desktop.core.codes import code_set
from desktop.services.findings import Finding
from desktop.services.members import AttendedRow, MemberSheet
from desktop.services.memberships import MembershipRow
from desktop.services.persons import Revealed
from desktop.ui.navigation import Navigation
from desktop.ui.records.parts import Line, found_box, goer, headed, inline, listed, remarked, stack
from desktop.ui.widgets.cards import pairs
from desktop.ui.widgets.text import Tag, plain_label, tag_label

MOST = 12


def tags(sheet: MemberSheet) -> list[tuple[str, Tag]]:
    """Give the marks under the name: standing, and the posts that are held."""
    now = sheet.present
    standing = code_set("standing").name(now.standing) if now else "没有组织关系"
    found: list[tuple[str, Tag]] = [(standing, "neutral" if now and now.standing == "50" else "info")]
    found += [(row.title_name, "info") for row in sheet.posts if row.ends_on is None and row.branch_id is not None][:2]
    return found


def years(since: str | None, today: date) -> int | None:
    """Count the full years since a date of known precision, by its last day; None where it is not known."""
    if not since:
        return None
    day = last_day(since)
    return max(0, today.year - day.year - ((today.month, today.day) < (day.month, day.day)))


def _with_years(text: str | None, today: date, words: str) -> str:
    count = years(text, today)
    return f"{text}（{words.format(count)}）" if text and count is not None else ""


def basic(
    sheet: MemberSheet, found: Sequence[Finding], today: date, shown: Revealed | None,
    reveal: Callable[[], object] | None, navigate: Navigation,
) -> QWidget:  # fmt: skip
    """Give the first tab: findings, identity, Party life, posts."""
    content, box = stack(gap=16)
    if found:
        box.addWidget(found_box(found))
    elif sheet.missing:
        box.addWidget(tag_label(f"缺 {len(sheet.missing)} 项", "warn"))
        box.addWidget(plain_label("、".join(sheet.missing), "label", wrap=True))
    box.addWidget(_identity(sheet, today, shown, reveal))
    party, party_box = stack(gap=8)
    headed(party_box, "党籍信息", _party(sheet, today))
    box.addWidget(party)
    if len(sheet.memberships) > 1:
        part, part_box = stack(gap=6)
        listed(part_box, "组织关系经历", [_stretch(row) for row in sheet.memberships], empty="")
        box.addWidget(part)
    if sheet.posts:
        part, part_box = stack(gap=6)
        lines = [
            Line(f"{row.at}　{row.title_name}", f"{row.starts_on or '不详'} 至 {row.ends_on or '今'}",
                 go=goer(navigate, "branches", "branch", row.branch_id))
            for row in sheet.posts
        ]  # fmt: skip
        listed(part_box, "任职", lines, empty="")
        box.addWidget(part)
    remarked(box, sheet.person.remark)
    return content



def _identity(
    sheet: MemberSheet, today: date, shown: Revealed | None, reveal: Callable[[], object] | None
) -> QWidget:  # fmt: skip
    content, box = stack(gap=8)
    person = sheet.person
    head = QHBoxLayout()
    head.addWidget(plain_label("身份信息", "strong"))
    head.addStretch(1)
    if reveal is not None and shown is None and (person.id_number or person.phone):
        head.addWidget(inline("显示号码", reveal, tip="写明用途后显示身份证号和电话，记入审计"))
    box.addLayout(head)
    words = code_set
    rows = [
        ("身份证号", (shown.id_number if shown else person.id_number) or ""),
        ("出生日期", _with_years(person.born_on, today, "{} 岁")),
        ("性别", words("sex").short(person.sex)), ("民族", words("ethnicity").name(person.ethnicity)),
        ("学历", "　".join(filter(None, (words("education").short(person.education), person.degree)))),
        ("联系电话", (shown.phone if shown else person.phone) or ""),
        ("工作单位", " · ".join(filter(None, (person.workplace, person.work_post)))),
    ]  # fmt: skip
    if person.spare_name:
        rows.insert(0, ("替代写法", person.spare_name))
    box.addWidget(pairs(rows))
    return content


def _party(sheet: MemberSheet, today: date) -> list[tuple[str, str]]:
    now, person = sheet.present, sheet.person
    rows = [
        ("所在支部", (now.branch or "") if now else ""),
        ("入党日期", _with_years(person.joined_on, today, "党龄 {} 年") if person.joined_on else ""),
        ("转正日期", person.full_on or ""),
        ("申请入党", person.applied_on or ""),
        ("关系转入", "　".join(filter(None, (now.starts_on, now.reason))) if now else ""),
    ]
    if now and now.party_group:
        rows.insert(1, ("党小组", now.party_group))
    if now and now.organisation:
        rows.append(("所在单位", now.organisation))
    if now and now.relation not in (None, "R1"):
        rows.append(("组织关系", now.relation_name))
    return rows


def _stretch(row: MembershipRow) -> Line:
    what = " ".join(filter(None, (row.standing_name, row.relation_name if row.relation not in (None, "R1") else "")))
    words = "，".join(filter(None, (f"{row.starts_on or '不详'} 至 {row.ends_on or '今'}", what, row.reason)))
    return Line(row.branch or "未写明党组织", words)


def life(sheet: MemberSheet, today: date, navigate: Navigation) -> QWidget:
    """Give the second tab: this quarter, and the newest meetings."""
    content, box = stack(gap=16)
    quarter = period_of(today, "Q")
    now = [row for row in sheet.meetings if _inside(row, quarter.start, quarter.end)]
    came = sum(row.came for row in now)
    head, head_box = stack(gap=8)
    headed(head_box, "本季度组织生活", [("参会", f"{came} / {len(now)} 次" if now else "还没有记录")])
    box.addWidget(head)
    part, part_box = stack(gap=6)
    lines = [
        Line(f"{row.held_on or '日期不详'}　{row.kinds_name}", row.branch or "",
             tag=None if row.came else (row.status_name, "warn"),
             go=goer(navigate, "meetings", "meeting", row.meeting))
        for row in sheet.meetings[:MOST]
    ]  # fmt: skip
    listed(part_box, "最近参加的会议", lines, empty="还没有列入名单的会议记录。")
    box.addWidget(part)
    return content


def _inside(row: AttendedRow, start: date, end: date) -> bool:
    day = full_day(row.held_on)
    return day is not None and start <= day <= end
