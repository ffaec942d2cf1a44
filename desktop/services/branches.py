"""Party organisations (党组织): the form, its saving, its code, its place in the tree and its end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.core.changes import Changes
from desktop.core.codes import code_set
from desktop.core.errors import UserError
from desktop.core.text import clean_line
from desktop.models.branch import Branch
from desktop.services import forms, joint_units, masking, records, shelving
from desktop.services.joint_units import UnitDraft
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed, check_scope
from desktop.services.spans import one_of
from desktop.services.units import unit

NOUN = "党组织"
CLOSED = "5"
ROOT_KINDS = frozenset({"P1", "P2"})
_DATES = {"founded_on": "成立日期", "ends_on": "届满日期", "dissolved_on": "撤销日期"}
_CODED = {
    "kind": ("类别", "branch_kind"),
    "field": ("领域", "branch_field"),
    "form": ("组建形式", "branch_form"),
    "state": ("状态", "branch_state"),
}
# What keeps a branch from being removed: its Chinese with the measure word, and the rows.
_HOLDS = (
    ("个下级党组织", "SELECT count(*) FROM branch WHERE parent_id = ? AND _deleted IS NULL"),
    (
        "名成员的组织关系",
        "SELECT count(DISTINCT person_id) FROM membership WHERE branch_id = ? AND _deleted IS NULL AND ends_on IS NULL",
    ),
    ("份会议记录", "SELECT count(*) FROM meeting WHERE branch_id = ? AND _deleted IS NULL"),
    (
        "个兜底管理的社会组织",
        "SELECT count(*) FROM management WHERE branch_id = ? AND _deleted IS NULL AND ends_on IS NULL",
    ),
    ("个账号", "SELECT count(*) FROM account WHERE branch_id = ? AND state = 'active'"),
)


@dataclass(frozen=True, slots=True)
class BranchDraft:
    """One Party organisation as its form holds it; `code` is shown and never saved, dates are of known precision."""

    name: str = ""
    id: bytes | None = None
    code: str | None = None
    short_name: str | None = None
    kind: str | None = "P4"
    field: str | None = "8"
    form: str | None = None
    parent_id: bytes | None = None
    place_id: bytes | None = None
    founded_on: str | None = None
    ends_on: str | None = None
    dissolved_on: str | None = None
    approval: str | None = None
    state: str | None = "1"
    contact: str | None = None
    address: str | None = None
    national_code: str | None = None
    remark: str | None = None
    units: tuple[UnitDraft, ...] = ()


@allowed(STAFF)
def new(session: Session, *, parent: bytes | None = None) -> BranchDraft:
    """Give an empty form below `parent`, or below the root of the tree where none is named."""
    return BranchDraft(parent_id=parent or root(session))


@allowed(EVERYONE)
def root(session: Session) -> bytes | None:
    """Give the root of the tree, the oldest 党委 or 党工委 without a superior here; None where there is none."""
    row = session.db.one(
        f"SELECT id FROM branch WHERE parent_id IS NULL AND {one_of('kind', ROOT_KINDS)} AND _deleted IS NULL "
        "ORDER BY rowid LIMIT 1"
    )
    return row[0] if row else None


@allowed(EVERYONE)
def open_(session: Session, *, branch: bytes) -> BranchDraft:
    """Give a Party organisation as its form holds it, its telephone masked for 查阅.

    A UserError where there is none or it is out of scope.
    """
    check_scope(session, branch)
    units = joint_units.list_units(session, branch=branch)
    draft = forms.fill(session, BranchDraft, "branch", branch, units=units)
    return replace(draft, contact=masking.phone(draft.contact)) if session.masked else draft


@allowed(EVERYONE)
def by_code(session: Session, *, code: str) -> bytes:
    """Give the id of the Party organisation with a code (letters of either case); a UserError where there is none."""
    row = session.db.one(
        "SELECT id FROM branch WHERE code = ? AND _deleted IS NULL ORDER BY rowid LIMIT 1", (code.strip().upper(),)
    )
    if row is None:
        why, do = f"没有代码为“{code}”的党组织。", "可用 doudi list branch 查看代码。"
        raise UserError("没有找到党组织。", why, do, "not-found", "branch")
    check_scope(session, row[0])
    key: bytes = row[0]
    return key


@allowed(STAFF)
def save(session: Session, *, draft: BranchDraft) -> Changes:
    """Save a Party organisation with its units; a new one is given its code."""
    draft = replace(draft, name=clean_line(draft.name))
    _check(session, draft)
    with unit(session, f"{'修改' if draft.id else '登记'}党组织 {draft.short_name or draft.name}") as work:
        if draft.id is None:
            key = create(session, name=draft.name, kind=draft.kind or "P4", field=draft.field or "8")
            draft = replace(draft, id=key)
        key = forms.put(session, Branch, draft, leave_out=frozenset({"code"}))
        joint_units.write(session, key, draft.units)
    return work.changes.about(key)


def _check(session: Session, draft: BranchDraft) -> None:
    needed = {"name": "名称", "kind": "类别", "field": "领域"}
    forms.check(NOUN, draft, needed=needed, dates=_DATES, coded=_CODED, order=("founded_on", "ends_on"))
    forms.check(NOUN, draft, dates=_DATES, order=("founded_on", "dissolved_on"))
    joint_units.check(draft.units)
    twin = session.db.one(
        "SELECT code FROM branch WHERE name = ? AND id IS NOT ? AND _deleted IS NULL", (draft.name, draft.id)
    )
    if twin:
        raise forms.refuse(NOUN, f"已有同名的党组织（{twin[0]}）。", "请核对名称，或打开那一个修改。", "name", "twice")
    if draft.id is not None and draft.parent_id in _subtree(session, draft.id):
        raise forms.refuse(NOUN, "上级选的是它自己或它的下级。", "请另选一个上级党组织。", "parent_id", "cycle")
    if draft.parent_id is None and draft.kind not in ROOT_KINDS:
        raise forms.refuse(NOUN, "没有选上级党组织。", "请选择上级党组织，再保存。", "parent_id", "missing")


def _subtree(session: Session, branch: bytes) -> frozenset[bytes]:
    rows = session.db.rows(
        "WITH RECURSIVE low(id) AS (SELECT ? UNION SELECT b.id FROM branch b JOIN low ON b.parent_id = low.id) "
        "SELECT id FROM low",
        (branch,),
    )
    return frozenset(row[0] for row in rows)


@allowed(STAFF)
def create(
    session: Session, *, name: str, kind: str, field: str = "8", remark: str | None = None, code: str | None = None
) -> bytes:
    """Make a Party organisation of which little more than the name is known, and give its id; call it inside a unit.

    Its code, by default `B` and the next free number of this workspace, never changes (data.md).
    """
    values = {"code": code or _next_code(session), "name": clean_line(name), "kind": kind, "field": field, "state": "1"}
    return records.insert(session, Branch, values | {"remark": remark})


@allowed(STAFF)
def create_root(session: Session, *, name: str, kind: str, field: str = "4", code: str | None = None) -> Changes:
    """Make the root of a new township's tree (field ④, the subject of township-level rules), or the one branch."""
    with unit(session, f"建立 {name}") as work:
        key = create(session, name=name, kind=kind, field=field, code=code)
    return work.changes.about(key)


def _next_code(session: Session) -> str:
    """Give the next code; numbers of branches in the recycle bin stay taken."""
    row = session.workspace.write.one(
        "SELECT max(CAST(substr(code, 2) AS INTEGER)) FROM branch WHERE code GLOB 'B[0-9]*' "
        "AND substr(code, 2) NOT GLOB '*[^0-9]*'"
    )
    return f"B{(row[0] or 0 if row else 0) + 1:03d}"


@allowed(STAFF)
def remove(session: Session, *, branch: bytes, reason: str) -> Changes:
    """Put a Party organisation into the recycle bin; refused while it has a tree below, members, meetings or duties."""
    row = records.get(session, "branch", branch)
    what = f"没有删除“{row['short_name'] or row['name']}”。"
    if branch == root(session) and session.workspace.identity.kind == "township":
        raise UserError(what, "它是这个工作区的根，乡镇一级的检查都以它为对象。", "如要改名，请打开它修改。", "root")
    held = forms.held(session, _HOLDS, branch)
    if held:
        raise UserError(what, f"它还有 {held}。", "请先转出或改到别的党组织，再删除。", "in-use")
    with unit(session, f"删除党组织 {row['short_name'] or row['name']}") as work:
        joint_units.write(session, branch, ())
        records.bin_record(session, Branch, branch, reason)
    return work.changes.about(branch)


@allowed(STAFF)
def remove_many(session: Session, *, ids: Sequence[bytes], reason: str) -> Changes:
    """Put several into the recycle bin in one step; nothing stands if one of them is held."""
    return shelving.remove_many(
        session, ids, what="个党组织", remove=lambda key: remove(session, branch=key, reason=reason)
    )


@allowed(STAFF)
def reorder(session: Session, *, ids: Sequence[bytes]) -> Changes:
    """Put Party organisations of one level into the given manual order, which every list and print follows."""
    return shelving.reorder(session, Branch, ids, what="个党组织")


def state_words(state: str | None) -> str:
    """Give the Chinese of a state; none is 正常."""
    return code_set("branch_state").short(state or "1")
