"""The 变更记录 of a drawer: every change of a record and of its parts in words, by deed, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from desktop.core.tables import DELETED
from desktop.models.registry import SPECS
from desktop.services import listing, undoing
from desktop.services.listing import KIND_NAMES
from desktop.services.sessions import EVERYONE, Session, allowed
from desktop.services.undoing import HistoryLine

LONGEST = 60
_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "person": (("membership", "person_id"), ("post", "person_id")),
    "branch": (
        ("joint_unit", "branch_id"), ("term", "branch_id"), ("post", "branch_id"), ("party_group", "branch_id"),
    ),
    "organisation": (
        ("management", "organisation_id"), ("instructor", "organisation_id"), ("joint_unit", "organisation_id"),
        ("post", "organisation_id"),
    ),
}  # fmt: skip
_COLUMNS = {
    "name": "名称", "short_name": "简称", "spare_name": "曾用名或替代写法", "sex": "性别", "ethnicity": "民族",
    "born_on": "出生日期", "id_number": "身份证号", "education": "学历", "degree": "学位",
    "political": "政治面貌", "workplace": "工作单位", "work_post": "工作职务", "phone": "电话",
    "leading": "领导干部", "applied_on": "申请入党日期", "joined_on": "入党日期", "full_on": "转正日期",
    "remark": "备注", "branch_id": "党组织", "party_group_id": "党小组", "organisation_id": "社会组织",
    "standing": "党员状态", "relation": "组织关系状态", "starts_on": "开始日期", "ends_on": "结束日期",
    "reason": "原因", "document": "文号", "code": "代码", "kind": "类别", "field": "领域", "form": "组建形式",
    "parent_id": "上级党组织", "place_id": "村（社区）", "founded_on": "成立日期",
    "dissolved_on": "撤销（注销）日期", "approval": "批准文号", "state": "状态", "contact": "联系方式",
    "address": "地址", "national_code": "全国代码", "sort": "次序", "title": "职务", "office_id": "机关",
    "term_id": "届次", "source": "来源", "full_time": "专职", "cross_post": "交叉任职",
    "reported_on": "报告日期", "number": "届数", "elected_on": "选举日期", "seats": "委员名额",
    "extended_to": "延期至", "extension_document": "延期批准文号", "leader_id": "组长", "type": "类型",
    "category": "活动类别", "registration": "登记或备案", "uscc": "统一社会信用代码",
    "filing_number": "备案编号", "registered_on": "登记（备案）日期", "authority": "登记管理机关",
    "sponsor": "业务主管单位", "scope": "业务范围", "head_id": "负责人", "staff_count": "从业人员",
    "member_count": "会员数", "survey_on": "摸底日期", "survey_full": "摸底正式党员",
    "survey_probationary": "摸底预备党员", "survey_here": "关系在本单位的党员",
    "charter_clause": "党建写入章程", "charter_on": "写入章程日期", "has_union": "工会", "has_youth": "共青团",
    "has_women": "妇联", "decoupled": "已脱钩", "mode": "管理模式", "contact_post_id": "联系人",
    "dual": "双重管理", "direct": "直接管理", "person_id": "人员", "merged_into": "并入",
    "extra": "导入时的其他栏",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One deed that touched the record: when (local), who, its label, and what it changed, a line a field."""

    unit: int
    at: str
    account: str | None
    label: str
    lines: tuple[str, ...]


@allowed(EVERYONE)
def list_history(session: Session, *, kind: str, key: bytes, limit: int = 60) -> tuple[HistoryEntry, ...]:
    """Give the newest deeds on a record (person, branch or organisation) and its parts."""
    lines: dict[int, list[str]] = {}
    heads: dict[int, HistoryLine] = {}
    for table, row in [(kind, key), *_parts(session, kind, key)]:
        for line in undoing.history(session, table=table, key=row):
            heads.setdefault(line.unit, line)
            said = _words(session, table, line, own=table == kind)
            lines.setdefault(line.unit, []).extend([said] if said else [])
    newest = sorted(heads, reverse=True)[:limit]
    return tuple(
        HistoryEntry(number, _local(heads[number].made_at), heads[number].account, heads[number].label or "",
                     tuple(dict.fromkeys(lines[number])))
        for number in newest
    )  # fmt: skip


def _parts(session: Session, kind: str, key: bytes) -> list[tuple[str, bytes]]:
    found = []
    for table, column in _PARTS.get(kind, ()):
        rows = session.db.rows(f'SELECT id FROM {table} WHERE "{column}" = ? ORDER BY id', (key,))
        found += [(table, row[0]) for row in rows]
    return found


def _words(session: Session, table: str, line: HistoryLine, *, own: bool) -> str:
    noun = KIND_NAMES[table]
    if not line.column:
        return "" if own else f"登记{noun}"
    if line.column == DELETED:
        return f"{'' if own else noun}{'移到回收站' if line.new else '从回收站恢复'}"
    word = "姓名" if (table, line.column) == ("person", "name") else _COLUMNS.get(line.column, line.column)
    old, new = (_shown(session, table, line.column, value) for value in (line.old, line.new))
    return f"{'' if own else f'{noun} '}{word}：{old} → {new}"


def _shown(session: Session, table: str, column: str, value: object) -> str:
    """Write a value as forms show it: codes and references in words, numbers masked, nothing as 空."""
    if value is None or value == "":
        return "空"
    parent = dict(SPECS[table].parents).get(column)
    if parent is not None:
        text = listing.title(session, table=parent, key=bytes.fromhex(str(value)))
    elif SPECS[table].types[column] == "bool":
        text = "是" if value else "否"
    else:
        text = listing.value_words(table, column, value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _local(made_at: str) -> str:
    return datetime.fromisoformat(made_at).astimezone().strftime("%Y-%m-%d %H:%M")
