"""What 工作台 shows of the demo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.calendar import last_day
from desktop.services import branch_lists, desk, findings, member_lists, remarks, workspaces
from desktop.services.sessions import Session
from tests.services.findings_world import found, run
from tests.support import demo


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Session]:
    session = demo.copy_demo(tmp_path / "w")
    yield session
    workspaces.close(session.workspace)


def test_the_quarter_is_counted_in_words_days_and_share(town: Session) -> None:
    quarter = desk.show(town).quarter
    assert (quarter.words, quarter.days_left) == ("2026年第四季度", 38)
    assert quarter.due - quarter.held == 3
    assert quarter.share == 100 * quarter.held // quarter.due
    assert quarter.change is not None


def test_each_month_of_the_year_is_counted_up_to_the_present_one(town: Session) -> None:
    months = desk.show(town).months
    assert [row.period for row in months] == [f"2026-{number:02d}" for number in range(1, 12)]
    assert all(row.on_time + row.made_up <= row.due for row in months)
    assert months[6].made_up == 1


def test_things_to_do_are_the_dated_findings_in_the_order_of_their_dates(town: Session) -> None:
    shown = desk.show(town)
    dated = [row for row in findings.check(town) if row.due and row.state in {"due", "overdue"}]
    assert sorted((row.rule, row.subject, row.due) for row in dated) == sorted(
        (row.rule, row.subject, row.due.isoformat()) for row in shown.todo
    )
    assert [row.due for row in shown.todo] == sorted(row.due for row in shown.todo)
    assert shown.overdue == sum(row.state == "overdue" for row in dated)


def test_a_thing_to_do_is_said_in_a_few_words(town: Session) -> None:
    words = {(row.name, row.what) for row in desk.show(town).todo}
    assert ("柳溪社区老年协会党支部", "11月支委会") in words
    assert ("柳溪社区老年协会党支部 第二党小组", "5月党小组会") in words
    assert ("青禾街道流动党员党支部", "2025年第三季度党员大会") in words
    assert ("澄湾区书画协会党支部", "换届选举") in words


def test_terms_are_those_over_and_those_near_their_end(town: Session) -> None:
    assert [(row.name, row.state, row.days) for row in desk.show(town).terms] == [
        ("澄湾区书画协会党支部", "overdue", -64), ("青禾街道青年创业协会党支部", "due", 148),
    ]  # fmt: skip


def test_terms_that_are_over_are_those_that_the_list_of_branches_shows(town: Session) -> None:
    over = {row.name for row in desk.show(town).terms if row.state == "overdue"}
    rows = branch_lists.list_branches(town)
    listed = {row.name for row in rows if row.term_end and last_day(row.term_end) < town.today}
    assert over == listed == {"澄湾区书画协会党支部"}


def test_gaps_are_counted_by_kind_and_field_most_first(town: Session) -> None:
    gaps = {row.kind: row for row in desk.show(town).gaps}
    assert {kind: row.count for kind, row in gaps.items()} == {"person": 7, "branch": 1, "organisation": 2}
    assert gaps["person"].fields[:2] == (("身份证号", 3), ("学历", 2))
    assert gaps["branch"].fields == (("批准文号", 1), ("联系方式", 1))


def test_branches_that_need_attention_come_worst_first(town: Session) -> None:
    rows = desk.show(town).attention
    shares = [row.held / row.due for row in rows]
    assert shares == sorted(shares)
    assert {"B012", "B013", "B016", "B017", "B021"} == {row.code for row in rows}


def test_the_list_of_members_counts_the_gaps_that_the_desk_counts(town: Session) -> None:
    (gap,) = [row for row in desk.show(town).gaps if row.kind == "person"]
    listed = member_lists.list_members(town, view="missing")
    assert gap.count == len(listed) == member_lists.counts(town)["missing"] == 7
    late = next(row for row in listed if row.standing == "40")  # a probationary member past the months of the rule
    assert member_lists.missing_words(town, person=late.id) == ("转正日期",)
    remarks.explain(town, rule="CMP-01", subject=f"person:{late.id.hex()}", period=None, reason="正在报批。")
    (gap,) = [row for row in desk.show(town).gaps if row.kind == "person"]
    assert gap.count == member_lists.counts(town)["missing"] == 6
    assert late.id not in {row.id for row in member_lists.list_members(town, view="missing")}


def test_what_is_explained_is_no_longer_to_be_done(town: Session) -> None:
    (row,) = [row for row in found(town, "MTG-03") if row.period == "2026-05"]
    remarks.explain(town, rule=row.rule, subject=row.subject, period=row.period, reason="组长住院，并入支部大会。")
    assert row.subject not in {todo.subject for todo in desk.show(town).todo if todo.what == "5月党小组会"}
    assert "explained" in {again.state for again in found(town, "MTG-03") if again.period == row.period}


def test_a_secretary_sees_the_own_desk(tmp_path: Path) -> None:
    session = demo.copy_demo(tmp_path / "w", account="sj")
    shown = desk.show(session)
    assert [row.code for row in shown.attention] == ["B012"]
    assert (shown.quarter.due, shown.quarter.held) == (8, 6)
    assert (shown.terms, shown.gaps) == ((), ())
    workspaces.close(session.workspace)


def test_a_workspace_without_branches_has_an_empty_desk(either: Session) -> None:
    shown = desk.show(either)
    assert (shown.quarter.share, shown.quarter.change, shown.todo, shown.gaps, shown.attention) == (
        None, None, (), (), (),
    )  # fmt: skip


def test_a_gathering_written_down_takes_its_branch_out_of_the_list(town: Session) -> None:
    run(town, "UPDATE meeting SET state = 'passed' WHERE state IN ('draft', 'submitted', 'returned')")
    assert "B012" not in {row.code for row in desk.show(town).attention}
