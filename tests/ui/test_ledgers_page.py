"""台账 in the window: every ledger opens with its form; a row is entered, shown, binned and undone."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.services import undoing
from desktop.services.ledgers import rows, saving
from desktop.services.ledgers.catalogue import LEDGERS
from desktop.services.ledgers.saving import LedgerDraft
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.ledgers.dialog import LedgerDialog
from desktop.ui.ledgers.fields import ScaledField
from desktop.ui.ledgers.list import LedgerList
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.ledgers import LedgersPage
from desktop.ui.widgets.fields import ChoiceField, LineField
from tests.services.ledgers.samples import values
from tests.ui.record_pages import Hands


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot, settle: Callable[[Context], None]) -> Hands:
    return Hands(window, qtbot, settle)


def _list(hands: Hands, kind: str) -> LedgerList:
    hands.context.navigate.go("ledgers", "ledger", kind)
    hands.wait()
    page = hands.window.page()
    assert isinstance(page, LedgersPage)
    return page.now()


def _field(form: LedgerDialog, name: str) -> LineField:
    found = next(field for field in form.fields if field.key == name)
    assert isinstance(found, LineField)
    return found


@pytest.mark.parametrize("area", sorted({ledger.area for ledger in LEDGERS.values()}))
def test_every_ledger_of_an_area_lists_and_opens_its_form(hands: Hands, area: str) -> None:
    for kind, ledger in LEDGERS.items():
        if ledger.area != area:
            continue
        shown = _list(hands, kind)
        assert shown.columns
        assert shown.noun == ledger.noun
        assert all(column.width >= 14 * len(column.title) + 24 for column in shown.columns)
        shown.primary()
        form = hands.dialog(LedgerDialog)
        assert {field.key for field in form.fields} == set(ledger.by_name)
        form.done(0)


def test_a_row_is_entered_shown_and_taken_back(hands: Hands, township: Session) -> None:
    shown = _list(hands, "superior_notice")
    shown.primary()
    form = hands.dialog(LedgerDialog)
    _field(form, "title").set_value("关于开展回头看的通知")
    form.save()
    hands.wait()
    assert [row.cells["title"] for row in rows.list_rows(township, kind="superior_notice")] == ["关于开展回头看的通知"]
    hands.wait()
    assert shown.host.drawer.isVisible()
    assert any(label.text() == "关于开展回头看的通知" for label in shown.host.drawer.findChildren(QLabel))
    shown.remove([rows.list_rows(township, kind="superior_notice")[0].id])
    hands.wait()
    assert rows.list_rows(township, kind="superior_notice") == ()
    undoing.undo_last(township)
    assert len(rows.list_rows(township, kind="superior_notice")) == 1


def test_what_the_service_refuses_is_said_at_its_field(hands: Hands, township: Session) -> None:
    given = values(township, "honour")
    saving.save(township, draft=LedgerDraft("honour", given))
    shown = _list(hands, "honour")
    shown.edit(rows.list_rows(township, kind="honour")[0].id)
    form = hands.dialog(LedgerDialog)
    for name in ("branch_id", "organisation_id", "person_id"):
        field = next(one for one in form.fields if one.key == name)
        field.set_record(None, "")  # type: ignore[attr-defined]  # they are pickers
    form.save()
    hands.wait()
    field = next(one for one in form.fields if one.key == "branch_id")
    assert field.error == "没有填党组织、社会组织或姓名。请至少填党组织、社会组织或姓名中的一项，再保存。"
    assert form.isVisible()
    form.done(0)


def test_a_sum_is_typed_in_yuan_and_kept_in_fen(hands: Hands, qtbot: QtBot) -> None:
    shown = _list(hands, "fund_line")
    shown.primary()
    form = hands.dialog(LedgerDialog)
    sum_ = next(field for field in form.fields if field.key == "amount")
    assert isinstance(sum_, ScaledField)
    sum_.setFocus()
    qtbot.keyClicks(sum_.edit, "1234.5")
    assert sum_.stored() == 123_450
    sum_.set_value("12.345")
    assert sum_.problem() == "预算（元）“12.345”不对。请填 0 或更大的数，最小到分。"
    sum_.set_value("-3")
    assert sum_.problem() == "预算（元）“-3”不对。请填 0 或更大的数，最小到分。"
    form.done(0)


def test_an_empty_ledger_says_its_clause_and_leads_to_the_form(hands: Hands) -> None:
    shown = _list(hands, "pairing")
    texts = {label.text() for label in shown.findChildren(QLabel)}
    assert {"还没有结对共建。", "依据：苏组发〔2017〕8号第12条"} <= texts


def test_the_new_row_of_a_year_begins_with_this_year(hands: Hands) -> None:
    shown = _list(hands, "quota")
    shown.primary()
    form = hands.dialog(LedgerDialog)
    assert _field(form, "year").value() == "2026"
    assert not form.dirty
    form.done(0)


def test_a_choice_that_is_needed_is_asked_for(hands: Hands) -> None:
    shown = _list(hands, "transfer")
    shown.primary()
    form = hands.dialog(LedgerDialog)
    form.save()
    direction = next(field for field in form.fields if field.key == "direction")
    assert isinstance(direction, ChoiceField)
    assert direction.error == "还没有选方向。请选一项。"
    form.done(0)
