"""The page 组织生活: views with counts, filters, the drawer with what is missing, deeds on one and on many, paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import audits, meeting_states, meetings, records
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.meeting_lists import MeetingRow, YearRow
from desktop.services.sessions import Session
from desktop.ui import messages
from desktop.ui.context import Context
from desktop.ui.dialogs import print_preview
from desktop.ui.dialogs.print_preview import PrintPreview
from desktop.ui.main_window import MainWindow
from desktop.ui.meetings import listing, year, year_cells
from desktop.ui.pages.meetings import MeetingsPage
from desktop.ui.theme import Theme
from tests.ui import meeting_world as world

Settle = Callable[[Context], None]


@pytest.fixture
def branch(township: Session) -> bytes:
    return world.branch(township)


@pytest.fixture
def full(township: Session, branch: bytes) -> bytes:
    return world.saved(township, world.complete(township, branch))


@pytest.fixture
def bare(township: Session, branch: bytes) -> bytes:
    return world.saved(township, MeetingDraft(branch, ("theme_day",), "2026-11-10", topic="缺项的主题党日"))


@pytest.fixture
def page(window: MainWindow, full: bytes, bare: bytes, settle: Settle) -> MeetingsPage:
    window.context.navigate.go("meetings")
    settle(window.context)
    found = window.page()
    assert isinstance(found, MeetingsPage)
    return found


def state(session: Session, key: bytes) -> str:
    return str(records.get(session, "meeting", key)["state"])


def texts(page: MeetingsPage) -> str:
    return "\n".join(label.text() for label in page.host.drawer.findChildren(QLabel))


def test_the_list_shows_the_quarter_with_counts_of_every_view(page: MeetingsPage) -> None:
    rows = [[column.shown(row) for column in listing.COLUMNS] for row in page.table.model.rows()]
    assert rows == [
        ["2026-11-10", "柳溪社区老年协会党支部", "主题党日", "缺项的主题党日", "", "待归档"],
        ["2026-10-20", "柳溪社区老年协会党支部", "支委会", "研究第三季度工作", "3 / 3", "待归档"],
    ]
    names = [button.text() for button, _ in page.tabs._buttons.values()]
    assert names == ["草稿 0", "待归档 2", "本季 2", "全部 2", "全年一览"]


def test_a_filter_that_hides_all_says_how_many(page: MeetingsPage, settle: Settle) -> None:
    page.toolbar.kind.set_value("lecture")
    settle(page.context)
    assert "筛选“类型：党课”藏起了 2 份。" in [label.text() for label in page.table.findChildren(QLabel)]
    page.toolbar.clear()
    settle(page.context)
    assert page.table.model.rowCount() == 2


def test_the_drawer_says_the_record_and_what_is_missing(page: MeetingsPage, settle: Settle, bare: bytes) -> None:
    page.show_meeting(bare)
    settle(page.context)
    said = texts(page)
    assert "缺项的主题党日" in said
    assert "缺 7 项，补全后才能归档" in said
    assert "· 没有填地点" in said


def test_an_incomplete_record_is_not_archived_and_says_why(
    page: MeetingsPage, settle: Settle, township: Session, bare: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "refusal", lambda _parent, error: said.append(error.why))
    page.deeds.archive([bare])
    settle(page.context)
    assert state(township, bare) == "passed"
    assert said[0].startswith("没有填开始时间；没有填结束时间；没有填地点")


def test_many_are_archived_in_one_step_and_the_rest_is_named(
    page: MeetingsPage, settle: Settle, township: Session, full: bytes, bare: bytes, monkeypatch: pytest.MonkeyPatch,
    window: MainWindow,
) -> None:  # fmt: skip
    said: list[str] = []
    monkeypatch.setattr(messages, "notice", lambda _parent, what, _text: said.append(what))
    page.table.model.check_all(on=True)
    assert page.bar.count.text() == "已选 2 份"
    page.deeds.archive(page._keys())
    settle(page.context)
    assert (state(township, full), state(township, bare)) == ("archived", "passed")
    assert said == ["归档了 1 份，1 份没有归档。"]
    window.undo()
    settle(page.context)
    assert state(township, full) == "passed"


def test_a_record_goes_to_the_recycle_bin_and_comes_back(
    page: MeetingsPage, settle: Settle, township: Session, bare: bytes, window: MainWindow
) -> None:
    page.table.select(bare)
    QTest.keyClick(page, Qt.Key.Key_Delete)
    settle(page.context)
    assert page.table.model.rowCount() == 1
    window.undo()
    settle(page.context)
    assert page.table.model.rowCount() == 2


def test_a_record_is_returned_with_a_reason(
    page: MeetingsPage, settle: Settle, township: Session, full: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.meetings.deeds.ask_reason", lambda *_: "请补签到表")
    page.deeds.return_(full)
    settle(page.context)
    assert (state(township, full), records.get(township, "meeting", full)["state_note"]) == ("returned", "请补签到表")


def test_the_year_shows_what_was_held_in_each_month(page: MeetingsPage, settle: Settle) -> None:
    page.tabs.set_key("year")
    page.refresh()
    settle(page.context)
    row = page.year.table.model.row_at(0)
    assert isinstance(row, YearRow)
    assert (year.month_words(row, 10, None), year.month_words(row, 11, None)) == ("委", "日")
    assert (year.month_words(row, 10, "committee"), year.total(row, None)) == ("1", 2)


@pytest.mark.parametrize("percent", [100, 130])
def test_the_marks_of_a_whole_year_fit_a_small_window(
    page: MeetingsPage, settle: Settle, window: MainWindow, look: Theme, percent: int
) -> None:
    look.set_percent(percent)
    window.resize(1366, 728)
    page.tabs.set_key("year")
    page.refresh()
    settle(page.context)
    QApplication.processEvents()
    view = page.year.table.view
    head = view.horizontalHeader()
    last = head.count() - 1
    assert head.sectionPosition(last) + head.sectionSize(last) <= view.viewport().width()
    for month in range(1, 13):
        places = year_cells.slots(view.visualRect(page.year.table.model.index(0, month)))
        narrow = min(place.width() for place in places)
        metrics = QFontMetrics(look.font(year_cells.size_in(narrow)))
        assert max(metrics.horizontalAdvance(mark) for mark in year_cells.MARKS.values()) <= narrow
        assert [place.width() - narrow in {0, 1} for place in places] == [True] * 5


def test_the_legend_of_the_year_tells_marks_or_counts(page: MeetingsPage, settle: Settle) -> None:
    page.tabs.set_key("year")
    page.refresh()
    settle(page.context)
    assert page.year.legend.text() == (
        "大：党员大会　委：支委会　组：党小组会　课：党课　日：主题党日　粗体：不止一次，停在格上看次数，或按类型筛选"
    )
    page.toolbar.kind.set_value("group")
    settle(page.context)
    assert page.year.legend.text() == "数字是这个月的次数，空格是没有记录"


def test_what_is_listed_is_exported_as_it_is_shown(page: MeetingsPage, settle: Settle, tmp_path: Path) -> None:
    page.export_to(tmp_path / "会议.xlsx")
    settle(page.context)
    sheet = load_workbook(tmp_path / "会议.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["日期", "支部", "类型", "议题", "应到 / 实到", "状态"]
    assert sheet["A3"].value == "2026-11-10"


def opened(page: MeetingsPage, settle: Settle, keys: list[bytes]) -> PrintPreview:
    box = page.deeds.print_(keys)
    assert box is not None
    settle(page.context)
    return box


def test_the_preview_prints_the_pages_that_it_shows(
    page: MeetingsPage, settle: Settle, full: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    box = opened(page, settle, [full])
    out = tmp_path / "纸.pdf"

    def to_file(_name: str) -> QPrinter:
        printer = print_preview.set_up(QPrinter())
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        return printer

    box.make_printer = to_file
    box.print_now()
    qtbot.waitUntil(lambda: not box._painter and page.context.tasks.idle, timeout=20_000)
    sheet = pypdf.PdfReader(out).pages[0].mediabox
    assert (round(sheet.width), round(sheet.height)) == (595, 842)
    line = audits.list_lines(page.context.session)[0]
    assert (line.account, line.deed, line.detail) == ("gly", "print", f"meeting:{full.hex()}")


def test_the_preview_saves_the_very_bytes(page: MeetingsPage, settle: Settle, full: bytes, tmp_path: Path) -> None:
    box = opened(page, settle, [full])
    seen = box._pdf
    assert box.file_name == "2026-10-20_柳溪社区老年协会党支部_支委会.pdf"
    box.write_to(tmp_path / "记录")
    settle(page.context)
    assert (tmp_path / "记录.pdf").read_bytes() == seen
    line = audits.list_lines(page.context.session)[0]
    assert (line.deed, line.detail) == ("save-pdf", f"meeting:{full.hex()}")


def test_printing_nothing_says_what_to_do_first(page: MeetingsPage) -> None:
    assert page.deeds.print_([]) is None


def test_a_record_from_elsewhere_opens_in_the_drawer(page: MeetingsPage, settle: Settle, full: bytes) -> None:
    page.context.navigate.go("home")
    page.context.navigate.follow(f"meetings/meeting:{full.hex()}")
    settle(page.context)
    assert page.host.drawer.isVisible()
    assert "研究第三季度工作" in texts(page)


class _Windows(QObject):
    """Writes down every window that comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_opening_list_and_form_flashes_no_stray_window(
    window: MainWindow, full: bytes, settle: Settle, qapp: QApplication
) -> None:
    windows = _Windows()
    qapp.installEventFilter(windows)
    window.context.navigate.go("meetings")
    settle(window.context)
    window.context.navigate.go("meetings", "new")
    settle(window.context)
    qapp.removeEventFilter(windows)
    assert "\n".join(windows.seen) == ""


def test_the_drawer_keeps_its_record_when_a_newer_one_joins_the_list(
    page: MeetingsPage, settle: Settle, township: Session, branch: bytes, full: bytes
) -> None:
    page.open_record("meeting", full.hex())
    settle(page.context)
    later = replace(world.complete(township, branch), held_on="2026-11-22", topic="后来的一次")
    page.context.tasks.run_change(page, lambda session: meetings.save(session, draft=later))
    settle(page.context)
    assert page.record.key == full
    current = page.table.current()
    assert isinstance(current, MeetingRow)
    assert current.id == full


@pytest.mark.parametrize(("percent", "drawer"), [(100, True), (130, True), (130, False)])
def test_date_branch_kind_and_state_stand_whole_in_a_small_window(
    page: MeetingsPage, settle: Settle, window: MainWindow, look: Theme, full: bytes, percent: int,
    drawer: bool,  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    look.set_percent(percent)
    window.resize(1366, 728)
    if drawer:
        page.show_meeting(full)
    settle(page.context)
    QApplication.processEvents()
    head, viewport = page.table.view.horizontalHeader(), page.table.view.viewport()
    least = {"held_on": 100, "branch": 200, "kinds_name": 148, "state_name": 80}
    for at, column in enumerate(listing.COLUMNS, start=1):
        if column.key in least:
            assert head.sectionSize(at) >= look.px(least[column.key])
    assert head.sectionPosition(head.count() - 1) + head.sectionSize(head.count() - 1) <= viewport.width()
    assert not page.table.view.horizontalScrollBar().isVisible()
    right = page.table.mapTo(page, page.table.rect().topRight()).x()
    assert not drawer or right < page.host.drawer.x()
    assert [column.key for column in page.table.visible_columns()] == [column.key for column in listing.COLUMNS]


def test_the_drawer_stays_open_on_the_version_that_stands_after_an_undone_correction(
    page: MeetingsPage, settle: Settle, township: Session, branch: bytes, full: bytes, window: MainWindow
) -> None:
    meeting_states.archive(township, meeting=full)
    page.open_record("meeting", full.hex())
    settle(page.context)
    better = replace(world.complete(township, branch), place="柳溪社区一楼会议室")
    page.context.tasks.run_change(
        page, lambda session: meeting_states.correct(session, meeting=full, draft=better, reason="地点写错")
    )
    settle(page.context)
    corrected = page.record.key
    assert corrected != full
    assert "柳溪社区一楼会议室" in texts(page)
    window.undo()
    settle(page.context)
    assert (page.host.drawer.isVisible(), page.record.key) == (True, full)
    current = page.table.current()
    assert isinstance(current, MeetingRow)
    assert current.id == full
    assert world.PLACE in texts(page)
    window.redo()
    settle(page.context)
    assert (page.host.drawer.isVisible(), page.record.key) == (True, corrected)


def test_ctrl_n_opens_the_form_from_anywhere(page: MeetingsPage, settle: Settle, window: MainWindow) -> None:
    page.context.navigate.go("home")
    page.context.actions.run("meeting.new")
    settle(page.context)
    assert window.page() is page
    assert page.form_open


def test_an_archived_record_offers_a_correction_and_no_change(
    page: MeetingsPage, settle: Settle, township: Session, full: bytes
) -> None:
    meeting_states.archive(township, meeting=full)
    page.show_meeting(full)
    settle(page.context)
    buttons = [one.text().strip() for one in page.host.drawer.findChildren(type(page.record_button))]
    assert "更正" in buttons
    assert "修改" not in buttons


def test_five_thousand_rows_at_most_are_read_at_once(
    page: MeetingsPage, settle: Settle, township: Session, branch: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST", 1)
    page.refresh()
    settle(page.context)
    QApplication.processEvents()
    assert page.table.model.rowCount() == 1
    assert page.head._count.text() == "最近 1 份，更早的请筛选"


def test_the_complete_record_lacks_nothing(township: Session, branch: bytes) -> None:
    draft = replace(world.complete(township, branch), held_on=date(2026, 11, 3).isoformat())
    assert meeting_states.gaps(township, draft=draft) == ()


def test_a_correction_is_told_in_one_sentence(township: Session, branch: bytes, full: bytes) -> None:
    meeting_states.archive(township, meeting=full)
    better = replace(world.complete(township, branch), place="一楼")
    changes = meeting_states.correct(township, meeting=full, draft=better, reason="地点写错")
    assert changes.label == "更正 柳溪社区老年协会党支部 支部委员会会议的记录"
