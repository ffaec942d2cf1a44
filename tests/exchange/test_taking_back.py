"""A merge taken back is as if it had never been: nothing of it travels, and the same package brings all of it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.services import undoing
from desktop.services.exchange import exporting, importing
from desktop.services.sessions import Session
from tests.exchange.exchange_world import COUNTY, TOWNSHIP, Pair, add, cell, edit, open_pair, rows
from tests.support.equality import state

STATE = ("sync_row", "sync_cell", "sync_applied")


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def pair(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Pair]:
    made = open_pair(tmp_path, encrypted=request.param)
    yield made
    made.close()


def known(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Give what synchronisation knows of rows, and what was applied."""
    return {table: sorted(session.db.rows(f"SELECT * FROM {table}"), key=repr) for table in STATE}


def alive(session: Session) -> dict[str, list[tuple[object, ...]]]:
    return {table: [row for row in found if row[1] is None] for table, found in rows(session).items()}


def take_back(session: Session, unit: int | None) -> undoing.Undone:
    assert unit is not None
    return undoing.undo_unit(session, number=unit)


def test_rows_and_stamps_are_as_before_and_nothing_goes_back(pair: Pair) -> None:
    person = add(pair.township, "person", name="王伟", phone="10000000001")
    before = known(pair.county)
    done = take_back(pair.county, pair.send_up().unit)
    assert (done.kept, done.travels, done.again) == ((), (), False)
    assert known(pair.county) == before
    assert alive(pair.county)["person"] == []
    back = pair.send_down()
    assert (back.deleted, back.conflicts) == (0, 0)
    assert cell(pair.township, "person", person, "_deleted") is None


def test_the_same_package_brings_all_of_it_again(pair: Pair) -> None:
    branch = add(pair.township, "branch", code="B777", name="柳溪社区老年协会党支部", kind="P4")
    person = add(pair.township, "person", name="王伟")
    add(pair.township, "membership", person_id=person, branch_id=branch, standing="50")
    file = pair.up().files[0]
    first = importing.apply(pair.county, file=file)
    wanted = state(pair.county)
    take_back(pair.county, first.unit)
    again = importing.apply(pair.county, file=file)
    assert (again.new, again.older, again.deleted) == (first.new, 0, 0)
    assert state(pair.county) == wanted
    assert exporting.state(pair.county, to=TOWNSHIP) == exporting.state(pair.township, to=COUNTY)


def test_an_edit_that_a_package_brought_is_taken_back_with_its_stamps(pair: Pair) -> None:
    person = add(pair.township, "person", name="王伟", phone="10000000001")
    pair.send_up()
    pair.send_down()
    edit(pair.township, "person", person, phone="10000000002")
    before = known(pair.county)
    take_back(pair.county, pair.send_up().unit)
    assert cell(pair.county, "person", person, "phone") == "10000000001"
    assert known(pair.county) == before
    pair.send_down()
    assert cell(pair.township, "person", person, "phone") == "10000000002"
    pair.send_up()
    assert cell(pair.county, "person", person, "phone") == "10000000002"


def test_a_row_changed_since_stays_as_it_is(pair: Pair) -> None:
    person, other = (add(pair.township, "person", name=name) for name in ("王伟", "李静"))
    merged = pair.send_up()
    edit(pair.county, "person", person, remark="区里补充")
    done = take_back(pair.county, merged.unit)
    assert done.kept == (f"person:{person.hex()}",)
    assert done.notes == ("1 处后来又改过，没有动",)
    assert cell(pair.county, "person", person, "_deleted") is None
    assert cell(pair.county, "person", other, "_deleted") is not None


def test_what_later_work_refers_to_stays_and_keeps_its_stamps(pair: Pair) -> None:
    person = add(pair.township, "person", name="王伟")
    merged = pair.send_up()
    add(pair.county, "talent", person_id=person, kind="1")
    done = take_back(pair.county, merged.unit)
    assert done.referred == 1
    assert cell(pair.county, "person", person, "_deleted") is None
    assert pair.county.db.one("SELECT count(*) FROM sync_row WHERE pk = ?", (person.hex(),)) == (1,)


def test_meetings_come_back_with_their_parts(pair: Pair) -> None:
    from desktop.models.meeting import Agenda
    from desktop.services import records
    from desktop.services.units import unit

    meeting = add(pair.township, "meeting", record_class="full", state="passed", held_on="2026-03-05")
    with unit(pair.township, "写议题"):
        records.replace_parts(pair.township, Agenda, meeting, [{"number": 1, "title": "年度计划"}])
    file = pair.up().files[0]
    merged = importing.apply(pair.county, file=file)
    take_back(pair.county, merged.unit)
    assert pair.county.db.rows("SELECT * FROM agenda") == []
    importing.apply(pair.county, file=file)
    assert pair.county.db.rows("SELECT title FROM agenda") == [("年度计划",)]


def test_an_earlier_merge_waits_for_the_later_one(pair: Pair) -> None:
    add(pair.township, "person", name="王伟")
    first = pair.send_up()
    add(pair.township, "person", name="李静")
    second = pair.send_up()
    with pytest.raises(UserError) as refused:
        take_back(pair.county, first.unit)
    assert (refused.value.what, refused.value.why) == ("没有撤销合并。", "它之后又合并了第 2 号数据包。")
    take_back(pair.county, second.unit)
    take_back(pair.county, first.unit)
    assert alive(pair.county)["person"] == []
    pair.send_down()
    assert pair.send_up().tables["person"] == {"new": 2}


def test_a_merge_is_received_again_and_not_redone(pair: Pair) -> None:
    add(pair.township, "person", name="王伟")
    done = take_back(pair.county, pair.send_up().unit)
    assert undoing.next_redo(pair.county) is None
    with pytest.raises(UserError) as refused:
        take_back(pair.county, done.changes.unit)
    assert (refused.value.what, refused.value.do) == ("没有重做。", "请再接收一次这个数据包。")


def test_a_conflict_of_the_merge_goes_and_comes_with_it(pair: Pair) -> None:
    person = add(pair.township, "person", name="王伟", phone="10000000001")
    pair.send_up()
    pair.send_down()
    edit(pair.county, "person", person, phone="10000000008")
    edit(pair.township, "person", person, phone="10000000009")
    file = pair.up().files[0]
    merged = importing.apply(pair.county, file=file)
    assert merged.conflicts == 1
    take_back(pair.county, merged.unit)
    assert pair.county.db.rows("SELECT 1 FROM conflict WHERE _deleted IS NULL") == []
    assert importing.apply(pair.county, file=file).conflicts == 1
    assert len(pair.county.db.rows("SELECT 1 FROM conflict WHERE _deleted IS NULL")) == 1
