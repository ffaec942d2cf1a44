"""党员: views, filters, the form's checks, moves, the bin, masked numbers and their reveal, jumps."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.services import audits, member_lists, members, memberships, persons, posts, undoing
from desktop.services.persons import PersonDraft
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.dialogs import person as person_dialog
from desktop.ui.dialogs.move import MoveDialog, StandingDialog
from desktop.ui.dialogs.person import PersonDialog
from desktop.ui.dialogs.trash import TrashDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import members as members_page
from desktop.ui.pages.members import MembersPage
from desktop.ui.records import export
from tests.services import record_world as world
from tests.support import equality
from tests.ui.record_pages import Hands, words

OTHER = "青禾商会党支部"


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot, settle: Callable[[Context], None]) -> Hands:
    return Hands(window, qtbot, settle)


@pytest.fixture
def two(township: Session) -> tuple[bytes, bytes]:
    """Two members of one branch, and another branch beside it."""
    at = world.branch(township)
    world.branch(township, OTHER)
    first = world.member(township, at, "王伟")
    second = world.member(township, at, "李娜", standing="40")
    return first, second


def test_the_list_says_how_many_and_its_views_count(township: Session, two: object, hands: Hands) -> None:
    page = hands.page("members", MembersPage)
    assert hands.names(page) == ["王伟", "李娜"]
    assert [page.tabs._buttons[key][0].text() for key in ("all", "probationary", "missing")] == [
        "全部 2", "预备党员 1", "资料待补全 2",
    ]  # fmt: skip
    assert "2 人" in words(page.head)


def test_initials_still_in_the_input_method_find_a_member(township: Session, two: object, hands: Hands) -> None:
    page = hands.page("members", MembersPage)
    page.filters.search._composing = "l'n"
    page.filters.search.typed.emit("ln")
    hands.qtbot.wait(200)
    hands.wait()
    assert hands.names(page) == ["李娜"]


def test_a_filter_that_hides_everybody_says_so_and_goes(township: Session, two: object, hands: Hands) -> None:
    page = hands.page("members", MembersPage)
    page.filters.search.setText("赵")
    hands.qtbot.wait(200)
    hands.wait()
    assert "筛选“搜索“赵””藏起了 2 人。" in words(page.table)
    page.filters.clear()
    hands.wait()
    assert len(hands.names(page)) == 2


def test_an_empty_list_leads_to_the_first_member_and_to_the_roster(township: Session, hands: Hands) -> None:
    page = hands.page("members", MembersPage)
    assert (
        "还没有党员。\n这里是各支部的党员：身份、党员类别、入党日期和所在支部。一个一个登记，或从已有的名册导入。"
    ) in words(page.table)
    assert [button.text() for button in page.table._empty.buttons] == ["新增党员", "导入名册"]
    page.table._empty.buttons[1].click()
    hands.wait()
    assert hands.window.page() is not page
    hands.page("members", MembersPage)
    page.table._empty.button.click()
    assert hands.dialog(PersonDialog).windowTitle() == "新增党员"


def test_enter_opens_the_drawer_and_esc_closes_it(township: Session, two: tuple[bytes, bytes], hands: Hands) -> None:
    page = hands.page("members", MembersPage)
    page.table.select(two[0])
    hands.qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    hands.wait()
    said = words(page.host.drawer)
    assert page.host.drawer.isVisible()
    assert "王伟" in said
    assert world.BRANCH in said
    hands.qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.host.drawer.isVisible()


def test_the_drawer_shows_findings_with_their_clause(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("members", MembersPage, "person", two[0].hex())
    hands.qtbot.waitUntil(lambda: page.overview is not None, timeout=10_000)
    hands.wait()
    assert "检查出 1 项" in words(page.host.drawer)
    assert page.overview is not None
    assert page.overview.of("person", two[0])[0].clause in words(page.host.drawer)


def test_a_jump_takes_away_the_filter_that_hides_the_row(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("members", MembersPage, "view", "probationary")
    assert hands.names(page) == ["李娜"]
    hands.page("members", MembersPage, "person", two[0].hex())
    hands.wait()
    current = page.table.current()
    assert getattr(current, "id", None) == two[0]
    assert page.tabs.key() == "all"


def test_a_relation_is_shown_at_its_person(township: Session, two: tuple[bytes, bytes], hands: Hands) -> None:
    (stretch,) = memberships.list_history(township, person=two[1])
    page = hands.page("members", MembersPage, "membership", stretch.id.hex())
    hands.wait()
    assert page.shown == two[1]


def test_a_new_member_is_saved_with_the_relation_in_one_step(township: Session, hands: Hands) -> None:
    world.branch(township)
    before = equality.state(township)
    page = hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    hands.type(form.name.edit, "阿依古丽·买买提")
    hands.pick(form.branch, "柳溪")
    form.starts_on.set_value("2020-1-1")
    hands.save(form)
    hands.wait()
    assert hands.names(page) == ["阿依古丽·买买提"]
    assert page.host.drawer.isVisible()
    hands.window.undo()
    hands.wait()
    assert equality.state(township) == before


def test_the_drawer_goes_to_the_member_who_was_just_registered(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("members", MembersPage, "person", two[0].hex())
    page.edit(None)
    form = hands.dialog(PersonDialog)
    hands.type(form.name.edit, "赵敏")
    hands.pick(form.branch, "柳溪")
    hands.save(form)
    hands.wait()
    assert page.shown is not None
    assert page.shown not in two
    assert "赵敏" in words(page.host.drawer)


def test_what_is_missing_is_said_under_its_field_and_focused(township: Session, hands: Hands) -> None:
    hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    hands.save(form)
    assert form.name.error == "还没有填写姓名。请填写。"
    assert form.branch.error == "还没有选所在支部。请选一项。"
    assert form.isVisible()


def test_a_number_that_does_not_add_up_is_saved_with_a_reason(
    township: Session, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = world.person(township)
    number = world.identity()
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    asked: list[str] = []

    def ask(_parent: object, what: str, *_more: object) -> str:
        asked.append(what)
        return "照证件核对过"

    monkeypatch.setattr(person_dialog, "ask_reason", ask)
    page = hands.page("members", MembersPage)
    page.edit(key)
    form = hands.dialog(PersonDialog)
    form.id_number.set_value(wrong)
    hands.save(form)
    assert asked == ["身份证号末位对不上，可能输错一位。"]
    hands.wait()
    assert persons.open_(township, person=key).id_number == f"329901********{wrong[-4:]}"
    assert any("照证件核对过" in (line.detail or "") for line in audits.list_lines(township))


def test_birthday_and_sex_are_offered_from_the_number_and_not_written_unasked(
    township: Session, hands: Hands
) -> None:
    hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    form.id_number.set_value(world.identity("19850603", "001"))
    form.look_at()
    hands.wait()
    assert "按身份证号是 1985-06-03、男。" in words(form)
    assert form.born_on.is_empty()
    form.prefill()
    assert (form.born_on.value(), form.sex.value()) == ("1985-06-03", "1")


def test_a_person_of_the_same_name_and_birthday_is_a_hint_alone(township: Session, hands: Hands) -> None:
    world.person(township, "王伟", born_on="1985-06-03")
    hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    form.name.set_value("王伟")
    form.born_on.set_value("1985-06-03")
    form.look_at()
    hands.wait()
    assert "已有同名、同生日的人员“王伟”。请核对是不是同一人；不是同一人可以照样保存。" in words(form)
    assert form.name.error == ""


def test_esc_on_a_changed_form_asks_and_a_kept_draft_is_offered_again(
    township: Session, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    hands.type(form.name.edit, "王伟")
    asked: list[list[str]] = []

    def choose(_parent: object, _what: str, _text: str, verbs: list[tuple[str, str]]) -> str:
        asked.append([verb for _, verb in verbs])
        return "keep"

    monkeypatch.setattr(messages, "choose", choose)
    hands.qtbot.keyClick(form, Qt.Key.Key_Escape)
    hands.wait()
    assert asked == [["保留草稿", "放弃", "继续编辑"]]
    assert hands.window.findChildren(PersonDialog) == []
    page.edit(None)
    again = hands.dialog(PersonDialog)
    hands.wait()
    assert "上次有一份没有保存的草稿。" in words(again)
    assert again.name.value() == ""
    again._restore.click()
    assert again.name.value() == "王伟"
    again.reject()


def test_two_members_move_in_one_step(township: Session, two: tuple[bytes, bytes], hands: Hands) -> None:
    before = equality.state(township)
    page = hands.page("members", MembersPage)
    page.table.model.check_all(on=True)
    assert "已选 2 人" in words(page.bar)
    page.move_people(page.keys())
    form = hands.dialog(MoveDialog)
    assert f"王伟、李娜，现在都在{world.BRANCH}。" in words(form)
    hands.pick(form.to, "qhsh")
    hands.save(form)
    assert {row.branch for row in page.table.model.rows()} == {OTHER}  # type: ignore[attr-defined]
    hands.window.undo()
    hands.wait()
    assert equality.state(township) == before


def test_a_move_that_cannot_be_says_why_under_the_day(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("members", MembersPage)
    page.table.select(two[0])
    page.move_people(page.keys())
    form = hands.dialog(MoveDialog)
    hands.pick(form.to, "青禾商会")
    form.on.set_value("2019-01-01")
    hands.save(form)
    assert form.on.error == (
        "“王伟”现在这段组织关系从 2020-01-01 开始，新的一段不能从 2019-01-01 开始。"
        "请核对日期；登记有误的，请更正原来那一段。"
    )


def test_a_probationary_member_becomes_a_full_one(township: Session, two: tuple[bytes, bytes], hands: Hands) -> None:
    page = hands.page("members", MembersPage)
    page.table.select(two[1])
    page.change_standing(page.keys())
    form = hands.dialog(StandingDialog)
    form.standing.set_value("50")
    hands.save(form)
    assert memberships.list_history(township, person=two[1])[0].standing == "50"


def test_marked_members_go_to_the_bin_with_del_and_come_back_by_undo(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    before = equality.state(township)
    page = hands.page("members", MembersPage)
    page.table.model.check_all(on=True)
    hands.qtbot.keyClick(page, Qt.Key.Key_Delete)
    hands.wait()
    assert hands.names(page) == []
    hands.window.undo()
    hands.wait()
    assert hands.names(page) == ["王伟", "李娜"]
    assert equality.state(township) == before


def test_numbers_are_masked_until_a_reason_is_given(
    township: Session, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = world.branch(township)
    number = world.identity()
    who = world.member(township, at)
    persons.save(township, draft=PersonDraft("王伟", who, id_number=number))
    page = hands.page("members", MembersPage, "person", who.hex())
    hands.wait()
    assert number not in words(page.host.drawer)
    monkeypatch.setattr(members_page, "ask_reason", lambda *_: "填写介绍信")
    page.reveal(who)
    hands.wait()
    assert number in words(page.host.drawer)
    assert any("填写介绍信" in (line.detail or "") for line in audits.list_lines(township))


def test_the_list_is_exported_as_it_is_seen(
    township: Session, two: object, hands: Hands, tmp_path: Path
) -> None:
    page = hands.page("members", MembersPage)
    out = tmp_path / "党员.xlsx"
    export.to_file(hands.context, page, page.table, "党员", page.table.model.rows(), out)
    hands.wait()
    assert out.read_bytes().startswith(b"PK")


def test_nothing_is_left_to_undo_after_all_was_undone(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    page = hands.page("members", MembersPage)
    page.remove([two[0]])
    hands.wait()
    hands.window.undo()
    hands.wait()
    done = undoing.next_redo(township)
    assert done is not None
    assert done.label == "撤销：把 1 名党员移到回收站"


def test_a_member_comes_back_from_the_bin_with_relation_and_posts(
    township: Session, two: tuple[bytes, bytes], hands: Hands
) -> None:
    at = next(row.branch_id for row in member_lists.list_members(township) if row.id == two[0])
    post = world.secretary(township, world.known(at), two[0])
    posts.end(township, post=post, on="2026-03-01")
    before = members.sheet(township, person=two[0])
    page = hands.page("members", MembersPage)
    page.remove([two[0]])
    hands.wait()
    assert hands.names(page) == ["李娜"]
    bin_ = TrashDialog(hands.context, hands.window)
    bin_.open()
    hands.wait()
    assert [(row.title, row.with_it) for row in bin_.chosen() or bin_.table.model.rows()] == [("王伟", 1)]
    bin_.table.select(two[0])
    bin_.restore_button.click()
    hands.wait()
    assert bin_.table.model.rowCount() == 0
    assert "王伟" in hands.names(page)
    assert members.sheet(township, person=two[0]) == before
