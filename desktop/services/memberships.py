"""Memberships (组织关系): joining, moving, changes of standing; each closes one row and opens the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from desktop.core.calendar import full_day, last_day
from desktop.core.changes import Changes
from desktop.core.codes import code_set
from desktop.core.errors import UserError
from desktop.models.membership import Membership
from desktop.models.person import Person
from desktop.rules import codes
from desktop.rules.periods import earliest_day
from desktop.services import forms, records
from desktop.services import posts as post_services
from desktop.services.posts import PostRow, overlap
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed
from desktop.services.spans import within
from desktop.services.units import unit

NOUN = "组织关系"
HERE = "R1"
_DATES = {"starts_on": "开始日期", "ends_on": "结束日期"}
_CODED = {"standing": ("党员状态", "standing"), "relation": ("组织关系状态", "relation")}
_OPEN = "_deleted IS NULL AND ends_on IS NULL"


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """One stretch of a person's life in the Party, in words."""

    id: bytes
    branch_id: bytes | None
    branch: str | None
    party_group: str | None
    organisation: str | None
    standing: str
    standing_name: str
    relation: str | None
    relation_name: str
    starts_on: str | None
    ends_on: str | None
    reason: str | None
    document: str | None


@dataclass(frozen=True, slots=True)
class MembershipDraft:
    """One stretch as the form holds it; `ends_on` None is open."""

    person_id: bytes
    branch_id: bytes | None = None
    id: bytes | None = None
    party_group_id: bytes | None = None
    organisation_id: bytes | None = None
    standing: str = "50"
    relation: str | None = HERE
    starts_on: str | None = None
    ends_on: str | None = None
    reason: str | None = None
    document: str | None = None


@allowed(EVERYONE)
def list_history(session: Session, *, person: bytes) -> tuple[MembershipRow, ...]:
    """Give a person's stretches, the newest first; 书记 sees those of the own scope."""
    scope, more = within(session, "m.branch_id")
    rows = session.db.rows(
        "SELECT m.id, m.branch_id, b.name, g.name, o.name, m.standing, m.relation, m.starts_on, m.ends_on, m.reason, "
        "m.document FROM membership m LEFT JOIN branch b ON b.id = m.branch_id "
        "LEFT JOIN party_group g ON g.id = m.party_group_id LEFT JOIN organisation o ON o.id = m.organisation_id "
        f"WHERE m.person_id = ? AND m._deleted IS NULL AND {scope} "
        "ORDER BY m.ends_on IS NOT NULL, m.starts_on DESC, m.id DESC",
        (person, *more),
    )
    standings, relations = code_set("standing"), code_set("relation")
    return tuple(
        MembershipRow(
            key, branch_id, branch, group, organisation, standing, standings.short(standing), relation,
            relations.short(relation), starts, ends, reason, document,
        )
        for key, branch_id, branch, group, organisation, standing, relation, starts, ends, reason, document in rows
    )  # fmt: skip


@allowed(EVERYONE)
def open_(session: Session, *, membership: bytes) -> MembershipDraft:
    """Give a stretch as the form holds it."""
    draft = forms.fill(session, MembershipDraft, "membership", membership)
    if session.scope is not None and not any(
        row.id == membership for row in list_history(session, person=draft.person_id)
    ):
        raise UserError("没有执行这项操作。", "这段组织关系不在本支部。", "请由乡镇的干事办理。", "out-of-scope")
    return draft


@allowed(STAFF)
def save(session: Session, *, draft: MembershipDraft) -> Changes:
    """Save a stretch: a first relation (`id` None), or the correction of one; two that hold on the roll never meet."""
    forms.check(
        NOUN, draft, needed={"branch_id": "党组织", "standing": "党员状态"}, dates=_DATES, coded=_CODED,
        order=("starts_on", "ends_on"),
    )  # fmt: skip
    person = records.get(session, "person", draft.person_id)
    _check_alone(session, draft)
    _check_life(session, draft, person)
    with unit(session, f"登记 {person['name']} 组织关系") as work:
        key = forms.put(session, Membership, draft)
        _note_dates(session, person, draft.standing, draft.starts_on)
    return work.changes.about(key)


def _check_alone(session: Session, draft: MembershipDraft) -> None:
    """Refuse a second relation on the roll at the same time (UNI-05)."""
    rows = session.db.rows(
        "SELECT m.starts_on, m.ends_on, m.relation, b.name FROM membership m LEFT JOIN branch b ON b.id = m.branch_id "
        "WHERE m.person_id = ? AND m.id IS NOT ? AND m._deleted IS NULL",
        (draft.person_id, draft.id),
    )
    for starts, ends, relation, name in rows:
        here = (relation or HERE) == HERE and (draft.relation or HERE) == HERE
        if here and overlap(draft.starts_on, draft.ends_on, starts, ends):
            why = f"这段时间组织关系已在“{name or '未写明的党组织'}”，同一时间只能有一处。"
            raise forms.refuse(NOUN, why, "请改用“转移”，或先结束原来的一段。", "starts_on", "UNI-05")


def _check_life(session: Session, draft: MembershipDraft, person: dict[str, Any]) -> None:
    """Refuse dates that cannot be: a relation before birth or before the branch was founded, or one yet to come."""
    starts = draft.starts_on
    if starts is None:
        return
    branch = records.get(session, "branch", draft.branch_id) if draft.branch_id else {"founded_on": None}
    if earliest_day(starts) > session.today:
        raise forms.refuse(NOUN, f"开始日期 {starts} 还没有到。", "请核对日期，再保存。", "starts_on", "order")
    for text, word in ((person["born_on"], "出生日期"), (branch["founded_on"], "支部成立日期")):
        if text and last_day(starts) < earliest_day(text):
            why = f"开始日期 {starts} 早于{word} {text}。"
            raise forms.refuse(NOUN, why, "请核对这两个日期，再保存。", "starts_on", "order")


def _note_dates(session: Session, person: dict[str, Any], standing: str, on: str | None) -> None:
    """Carry the day of joining or of full membership to the person, where it is not known yet: entered once."""
    column = {"40": "joined_on", "50": "full_on"}.get(standing)
    before = session.db.one(
        "SELECT 1 FROM membership WHERE person_id = ? AND standing = ? AND _deleted IS NULL",
        (person["id"], {"40": "30", "50": "40"}.get(standing)),
    )
    if column and on and before and person[column] is None:
        records.update(session, Person, person["id"], {column: on})


@allowed(EVERYONE)
def posts_left(session: Session, *, persons: Sequence[bytes]) -> tuple[PostRow, ...]:
    """Give the posts that members hold in the branch of their relation now: a move would leave them behind."""
    found: list[PostRow] = []
    for person in persons:
        row, _ = _open_row(session, person)
        if row["branch_id"] is not None:
            held = post_services.list_posts(session, branch=row["branch_id"], person=person)
            found += [post for post in held if post.ends_on is None]
    return tuple(found)


@allowed(STAFF)
def move(
    session: Session, *, persons: Sequence[bytes], to: bytes, on: str, party_group: bytes | None = None,
    reason: str | None = None, document: str | None = None, ending: Sequence[bytes] = (),
) -> Changes:  # fmt: skip
    """Move members to another branch of this committee without a letter (domain.md §11.4), from the day `on`.

    `ending` are posts (of `posts_left`) that end on the day before, in the same unit.
    """
    target = records.get(session, "branch", to)
    if target["state"] == "5" or target["dissolved_on"] is not None:
        raise forms.refuse(NOUN, f"“{target['name']}”已撤销。", "请另选一个党组织。", "to")
    rows = [_open_row(session, person) for person in persons]
    staying = [name for row, name in rows if row["branch_id"] == to]
    if staying or not rows:
        why = f"{'、'.join(staying)}已在“{target['name']}”。" if staying else "没有选人。"
        raise forms.refuse(NOUN, why, "请核对所选的人，再转移。", "persons")
    new = {"branch_id": to, "party_group_id": party_group, "reason": reason or "转移", "document": document}
    with unit(session, f"移动 {len(rows)} 名党员：{_from(session, rows)} → {_short(target)}") as work:
        last = (_day(session, on) - timedelta(days=1)).isoformat()
        for post in ending:
            post_services.end(session, post=post, on=last)
        key = _turn(session, [row for row, _ in rows], on, work.label, new).key
    return work.changes.about(key) if key is not None else work.changes


def _from(session: Session, rows: Sequence[tuple[dict[str, Any], str]]) -> str:
    """Name the branch that members leave, or how many branches."""
    left = {row["branch_id"] for row, _ in rows}
    one = next(iter(left))
    if len(left) > 1:
        return f"{len(left)} 个党组织"
    return _short(records.get(session, "branch", one)) if one is not None else "未写明的党组织"


def _short(branch: Mapping[str, Any]) -> str:
    return str(branch["short_name"] or branch["name"])


@allowed(STAFF)
def move_branch(session: Session, *, branch: bytes, to: bytes, on: str, reason: str | None = None) -> Changes:
    """Move everybody of a branch to another (a merger), from the day `on`."""
    rows = session.db.rows(f"SELECT person_id FROM membership WHERE branch_id = ? AND {_OPEN} ORDER BY id", (branch,))
    persons = tuple(dict.fromkeys(row[0] for row in rows))
    return move(session, persons=persons, to=to, on=on, reason=reason or "整建制转移")


@allowed(STAFF)
def change(
    session: Session, *, persons: Sequence[bytes], on: str, standing: str | None = None, relation: str | None = None,
    reason: str | None = None, document: str | None = None,
) -> Changes:  # fmt: skip
    """Change standing or relation (domain.md §4.9) from the day `on`: 转正, 延长预备期, 流出, 出党, 去世 ….

    Who leaves the Party or dies is on no roll from the day after.
    """
    new = {name: value for name, value in (("standing", standing), ("relation", relation)) if value is not None}
    for field, value in new.items():
        if value not in code_set(field):
            raise forms.refuse(NOUN, f"状态“{value}”不在代码表里。", "请从列表里选一项。", field)
    if not new or not persons:
        raise forms.refuse(NOUN, "没有选人，或没有选新的状态。", "请选好，再保存。", "standing", "missing")
    rows = [_open_row(session, person) for person in persons]
    for row, name in rows:
        _check_step(name, row, standing)
    words = "、".join(code_set(field).short(value) for field, value in new.items())
    return _turn(
        session, [row for row, _ in rows], on, f"{len(rows)} 名党员改为{words}",
        new | {"reason": reason, "document": document},
    )  # fmt: skip


def _check_step(name: str, row: dict[str, Any], standing: str | None) -> None:
    if standing is not None and row["standing"] in codes.FULL and standing < "50":
        why = f"“{name}”已是正式党员，不能改为{code_set('standing').short(standing)}。"
        raise forms.refuse(NOUN, why, "如是登记有误，请在组织关系里更正那一段。", "standing")


def _open_row(session: Session, person: bytes) -> tuple[dict[str, Any], str]:
    """Give the stretch of a person that stands open here, and the name."""
    who = records.get(session, "person", person)
    rows = session.db.rows(
        f"SELECT id FROM membership WHERE person_id = ? AND {_OPEN} "
        "ORDER BY coalesce(relation, 'R1') <> 'R1', starts_on DESC, id DESC",
        (person,),
    )
    if not rows:
        why = f"“{who['name']}”没有在册的组织关系。"
        raise forms.refuse(NOUN, why, "请先登记组织关系。", "persons", "no-membership")
    return records.get(session, "membership", rows[0][0]), str(who["name"])


def _turn(session: Session, rows: list[dict[str, Any]], on: str, label: str, new: dict[str, Any]) -> Changes:
    """Close each row on the day before `on` and open the next with what is new; nothing stands if one cannot be."""
    day = _day(session, on)
    key = b""
    with unit(session, label) as work:
        for row in rows:
            _check_turn(session, row, day)
            kept = ("person_id", "branch_id", "party_group_id", "organisation_id", "standing", "relation")
            before, after = turned({name: row[name] for name in kept} | new, day)
            records.update(session, Membership, row["id"], before)
            key = records.insert(session, Membership, after)
            if "standing" in new:
                _note_dates(session, records.get(session, "person", row["person_id"]), new["standing"], on)
    return work.changes.about(key)


def turned(values: Mapping[str, Any], day: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give how a stretch closes before a day, and how the next one with `values` stands from it.

    Who has left the Party, or has died, is on no roll: that last stretch ends on its day, whoever writes it.
    """
    last = {"ends_on": day.isoformat()} if values["standing"] in codes.LEFT else {}
    before = {"ends_on": (day - timedelta(days=1)).isoformat()}
    return before, {**values, "starts_on": day.isoformat(), **last}


def _day(session: Session, on: str) -> date:
    forms.check_date(NOUN, on, "日期", "on")
    day = full_day(on)
    if day is None:
        raise forms.refuse(NOUN, "日期没有填到日。", "请填写日期，例如 2026-11-23。", "on", "missing")
    if day > session.today:
        raise forms.refuse(NOUN, f"日期 {on} 还没有到。", "请核对日期，再保存。", "on", "order")
    return day


def _check_turn(session: Session, row: dict[str, Any], day: date) -> None:
    starts = row["starts_on"]
    if starts is not None and day <= last_day(starts):
        name = records.get(session, "person", row["person_id"])["name"]
        why = f"“{name}”现在这段组织关系从 {starts} 开始，新的一段不能从 {day.isoformat()} 开始。"
        raise forms.refuse(NOUN, why, "请核对日期；登记有误的，请更正原来那一段。", "on", "order")


@allowed(STAFF)
def set_group(session: Session, *, persons: Sequence[bytes], party_group: bytes | None) -> Changes:
    """Put members into a Party group of their branch, or out of any; the stretch goes on."""
    group = records.get(session, "party_group", party_group) if party_group else None
    with unit(session, f"编组 {len(persons)} 名党员") as work:
        for person in persons:
            row, name = _open_row(session, person)
            if group is not None and group["branch_id"] != row["branch_id"]:
                why = f"“{name}”不在这个党小组的支部。"
                raise forms.refuse(NOUN, why, "请选同一支部的党小组。", "party_group")
            records.update(session, Membership, row["id"], {"party_group_id": party_group})
    return work.changes


@allowed(STAFF)
def remove(session: Session, *, membership: bytes, reason: str) -> Changes:
    """Put a stretch that was entered by mistake into the recycle bin; one that was is ended by a change instead."""
    records.get(session, "membership", membership)
    with unit(session, "删除 1 段组织关系") as work:
        records.bin_record(session, Membership, membership, reason)
    return work.changes.about(membership)


@allowed(STAFF)
def join(session: Session, *, draft: MembershipDraft) -> Changes:
    """Register the first relation of a person here."""
    return save(session, draft=replace(draft, id=None))
