"""The form of a person: what is asked about on leaving a field, and that nothing moves for it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.dialogs import person as person_dialog
from desktop.ui.dialogs.person import PersonDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.members import MembersPage
from desktop.ui.theme import Mode, Theme
from tests.services import record_world as world
from tests.ui.record_pages import Hands, words


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot, settle: Callable[[Context], None]) -> Hands:
    return Hands(window, qtbot, settle)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("王？", "姓名里有代替生僻字的符号。"), ("王\ue123", "姓名里有造字，换一台电脑就看不见。"), ("王𬱖", "")],
)
def test_a_name_that_could_not_be_typed_gets_a_hint(name: str, hint: str) -> None:
    assert person_dialog.rare_remark(name).startswith(hint)
    assert bool(person_dialog.rare_remark(name)) == bool(hint)


def test_full_width_digits_are_read_and_a_day_that_is_none_is_refused(township: Session, hands: Hands) -> None:
    hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    form.id_number.set_value("３２９９０１１９８５０６０３００１Ｘ")
    assert form.id_number.value() == "32990119850603001X"
    form.born_on.set_value("1985-02-30")
    hands.save(form)
    assert form.born_on.error == "没有 1985-02-30 这个日期。请核对后重填。"


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_what_a_field_offers_has_an_edge_of_its_own(
    mode: Mode, township: Session, look: Theme, hands: Hands
) -> None:
    look.set_mode(mode)
    world.branch(township)
    hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    popup = form.branch._completer.popup()
    form.branch.setFocus()
    form.branch._open()
    hands.qtbot.waitUntil(popup.isVisible, timeout=10_000)
    assert popup.grab().toImage().pixelColor(0, popup.height() // 2) == look.color("border2")


def test_neither_an_error_nor_an_offer_moves_a_field(township: Session, hands: Hands) -> None:
    hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    seen = (form.phone, form.born_on, form.degree, form.branch, form.joined_on)
    before = [field.mapTo(form, field.rect().topLeft()) for field in seen]
    form.name.set_value("王伟")
    form.id_number.set_value("329901196001017468")
    form.phone.set_value("1381234567")
    form.born_on.set_error("请核对。")
    form.full_on.set_value("2026-02-30")
    form.full_on.check()
    form.look_at()
    hands.wait()
    hands.qtbot.wait(50)
    assert "填入" in words(form)
    assert "电话“1381234567”的位数不对" in words(form)
    assert [field.mapTo(form, field.rect().topLeft()) for field in seen] == before


def test_a_telephone_that_cannot_be_one_is_asked_about_on_leaving_it(township: Session, hands: Hands) -> None:
    hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    form.name.set_value("王伟")
    form.phone.set_value("1381234567")
    form.phone.edit.left.emit()
    hands.wait()
    assert "电话“1381234567”的位数不对。请核对；确实无误可以照样保存。" in words(form)


def test_a_month_alone_is_a_date_of_known_precision(township: Session, hands: Hands) -> None:
    hands.page("members", MembersPage, "new")
    form = hands.dialog(PersonDialog)
    for typed, held in (("1985.6", "1985-06"), ("1985年6月", "1985-06"), ("1985", "1985"), ("19850603", "1985-06-03")):
        form.born_on.set_value(typed)
        assert form.born_on.held() == held
