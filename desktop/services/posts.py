"""Posts (任职): person × Party organisation, social organisation or body, from–to, with title and source."""

from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.core.calendar import full_day, last_day
from desktop.core.changes import Changes
from desktop.core.codes import code_set
from desktop.core.text import clean_line
from desktop.models.database import Row
from desktop.models.post import Post
from desktop.rules import codes
from desktop.rules.periods import earliest_day
from desktop.services import forms, records
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed, check_scope
from desktop.services.spans import within
from desktop.services.units import unit

NOUN = "任职"
_DATES = {"starts_on": "任职日期", "ends_on": "离任日期", "reported_on": "报告日期"}
_AT = ("branch_id", "organisation_id", "office_id")
_LISTED = (
    "SELECT t.id, t.person_id, p.name, t.title, t.branch_id, t.organisation_id, t.office_id, "
    "coalesce(b.short_name, b.name, g.name, o.name, ''), t.source, t.full_time, t.starts_on, t.ends_on "
    "FROM post t JOIN person p ON p.id = t.person_id LEFT JOIN branch b ON b.id = t.branch_id "
    "LEFT JOIN organisation g ON g.id = t.organisation_id LEFT JOIN office o ON o.id = t.office_id "
    "WHERE t._deleted IS NULL"
)
_ORDER = "ORDER BY t.ends_on IS NOT NULL, t.sort IS NULL, t.sort, t.title, t.starts_on, t.id"


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post; `title_name` and `at` are the words that lists show, `full_time` None where it is not known."""

    id: bytes
    person_id: bytes
    person: str
    title: str
    title_name: str
    branch_id: bytes | None
    organisation_id: bytes | None
    office_id: bytes | None
    at: str
    source: str | None
    source_name: str
    full_time: bool | None
    starts_on: str | None
    ends_on: str | None


@dataclass(frozen=True, slots=True)
class PostDraft:
    """One post as its form holds it, at exactly one of branch, organisation and office."""

    person_id: bytes
    title: str = ""
    id: bytes | None = None
    branch_id: bytes | None = None
    organisation_id: bytes | None = None
    office_id: bytes | None = None
    term_id: bytes | None = None
    source: str | None = None
    full_time: bool | None = None
    cross_post: bool | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    approval: str | None = None
    reported_on: str | None = None
    sort: int | None = None


@allowed(EVERYONE)
def list_posts(
    session: Session, *, branch: bytes | None = None, organisation: bytes | None = None, person: bytes | None = None
) -> tuple[PostRow, ...]:
    """Give the posts of a branch, an organisation or a person: those held first, in manual order, then by title."""
    wanted = {"branch_id": branch, "organisation_id": organisation, "person_id": person}
    given = {name: value for name, value in wanted.items() if value is not None}
    where = "".join(f" AND t.{name} = ?" for name in given)
    scope, more = within(session, "t.branch_id")
    rows = session.db.rows(f"{_LISTED}{where} AND {scope} {_ORDER}", (*given.values(), *more))
    return tuple(_row(row) for row in rows)


def _row(row: Row) -> PostRow:
    key, person_id, person, title, branch, organisation, office, at, source, full_time, starts, ends = row
    return PostRow(
        key, person_id, person, title, title_words(title, at_organisation=organisation is not None), branch,
        organisation, office, at, source, code_set("secretary_source").short(source),
        None if full_time is None else bool(full_time), starts, ends,
    )  # fmt: skip


def title_words(title: str | None, *, at_organisation: bool = False) -> str:
    """Give the Chinese of a title: a Party post, or a post of management in an organisation; free text stays."""
    return code_set("management_title" if at_organisation else "post_title").short(title)


@allowed(EVERYONE)
def open_(session: Session, *, post: bytes) -> PostDraft:
    """Give a post as its form holds it."""
    draft = forms.fill(session, PostDraft, "post", post)
    check_scope(session, draft.branch_id)
    return draft


@allowed(STAFF)
def save(session: Session, *, draft: PostDraft) -> Changes:
    """Save a post; a second secretary of one Party organisation at the same time is refused (UNI-01)."""
    draft = replace(draft, title=clean_line(draft.title))
    forms.check(
        NOUN, draft, needed={"person_id": "人员", "title": "职务"}, dates=_DATES,
        coded={"source": ("书记来源", "secretary_source")}, order=("starts_on", "ends_on"),
    )  # fmt: skip
    if sum(getattr(draft, name) is not None for name in _AT) != 1:
        raise forms.refuse(NOUN, "没有选任职的单位，或选了不止一个。", "请选一个党组织、社会组织或机关。", "branch_id")
    if draft.branch_id is not None and draft.title not in code_set("post_title"):
        raise forms.refuse(NOUN, f"“{draft.title}”不是党内职务。", "请从列表里选一项。", "title")
    if draft.branch_id is not None and draft.title == codes.Title.SECRETARY:
        _check_only_secretary(session, draft)
    person = records.get(session, "person", draft.person_id)
    with unit(session, f"登记 {person['name']} 任职") as work:
        key = forms.put(session, Post, draft)
    return work.changes.about(key)


def _check_only_secretary(session: Session, draft: PostDraft) -> None:
    rows = session.db.rows(
        "SELECT t.starts_on, t.ends_on, p.name FROM post t JOIN person p ON p.id = t.person_id WHERE t.branch_id = ? "
        "AND t.title = ? AND t.id IS NOT ? AND t.person_id <> ? AND t._deleted IS NULL",
        (draft.branch_id, codes.Title.SECRETARY.value, draft.id, draft.person_id),
    )
    for starts, ends, name in rows:
        if overlap(draft.starts_on, draft.ends_on, starts, ends):
            since = f"（{starts} 起）" if starts else ""
            why = f"“{name}”已任书记{since}，同一党组织同一时间只有一名书记（UNI-01）。"
            raise forms.refuse(NOUN, why, "请先填写前任的离任日期，再登记这一任。", "starts_on", "UNI-01")


def overlap(starts: str | None, ends: str | None, other_starts: str | None, other_ends: str | None) -> bool:
    """Tell whether two dated rows surely meet: both ends are included, none is open, a vague date gets the doubt."""
    return not (_before(ends, other_starts) or _before(other_ends, starts))


def _before(ends: str | None, starts: str | None) -> bool:
    """Tell whether a row may end before another begins, by the kindest reading of dates that are not exact."""
    return ends is not None and starts is not None and earliest_day(ends) < last_day(starts)


@allowed(STAFF)
def end(session: Session, *, post: bytes, on: str) -> Changes:
    """End a post on its last day (YYYY-MM-DD)."""
    return save(session, draft=replace(open_(session, post=post), ends_on=on))


@allowed(STAFF)
def succeed(session: Session, *, post: bytes, draft: PostDraft) -> Changes:
    """Let `draft` follow a post: the former ends on the day before, in one step."""
    day = full_day(draft.starts_on)
    if day is None:
        do = "请填写任职日期，例如 2026-11-23。"
        raise forms.refuse(NOUN, "接任的任职日期没有填到日。", do, "starts_on", "missing")
    with unit(session, "登记接任") as work:
        end(session, post=post, on=(day - timedelta(days=1)).isoformat())
        key = save(session, draft=draft).key
    return work.changes.about(key) if key is not None else work.changes


@allowed(STAFF)
def remove(session: Session, *, post: bytes, reason: str) -> Changes:
    """Put a post that was entered by mistake into the recycle bin; one that was held is ended instead."""
    records.get(session, "post", post)
    with unit(session, "删除 1 项任职") as work:
        records.bin_record(session, Post, post, reason)
    return work.changes.about(post)
