"""党组织: the tree and the list, leaders and terms, order, the form with its units, jumps to parts."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.services import branch_sheets, branches, party_groups, terms
from desktop.services.party_groups import PartyGroupDraft
from desktop.services.sessions import Session
from desktop.services.terms import TermDraft
from desktop.ui.context import Context
from desktop.ui.dialogs.branch import BranchDialog
from desktop.ui.dialogs.branch_posts import GroupDialog, PostDialog, TermDialog
from desktop.ui.dialogs.ending import EndDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.branches import BranchesPage
from desktop.ui.theme import theme
from tests.services import record_world as world
from tests.support import equality
from tests.ui.record_pages import Hands, words

OTHER = "青禾商会党支部"


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot, settle: Callable[[Context], None]) -> Hands:
    return Hands(window, qtbot, settle)


@pytest.fixture
def two(township: Session) -> tuple[bytes, bytes]:
    """Two branches below the root, the first with a secretary."""
    first, second = world.branch(township, founded_on="2019-05-10"), world.branch(township, OTHER)
    world.secretary(township, first, world.member(township, first))
    return first, second


def _count(page: BranchesPage, view: str) -> int:
    return int(page.tabs._buttons[view][0].text().split()[-1])


def test_the_list_shows_secretary_members_and_the_quarter(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("branches", BranchesPage)
    hands.qtbot.waitUntil(lambda: bool(page._progress), timeout=10_000)
    hands.wait()
    columns = {column.title: column for column in page.table.visible_columns()}
    row = next(line for line in page.table.model.rows() if getattr(line, "id", None) == two[0])
    shown = {title: columns[title].shown(row) for title in ("类别", "书记", "党员")}
    assert shown == {"类别": "党支部", "书记": "王伟", "党员": "1 / 0"}
    assert columns["本季完成"].shown(row).startswith("0 / ")


def test_choosing_in_the_tree_narrows_the_list_to_what_lies_below(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    below = world.branch(township, "柳溪第二党支部", parent_id=two[0])
    page = hands.page("branches", BranchesPage)
    page.tree.choose(two[0])
    page.read_list()
    hands.wait()
    assert [getattr(line, "id", None) for line in page.table.model.rows()] == [two[0], below]


def test_the_count_of_a_view_is_that_of_the_part_of_the_tree_looked_at(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("branches", BranchesPage, "view", "no_secretary")
    assert _count(page, "no_secretary") == 1
    page.tree.choose(two[0])
    page.read_list()
    hands.wait()
    assert (_count(page, "all"), _count(page, "no_secretary"), hands.names(page)) == (1, 0, [])
    assert f"“{world.BRANCH}”和它的下级里，没有“没有书记”的党组织。" in words(page.table)


def test_a_tree_of_several_tops_lists_all_until_one_is_chosen(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    other = world.branch(township, "青禾商会党委", kind="P1", parent_id=None)
    page = hands.page("branches", BranchesPage)
    assert (page.tree.name(), _count(page, "all"), len(hands.names(page))) == ("全部党组织", 4, 4)
    page.tree.choose(other)
    page.read_list()
    hands.wait()
    assert hands.names(page) == ["青禾商会党委"]
    page.widen()
    assert page.tree.is_all()


@pytest.mark.parametrize(("percent", "width"), [(100, 280), (115, 304), (130, 345), (150, 342)])
def test_the_tree_stands_beside_the_list_at_every_scale(
    township: Session, hands: Hands, percent: int, width: int
) -> None:
    page = hands.page("branches", BranchesPage)
    hands.window.resize(1366, 728)
    theme().set_percent(percent)
    hands.wait()
    assert (page.tree.isVisible(), page.tree.width()) == (True, width)


def test_a_jump_leaves_the_part_of_the_tree_that_hides_the_row(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("branches", BranchesPage)
    page.tree.choose(two[0])
    page.read_list()
    hands.wait()
    hands.page("branches", BranchesPage, "branch", two[1].hex())
    hands.wait()
    assert getattr(page.table.current(), "id", None) == two[1]


def test_a_view_holds_the_branches_without_a_secretary(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("branches", BranchesPage, "view", "no_secretary")
    assert hands.names(page) == [OTHER]


def test_alt_and_an_arrow_put_a_branch_before_its_sister(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("branches", BranchesPage)
    page.tree.choose(two[1])
    hands.qtbot.keyClick(page.tree.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    hands.wait()
    page.tree.choose(None)
    page.read_list()
    hands.wait()
    assert hands.names(page)[1:] == [OTHER, world.BRANCH]


def test_a_new_branch_is_saved_with_its_units_and_undone_to_equality(township: Session, hands: Hands) -> None:
    world.organisation(township)
    before = equality.state(township)
    hands.page("branches", BranchesPage, "new")
    form = hands.dialog(BranchDialog)
    hands.type(form.name.edit, world.BRANCH)
    row = form.units.add()
    hands.pick(row.organisation, "lnxh")
    row.starts_on.set_value("2019-5-10")
    hands.save(form)
    page = hands.page("branches", BranchesPage)
    assert hands.names(page)[1:] == [world.BRANCH]
    key = getattr(page.table.model.rows()[1], "id")  # noqa: B009 - rows are objects to the list
    (unit,) = branches.open_(township, branch=key).units
    assert (unit.name, unit.starts_on) == ("柳溪社区老年协会", "2019-05-10")
    hands.window.undo()
    hands.wait()
    assert equality.state(township) == before


def test_a_unit_that_stands_twice_is_said_at_the_units(township: Session, hands: Hands) -> None:
    organisation = world.organisation(township)
    hands.page("branches", BranchesPage, "new", organisation.hex())
    form = hands.dialog(BranchDialog)
    assert form.name.value() == "柳溪社区老年协会党支部"
    row = form.units.add()
    row.organisation.set_record(organisation, "柳溪社区老年协会")
    hands.save(form)
    assert form.units.error == "第 2 个单位与第 1 个相同。请删去重复的一个，再保存。"


def test_a_branch_below_itself_is_refused_at_the_superior(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("branches", BranchesPage)
    page.edit(two[0])
    form = hands.dialog(BranchDialog)
    form.parent_branch.set_record(two[0], world.BRANCH)
    hands.save(form)
    assert form.parent_branch.error == "上级选的是它自己或它的下级。请另选一个上级党组织。"


def test_a_second_secretary_is_refused_and_a_deputy_stands(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    world.member(township, two[0], "李娜")
    page = hands.page("branches", BranchesPage, "branch", two[0].hex())
    page.leaders.post(branch_sheets.sheet(township, branch=two[0]), None)
    form = hands.dialog(PostDialog)
    hands.pick(form.person, "ln")
    form.title.set_value("01")
    assert form.source.isVisible()
    hands.save(form)
    assert form.starts_on.error == (
        "“王伟”已任书记（2024-03-01 起），同一党组织同一时间只有一名书记（UNI-01）。"
        "请先填写前任的离任日期，再登记这一任。"
    )
    form.title.set_value("02")
    hands.save(form)
    hands.wait()
    assert [row.title_name for row in branch_sheets.sheet(township, branch=two[0]).posts] == ["书记", "副书记"]
    assert "李娜　副书记" in words(page.host.drawer) or page.shown == two[0]


def test_a_post_ends_on_a_day(township: Session, two: tuple[bytes, bytes], hands: Hands) -> None:
    page = hands.page("branches", BranchesPage, "branch", two[0].hex())
    sheet = branch_sheets.sheet(township, branch=two[0])
    page.leaders.end_post(sheet, sheet.posts[0])
    form = hands.dialog(EndDialog)
    assert f"{world.BRANCH}：王伟，书记。" in words(form)
    hands.save(form)
    assert branch_sheets.sheet(township, branch=two[0]).posts[0].ends_on == "2026-11-23"


def test_a_term_is_reckoned_from_its_election(township: Session, two: tuple[bytes, bytes], hands: Hands) -> None:
    page = hands.page("branches", BranchesPage, "branch", two[0].hex())
    page.leaders.term(branch_sheets.sheet(township, branch=two[0]), None)
    form = hands.dialog(TermDialog)
    form.elected_on.set_value("20240301")
    form.elected_on.left.emit()
    hands.wait()
    assert form.ends_on.edit.placeholderText() == "2027-03-01"
    hands.save(form)
    assert [row.ends_on for row in terms.list_terms(township, branch=two[0])] == ["2027-03-01"]


def test_a_term_is_shown_at_its_branch(township: Session, two: tuple[bytes, bytes], hands: Hands) -> None:
    term = world.known(terms.save(township, draft=TermDraft(two[0], elected_on="2020-03-01")).key)
    page = hands.page("branches", BranchesPage, "term", term.hex())
    hands.wait()
    assert page.shown == two[0]
    hands.qtbot.waitUntil(lambda: page.overview is not None, timeout=10_000)
    hands.wait()
    assert "逾期" in words(page.host.drawer)


def test_a_group_takes_its_members_in_one_step(township: Session, two: tuple[bytes, bytes], hands: Hands) -> None:
    who = world.member(township, two[0], "李娜")
    page = hands.page("branches", BranchesPage, "branch", two[0].hex())
    page.leaders.group(branch_sheets.sheet(township, branch=two[0]), None)
    form = hands.dialog(GroupDialog)
    hands.type(form.name.edit, "第一党小组")
    form.members.set_value(who)
    hands.save(form)
    (row,) = party_groups.list_groups(township, branch=two[0])
    assert (row.name, row.members) == ("第一党小组", 1)


def test_a_group_lets_members_go(township: Session, two: tuple[bytes, bytes]) -> None:
    who = world.member(township, two[0], "李娜")
    draft = PartyGroupDraft(two[0], "第一党小组")
    key = world.known(party_groups.arrange(township, draft=draft, members=(who,)).key)
    party_groups.arrange(township, draft=party_groups.open_(township, party_group=key), members=())
    assert party_groups.list_members(township, party_group=key) == ()


def test_a_branch_that_is_held_stays_and_says_why(
    township: Session, two: tuple[bytes, bytes], hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("desktop.ui.messages.refusal", lambda _parent, error: said.append(str(error)))
    page = hands.page("branches", BranchesPage)
    page.remove([two[1], two[0]])
    hands.wait()
    assert said == [f"没有删除“{world.BRANCH}”。它还有 1 名成员的组织关系。请先转出或改到别的党组织，再删除。"]
    assert OTHER in hands.names(page)


@pytest.mark.parametrize("percent", [100, 130, 150])
def test_the_tabs_of_the_drawer_cut_no_word(
    two: tuple[bytes, bytes], hands: Hands, window: MainWindow, percent: int
) -> None:
    theme().set_percent(percent)
    window.resize(1366, 728)
    page = hands.page("branches", BranchesPage, "branch", two[0].hex())
    hands.qtbot.waitUntil(page.host.drawer.isVisible, timeout=10_000)
    hands.wait()
    for button, text in page.host.drawer.tabs._buttons.values():
        assert button.width() >= button.fontMetrics().horizontalAdvance(text), text
