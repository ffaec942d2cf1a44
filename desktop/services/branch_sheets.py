"""All that is known of one Party organisation around its form, for the drawer and for print."""

from dataclasses import dataclass

from desktop.core.errors import UserError
from desktop.services import branch_lists, branches, meeting_lists, party_groups, places, posts, terms
from desktop.services.branch_lists import BranchRow
from desktop.services.branches import BranchDraft
from desktop.services.meeting_lists import MeetingRow
from desktop.services.party_groups import PartyGroupRow
from desktop.services.posts import PostRow
from desktop.services.sessions import EVERYONE, Session, allowed
from desktop.services.terms import TermDraft


@dataclass(frozen=True, slots=True)
class BranchSheet:
    """One Party organisation: its form, its line in the tree, its superior, posts, terms, groups, newest meetings."""

    branch: BranchDraft
    row: BranchRow
    parent: BranchRow | None
    place: str
    posts: tuple[PostRow, ...]
    terms: tuple[TermDraft, ...]
    groups: tuple[PartyGroupRow, ...]
    meetings: tuple[MeetingRow, ...]


@allowed(EVERYONE)
def sheet(session: Session, *, branch: bytes, meetings: int = 12) -> BranchSheet:
    """Give the sheet of a Party organisation; a UserError where there is none or it is out of scope."""
    draft = branches.open_(session, branch=branch)
    rows = {row.id: row for row in branch_lists.list_branches(session)}
    if branch not in rows:
        raise UserError("没有找到这个党组织。", "它可能已并入别的党组织。", "请刷新列表后再试。", "not-found")
    names = {row.id: row.name for row in places.list_places(session)}
    return BranchSheet(
        draft,
        rows[branch],
        rows.get(draft.parent_id) if draft.parent_id else None,
        names.get(draft.place_id, "") if draft.place_id else "",
        posts.list_posts(session, branch=branch),
        terms.list_terms(session, branch=branch),
        party_groups.list_groups(session, branch=branch),
        meeting_lists.list_meetings(session, branch=branch, limit=meetings),
    )
