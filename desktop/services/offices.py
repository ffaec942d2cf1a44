"""Superior and supervising bodies (上级机关) as data: 县委组织部, 社会工作部, 两新工委, 业务主管单位."""

from dataclasses import dataclass, replace

from desktop.core.changes import Changes
from desktop.core.text import clean_line
from desktop.models.office import Office
from desktop.services import forms, shelving
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed
from desktop.services.units import unit

NOUN = "上级机关"
LEVEL_WORDS = {"city": "市级", "county": "县级", "township": "乡级"}
KIND_WORDS = {
    "organisation": "组织部门",
    "social_work": "社会工作部门",
    "work_committee": "两新工委",
    "sponsor": "业务主管单位",
    "registry": "登记管理机关",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One body; `organisations` counts those it answers for on the day."""

    id: bytes
    name: str
    level: str | None
    level_name: str
    kind: str | None
    kind_name: str
    parent: str | None
    organisations: int


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """One body as its form holds it; level and kind are keys of LEVEL_WORDS and KIND_WORDS."""

    name: str = ""
    id: bytes | None = None
    level: str | None = "county"
    kind: str | None = None
    parent_id: bytes | None = None
    sort: int | None = None
    remark: str | None = None


@allowed(EVERYONE)
def list_offices(session: Session) -> tuple[OfficeRow, ...]:
    """Give the bodies in manual order, then in the order they were made in."""
    rows = session.db.rows(
        "SELECT o.id, o.name, o.level, o.kind, p.name, (SELECT count(DISTINCT m.organisation_id) FROM management m "
        "WHERE m.office_id = o.id AND m._deleted IS NULL AND m.ends_on IS NULL) FROM office o "
        "LEFT JOIN office p ON p.id = o.parent_id WHERE o._deleted IS NULL ORDER BY o.sort IS NULL, o.sort, o.rowid"
    )
    return tuple(
        OfficeRow(key, name, level, LEVEL_WORDS.get(level, ""), kind, KIND_WORDS.get(kind, ""), parent, count)
        for key, name, level, kind, parent, count in rows
    )


@allowed(EVERYONE)
def open_(session: Session, *, office: bytes) -> OfficeDraft:
    """Give a body as its form holds it."""
    return forms.fill(session, OfficeDraft, "office", office)


@allowed(STAFF)
def save(session: Session, *, draft: OfficeDraft) -> Changes:
    """Save a body; its name stands once, and its superior is not itself."""
    draft = replace(draft, name=clean_line(draft.name))
    forms.check(NOUN, draft, needed={"name": "名称"})
    for field, words, said in (("level", LEVEL_WORDS, "层级"), ("kind", KIND_WORDS, "类别")):
        if getattr(draft, field) and getattr(draft, field) not in words:
            raise forms.refuse(NOUN, f"{said}不在列表里。", "请从列表里选一项。", field)
    if draft.id is not None and draft.parent_id == draft.id:
        raise forms.refuse(NOUN, "上级选的是它自己。", "请另选一个上级，或留空。", "parent_id", "cycle")
    twin = session.db.one(
        "SELECT 1 FROM office WHERE name = ? AND id IS NOT ? AND _deleted IS NULL", (draft.name, draft.id)
    )
    if twin:
        raise forms.refuse(NOUN, f"已有“{draft.name}”。", "请打开那一个修改。", "name", "twice")
    with unit(session, f"登记上级机关 {draft.name}") as work:
        key = forms.put(session, Office, draft)
    return work.changes.about(key)


@allowed(STAFF)
def remove(session: Session, *, office: bytes, reason: str) -> Changes:
    """Put a body into the recycle bin; refused while a record names it."""
    return shelving.remove_unused(
        session, Office, office, table="office", noun=NOUN, reason=reason,
        why="还有管理渠道、任职或会议用到它。", do="请先改用别的机关，再删除。",
    )  # fmt: skip
