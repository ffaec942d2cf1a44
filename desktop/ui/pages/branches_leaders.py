"""What is done with the leaders, terms and groups of a branch: opens their forms, over the page's drawer."""

from desktop.services import member_lists, party_groups, persons, posts, terms
from desktop.services.branch_sheets import BranchSheet
from desktop.services.party_groups import PartyGroupDraft, PartyGroupRow
from desktop.services.posts import PostDraft, PostRow
from desktop.services.sessions import Session
from desktop.services.terms import TermDraft
from desktop.ui.dialogs.branch_posts import GroupDialog, PostDialog, TermDialog
from desktop.ui.dialogs.ending import EndDialog
from desktop.ui.records.list_page import RecordsPage


class Leaders:
    """The deeds of the tab 班子与任期."""

    def __init__(self, page: RecordsPage) -> None:
        self._page, self._context = page, page.context

    def post(self, sheet: BranchSheet, row: PostRow | None) -> None:
        """Open the form of a post."""
        if row is None:
            draft = PostDraft(b"", branch_id=sheet.row.id, starts_on=self._context.session.today.isoformat())
            self._show_post(sheet, draft, "")
            return
        key, person = row.id, row.person
        self._context.tasks.run_query(
            self._page, lambda session: posts.open_(session, post=key),
            lambda draft: self._show_post(sheet, draft, person),
        )  # fmt: skip

    def _show_post(self, sheet: BranchSheet, draft: PostDraft, person: str) -> None:
        self._page.show_form(PostDialog(
            self._context, self._page.window(), draft, person=person, branch=sheet.row.name, known=sheet.terms
        ))  # fmt: skip

    def end_post(self, sheet: BranchSheet, row: PostRow) -> None:
        """Ask for the last day of a post."""
        self._page.show_form(EndDialog(
            self._context, self._page.window(), title="登记离任", verb="登记离任",
            note=f"{sheet.row.name}：{row.person}，{row.title_name}。",
            end=lambda session, on: posts.end(session, post=row.id, on=on),
        ))  # fmt: skip

    def term(self, sheet: BranchSheet, row: TermDraft | None) -> None:
        """Open the form of a term; of a new one with its number and seats by the one before."""
        key = sheet.row.id
        if row is not None:
            self._show_term(sheet, row)
            return
        self._context.tasks.run_query(
            self._page, lambda session: terms.new(session, branch=key), lambda draft: self._show_term(sheet, draft)
        )

    def _show_term(self, sheet: BranchSheet, draft: TermDraft) -> None:
        self._page.show_form(TermDialog(self._context, self._page.window(), draft, branch=sheet.row.name))

    def group(self, sheet: BranchSheet, row: PartyGroupRow | None) -> None:
        """Open the form of a Party group with the members of its branch."""
        at, key = sheet.row.id, row.id if row is not None else None

        def read(session: Session) -> tuple[PartyGroupDraft, str, list[tuple[bytes, str]], tuple[bytes, ...]]:
            draft = party_groups.open_(session, party_group=key) if key else PartyGroupDraft(at)
            leader = persons.open_(session, person=draft.leader_id).name if draft.leader_id else ""
            people = [(one.id, one.name) for one in member_lists.list_members(session, branch=at)
                      if one.branch_id == at]  # fmt: skip
            inside = party_groups.list_members(session, party_group=key) if key else ()
            return draft, leader, people, inside

        self._context.tasks.run_query(
            self._page, read, lambda found: self._page.show_form(GroupDialog(
                self._context, self._page.window(), found[0], leader=found[1], branch=sheet.row.name,
                people=found[2], inside=found[3],
            )),
        )  # fmt: skip

    def drop_group(self, row: PartyGroupRow) -> None:
        """Put a Party group without members into the recycle bin."""
        self._page.change(lambda session: party_groups.remove(session, party_group=row.id, reason="移到回收站"))
