"""工作台: only what the service computed, each number a way to the list behind it, each line to what mends it."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.services.desk import Attention, Desk, Gap, Month, Quarter, Stock, Todo
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import home_first
from desktop.ui.pages import home_words as words
from desktop.ui.pages.home import HomePage
from desktop.ui.pages.home_lists import TodoRow, due_lines
from desktop.ui.pages.meetings import MeetingsPage
from desktop.ui.theme import Theme
from tests.ui import meeting_world as world

Settle = Callable[[Context], None]
ON = date(2026, 11, 23)
STOCK = Stock(branches=3, members=20, organisations=3, meetings=9)
QUARTER = Quarter("2026年第四季度", 38, 168, 145, 86, 4)


def todo(due: date, state: str = "due", rule: str = "MTG-02") -> Todo:
    return Todo(
        rule, "branch:01", "红旗商会党支部", "11月支委会", state, due, (due - ON).days, "为什么", "meetings/branch:01",
    )  # fmt: skip


def desk(**more: object) -> Desk:
    values: dict[str, object] = {
        "on": ON, "quarter": QUARTER, "months": (), "todo": (), "terms": (), "gaps": (), "attention": (),
        "stock": STOCK,
    }  # fmt: skip
    return Desk(**(values | more))  # type: ignore[arg-type]  # a test names the fields it changes


def test_the_head_says_the_day_and_what_is_left_of_the_quarter() -> None:
    assert words.day_words(ON, QUARTER) == "2026年11月23日　星期一　第四季度还剩 38 天"


def test_the_quarter_says_what_was_owed_and_held_and_the_one_before() -> None:
    assert words.life(QUARTER) == words.Said("86", "应开 168 次，已开 145 次　上季度 82%")


def test_nothing_owed_is_no_per_cent() -> None:
    assert words.life(Quarter("2026年第四季度", 38, 0, 0, None, None)) == words.Said("—", "本季度还没有应开的会议")


@pytest.mark.parametrize(
    ("due", "state", "said"),
    [
        (date(2026, 11, 20), "overdue", ("逾期 3 天", "err")),
        (date(2026, 11, 23), "due", ("今天到期", "warn")),
        (date(2026, 11, 25), "due", ("还剩 2 天", "warn")),
        (date(2026, 12, 18), "due", ("还剩 25 天", "neutral")),
        (date(2026, 11, 15), "due", ("月底前还剩 7 天", "warn")),
    ],
)
def test_days_are_said_with_their_weight(due: date, state: str, said: tuple[str, str]) -> None:
    assert words.left(todo(due, state)) == said


def test_the_cards_say_the_nearest_and_what_is_late() -> None:
    seen = desk(todo=(todo(date(2026, 11, 20), "overdue"), todo(date(2026, 11, 25))))
    assert words.todo(seen) == words.Said("2", "最近：11月25日　红旗商会党支部　11月支委会", "1 项已逾期", "err")
    assert words.terms(seen) == words.Said("0", "近期没有届满的支部")


def test_gaps_count_members_and_name_the_others_beside_them() -> None:
    seen = desk(gaps=(Gap("person", 18, (("身份证号", 11), ("入党日期", 7))), Gap("organisation", 2, ())))
    assert words.gaps(seen) == words.Said("18", "缺身份证号 11　缺入党日期 7　社会组织 2 家")


def test_only_the_last_month_that_owes_bears_its_share() -> None:
    months = tuple(Month(f"2026-{number:02}", number, due, due, 0, 100) for number, due in ((1, 4), (2, 4), (3, 0)))
    assert [last for _, last in words.with_last(months)] == [False, True, False]


def test_what_is_late_and_what_is_near_are_two_lists_nearest_first() -> None:
    days = [(date(2025, 7, 31), "overdue"), (date(2026, 11, 20), "overdue"), (date(2026, 12, 18), "due"),
            (date(2026, 11, 25), "due"), (date(2027, 1, 31), "due")]  # fmt: skip
    seen = desk(todo=tuple(todo(*one) for one in days))
    assert [row.due for row in words.late(seen)] == [date(2026, 11, 20), date(2025, 7, 31)]
    assert [row.due for row in words.soon(seen)] == [date(2026, 11, 25), date(2026, 12, 18)]


@pytest.mark.parametrize(
    ("one", "other", "shares"), [(9, 9, (3, 2)), (1, 9, (1, 4)), (9, 1, (4, 1)), (0, 2, (0, 2)), (9, 0, (5, 0))]
)
def test_two_lists_share_the_room_and_neither_hides_the_other(one: int, other: int, shares: tuple[int, int]) -> None:
    assert words.share_out(one, other, 5) == shares


def test_each_of_the_two_lists_says_its_whole_count(look: Theme) -> None:
    assert look.percent == 100
    rows = (*(todo(date(2026, 10, day), "overdue") for day in range(1, 10)), todo(date(2026, 11, 25)))
    lines = due_lines(desk(todo=rows), 4, lambda _row: None)
    headings = [line.text() for line in lines if isinstance(line, QLabel) and line.text()]
    assert headings == ["已逾期 9 项", "30 天内到期 1 项"]
    assert sum(isinstance(line, TodoRow) for line in lines) == 4
    assert words.nothing_due(desk(todo=(todo(date(2027, 1, 31)),))) == "没有已逾期的事项，30 天内也没有到期的。"


def test_before_there_are_members_or_meetings_nothing_is_praised() -> None:
    seen = desk(stock=Stock(2, 0, 0, 0), quarter=Quarter("2026年第四季度", 38, 0, 0, None, None))
    assert words.gaps(seen) == words.Said("—", "还没有登记党员")
    assert words.nothing_behind(seen) == "本季度还没有应开的会议。"
    assert words.nothing_behind(desk()) == "各支部都开齐了应开的会议。"


@pytest.mark.parametrize(
    ("kind", "enrolled", "verbs"),
    [
        ("township", False, ["导入名册", "办理登记", "新增党组织"]),
        ("township", True, ["导入名册", "接收数据包", "新增党组织"]),
        ("county", False, ["导入名册", "签发登记", "新增党组织"]),
        ("branch", True, ["导入名册", "接收数据包", "新增党员"]),
    ],
)
def test_the_ways_to_begin_fit_the_workspace(kind: str, verbs: list[str], *, enrolled: bool) -> None:
    assert [way.verb for way in home_first.starts(kind, enrolled=enrolled)] == verbs


def test_an_empty_workspace_is_led_to_its_first_deeds_instead_of_shown_figures(
    window: MainWindow, settle: Settle
) -> None:
    page = window.page()
    assert isinstance(page, HomePage)
    settle(window.context)
    assert page.first.isVisible()
    assert not page.figures.isVisible()
    assert not page.record_button.isVisible()
    buttons = page.first.findChildren(QPushButton)
    assert [button.accessibleName() for button in buttons] == ["导入名册", "办理登记", "新增党组织"]
    assert [button.property("look") for button in buttons] == ["primary", "secondary", "secondary"]
    assert len({button.geometry().right() for button in buttons}) == 1
    buttons[0].click()
    assert window.context.navigate.place.page == "import"


def test_the_figures_come_with_the_first_records(page: HomePage) -> None:
    assert page.figures.isVisible()
    assert not page.first.isVisible()
    assert page.record_button.isVisible()


@pytest.fixture
def branch(township: Session) -> bytes:
    return world.branch(township)


@pytest.fixture
def page(window: MainWindow, branch: bytes, settle: Settle) -> HomePage:
    found = window.page()
    assert isinstance(found, HomePage)
    found.refresh()
    settle(window.context)
    return found


def test_the_desk_names_the_branch_that_is_behind_and_leads_to_its_form(
    page: HomePage, settle: Settle, window: MainWindow, branch: bytes
) -> None:
    said = [label.text() for label in page.findChildren(QLabel)]
    assert "柳溪社区老年协会党支部" in said
    page.mend(Attention(branch, "", "", 0, 1))
    settle(window.context)
    meetings = window.page()
    assert isinstance(meetings, MeetingsPage)
    assert meetings.form is not None
    assert meetings.form.draft().branch == branch


def test_a_line_opens_the_form_with_branch_and_kind(
    page: HomePage, settle: Settle, window: MainWindow, branch: bytes
) -> None:
    row = Todo("MTG-02", f"branch:{branch.hex()}", "", "", "due", ON, 0, "", "meetings/branch:")
    line = TodoRow(row, ON, page.go)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(window.context)
    meetings = window.page()
    assert isinstance(meetings, MeetingsPage)
    assert meetings.form is not None
    assert meetings.form.draft().kinds == ("committee",)


def test_the_number_of_things_to_do_opens_all_of_them(page: HomePage, settle: Settle) -> None:
    QTest.mouseClick(page.todo, Qt.MouseButton.LeftButton)
    assert page.host.drawer.isVisible()
    assert page._desk is not None
    assert len(page.host.drawer.findChildren(TodoRow)) == len(page._desk.todo)


def test_the_chart_says_its_values_to_screen_readers(page: HomePage) -> None:
    assert page.chart.accessibleDescription().startswith("1月 按期召开")
