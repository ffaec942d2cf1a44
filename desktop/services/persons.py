"""Persons (人员): the form with its checks, masked numbers and their audited reveal, and the end of a record."""

from dataclasses import dataclass, replace

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.text import clean_line, clean_name, narrow
from desktop.models.person import Person
from desktop.services import audits, forms, masking, person_checks, posts, records
from desktop.services.person_checks import Remark
from desktop.services.searching import fts_query
from desktop.services.sessions import EVERYONE, STAFF, WRITERS, Session, allowed, not_allowed
from desktop.services.spans import active, found_by, within
from desktop.services.storage import transaction
from desktop.services.units import unit

NOUN = "人员"
_DATES = {"born_on": "出生日期", "applied_on": "申请入党日期", "joined_on": "入党日期", "full_on": "转正日期"}
_CODED = {
    "sex": ("性别", "sex"),
    "ethnicity": ("民族", "ethnicity"),
    "education": ("学历", "education"),
    "political": ("政治面貌", "political_status"),
}
# What keeps a person from being removed: its Chinese with the measure word, the rows, what is ended or handed over.
_HOLDS = (
    ("段组织关系", "SELECT count(*) FROM membership WHERE person_id = ? AND _deleted IS NULL AND ends_on IS NULL",
     "结束组织关系"),
    ("项任职", "SELECT count(*) FROM post WHERE person_id = ? AND _deleted IS NULL AND ends_on IS NULL", "结束任职"),
    ("个社会组织的负责人", "SELECT count(*) FROM organisation WHERE head_id = ? AND _deleted IS NULL", "换负责人"),
    ("个党小组的组长", "SELECT count(*) FROM party_group WHERE leader_id = ? AND _deleted IS NULL", "换组长"),
    ("个社会组织的指导员",
     "SELECT count(*) FROM instructor WHERE person_id = ? AND _deleted IS NULL AND ends_on IS NULL", "换指导员"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person to choose from; numbers are masked, `branch` is where the relation is now."""

    id: bytes
    name: str
    branch: str | None
    workplace: str | None
    id_number: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """One person as the form holds it; a masked number or telephone that comes back unchanged keeps what is stored.

    `confirmed_reason` says why a number is right although its check digit is not; it goes into the audit.
    """

    name: str = ""
    id: bytes | None = None
    spare_name: str | None = None
    sex: str | None = None
    ethnicity: str | None = None
    born_on: str | None = None
    id_number: str | None = None
    education: str | None = None
    degree: str | None = None
    political: str | None = None
    workplace: str | None = None
    work_post: str | None = None
    phone: str | None = None
    leading: bool | None = None
    applied_on: str | None = None
    joined_on: str | None = None
    full_on: str | None = None
    remark: str | None = None
    confirmed_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Revealed:
    """The numbers of one person in full."""

    id_number: str | None
    phone: str | None


@allowed(EVERYONE)
def find(session: Session, *, text: str, limit: int = 20) -> tuple[PersonRow, ...]:
    """Give the persons that `text` may mean (name, pinyin, initials, last four digits), to choose one from."""
    if not fts_query(text):
        return ()
    found, said = found_by(text, "person", "p.id")
    scope, more = within(session, "s.branch_id")
    mine = f"p.id IN (SELECT s.person_id FROM membership s WHERE s._deleted IS NULL AND {scope})" if more else "1"
    rows = session.db.rows(
        "SELECT p.id, p.name, (SELECT coalesce(b.short_name, b.name) FROM membership m JOIN branch b "
        f"ON b.id = m.branch_id WHERE m.person_id = p.id AND {active('m')} ORDER BY m.starts_on DESC LIMIT 1), "
        f"p.workplace, p.id_number, p.phone FROM person p WHERE p._deleted IS NULL AND {found} AND {mine} "
        "ORDER BY length(p.name), p.name, p.id LIMIT ?",
        (session.today.isoformat(), *said, *more, limit),
    )
    return tuple(
        PersonRow(key, name, branch, workplace, masking.identity(number), masking.phone(phone))
        for key, name, branch, workplace, number, phone in rows
    )


@allowed(EVERYONE)
def open_(session: Session, *, person: bytes) -> PersonDraft:
    """Give a person as the form holds it, identity number and telephone masked."""
    _check_seen(session, person)
    draft = forms.fill(session, PersonDraft, "person", person)
    return replace(draft, id_number=masking.identity(draft.id_number), phone=masking.phone(draft.phone))


@allowed(WRITERS)
def reveal(session: Session, *, person: bytes, reason: str) -> Revealed:
    """Give the numbers of a person in full; who looked and why goes into the audit."""
    _check_seen(session, person)
    if not reason.strip():
        raise UserError("没有显示号码。", "没有写查看的原因。", "请写明用途，例如“填写介绍信”。", "reason", "reason")
    row = records.get(session, "person", person)
    with transaction(session.workspace.write):
        detail = f"person:{person.hex()} {clean_line(reason)}"
        audits.append(session.workspace, account=session.account, deed="reveal", detail=detail)
    return Revealed(row["id_number"], row["phone"])


@allowed(WRITERS)
def check(session: Session, *, draft: PersonDraft) -> tuple[Remark, ...]:
    """Give what is wrong or doubtful about a draft, what stands in the way of saving first."""
    meant, kept = _meant(session, draft)
    found: list[Remark] = []
    if meant.id_number:
        remark = person_checks.number_remark(meant.id_number, session.today)
        if remark is not None:
            found.append(replace(remark, refused=False) if "id_number" in kept and remark.confirmable else remark)
        found += person_checks.match_remarks(meant.id_number, meant.born_on, meant.sex)
    phone = person_checks.phone_remark(meant.phone) if "phone" not in kept else None
    found += [phone] if phone else []
    age = person_checks.age_remark(meant.born_on, meant.applied_on, meant.joined_on, session.today)
    found += [age] if age else []
    found += _twins(session, meant)
    return tuple(sorted(found, key=lambda remark: not remark.refused))


def _twins(session: Session, draft: PersonDraft) -> list[Remark]:
    """Remark on persons of the same number, or of the same name and birthday."""
    found = []
    same = session.db.one(
        "SELECT name FROM person WHERE id_number = ? AND id IS NOT ? AND _deleted IS NULL AND merged_into IS NULL",
        (draft.id_number, draft.id),
    )
    if draft.id_number and same:
        why, do = f"已有身份证号相同的人员“{same[0]}”。", "请打开那一个修改，不要再登记一次。"
        found.append(Remark("id_number", why, do, refused=True))
    elif draft.born_on and session.db.one(
        "SELECT 1 FROM person WHERE name = ? AND born_on = ? AND id IS NOT ? AND _deleted IS NULL "
        "AND merged_into IS NULL",
        (clean_name(draft.name), draft.born_on, draft.id),
    ):
        why = f"已有同名、同生日的人员“{clean_name(draft.name)}”。"
        found.append(Remark("name", why, "请核对是不是同一人；不是同一人可以照样保存。"))
    return found


@allowed(WRITERS)
def save(session: Session, *, draft: PersonDraft) -> Changes:
    """Save a person; 书记 changes those of the own branch and makes no new ones."""
    if draft.id is not None:
        _check_seen(session, draft.id)
    elif session.role not in STAFF:
        raise not_allowed(session)
    draft, _ = _meant(session, draft)
    draft = _from_number(draft)
    forms.check(
        NOUN, draft, needed={"name": "姓名"}, dates=_DATES, coded=_CODED,
        order=("born_on", "applied_on", "joined_on", "full_on"),
    )  # fmt: skip
    for remark in check(session, draft=draft):
        if remark.refused and not (remark.confirmable and (draft.confirmed_reason or "").strip()):
            code = "confirm" if remark.confirmable else "invalid"
            raise forms.refuse(NOUN, remark.why, remark.do, remark.field, code)
    with unit(session, f"{'修改' if draft.id else '登记'}人员 {draft.name}") as work:
        key = forms.put(session, Person, draft)
        if draft.confirmed_reason:
            work.detail = f"{work.label}：身份证号末位对不上，{clean_line(draft.confirmed_reason)}"
    return work.changes.about(key)


def _meant(session: Session, draft: PersonDraft) -> tuple[PersonDraft, frozenset[str]]:
    """Put what is stored where the masks are, and narrow what was typed; name the numbers that are the stored ones."""
    stored = records.get(session, "person", draft.id) if draft.id else {"id_number": None, "phone": None}
    number = masking.unmask(draft.id_number, stored["id_number"], masking.identity(stored["id_number"]))
    phone = masking.unmask(draft.phone, stored["phone"], masking.phone(stored["phone"]))
    number = narrow(number).lstrip("'‘’`").replace("-", "").upper() or None if number else None
    meant = replace(draft, name=clean_name(draft.name), id_number=number, phone=clean_line(phone) if phone else None)
    given = {"id_number": meant.id_number, "phone": meant.phone}
    return meant, frozenset(name for name, value in given.items() if value is not None and value == stored[name])


def _from_number(draft: PersonDraft) -> PersonDraft:
    """Fill an empty birthday and sex from the number."""
    born = person_checks.birth(draft.id_number)
    return replace(
        draft,
        born_on=draft.born_on or (born.isoformat() if born else None),
        sex=draft.sex or person_checks.sex(draft.id_number),
    )


@allowed(STAFF)
def remove(session: Session, *, person: bytes, reason: str) -> Changes:
    """Put a person into the recycle bin; refused while relation, posts or duties stand on the record."""
    row = records.get(session, "person", person)
    counts = [(session.db.one(sql, (person,)), words, do) for words, sql, do in _HOLDS]
    held = [(count[0], words, do) for count, words, do in counts if count is not None and count[0]]
    if held:
        named = {"项任职": _posts_named(session, person)}
        said = (f"{count} {words}{named.get(words, '')}" for count, words, _ in held)
        do = f"请先{'、'.join(do for _, _, do in held)}，再移到回收站。"
        raise UserError(f"没有把“{row['name']}”移到回收站。", f"还有 {'、'.join(said)}。", do, "in-use")
    with unit(session, f"删除人员 {row['name']}") as work:
        records.bin_record(session, Person, person, reason)
    return work.changes.about(person)


def _posts_named(session: Session, person: bytes) -> str:
    """Name the posts held, each with its branch: `（柳溪党支部 书记）`."""
    rows = [row for row in posts.list_posts(session, person=person) if row.ends_on is None]
    return f"（{'、'.join(f'{row.at} {row.title_name}'.strip() for row in rows)}）"


def _check_seen(session: Session, person: bytes) -> None:
    """Refuse a 书记 a person without any relation in the own scope."""
    scope, more = within(session, "m.branch_id")
    found = session.db.one(
        f"SELECT 1 FROM membership m WHERE m.person_id = ? AND m._deleted IS NULL AND {scope}", (person, *more)
    )
    if session.scope is not None and found is None:
        raise UserError(
            "没有执行这项操作。", "这个人的组织关系不在本支部。", "请由乡镇的干事办理。", "out-of-scope"
        )
