"""How far organisation life has come, and gatherings that make up a closed period (补开)."""

from dataclasses import replace

from desktop.core.calendar import period_of
from desktop.rules import completion
from desktop.rules.cadence import Owed, owed_periods
from desktop.rules.facts import Facts
from desktop.rules.view import View
from tests.rules.rules_world import ON, PACKS, group, meeting, on_roll, sound, states, with_committee, without

QUARTER = period_of(ON, "Q")


def owed(facts: Facts) -> list[Owed]:
    return list(owed_periods(View(facts, PACKS)))


def plus(facts: Facts, *rows: object) -> Facts:
    return replace(facts, meetings=(*facts.meetings, *rows))  # type: ignore[arg-type]


def test_a_running_quarter_owes_what_has_begun() -> None:
    rows = completion.of_quarter(owed(with_committee(sound())), QUARTER)
    assert sorted((row.duty.rule_id, str(row.period)) for row in rows) == [
        ("MTG-01", "2026Q4"), ("MTG-02", "2026-10"), ("MTG-02", "2026-11"), ("MTG-04", "2026Q4"),
    ]  # fmt: skip


def test_a_theme_day_is_none_of_the_three_meetings_and_one_lecture() -> None:
    assert "MTG-06" not in {row.duty.rule_id for row in completion.of_quarter(owed(sound()), QUARTER)}


def test_what_is_held_twice_counts_once() -> None:
    facts = plus(sound(), meeting("again", "2026-10-20", "members"))
    assert completion.tally(completion.of_quarter(owed(facts), QUARTER)) == completion.Tally(2, 2, 0)


def test_a_share_is_a_whole_per_cent_rounded_down() -> None:
    assert completion.Tally(3, 1, 1).share == 66
    assert completion.Tally().share is None


def test_a_gathering_that_makes_up_a_closed_month_settles_it() -> None:
    facts = without(with_committee(sound()), ("committee", "2026-08"))
    assert states(facts, "MTG-02") == [("2026-08", "overdue", "2026-08-31")]
    late = meeting("late", "2026-09-20", "committee", makes_up=(("committee", "2026-08"),))
    assert states(plus(facts, late), "MTG-02") == []


def test_a_gathering_that_makes_up_another_month_does_not_count_for_its_own() -> None:
    facts = without(with_committee(sound()), ("committee", "2026-08"), ("committee", "2026-09"))
    late = meeting("late", "2026-09-20", "committee", makes_up=(("committee", "2026-08"),))
    assert states(plus(facts, late), "MTG-02") == [("2026-09", "overdue", "2026-09-30")]


def test_only_the_kind_that_makes_up_is_moved() -> None:
    facts = without(with_committee(sound()), ("committee", "2026-08"))
    late = meeting("late", "2026-09-20", "committee", "theme_day", makes_up=(("committee", "2026-08"),))
    rows = [row for row in owed(plus(facts, late)) if str(row.period) == "2026-09" and row.duty.rule_id == "MTG-06"]
    assert [(row.held, row.made_up) for row in rows] == [(2, 0)]


def test_months_tell_what_was_held_in_time_from_what_was_made_up() -> None:
    facts = without(with_committee(sound()), ("committee", "2026-08"))
    late = meeting("late", "2026-09-20", "committee", makes_up=(("committee", "2026-08"),))
    months = completion.of_months(owed(plus(facts, late)), ON)
    assert [str(row.month) for row in months] == [f"2026-{number:02d}" for number in range(1, 12)]
    assert months[7].tally == completion.Tally(1, 0, 1)
    assert months[8].tally == completion.Tally(3, 3, 0)


def test_a_quarterly_duty_falls_due_in_the_last_month_of_its_quarter() -> None:
    months = completion.of_months(owed(sound()), ON)
    assert [row.tally.due for row in months] == [0, 0, 2, 0, 0, 2, 0, 0, 2, 0, 0]


def test_the_least_complete_branch_comes_first_and_complete_ones_do_not_come() -> None:
    facts = sound()
    other = replace(facts.branches[2], id="b2", code="B002", name="另一个党支部")
    facts = replace(facts, branches=(*facts.branches, other))
    found = completion.of_branches(completion.of_quarter(owed(facts), QUARTER))
    assert [(row.branch.code, row.tally.held, row.tally.due) for row in found] == [("B002", 0, 2)]


def test_a_group_counts_with_its_branch() -> None:
    facts = replace(sound(), groups=(group(),))
    member = replace(on_roll("m9"), party_group_id="g1", starts_on="2024-01-01")
    facts = replace(facts, memberships=(*facts.memberships, member))
    found = completion.of_branches(completion.of_quarter(owed(facts), QUARTER))
    assert [(row.branch.code, row.tally.held, row.tally.due) for row in found] == [("B001", 2, 4)]


def test_the_quarter_before_the_first_is_last_years_fourth() -> None:
    assert str(completion.last_quarter(ON.replace(month=2))) == "2025Q4"
