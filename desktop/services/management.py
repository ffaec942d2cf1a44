"""Management channels (管理渠道) of an organisation, 兜底 among them (苏组发〔2017〕8号 第7条, BACK-01)."""

from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.core.calendar import full_day
from desktop.core.changes import Changes
from desktop.core.codes import code_set
from desktop.models.management import Management
from desktop.services import branches, forms, posts, records
from desktop.services.organisations import check_seen
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed
from desktop.services.units import unit

NOUN = "管理渠道"
BACKSTOP = "3"
OWNER_FIELDS = frozenset({"3", "7"})
_DATES = {"starts_on": "开始日期", "ends_on": "结束日期"}


@dataclass(frozen=True, slots=True)
class ManagementRow:
    """One channel in words: who answers, through whom, since when."""

    id: bytes
    mode: str
    mode_name: str
    office: str | None
    branch_id: bytes | None
    branch: str | None
    contact: str | None
    dual: bool
    direct: bool
    starts_on: str | None
    ends_on: str | None


@dataclass(frozen=True, slots=True)
class ManagementDraft:
    """One channel as its form holds it; 兜底 (mode 3) names its village branch and its contact's post."""

    organisation_id: bytes
    mode: str = BACKSTOP
    id: bytes | None = None
    office_id: bytes | None = None
    branch_id: bytes | None = None
    contact_post_id: bytes | None = None
    dual: bool | None = None
    direct: bool | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    remark: str | None = None


@allowed(EVERYONE)
def list_channels(session: Session, *, organisation: bytes) -> tuple[ManagementRow, ...]:
    """Give the channels of an organisation, those in force first, 兜底 before others."""
    check_seen(session, organisation)
    rows = session.db.rows(
        "SELECT m.id, m.mode, o.name, m.branch_id, coalesce(b.short_name, b.name), p.name, t.title, m.dual, m.direct, "
        "m.starts_on, m.ends_on FROM management m LEFT JOIN office o ON o.id = m.office_id "
        "LEFT JOIN branch b ON b.id = m.branch_id LEFT JOIN post t ON t.id = m.contact_post_id "
        "LEFT JOIN person p ON p.id = t.person_id WHERE m.organisation_id = ? AND m._deleted IS NULL "
        "ORDER BY m.ends_on IS NOT NULL, m.mode <> ?, m.starts_on DESC, m.id",
        (organisation, BACKSTOP),
    )
    words = code_set("management_mode")
    return tuple(
        ManagementRow(
            key, mode, words.short(mode), office, branch_id, branch, _contact(name, title), bool(dual), bool(direct),
            starts, ends,
        )
        for key, mode, office, branch_id, branch, name, title, dual, direct, starts, ends in rows
    )  # fmt: skip


def _contact(name: str | None, title: str | None) -> str | None:
    return f"{name}（{posts.title_words(title)}）" if name else None


@allowed(EVERYONE)
def open_(session: Session, *, management: bytes) -> ManagementDraft:
    """Give a channel as its form holds it."""
    draft = forms.fill(session, ManagementDraft, "management", management)
    check_seen(session, draft.organisation_id)
    return draft


@allowed(STAFF)
def save(session: Session, *, draft: ManagementDraft) -> Changes:
    """Save a channel; a new 兜底 ends the one before it on the day before, so that there is always exactly one."""
    forms.check(
        NOUN, draft, needed={"mode": "管理模式"}, dates=_DATES, coded={"mode": ("管理模式", "management_mode")},
        order=("starts_on", "ends_on"),
    )  # fmt: skip
    organisation = records.get(session, "organisation", draft.organisation_id)
    name = organisation["short_name"] or organisation["name"]
    before = None
    if draft.mode == BACKSTOP:
        _check_owner(session, draft)
        before = _open_backstop(session, draft)
    elif draft.office_id is None and draft.branch_id is None:
        raise forms.refuse(NOUN, "没有选由谁管理。", "请选择机关或党组织，再保存。", "office_id", "missing")
    with unit(session, f"登记 {name} {code_set('management_mode').short(draft.mode)}") as work:
        if before is not None:
            records.update(session, Management, before, {"ends_on": _day_before(draft)})
        key = forms.put(session, Management, draft)
    return work.changes.about(key)


def _check_owner(session: Session, draft: ManagementDraft) -> None:
    if draft.branch_id is None:
        raise forms.refuse(NOUN, "没有选兜底的党组织。", "请选择一个村或社区党组织。", "branch_id", "missing")
    row = records.get(session, "branch", draft.branch_id)
    if row["field"] not in OWNER_FIELDS and row["kind"] not in branches.ROOT_KINDS:
        why = f"“{row['name']}”不是村、社区或乡镇（街道）的党组织，不能兜底。"
        raise forms.refuse(NOUN, why, "请选择村或社区党组织。", "branch_id")
    if row["state"] == branches.CLOSED or row["dissolved_on"] is not None:
        raise forms.refuse(NOUN, f"“{row['name']}”已撤销。", "请另选一个党组织。", "branch_id")
    if draft.contact_post_id is None:
        raise forms.refuse(NOUN, "没有选联系人。", "请选择一名在任的联系人。", "contact_post_id", "missing")
    post = records.get(session, "post", draft.contact_post_id)
    if draft.ends_on is None and post["ends_on"] is not None and post["ends_on"] < session.today.isoformat():
        raise forms.refuse(NOUN, "联系人的任职已结束。", "请另选一名在任的联系人。", "contact_post_id")


def _open_backstop(session: Session, draft: ManagementDraft) -> bytes | None:
    """Give the other 兜底 that is in force, which the draft is to follow; refused where it cannot follow it."""
    if draft.ends_on is not None:
        return None
    row = session.db.one(
        "SELECT m.id, m.starts_on, b.name FROM management m LEFT JOIN branch b ON b.id = m.branch_id "
        "WHERE m.organisation_id = ? AND m.mode = ? AND m.id IS NOT ? AND m._deleted IS NULL AND m.ends_on IS NULL",
        (draft.organisation_id, BACKSTOP, draft.id),
    )
    if row is None:
        return None
    if full_day(draft.starts_on) is None or (row[1] is not None and row[1] >= _day_before(draft)):
        why = f"现在由“{row[2] or '未写明的党组织'}”兜底，同一时间只能有一个。"
        do = "请填写晚于它的开始日期；保存后，原来的一条在前一天结束。"
        raise forms.refuse(NOUN, why, do, "starts_on", "BACK-01")
    key: bytes = row[0]
    return key


def _day_before(draft: ManagementDraft) -> str:
    day = full_day(draft.starts_on)
    return (day - timedelta(days=1)).isoformat() if day else ""


@allowed(STAFF)
def end(session: Session, *, management: bytes, on: str) -> Changes:
    """End a channel on its last day; 兜底 of a filed organisation is handed over instead, never just ended."""
    draft = open_(session, management=management)
    organisation = records.get(session, "organisation", draft.organisation_id)
    if draft.mode == BACKSTOP and organisation["registration"] == "B" and organisation["state"] != "5":
        why = "备案的社区社会组织要一直有一个党组织兜底（BACK-01）。"
        raise forms.refuse(NOUN, why, "请登记接手的党组织，原来的一条随之结束。", "ends_on", "BACK-01")
    return save(session, draft=replace(draft, ends_on=on))


@allowed(STAFF)
def remove(session: Session, *, management: bytes, reason: str) -> Changes:
    """Put a channel that was entered by mistake into the recycle bin."""
    records.get(session, "management", management)
    with unit(session, "删除 1 条管理渠道") as work:
        records.bin_record(session, Management, management, reason)
    return work.changes.about(management)
