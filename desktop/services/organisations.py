"""Social organisations (社会组织, 一社一档): the form, its saving, and the sheet of all that is known of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.text import clean_line, narrow
from desktop.models.organisation import Organisation
from desktop.rules import codes
from desktop.services import forms, masking, records, shelving
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed
from desktop.services.spans import within
from desktop.services.units import unit

NOUN = "社会组织"
_DATES = {
    "registered_on": "登记（备案）日期",
    "dissolved_on": "注销日期",
    "survey_on": "摸底日期",
    "charter_on": "写入章程日期",
}
_COUNTS = {
    "staff_count": "从业人员数",
    "member_count": "会员数",
    "survey_full": "摸底正式党员数",
    "survey_probationary": "摸底预备党员数",
    "survey_here": "组织关系在本单位的党员数",
}
_CODED = {
    "type": ("类型", "organisation_type"),
    "category": ("活动类别", "activity_class"),
    "registration": ("登记或备案", "registration"),
    "state": ("状态", "organisation_state"),
}
# What keeps an organisation from being removed: its Chinese with the measure word, and the rows.
_HOLDS = (
    ("个党组织", "SELECT count(*) FROM joint_unit WHERE organisation_id = ? AND _deleted IS NULL AND ends_on IS NULL"),
    ("名党员", "SELECT count(*) FROM membership WHERE organisation_id = ? AND _deleted IS NULL AND ends_on IS NULL"),
    ("项任职", "SELECT count(*) FROM post WHERE organisation_id = ? AND _deleted IS NULL AND ends_on IS NULL"),
)


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """One social organisation as its form holds it; yes-or-no fields are None where they are not known."""

    name: str = ""
    id: bytes | None = None
    short_name: str | None = None
    type: str | None = codes.FILED
    category: str | None = None
    registration: str | None = codes.FILED
    uscc: str | None = None
    filing_number: str | None = None
    registered_on: str | None = None
    dissolved_on: str | None = None
    authority: str | None = None
    sponsor: str | None = None
    place_id: bytes | None = None
    address: str | None = None
    scope: str | None = None
    head_id: bytes | None = None
    phone: str | None = None
    staff_count: int | None = None
    member_count: int | None = None
    survey_on: str | None = None
    survey_full: int | None = None
    survey_probationary: int | None = None
    survey_here: int | None = None
    charter_clause: bool | None = None
    charter_on: str | None = None
    has_union: bool | None = None
    has_youth: bool | None = None
    has_women: bool | None = None
    decoupled: bool | None = None
    state: str | None = "1"
    remark: str | None = None


def check_seen(session: Session, organisation: bytes) -> None:
    """Refuse a 书记 an organisation that no branch of the own scope covers or answers for."""
    if session.scope is None:
        return
    covered, one = within(session, "u.branch_id")
    managed, two = within(session, "m.branch_id")
    found = session.db.one(
        f"SELECT 1 FROM joint_unit u WHERE u.organisation_id = ? AND u._deleted IS NULL AND {covered} UNION ALL "
        f"SELECT 1 FROM management m WHERE m.organisation_id = ? AND m._deleted IS NULL AND {managed}",
        (organisation, *one, organisation, *two),
    )
    if found is None:
        raise UserError(
            "没有执行这项操作。", "这个社会组织不归本支部。", "请由乡镇的干事办理。", "out-of-scope"
        )


@allowed(EVERYONE)
def open_(session: Session, *, organisation: bytes) -> OrganisationDraft:
    """Give a social organisation as its form holds it; 查阅 sees the telephone masked."""
    check_seen(session, organisation)
    draft = forms.fill(session, OrganisationDraft, "organisation", organisation)
    return replace(draft, phone=masking.phone(draft.phone)) if session.masked else draft


@allowed(STAFF)
def save(session: Session, *, draft: OrganisationDraft) -> Changes:
    """Save a social organisation; its name, credit code and filing number stand once each."""
    draft = _tidied(draft)
    _check(session, draft)
    with unit(session, f"{'修改' if draft.id else '登记'}社会组织 {draft.short_name or draft.name}") as work:
        key = forms.put(session, Organisation, draft)
    return work.changes.about(key)


def _tidied(draft: OrganisationDraft) -> OrganisationDraft:
    code = narrow(draft.uscc).replace("-", "").upper() if draft.uscc else None
    filed = clean_line(draft.filing_number) if draft.filing_number else None
    return replace(draft, name=clean_line(draft.name), uscc=code, filing_number=filed)


def _check(session: Session, draft: OrganisationDraft) -> None:
    needed = {"name": "名称", "type": "类型", "registration": "登记或备案"}
    forms.check(
        NOUN, draft, needed=needed, dates=_DATES, counts=_COUNTS, coded=_CODED, order=("registered_on", "dissolved_on")
    )
    if (draft.type == codes.FILED) != (draft.registration == codes.FILED):
        why = "备案的社区社会组织与“登记”合不上，类型和登记方式不一致。"
        raise forms.refuse(NOUN, why, "备案组织请都选备案，其余请选登记。", "registration")
    _check_numbers(draft)
    for field, word in (("name", "名称"), ("uscc", "统一社会信用代码"), ("filing_number", "备案编号")):
        _check_once(session, draft, field, word)


def _check_numbers(draft: OrganisationDraft) -> None:
    if draft.uscc and not _is_credit_code(draft.uscc):
        why = "统一社会信用代码的校验码不对，可能写错一位。" if len(draft.uscc) == 18 else (
            f"统一社会信用代码应为 18 位，现在是 {len(draft.uscc)} 位。"
        )  # fmt: skip
        raise forms.refuse(NOUN, why, "请对照登记证书核对；备案组织请填备案编号。", "uscc")
    counted = (draft.survey_full or 0) + (draft.survey_probationary or 0)
    if draft.survey_here is not None and draft.survey_full is not None and draft.survey_here > counted:
        why = f"组织关系在本单位的党员 {draft.survey_here} 名，多于摸底的党员合计 {counted} 名。"
        raise forms.refuse(NOUN, why, "请核对摸底人数，再保存。", "survey_here")


def _is_credit_code(code: str) -> bool:
    try:
        uscc.validate(code)
    except ValidationError:
        return False
    return True


def _check_once(session: Session, draft: OrganisationDraft, field: str, word: str) -> None:
    value = getattr(draft, field)
    twin = session.db.one(
        f"SELECT name FROM organisation WHERE {field} = ? AND id IS NOT ? AND _deleted IS NULL", (value, draft.id)
    )
    if value and twin:
        why = f"已有同{word}的社会组织“{twin[0]}”。"
        raise forms.refuse(NOUN, why, f"请核对{word}，或打开那一个修改。", field, "twice")


@allowed(STAFF)
def remove(session: Session, *, organisation: bytes, reason: str) -> Changes:
    """Put a social organisation into the recycle bin; refused while a branch, members or posts stand on it."""
    row = records.get(session, "organisation", organisation)
    held = forms.held(session, _HOLDS, organisation)
    if held:
        what, why = f"没有删除“{row['short_name'] or row['name']}”。", f"它还连着 {held}。"
        raise UserError(what, why, "请先改到别的单位；已注销的，请把状态改为注销。", "in-use")
    with unit(session, f"删除社会组织 {row['short_name'] or row['name']}") as work:
        records.bin_record(session, Organisation, organisation, reason)
    return work.changes.about(organisation)


@allowed(STAFF)
def remove_many(session: Session, *, ids: Sequence[bytes], reason: str) -> Changes:
    """Put several into the recycle bin in one step; nothing stands if one of them is held."""
    return shelving.remove_many(
        session, ids, what="个社会组织", remove=lambda key: remove(session, organisation=key, reason=reason)
    )


@allowed(STAFF)
def reorder(session: Session, *, ids: Sequence[bytes]) -> Changes:
    """Put social organisations into the given manual order, which every list and print follows."""
    return shelving.reorder(session, Organisation, ids, what="个社会组织")
