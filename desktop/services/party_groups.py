"""Party groups (党小组) of a branch and their leaders."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.text import clean_line
from desktop.models.database import Row
from desktop.models.party_group import PartyGroup
from desktop.services import forms, memberships, records
from desktop.services.sessions import EVERYONE, STAFF, WRITERS, Session, allowed, check_scope
from desktop.services.spans import active, on_roll
from desktop.services.units import unit

NOUN = "党小组"


@dataclass(frozen=True, slots=True)
class PartyGroupRow:
    """One Party group with its leader and the count of its members on the day."""

    id: bytes
    name: str
    leader: str | None
    members: int


@dataclass(frozen=True, slots=True)
class PartyGroupDraft:
    """One Party group as its form holds it."""

    branch_id: bytes
    name: str = ""
    id: bytes | None = None
    leader_id: bytes | None = None
    sort: int | None = None


@allowed(EVERYONE)
def list_groups(session: Session, *, branch: bytes) -> tuple[PartyGroupRow, ...]:
    """Give the Party groups of a branch in manual order, then by name."""
    check_scope(session, branch)
    rows = session.db.rows(
        "SELECT g.id, g.name, p.name, (SELECT count(*) FROM membership m WHERE m.party_group_id = g.id "
        f"AND {on_roll('m')} AND {active('m')}) FROM party_group g LEFT JOIN person p ON p.id = g.leader_id "
        "WHERE g.branch_id = ?2 AND g._deleted IS NULL ORDER BY g.sort IS NULL, g.sort, g.name",
        (session.today.isoformat(), branch),
    )
    return tuple(PartyGroupRow(*row) for row in rows)


@allowed(EVERYONE)
def open_(session: Session, *, party_group: bytes) -> PartyGroupDraft:
    """Give a Party group as its form holds it."""
    draft = forms.fill(session, PartyGroupDraft, "party_group", party_group)
    check_scope(session, draft.branch_id)
    return draft


@allowed(WRITERS)
def save(session: Session, *, draft: PartyGroupDraft) -> Changes:
    """Save a Party group; its name stands once in its branch."""
    check_scope(session, draft.branch_id)
    draft = replace(draft, name=clean_line(draft.name))
    forms.check(NOUN, draft, needed={"name": "名称"})
    twin = session.db.one(
        "SELECT 1 FROM party_group WHERE branch_id = ? AND name = ? AND id IS NOT ? AND _deleted IS NULL",
        (draft.branch_id, draft.name, draft.id),
    )
    if twin:
        raise forms.refuse(NOUN, f"这个支部已有“{draft.name}”。", "请换一个名称。", "name", "twice")
    with unit(session, f"登记党小组 {draft.name}") as work:
        key = forms.put(session, PartyGroup, draft)
    return work.changes.about(key)


@allowed(STAFF)
def arrange(session: Session, *, draft: PartyGroupDraft, members: Sequence[bytes]) -> Changes:
    """Save a Party group and make its members exactly these, in one step."""
    with unit(session, f"登记党小组 {clean_line(draft.name)}") as work:
        key = save(session, draft=draft).key
        before = {row[0] for row in _members(session, key)}
        memberships.set_group(session, persons=sorted(before - set(members)), party_group=None)
        memberships.set_group(session, persons=[one for one in members if one not in before], party_group=key)
    return work.changes.about(key) if key is not None else work.changes


@allowed(EVERYONE)
def list_members(session: Session, *, party_group: bytes) -> tuple[bytes, ...]:
    """Give the persons who stand in a Party group now."""
    check_scope(session, records.get(session, "party_group", party_group)["branch_id"])
    return tuple(row[0] for row in _members(session, party_group))


def _members(session: Session, party_group: bytes | None) -> list[Row]:
    return session.db.rows(
        "SELECT DISTINCT person_id FROM membership WHERE party_group_id = ? AND _deleted IS NULL AND ends_on IS NULL",
        (party_group,),
    )


@allowed(WRITERS)
def remove(session: Session, *, party_group: bytes, reason: str) -> Changes:
    """Put a Party group into the recycle bin; refused while members stand in it."""
    row = records.get(session, "party_group", party_group)
    check_scope(session, row["branch_id"])
    found = session.db.one(
        "SELECT count(*) FROM membership WHERE party_group_id = ? AND _deleted IS NULL AND ends_on IS NULL",
        (party_group,),
    )
    if found and found[0]:
        why = f"还有 {found[0]} 名党员编在这个党小组。"
        raise UserError(f"没有删除“{row['name']}”。", why, "请先把这些党员编到别的党小组。", "in-use")
    with unit(session, f"删除党小组 {row['name']}") as work:
        records.bin_record(session, PartyGroup, party_group, reason)
    return work.changes.about(party_group)
