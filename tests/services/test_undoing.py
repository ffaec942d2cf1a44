"""Undo, redo and history: reads of the one change log (data.md)."""

import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.models.membership import Membership
from desktop.models.person import Person
from desktop.services import field_history, records, undoing, verifying, workspaces
from desktop.services.sessions import Role, Session
from desktop.services.units import unit
from tests.services.actions import Work
from tests.support import places, rows
from tests.support.equality import assert_search_is_fresh, state

STEPS = 50


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
@settings(max_examples=8, deadline=None, database=None, phases=(Phase.generate, Phase.shrink))
@given(
    deeds=st.lists(st.integers(0, 10), min_size=1, max_size=30),
    walk=st.lists(st.booleans(), max_size=40),
    seed=st.integers(0, 2**32),
)
def test_random_actions_are_undone_and_redone_to_equality(
    deeds: list[int], walk: list[bool], seed: int, encrypted: bool  # noqa: FBT001
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        session = places.open_new(Path(folder) / "w", encrypted=encrypted)
        work, states = Work(session, Random(seed)), [state(session)]
        for deed in deeds:
            newest = undoing.list_units(session, limit=1)
            work.do(deed)
            if undoing.list_units(session, limit=1) != newest:
                states.append(state(session))
        at = len(states) - 1
        for back in (*([True] * at), *([False] * at), *walk):
            done = undoing.undo_last(session) if back and at else undoing.redo_last(session) if not back else None
            if done is not None:
                at += -1 if back else 1
                assert done.kept == ()
            assert state(session) == states[at]
        assert verifying.verify(session).problems == ()
        assert_search_is_fresh(session)
        workspaces.close(session.workspace)


def test_fifty_steps_go_back_and_come_again(either: Session) -> None:
    key = rows.person(either, "李明", remark="0")
    for number in range(1, STEPS + 1):
        with unit(either, f"改成 {number}"):
            records.update(either, Person, key, {"remark": str(number)})
    for number in reversed(range(STEPS)):
        undoing.undo_last(either)
        assert records.get(either, "person", key)["remark"] == str(number)
    for number in range(1, STEPS + 1):
        assert undoing.next_redo(either) is not None
        undoing.redo_last(either)
        assert records.get(either, "person", key)["remark"] == str(number)
    assert undoing.next_redo(either) is None


def test_a_cell_that_was_changed_since_stays_and_is_listed(either: Session) -> None:
    key = rows.person(either, "李明", phone="1", remark="旧")
    with unit(either, "甲改") as first:
        records.update(either, Person, key, {"phone": "2", "remark": "新"})
    with unit(either, "乙改"):
        records.update(either, Person, key, {"phone": "3"})
    assert first.changes.unit is not None
    done = undoing.undo_unit(either, number=first.changes.unit)
    assert (done.cells, done.kept) == (1, (f"person:{key.hex()}:phone",))
    assert done.note == "；1 处后来又改过，没有动"
    row = records.get(either, "person", key)
    assert (row["phone"], row["remark"]) == ("3", "旧")


def test_undoing_an_insert_bins_the_record(either: Session) -> None:
    key = rows.person(either, "李明")
    undoing.undo_last(either)
    with pytest.raises(UserError, match="没有找到这条记录"):
        records.get(either, "person", key)
    assert either.db.one("SELECT _deleted FROM person") == ("已撤销",)


def test_a_record_that_later_work_refers_to_stays_and_is_listed(either: Session) -> None:
    where = rows.branch(either, "第一党支部", "B901")
    with unit(either, "新增人员") as first:
        who = records.insert(either, Person, {"name": "李明"})
    rows.membership(either, who, where)
    assert first.changes.unit is not None
    done = undoing.undo_unit(either, number=first.changes.unit)
    assert (done.cells, done.kept) == (0, (f"person:{who.hex()}:_deleted",))
    assert done.notes == ("1 条记录还被别的记录引用，没有动",)
    assert records.get(either, "person", who)["name"] == "李明"


def test_a_unit_with_records_that_refer_to_each_other_goes_as_a_whole(either: Session) -> None:
    where = rows.branch(either, "第一党支部", "B901")
    before = state(either)
    with unit(either, "登记"):
        who = either.new_id()
        values = {"person_id": who, "branch_id": where, "standing": "50"}
        records.insert(either, Membership, values)
        records.insert(either, Person, {"name": "李明"}, key=who)
    done = undoing.undo_last(either)
    assert done is not None
    assert done.kept == ()
    assert state(either) == before


def test_what_is_undone_is_not_undone_again(either: Session) -> None:
    rows.person(either, "李明")
    number = undoing.list_units(either, limit=1)[0].number
    undoing.undo_unit(either, number=number)
    with pytest.raises(UserError) as refused:
        undoing.undo_unit(either, number=number)
    assert str(refused.value) == "没有撤销。“新增人员 李明”已经撤销过了。如需恢复，请用“重做”。"


def test_undo_of_a_redo_of_an_undo_knows_where_it_stands(either: Session) -> None:
    rows.person(either, "李明")
    first = undoing.list_units(either, limit=1)[0].number
    undoing.undo_last(either)
    again = undoing.redo_last(either)
    assert again is not None
    assert again.changes.unit is not None
    undone = undoing.undo_unit(either, number=again.changes.unit)
    assert undone.changes.label == "撤销：新增人员 李明"
    marks = {row.number: row.undone for row in undoing.list_units(either)}
    assert marks[first] is True
    with pytest.raises(UserError, match="已经撤销过了"):
        undoing.undo_unit(either, number=first)


def test_after_new_work_nothing_is_redone(either: Session) -> None:
    rows.person(either, "李明")
    undoing.undo_last(either)
    rows.person(either, "张静")
    assert undoing.next_redo(either) is None
    assert undoing.redo_last(either) is None


def test_a_number_that_is_none_is_refused(township: Session) -> None:
    with pytest.raises(UserError, match="没有编号为 999 的操作"):
        undoing.undo_unit(township, number=999)


def test_a_clerk_undoes_only_the_own_work(township: Session) -> None:
    rows.person(township, "李明")
    number = undoing.list_units(township, limit=1)[0].number
    clerk = replace(township, account="gs", role=Role.CLERK)
    assert undoing.next_undo(clerk) is None
    with pytest.raises(UserError, match="没有这项权限"):
        undoing.undo_unit(clerk, number=number)


def test_history_tells_who_changed_which_field_from_what_to_what(either: Session) -> None:
    key = rows.person(either, "李明", phone="1")
    with unit(either, "改电话"):
        records.update(either, Person, key, {"phone": "2"})
    with unit(either, "再改"):
        records.update(either, Person, key, {"phone": "3", "remark": "注"})
    lines = [(line.label, line.column, line.old, line.new) for line in
             field_history.history(either, table="person", key=key)]  # fmt: skip
    assert lines == [
        ("再改", "phone", "2", "3"),
        ("再改", "remark", None, "注"),
        ("改电话", "phone", "1", "2"),
        ("新增人员 李明", "", None, None),
    ]
