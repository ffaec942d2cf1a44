"""Meetings: save a gathering with its parts, open it again; 应到 is frozen when it is first saved."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from desktop.core.calendar import is_date_text
from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.tables import DELETED
from desktop.models.meeting import Agenda, Attendance, Meeting, MeetingKind, Resolution, Vote
from desktop.rules import codes
from desktop.services import meeting_votes, records
from desktop.services.meeting_drafts import (
    AgendaDraft,
    AttendanceDraft,
    MeetingDraft,
    ResolutionDraft,
    VoteDraft,
)
from desktop.services.sessions import EVERYONE, STAFF, WRITERS, Session, allowed, check_scope
from desktop.services.units import unit

_HEAD = (
    "record_class", "held_on", "starts_at", "ends_at", "place", "host", "recorder", "lecturer", "guide", "topic",
    "content", "documents", "observers", "extra",
)  # fmt: skip
_NEWEST = f"NOT EXISTS (SELECT 1 FROM meeting v WHERE v.version_of = m.id AND v.{DELETED} IS NULL)"
_PARTS = {
    "agenda": (Agenda, AgendaDraft),
    "attendance": (Attendance, AttendanceDraft),
    "resolutions": (Resolution, ResolutionDraft),
    "votes": (Vote, VoteDraft),
}


@allowed(EVERYONE)
def open_(session: Session, *, meeting: bytes) -> MeetingDraft:
    """Give a saved meeting as the form holds it; a UserError where there is none."""
    row = records.get(session, "meeting", meeting)
    check_scope(session, row["branch_id"])
    kinds = session.db.rows("SELECT kind FROM meeting_kind WHERE meeting_id = ? ORDER BY rowid", (meeting,))
    parts: dict[str, Any] = {name: _part(session, name, meeting) for name in _PARTS}
    head = {name: row[name] for name in _HEAD}
    return MeetingDraft(
        branch=row["branch_id"], kinds=tuple(kind for (kind,) in kinds), id=meeting, party_group=row["party_group_id"],
        **head, **parts,
    )  # fmt: skip


@allowed(WRITERS)
def save(session: Session, *, draft: MeetingDraft, refreeze: bool = False) -> Changes:
    """Save a meeting; STAFF's own entry passes at once, 书记's stays a draft.

    On later saves who was due stays as frozen (status and reason may change) unless `refreeze`.
    """
    check_scope(session, draft.branch)
    _check(draft)
    old = records.get(session, "meeting", draft.id) if draft.id else None
    if old is not None:
        _check_open(session, old)
        if not refreeze:
            draft = _frozen(draft, open_(session, meeting=old["id"]))
    state = old["state"] if old else "passed" if session.role in STAFF else "draft"
    values = {name: getattr(draft, name) for name in _HEAD}
    values |= {"branch_id": draft.branch, "party_group_id": draft.party_group, "state": state}
    with unit(session, label(session, draft)) as work:
        if draft.id is None:
            key = records.insert(session, Meeting, values | {"version": 1})
        else:
            key = draft.id
            records.update(session, Meeting, key, values)
        _write_parts(session, key, draft)
    return work.changes.about(key)


@allowed(WRITERS)
def remove(session: Session, *, meeting: bytes, reason: str) -> Changes:
    """Put a meeting that is not archived into the recycle bin."""
    row = records.get(session, "meeting", meeting)
    check_scope(session, row["branch_id"])
    _check_open(session, row)
    with unit(session, "删除 1 份会议记录") as work:
        records.bin_record(session, Meeting, meeting, reason)
    return work.changes.about(meeting)


def label(session: Session, draft: MeetingDraft, *, verb: str = "记录") -> str:
    """Name the unit of a save: `记录 柳溪社区老年协会党支部 支部党员大会暨主题党日`, `更正 … 的会议记录`."""
    branch = records.get(session, "branch", draft.branch)
    named = f"{branch['short_name'] or branch['name']} {kinds_text(draft.kinds)}"
    return f"{verb} {named}" if verb == "记录" else f"{verb} {named}的记录"


def kinds_text(kinds: tuple[str, ...]) -> str:
    """Join the names of the kinds of a gathering by 暨."""
    return "暨".join(codes.KIND_WORDS.get(kind, kind) for kind in kinds)


def _check_open(session: Session, row: Mapping[str, Any]) -> None:
    check_scope(session, row["branch_id"])
    if row["state"] == "archived":
        raise UserError("没有改动会议记录。", "它已归档，归档的记录不再改动。", "如有差错，请作更正。", "archived")
    if row["state"] in {"submitted", "passed"} and session.role not in STAFF:
        raise UserError("没有改动会议记录。", "它已上报或已通过。", "请由乡镇的干事退回后再改。", "locked")


def _check(draft: MeetingDraft) -> None:
    why, field = None, None
    if not draft.kinds or len(set(draft.kinds)) != len(draft.kinds) or set(draft.kinds) - set(codes.KIND_WORDS):
        why, field = "会议类型没有选，或选重了", "kinds"
    elif not draft.held_on or not is_date_text(draft.held_on):
        why, field = "没有填会议日期，或日期不存在", "held_on"
    elif draft.starts_at and draft.ends_at and draft.ends_at <= draft.starts_at:
        why, field = "结束时间不晚于开始时间", "ends_at"
    if why:
        raise UserError("没有保存会议记录。", f"{why}。", "请改好这一栏再保存。", "meeting", field)
    meeting_votes.check(draft.votes)


def _frozen(draft: MeetingDraft, stored: MeetingDraft) -> MeetingDraft:
    """Keep the stored list and take only status and reason from the form."""
    said = {(row.person_id, row.name): row for row in draft.attendance}
    rows = []
    for row in stored.attendance:
        new = said.get((row.person_id, row.name), row)
        rows.append(replace(row, status=new.status, reason=new.reason))
    return replace(draft, attendance=tuple(rows)) if rows else draft


def _write_parts(session: Session, key: bytes, draft: MeetingDraft) -> None:
    numbers = [{"kind": kind, "number": _number(session, key, draft, kind)} for kind in draft.kinds]
    records.replace_parts(session, MeetingKind, key, numbers)
    for name, (model, _) in _PARTS.items():
        rows = [{"number": number} | asdict(row) for number, row in enumerate(getattr(draft, name), start=1)]
        records.replace_parts(session, model, key, rows)


def _number(session: Session, key: bytes, draft: MeetingDraft, kind: str) -> int:
    """Give the kind's number in the year of its branch, or of its party group; a number once given in it stays."""
    group = draft.party_group if kind == codes.Kind.GROUP else None
    year = (draft.held_on or "")[:4]
    scope = "m.branch_id = ? AND k.kind = ? AND substr(m.held_on, 1, 4) = ? AND (? IS NULL OR m.party_group_id = ?)"
    said = (draft.branch, kind, year, group, group)
    db = session.workspace.write
    tables = "FROM meeting_kind k JOIN meeting m ON m.id = k.meeting_id"
    taken = {
        row[0]
        for row in db.rows(
            f"SELECT k.number {tables} WHERE m.id <> ? AND m.{DELETED} IS NULL AND {_NEWEST} AND {scope}", (key, *said)
        )
    }
    own = db.one(f"SELECT k.number {tables} WHERE m.id = ? AND {scope}", (key, *said))
    if own and own[0] is not None and own[0] not in taken:
        return int(own[0])
    return max((number for number in taken if number is not None), default=0) + 1


def _part(session: Session, name: str, meeting: bytes) -> tuple[Any, ...]:
    model, shape = _PARTS[name]
    names = tuple(item.name for item in fields(shape))
    listed = ", ".join(f'"{column}"' for column in names)
    table = model._meta.table_name  # noqa: SLF001 - peewee's own way to the name
    found = session.db.rows(f"SELECT {listed} FROM {table} WHERE meeting_id = ? ORDER BY number", (meeting,))
    rows = (dict(zip(names, row, strict=True)) for row in found)
    return tuple(shape(**(row | {"votes": bool(row["votes"])} if name == "attendance" else row)) for row in rows)
