"""Party-building instructors and liaison officers (指导员、联络员) of organisations, 苏组发〔2017〕8号 第9条."""

from dataclasses import dataclass, replace

from desktop.core.changes import Changes
from desktop.core.codes import code_set
from desktop.models.instructor import Instructor
from desktop.services import forms, records
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed
from desktop.services.spans import within
from desktop.services.units import unit

NOUN = "指导员"
TITLES = ("12", "13")
_DATES = {"starts_on": "选派日期", "ends_on": "结束日期"}


@dataclass(frozen=True, slots=True)
class InstructorRow:
    """One instructor of one organisation; `load` counts the organisations that the person answers for now."""

    id: bytes
    person_id: bytes
    person: str
    organisation_id: bytes
    organisation: str
    title: str | None
    title_name: str
    starts_on: str | None
    ends_on: str | None
    load: int


@dataclass(frozen=True, slots=True)
class InstructorDraft:
    """One instructor as the form holds it; the title is 12 党建工作指导员 or 13 联络员."""

    organisation_id: bytes
    person_id: bytes | None = None
    id: bytes | None = None
    title: str | None = "12"
    starts_on: str | None = None
    ends_on: str | None = None
    remark: str | None = None


@allowed(EVERYONE)
def list_instructors(session: Session, *, organisation: bytes | None = None) -> tuple[InstructorRow, ...]:
    """Give the instructors of an organisation, or all, those at work first."""
    scope, more = within(session, "u.branch_id")
    seen = f"i.organisation_id IN (SELECT u.organisation_id FROM joint_unit u WHERE u._deleted IS NULL AND {scope})"
    rows = session.db.rows(
        "SELECT i.id, i.person_id, p.name, i.organisation_id, g.name, i.title, i.starts_on, i.ends_on, "
        "(SELECT count(*) FROM instructor x WHERE x.person_id = i.person_id AND x._deleted IS NULL "
        "AND x.ends_on IS NULL) FROM instructor i JOIN person p ON p.id = i.person_id "
        "JOIN organisation g ON g.id = i.organisation_id WHERE i._deleted IS NULL "
        f"AND (?1 IS NULL OR i.organisation_id = ?1) AND {seen if more else '1'} "
        "ORDER BY i.ends_on IS NOT NULL, g.sort IS NULL, g.sort, g.rowid, i.starts_on, i.id",
        (organisation, *more),
    )
    words = code_set("post_title")
    return tuple(
        InstructorRow(key, person_id, person, at, name, title, words.short(title), starts, ends, load)
        for key, person_id, person, at, name, title, starts, ends, load in rows
    )


@allowed(EVERYONE)
def open_(session: Session, *, instructor: bytes) -> InstructorDraft:
    """Give an instructor as the form holds it."""
    return forms.fill(session, InstructorDraft, "instructor", instructor)


@allowed(STAFF)
def save(session: Session, *, draft: InstructorDraft) -> Changes:
    """Save an instructor; one person stands once with an organisation at a time."""
    if draft.person_id is None:
        raise forms.refuse(NOUN, "没有选人员。", "请选择或登记人员，再保存。", "person_id", "missing")
    forms.check(NOUN, draft, dates=_DATES, order=("starts_on", "ends_on"))
    if draft.title not in TITLES:
        raise forms.refuse(NOUN, "没有选指导员或联络员。", "请选一项，再保存。", "title")
    twin = session.db.one(
        "SELECT 1 FROM instructor WHERE organisation_id = ? AND person_id = ? AND id IS NOT ? AND _deleted IS NULL "
        "AND ends_on IS NULL",
        (draft.organisation_id, draft.person_id, draft.id),
    )
    if twin and draft.ends_on is None:
        raise forms.refuse(NOUN, "这个人已是它的指导员或联络员。", "请打开那一条修改。", "person_id", "twice")
    organisation = records.get(session, "organisation", draft.organisation_id)
    with unit(session, f"登记 {organisation['short_name'] or organisation['name']} 指导员") as work:
        key = forms.put(session, Instructor, draft)
    return work.changes.about(key)


@allowed(STAFF)
def end(session: Session, *, instructor: bytes, on: str) -> Changes:
    """End the work of an instructor on its last day."""
    return save(session, draft=replace(open_(session, instructor=instructor), ends_on=on))


@allowed(STAFF)
def remove(session: Session, *, instructor: bytes, reason: str) -> Changes:
    """Put an instructor that was entered by mistake into the recycle bin."""
    records.get(session, "instructor", instructor)
    with unit(session, "删除 1 名指导员") as work:
        records.bin_record(session, Instructor, instructor, reason)
    return work.changes.about(instructor)
