"""数据交换: what the cards say, which file leads where, questions before a merge, enrolment by telephone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.core.clock import local_text
from desktop.services.exchange import guards, partners, site_keys
from desktop.ui.exchange import enrol_sheets
from desktop.ui.exchange.drives import is_removable, size_text
from desktop.ui.exchange.lists import ASIDE, CONFLICTS
from desktop.ui.exchange.words import fingerprint_text, partner_state
from desktop.ui.main_window import MainWindow
from desktop.ui.pages.exchange import ExchangePage
from desktop.ui.settings import Settings
from desktop.ui.theme import Theme, theme
from desktop.ui.widgets.tables import Table
from tests.exchange import exchange_world
from tests.exchange.exchange_world import COUNTY, Pair, add, edit, make
from tests.exchange.test_setting_aside import move
from tests.ui.test_shell import clipped, unnamed

Settle = Callable[[Any], None]
Opener = Callable[[Any], ExchangePage]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    found = exchange_world.open_pair(tmp_path / "pair")
    yield found
    found.close()


@pytest.fixture
def opened(look: Theme, qtbot: QtBot, settle: Settle) -> Iterator[Opener]:
    windows: list[MainWindow] = []

    def make_page(session: Any) -> ExchangePage:  # noqa: ANN401 - a session
        window = MainWindow(session, Settings())
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        window.context.navigate.go("exchange")
        settle(window.context)
        page = window.page()
        assert isinstance(page, ExchangePage)
        return page

    yield make_page
    for window in windows:
        window.context.tasks.stop()


def test_a_card_shows_the_partner_and_how_much_waits(pair: Pair, opened: Opener) -> None:
    add(pair.township, "person", name="王秀英")
    page = opened(pair.township)
    (card,) = page.cards
    assert card.partner.path == COUNTY
    assert card.export_button.accessibleName() == "导出数据包给澄湾区委组织部"
    assert card.partner.waiting >= 1
    assert page.window().header.waiting.text().strip() == f"{card.partner.waiting} 项待导出"  # type: ignore[attr-defined]


def test_a_workspace_that_has_not_enrolled_is_led_through_it(
    opened: Opener, settle: Settle, tmp_path: Path
) -> None:
    session = make(tmp_path / "n", "township", encrypted=False)
    page = opened(session)
    assert page.enrol is not None
    assert page.enrol.fingerprint.text() == "先完成第 1 步"
    page.enrolling.request_into(tmp_path / "stick")
    settle(page.context)
    own = site_keys.own_fingerprint(session)
    assert own is not None
    assert page.enrol.fingerprint.text() == fingerprint_text(own)
    assert len(list((tmp_path / "stick").glob("*.dkey"))) == 1


def test_both_sides_enrol_by_files_and_by_fingerprints_that_are_typed(
    opened: Opener, settle: Settle, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    low = opened(make(tmp_path / "n", "township", encrypted=False))
    high = opened(make(tmp_path / "c", "county", encrypted=False))
    low.enrolling.request_into(stick)
    settle(low.context)
    asked = next(stick.glob("*.dkey"))
    high.take(asked)
    settle(high.context)
    _type(high, site_keys.own_fingerprint(low.context.session))
    settle(high.context)
    low.take(next(stick.glob("*.dcert")))
    _type(low, site_keys.own_fingerprint(high.context.session))
    settle(low.context)
    assert low.context.toast.accessibleName() == "已登记到澄湾区委组织部（329901），现在可以交换数据包"
    assert [card.partner.name for card in low.cards] == ["澄湾区委组织部"]


def _sheet(page: ExchangePage) -> enrol_sheets.FingerprintSheet:
    sheets: list[enrol_sheets.FingerprintSheet] = page.findChildren(enrol_sheets.FingerprintSheet)
    return next(one for one in sheets if one.isVisible())


def _type(page: ExchangePage, digits: str | None) -> enrol_sheets.FingerprintSheet:
    sheet = _sheet(page)
    sheet.field.set_value(fingerprint_text(digits or ""))
    sheet.done_now()
    return sheet


def test_a_fingerprint_that_does_not_match_is_told_at_its_field_and_stays_typed_on_both_sides(
    opened: Opener, settle: Settle, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    low = opened(make(tmp_path / "n", "township", encrypted=False))
    low.enrolling.request_into(stick)
    settle(low.context)
    high = opened(make(tmp_path / "c", "county", encrypted=False))
    high.take(next(stick.glob("*.dkey")))
    settle(high.context)
    sheet = _type(high, "1" * 24)
    settle(high.context)
    assert sheet.field.error == "指纹与登记文件对不上。请打电话与对方逐组核对 24 位数字。"
    assert (sheet.isVisible(), sheet.field.value(), sheet.field.edit.hasFocus()) == (True, "1" * 24, True)
    assert list(stick.glob("*.dcert")) == []
    _type(high, site_keys.own_fingerprint(low.context.session))
    settle(high.context)
    assert not sheet.isVisible()
    low.take(next(stick.glob("*.dcert")))
    sheet = _type(low, "2" * 24)
    settle(low.context)
    assert sheet.field.error == "指纹与签发单位对不上。请打电话与签发单位逐组核对 24 位数字。"
    assert (sheet.isVisible(), sheet.field.value()) == (True, "2" * 24)
    sheet.reject()


def test_a_county_lists_its_partners_with_what_came_and_went_last(pair: Pair, opened: Opener, settle: Settle) -> None:
    add(pair.township, "person", name="王秀英")
    pair.send_up()
    add(pair.county, "office", name="澄湾区委社会工作部")
    page = opened(pair.county)
    assert not page._area.isVisible()
    table = page.partner_list.table
    day = local_text(partners.list_partners(pair.county)[0].last_received or "")[5:]
    assert [_column(table, column.key)[0] for column in table.visible_columns()] == [
        "青禾街道", "329901001", "待导出", "1 项", f"第 1 号 {day}", "还没有",
    ]  # fmt: skip
    head = table.view.horizontalHeader()
    assert head.length() <= table.view.viewport().width()
    assert page.own_print.text() == f"本机指纹　{fingerprint_text(site_keys.own_fingerprint(pair.county) or '')}"
    page.primary()
    assert page.export_sheet.windowTitle() == "导出给青禾街道"
    page.export_sheet.reject()


def test_a_partner_to_whom_nothing_ever_went_is_not_said_to_have_everything(pair: Pair, opened: Opener) -> None:
    county = opened(pair.county).partner_list.table
    assert _column(county, "state") == ["还没有导出过"]
    (partner,) = partners.list_partners(pair.county)
    assert partner_state(replace(partner, last_sent="2026-11-25T00:00:00Z")) == ("都已导出", "ok")


def test_units_are_named_with_their_code_where_a_package_goes_and_comes_from(
    pair: Pair, opened: Opener, settle: Settle
) -> None:
    page = opened(pair.county)
    page.take(pair.up().files[0])
    settle(page.context)
    labels: list[QLabel] = page.package_sheet.findChildren(QLabel)
    assert "青禾街道（329901001）" in [label.text() for label in labels]
    page.package_sheet.reject()


def test_a_short_fingerprint_is_refused_under_its_field(look: Theme, qtbot: QtBot) -> None:
    sheet = enrol_sheets.FingerprintSheet(None, "签发登记", "", [], "签发登记")
    qtbot.addWidget(sheet)
    sheet.field.set_value("１２３４ 5")
    sheet.done_now()
    assert sheet.field.error == "指纹应是 24 位数字，现在是 5 位。请再核对一遍。"


def test_a_question_about_a_package_wants_its_own_tick(
    pair: Pair, opened: Opener, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(pair.township, "person", name="王秀英")
    file = pair.up().files[0]
    said = "这个数据包会删除 60 条记录。请先与发件单位核实。"
    monkeypatch.setattr(guards, "questions", lambda _counts, _before: (said,))
    page = opened(pair.county)
    page.take(file)
    settle(page.context)
    sheet = page.package_sheet
    assert [box.text() for box in sheet.questions] == [f"{said} 已核实，继续合并"]
    assert not sheet.merge_button.isEnabled()
    sheet.questions[0].setChecked(True)
    assert sheet.merge_button.isEnabled()
    sheet.reject()


def test_a_file_of_another_kind_is_led_elsewhere_or_refused(pair: Pair, opened: Opener, tmp_path: Path) -> None:
    page = opened(pair.township)
    page.take(tmp_path / "名册.xlsx")
    assert page.context.toast.accessibleName() == "这是表格，请到“导入名册”导入"
    page.take(tmp_path / "照片.png")
    assert page.context.toast.accessibleName() == "“照片.png”不是数据包，也不是登记文件"


def test_conflicts_are_listed_with_what_lost(pair: Pair, opened: Opener) -> None:
    key = add(pair.township, "person", name="王秀英", phone="10000000001")
    pair.send_up()
    pair.send_down()
    edit(pair.township, "person", key, phone="10000000002")
    edit(pair.county, "person", key, phone="10000000003")
    pair.send_up()
    page = opened(pair.county)
    page.lists.go(CONFLICTS)
    table = page.lists.conflicts
    assert table.isVisible()
    (row,) = table.model.rows()
    shown = {column.title + column.key: column.shown(row) for column in table.model.columns}
    assert [shown[name] for name in ("类别table_name", "记录title", "栏目columns")] == ["人员", "王秀英", "电话"]
    assert (shown["没有采用的lost"], shown["现在的内容standing"]) == ("100****0002", "100****0003")
    assert re.fullmatch(r"青禾街道 \d{4}-\d\d-\d\d \d\d:\d\d", shown["谁写的lost_by"])
    assert re.fullmatch(r"澄湾区委组织部 \d{4}-\d\d-\d\d \d\d:\d\d", shown["谁写的kept_by"])


def test_what_stays_outside_is_told_before_the_merge_and_listed_after_it(
    pair: Pair, opened: Opener, settle: Settle
) -> None:
    person = add(pair.township, "person", name="陆建国")
    branch = add(pair.township, "branch", code="B012", name="柳溪社区老年协会党支部", kind="P4", field="8")
    add(pair.township, "membership", person_id=person, branch_id=branch, standing="50")
    move(pair.township, "person", person, "/329901/002")  # not sent
    page = opened(pair.county)
    page.take(pair.up().files[0])
    settle(page.context)
    sheet = page.package_sheet
    why, remedy = "所依的记录还没有到", "后面的数据包带来时自动补上。可请发件单位再导出一次。"
    assert [label.text() for label in sheet.aside] == [f"隔离 组织关系 1 条：{why}，{remedy}"]
    table = sheet.table.model
    cells = {(table.columns[0].shown(row), table.columns[-1].shown(row)) for row in table.rows()}
    assert cells >= {("组织关系", "1"), ("合计", "1")}
    sheet.merge_button.click()
    settle(page.context)
    assert page.context.toast.accessibleName() == "已合并第 1 号数据包：新增 2，隔离 1"
    assert _column(page.lists.history, "content") == ["新增 2，隔离 1"]
    page.lists.go(ASIDE)
    assert page.lists.tabs._buttons[ASIDE][0].text() == "隔离 1"
    (row,) = page.lists.aside.model.rows()
    shown = [column.shown(row) for column in page.lists.aside.model.columns]
    assert shown[:5] == ["组织关系", "柳溪社区老年协会党支部", why, remedy, "青禾街道 第 1 号"]


def _column(table: Table, key: str) -> list[str]:
    column = next(one for one in table.model.columns if one.key == key)
    return [column.shown(row) for row in table.model.rows()]


def test_drives_that_can_be_pulled_out_are_known_and_sizes_are_read_easily() -> None:
    assert is_removable("/media/li/工作盘")
    assert not is_removable("/home")
    assert [size_text(size) for size in (0, 12 << 20, 13_314_398_618)] == ["0 B", "12 MB", "12.4 GB"]


@pytest.mark.parametrize("percent", [100, 130])
def test_the_page_cuts_no_word_and_everything_has_a_name(
    pair: Pair, opened: Opener, qtbot: QtBot, percent: int
) -> None:
    page = opened(pair.county)
    theme().set_percent(percent)
    qtbot.wait(30)
    assert (clipped(page), unnamed(page)) == ([], [])


@pytest.mark.parametrize(("percent", "height"), [(100, 690), (130, 690), (100, 728), (130, 728), (150, 728)])
def test_a_whole_card_and_the_place_for_files_stand_in_sight(
    pair: Pair, opened: Opener, qtbot: QtBot, percent: int, height: int
) -> None:
    page = opened(pair.township)
    theme().set_percent(percent)
    page.window().resize(1366, height)
    qtbot.wait(50)
    (card,) = page.cards
    assert page._area.verticalScrollBar().maximum() == 0
    assert max(page._area.geometry().bottom(), page._holder.geometry().bottom()) < page.lists.y()
    assert page.lists.geometry().bottom() < page.height()
    assert card.export_button.visibleRegion().boundingRect() == card.export_button.rect()
    parts = (page.zone._picture, page.zone._what, page.zone.button, page.zone._note)
    edges = [(part.y(), part.y() + part.height()) for part in parts]
    assert all(above[1] <= below[0] for above, below in pairwise(edges))
    assert edges[-1][1] <= page.zone.height()
    assert page.zone._note.height() >= page.zone._note.heightForWidth(page.zone._note.width())


def test_a_county_reads_how_much_waits_in_full(pair: Pair, opened: Opener) -> None:
    table = opened(pair.county).partner_list.table
    at = [column.key for column in table.visible_columns()].index("waiting")
    wide = theme().font(14)
    assert table.view.columnWidth(at) >= QFontMetrics(wide).horizontalAdvance("12,956 项") + 16
