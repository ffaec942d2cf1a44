"""What the page 党员 does with a person and the relation together: register both, show all of one, take both away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.models.membership import Membership
from desktop.rules import codes
from desktop.services import member_lists, memberships, persons, posts, records
from desktop.services.meeting_lists import kinds_short
from desktop.services.memberships import MembershipDraft, MembershipRow
from desktop.services.minutes_words import LEAVE
from desktop.services.persons import PersonDraft
from desktop.services.posts import PostRow
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed
from desktop.services.spans import within
from desktop.services.units import unit

_STATUS_WORDS: dict[str, str] = {
    codes.PRESENT: "出席", codes.ONLINE: "线上参加", codes.OBSERVER: "列席", **LEAVE, "5": "无故缺席",
}  # fmt: skip
_CAME = frozenset({codes.PRESENT, codes.ONLINE})


@dataclass(frozen=True, slots=True)
class AttendedRow:
    """One meeting with the person on its list: how the person took part, in words."""

    meeting: bytes
    held_on: str | None
    kinds_name: str
    branch: str | None
    status_name: str
    came: bool


@dataclass(frozen=True, slots=True)
class MemberSheet:
    """One person around the form: stretches of the relation, posts, meetings (newest first), what is not filled in."""

    person: PersonDraft
    memberships: tuple[MembershipRow, ...]
    posts: tuple[PostRow, ...]
    meetings: tuple[AttendedRow, ...]
    missing: tuple[str, ...]

    @property
    def present(self) -> MembershipRow | None:
        """Give the stretch that stands open, or the last one."""
        return next(iter(self.memberships), None)


@allowed(EVERYONE)
def sheet(session: Session, *, person: bytes) -> MemberSheet:
    """Give all that the drawer shows of a person; numbers are masked."""
    return MemberSheet(
        persons.open_(session, person=person),
        memberships.list_history(session, person=person),
        posts.list_posts(session, person=person),
        attended(session, person=person),
        member_lists.missing_words(session, person=person),
    )


@allowed(EVERYONE)
def attended(session: Session, *, person: bytes, limit: int = 40) -> tuple[AttendedRow, ...]:
    """Give the newest meetings on whose list a person stands."""
    scope, more = within(session, "m.branch_id")
    rows = session.db.rows(
        "SELECT m.id, m.held_on, (SELECT group_concat(k.kind) FROM (SELECT kind FROM meeting_kind "
        "WHERE meeting_id = m.id ORDER BY rowid) k), coalesce(b.short_name, b.name), a.status, a.reason "
        "FROM attendance a JOIN meeting m ON m.id = a.meeting_id LEFT JOIN branch b ON b.id = m.branch_id "
        f"WHERE a.person_id = ? AND a.status <> '{codes.EXCLUDED}' AND m._deleted IS NULL AND {scope} "
        "AND NOT EXISTS (SELECT 1 FROM meeting v WHERE v.version_of = m.id AND v._deleted IS NULL) "
        "ORDER BY m.held_on DESC, m.id DESC LIMIT ?",
        (person, *more, limit),
    )
    return tuple(
        AttendedRow(
            key, held, kinds_short(tuple(kinds.split(",")) if kinds else ()), branch,
            _STATUS_WORDS.get(status or "", "") + (f"（{reason}）" if reason else ""), status in _CAME,
        )
        for key, held, kinds, branch, status, reason in rows
    )  # fmt: skip


@allowed(STAFF)
def register(session: Session, *, person: PersonDraft, membership: MembershipDraft) -> Changes:
    """Register a member: the person and the first relation, in one step; nothing stands if one of them cannot be."""
    with unit(session, f"新增党员 {person.name.strip()}") as work:
        key = persons.save(session, draft=person).key
        if key is None:
            raise LookupError(person.name)
        memberships.join(session, draft=replace(membership, person_id=key))
    return work.changes.about(key)


@allowed(STAFF)
def remove(session: Session, *, persons_: Sequence[bytes], reason: str) -> Changes:
    """Put members into the recycle bin together with their relations; refused while posts or duties stand on one."""
    if not persons_:
        raise UserError("没有移到回收站。", "没有选人。", "请先选一名或几名党员。", "missing")
    with unit(session, f"把 {len(persons_)} 名党员移到回收站") as work:
        for person in persons_:
            for (key,) in session.db.rows(
                "SELECT id FROM membership WHERE person_id = ? AND _deleted IS NULL", (person,)
            ):
                records.bin_record(session, Membership, key, reason)
            persons.remove(session, person=person, reason=reason)
    return work.changes
