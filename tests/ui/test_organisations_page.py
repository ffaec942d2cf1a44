"""社会组织: views, the form, 兜底 with its contact, instructors, the recycle bin."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.codes import code_set
from desktop.services import instructors, management, organisation_lists, organisations, trash
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.dialogs.backstop import BackstopDialog, ChannelDialog, InstructorDialog
from desktop.ui.dialogs.organisation import OrganisationDialog
from desktop.ui.dialogs.trash import TrashDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.branches import BranchesPage
from desktop.ui.pages.members import MembersPage
from desktop.ui.pages.organisations import OrganisationsPage
from desktop.ui.records.list_page import RecordsPage
from desktop.ui.theme import Theme
from desktop.ui.widgets.table_model import Column
from tests.services import record_world as world
from tests.support import equality
from tests.ui.record_pages import Hands, words

NAME = "柳溪社区老年协会"


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot, settle: Callable[[Context], None]) -> Hands:
    return Hands(window, qtbot, settle)


@pytest.fixture
def village(township: Session) -> bytes:
    """A village branch with one who is in office there."""
    at = world.branch(township, "柳溪社区党支部", field="7")
    world.secretary(township, at, world.member(township, at, "陈晨"))
    return at


def test_an_organisation_that_owes_a_branch_is_marked_and_has_its_view(township: Session, hands: Hands) -> None:
    world.organisation(township, survey_full=3, survey_probationary=0)
    world.organisation(township, "青禾书画社", survey_full=0, survey_probationary=0)
    page = hands.page("organisations", OrganisationsPage, "view", "uncovered")
    assert hands.names(page) == [NAME]
    column = next(one for one in page.table.visible_columns() if one.key == "branches")
    row = page.table.model.rows()[0]
    assert column.shown(row) == "应建未建"
    assert column.tag is not None
    assert column.tag(row) == "err"


def test_the_form_asks_for_what_the_type_has(township: Session, hands: Hands) -> None:
    hands.page("organisations", OrganisationsPage, "new")
    form = hands.dialog(OrganisationDialog)
    assert form.filing_number.isVisible()
    assert not form.uscc.isVisible()
    form.type.set_value("A1")
    assert form.uscc.isVisible()
    assert not form.filing_number.isVisible()


def test_a_new_organisation_takes_a_head_who_is_not_known_yet(township: Session, hands: Hands) -> None:
    hands.page("organisations", OrganisationsPage, "new")
    form = hands.dialog(OrganisationDialog)
    hands.type(form.name.edit, NAME)
    hands.pick(form.head, "吴金才")
    hands.save(form)
    page = hands.page("organisations", OrganisationsPage)
    (row,) = organisation_lists.list_organisations(township)
    assert (row.name, row.head, row.registration_name) == (NAME, "吴金才", "备案")
    assert page.host.drawer.isVisible()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("5132", "统一社会信用代码应为 18 位，现在是 4 位。"),
        ("51320000509164567B", "统一社会信用代码的校验码不对，可能写错一位。"),
    ],
)
def test_a_credit_code_that_cannot_be_is_said_at_its_field(
    township: Session, hands: Hands, code: str, error: str
) -> None:
    hands.page("organisations", OrganisationsPage, "new")
    form = hands.dialog(OrganisationDialog)
    form.name.set_value(NAME)
    form.type.set_value("A1")
    form.uscc.set_value(code)
    hands.save(form)
    assert form.uscc.error == f"{error}请对照登记证书核对；备案组织请填备案编号。"


def test_text_of_ten_megabytes_and_hidden_signs_are_refused_in_words(township: Session, hands: Hands) -> None:
    hands.page("organisations", OrganisationsPage, "new")
    form = hands.dialog(OrganisationDialog)
    form.name.set_value("柳溪\u202e老年\u0007协会")
    assert form.name.value() == "柳溪老年协会"
    form.scope.set_value("字" * 3_000)
    form.remark.set_value("字" * 3_500_000)
    hands.save(form)
    assert form.scope.error == "业务范围多了 2500 字，最多 500 字。请删短一些。"
    assert form.remark.error == "备注多了 3498000 字，最多 2000 字。请删短一些。"


def test_the_backstop_names_branch_and_contact(township: Session, village: bytes, hands: Hands) -> None:
    key = world.organisation(township)
    page = hands.page("organisations", OrganisationsPage, "organisation", key.hex())
    page.open_backstop(organisation_lists.sheet(township, organisation=key), None)
    form = hands.dialog(BackstopDialog)
    hands.pick(form.branch, "lx")
    hands.wait()
    hands.save(form)
    (row,) = management.list_channels(township, organisation=key)
    assert (row.branch, row.contact, row.starts_on) == ("柳溪社区党支部", "陈晨（书记）", "2026-11-23")


def test_a_backstop_without_anybody_in_office_says_what_to_do(township: Session, hands: Hands) -> None:
    world.branch(township, "望湖社区党支部", field="7")
    key = world.organisation(township)
    page = hands.page("organisations", OrganisationsPage, "organisation", key.hex())
    page.open_backstop(organisation_lists.sheet(township, organisation=key), None)
    form = hands.dialog(BackstopDialog)
    hands.pick(form.branch, "望湖")
    hands.wait()
    assert "这个党组织还没有登记班子，请先到党组织页登记任职" in words(form)
    hands.save(form)
    assert form.contact.error == "还没有选联系人。请选一项。"


def test_a_channel_without_anybody_is_refused_at_the_body(township: Session, hands: Hands) -> None:
    key = world.organisation(township)
    page = hands.page("organisations", OrganisationsPage, "organisation", key.hex())
    page.open_channel(organisation_lists.sheet(township, organisation=key), None)
    form = hands.dialog(ChannelDialog)
    hands.save(form)
    assert form.office.error == "没有选由谁管理。请选择机关或党组织，再保存。"


def test_an_instructor_is_sent_and_shown_at_the_organisation(
    township: Session, village: bytes, hands: Hands
) -> None:
    key = world.organisation(township)
    page = hands.page("organisations", OrganisationsPage, "organisation", key.hex())
    page.open_instructor(organisation_lists.sheet(township, organisation=key), None)
    form = hands.dialog(InstructorDialog)
    hands.pick(form.person, "cc")
    hands.save(form)
    (row,) = instructors.list_instructors(township, organisation=key)
    assert (row.person, row.title_name) == ("陈晨", "党建工作指导员")
    again = hands.page("organisations", OrganisationsPage, "instructor", row.id.hex())
    hands.wait()
    assert again.shown == key


def test_what_is_deleted_comes_back_from_the_recycle_bin(township: Session, hands: Hands) -> None:
    key = world.organisation(township)
    before = equality.state(township)
    page = hands.page("organisations", OrganisationsPage)
    page.remove([key])
    hands.wait()
    assert hands.names(page) == []
    hands.context.actions.run("trash")
    box = hands.dialog(TrashDialog)
    hands.wait()
    assert [getattr(row, "title", "") for row in box.table.model.rows()] == [NAME]
    box.table.setFocus()
    hands.wait()
    assert (box.restore_button.text().strip(), box.restore_button.isEnabled()) == ("恢复", False)
    box.table.model.check_all(on=True)
    assert (box.restore_button.text().strip(), box.restore_button.isEnabled()) == ("恢复 1 条", True)
    box.restore_button.click()
    hands.wait()
    assert trash.list_deleted(township) == ()
    assert organisations.open_(township, organisation=key).name == NAME
    assert equality.state(township) == before
    box.accept()


def test_an_organisation_of_a_branch_stays_and_says_why(
    township: Session, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("desktop.ui.messages.refusal", lambda _parent, error: said.append(str(error)))
    key = world.organisation(township)
    world.member(township, world.branch(township), organisation_id=key)
    page = hands.page("organisations", OrganisationsPage)
    page.remove([key])
    hands.wait()
    assert said == [f"没有删除“{NAME}”。它还连着 1 名党员。请先改到别的单位；已注销的，请把状态改为注销。"]


@pytest.mark.parametrize(("place", "shape"), [
    ("organisations", OrganisationsPage), ("branches", BranchesPage), ("members", MembersPage),
])  # fmt: skip
def test_no_column_is_cut_at_130_per_cent_in_the_smallest_window(
    place: str, shape: type[RecordsPage], township: Session, look: Theme, hands: Hands
) -> None:
    look.set_percent(130)
    hands.window.resize(1366, 728)
    page = hands.page(place, shape)
    page.table._stack.setCurrentWidget(page.table.view)
    hands.qtbot.wait(20)
    head, room = page.table.view.horizontalHeader(), page.table.view.viewport().width()
    assert head.length() <= room
    shown = [column for column in page.table.visible_columns() if head.sectionSize(_section(page, column))]
    assert {"name", "branches", "term_end", "id_number", "missing"} & {column.key for column in page.columns} - {
        "short_name", "code"
    } <= {column.key for column in shown}


@pytest.mark.parametrize("page", [OrganisationsPage, BranchesPage, MembersPage])
def test_counts_stand_at_the_right_of_their_column(page: type[RecordsPage]) -> None:
    sides = {column.key: column.align for column in page.columns}
    assert {sides.get(key, "right") for key in ("members", "staff_count", "progress", "units")} == {"right"}


def test_the_type_of_a_filed_organisation_says_what_it_is() -> None:
    assert code_set("organisation_type").short("B") == "备案组织"
    assert [column.title for column in OrganisationsPage.columns if not column.hidden][:3] == ["名称", "类型", "村社区"]


def _section(page: RecordsPage, column: Column) -> int:
    return page.table.model.columns.index(column) + page.table.model.first
