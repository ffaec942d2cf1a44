"""社会组织: every organisation by view, place, type and state; its file, channels, instructors and forms."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services import instructors, management, organisation_lists, organisations, places
from desktop.services.instructors import InstructorDraft, InstructorRow
from desktop.services.management import BACKSTOP, ManagementDraft, ManagementRow
from desktop.services.organisation_lists import OrganisationRow, OrganisationSheet
from desktop.services.organisations import OrganisationDraft
from desktop.services.sessions import Session
from desktop.ui.dialogs import backstop, organisation
from desktop.ui.dialogs.backstop import BackstopDialog, ChannelDialog, InstructorDialog
from desktop.ui.dialogs.ending import EndDialog
from desktop.ui.dialogs.organisation import OrganisationDialog
from desktop.ui.pages import organisations_drawer
from desktop.ui.pages.organisations_drawer import Doing
from desktop.ui.records.form_values import choices
from desktop.ui.records.list_page import Listed, MenuDeed, RecordsPage
from desktop.ui.records.parts import History
from desktop.ui.widgets.buttons import link
from desktop.ui.widgets.chips import FilterChip
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.text import Tag

Sheet = tuple[OrganisationSheet, OrganisationDraft]


def members_words(row: OrganisationRow) -> str:
    """Write the members: `12 / 1`, full and probationary; nothing where there is none."""
    return f"{row.full} / {row.probationary}" if row.full + row.probationary else ""


def _branches_words(row: OrganisationRow) -> str:
    return row.branches or ("应建未建" if row.owed else "")


def _branches_tag(row: OrganisationRow) -> Tag | None:
    return "err" if row.owed and not row.branches else None


def _missing_words(row: OrganisationRow) -> str:
    return f"缺 {row.missing} 项" if row.missing else "待完善" if row.incomplete else ""


COLUMNS = (
    Column("name", "名称", 196, least=160, bold=True, pinyin=True, tip=lambda row: row.name),
    Column("type_name", "类型", 112),
    Column("place", "村社区", 96, text=lambda row: row.place or "", pinyin=True, gives_way=2),
    Column("staff_count", "从业人员", 80, align="right", gives_way=1),
    Column("members", "党员", 72, align="right", text=members_words, sort=lambda row: row.full + row.probationary,
           tip=lambda row: f"正式 {row.full} 人，预备 {row.probationary} 人", gives_way=3),
    Column("branches", "党组织", 204, least=144, text=_branches_words, tag=_branches_tag,
           tip=lambda row: row.branches, stretch=True),
    Column("state_name", "状态", 88, tag=lambda row: None if row.state in (None, "1") else "warn"),
    Column("missing", "资料", 80, text=_missing_words, tag=lambda row: "warn" if _missing_words(row) else None,
           sort=lambda row: row.missing or None),
    Column("registration_name", "登记或备案", 88, hidden=True),
    Column("backstop", "兜底党组织", 160, text=lambda row: row.backstop or "", hidden=True),
    Column("number", "代码（编号）", 180, text=lambda row: row.number or "", hidden=True),
    Column("head", "负责人", 96, text=lambda row: row.head or "", hidden=True),
    Column("phone", "电话", 128, text=lambda row: row.phone or "", hidden=True),
)  # fmt: skip


class OrganisationsPage(RecordsPage):
    """Places: `organisations/organisation:<id>`, `management:<id>` and `instructor:<id>` (theirs), `view:uncovered`."""

    title = noun = "社会组织"
    topics = frozenset({
        "organisation", "management", "instructor", "joint_unit", "branch", "membership", "place", "post", "person",
    })  # fmt: skip
    place, kind, measure = "organisations", "organisation", "个"
    placeholder, new_verb = "名称 / 拼音 / 编号", "登记社会组织"
    belongs = "这里是登记和备案的社会组织：在哪个村社区、由谁负责、有没有党组织、由谁兜底。"
    columns = COLUMNS
    views = tuple((key, organisation_lists.VIEWS[key]) for key in ("all", "uncovered", "no_members", "incomplete"))

    def make_chips(self) -> list[FilterChip[Any]]:
        """Filter by village, type and state."""
        self.at = FilterChip[bytes]("村社区")
        self.type = FilterChip[str]("类型", choices("organisation_type"))
        self.state = FilterChip[str]("状态", choices("organisation_state"))
        return [self.at, self.type, self.state]

    def bar_deeds(self) -> list[QWidget]:
        """Give what may be done with marked organisations."""
        found: list[QWidget] = []
        if self.writes:
            found.append(link("移到回收站", lambda: self.remove(self.keys())))
        return [*found, link("导出", self.export_chosen, tip="把选中的存成 Excel 表")]

    def menu_deeds(self, keys: list[bytes]) -> list[MenuDeed]:
        """Give what may be done with rows from their menu."""
        if not self.writes:
            return []
        first: list[MenuDeed] = [("编辑", lambda: self.edit(keys[0]))] if len(keys) == 1 else []
        return [*first, ("移到回收站", lambda: self.remove(keys))]

    def reading(self) -> Callable[[Session], Listed]:
        """Read organisations as they are filtered now."""
        view, at, kind, state = self.tabs.key(), self.at.value(), self.type.value(), self.state.value()
        text = self.filters.text()

        def read(session: Session) -> Listed:
            rows = organisation_lists.list_organisations(
                session, view=view, place=at, type=kind, state=state, text=text
            )
            known = [(row.id, row.name) for row in places.list_places(session)]
            return Listed(rows, organisation_lists.counts(session), {"places": known})

        return read

    def take(self, listed: Listed) -> None:
        """Offer the villages that there are."""
        self.at.set_choices(listed.more["places"])

    def sheet_reading(self, key: bytes) -> Callable[[Session], Sheet]:
        """Read one organisation."""
        return lambda session: (
            organisation_lists.sheet(session, organisation=key), organisations.open_(session, organisation=key)
        )  # fmt: skip

    def fill_drawer(self, sheet: Sheet) -> None:
        """Show one organisation."""
        seen, draft = sheet
        key = seen.organisation.id
        found = self.overview.of("organisation", key) if self.overview is not None else ()
        drawer, doing = self.host.drawer, self._doing(seen)
        drawer.show_record(seen.organisation.name, organisations_drawer.tags(seen))
        drawer.set_tabs([
            ("basic", "基本", organisations_drawer.basic(seen, draft, found)),
            ("channels", "管理渠道", organisations_drawer.channels(seen, doing)),
            ("party", "党组织", organisations_drawer.party(seen, doing, self.context.navigate)),
            ("history", "变更记录", lambda: History(self.context, "organisation", key)),
        ])  # fmt: skip
        if self.writes:
            self.deeds([("编辑", "edit", lambda: self.edit(key))], [
                ("登记兜底管理…", lambda: self.open_backstop(seen, None)),
                ("选派指导员…", lambda: self.open_instructor(seen, None)),
                ("组建党支部…", lambda: self.context.navigate.go("branches", "new", key.hex())),
                ("移到回收站", lambda: self.remove([key])),
            ])  # fmt: skip

    def _doing(self, seen: OrganisationSheet) -> Doing:
        if not self.writes:
            return Doing()
        return Doing(
            backstop=lambda: self.open_backstop(seen, None), channel=lambda: self.open_channel(seen, None),
            edit_channel=lambda row: self.open_channel(seen, row), end_channel=lambda row: self.end_channel(seen, row),
            instructor=lambda: self.open_instructor(seen, None),
            edit_instructor=lambda row: self.open_instructor(seen, row),
            end_instructor=lambda row: self.end_instructor(seen, row),
            branch=lambda: self.context.navigate.go("branches", "new", seen.organisation.id.hex()),
        )  # fmt: skip

    def edit(self, key: bytes | None) -> None:
        """Open the form of an organisation."""
        self.context.tasks.run_query(
            self, lambda session: organisation.opening(session, key),
            lambda opened: self.show_form(OrganisationDialog(self.context, self.window(), opened), own=True),
        )  # fmt: skip

    def open_backstop(self, seen: OrganisationSheet, row: ManagementRow | None) -> None:
        """Open the form of 兜底."""
        self._open_management(seen, row, BACKSTOP)

    def open_channel(self, seen: OrganisationSheet, row: ManagementRow | None) -> None:
        """Open the form of a channel, 兜底 by its own."""
        self._open_management(seen, row, row.mode if row is not None else "1")

    def _open_management(self, seen: OrganisationSheet, row: ManagementRow | None, mode: str) -> None:
        made = ManagementDraft(seen.organisation.id, mode, starts_on=self.context.session.today.isoformat())
        branch = (row.branch or "") if row is not None else ""

        def read(session: Session) -> backstop.Opening:
            draft = management.open_(session, management=row.id) if row is not None else made
            return backstop.opening(session, draft, branch)

        form = BackstopDialog if mode == BACKSTOP else ChannelDialog
        name = seen.organisation.name
        self.context.tasks.run_query(
            self, read, lambda opened: self.show_form(form(self.context, self.window(), opened, name))
        )

    def end_channel(self, seen: OrganisationSheet, row: ManagementRow) -> None:
        """Ask for the last day of a channel."""
        self.show_form(EndDialog(
            self.context, self.window(), title="结束管理渠道", verb="结束",
            note=f"{seen.organisation.name}：{row.mode_name}，{row.office or row.branch or '未写明由谁管理'}。",
            end=lambda session, on: management.end(session, management=row.id, on=on),
        ))  # fmt: skip

    def open_instructor(self, seen: OrganisationSheet, row: InstructorRow | None) -> None:
        """Open the form of an instructor."""
        name, person = seen.organisation.name, row.person if row is not None else ""
        if row is None:
            draft = InstructorDraft(seen.organisation.id, starts_on=self.context.session.today.isoformat())
            self.show_form(InstructorDialog(self.context, self.window(), draft, person, name))
            return
        key = row.id
        self.context.tasks.run_query(
            self, lambda session: instructors.open_(session, instructor=key),
            lambda draft: self.show_form(InstructorDialog(self.context, self.window(), draft, person, name)),
        )  # fmt: skip

    def end_instructor(self, seen: OrganisationSheet, row: InstructorRow) -> None:
        """Ask for the last day of an instructor."""
        self.show_form(EndDialog(
            self.context, self.window(), title=f"结束{row.title_name}", verb="结束",
            note=f"{seen.organisation.name}：{row.person}。",
            end=lambda session, on: instructors.end(session, instructor=row.id, on=on),
        ))  # fmt: skip

    def remove(self, keys: list[bytes]) -> None:
        """Put organisations into the recycle bin; one that a branch or members stand on stays, and says so."""
        chosen = tuple(keys)
        if chosen:
            self.context.tasks.run_change(
                self, lambda session: organisations.remove_many(session, ids=chosen, reason="移到回收站"),
                lambda _changes: self._removed(chosen), title="移到回收站",
            )  # fmt: skip

    def _removed(self, keys: tuple[bytes, ...]) -> None:
        if self.shown in keys:
            self.host.close_drawer()
