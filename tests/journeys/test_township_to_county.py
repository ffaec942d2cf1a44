"""A township's records reach the county on a stick, and the county's come back."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.core.progress import CancelledError, Progress
from desktop.services import meetings, searching, undoing, verifying, workspaces
from desktop.services.exchange import conflicts, exporting, importing, partners
from desktop.services.meeting_drafts import VoteDraft, prefill, with_absent
from desktop.services.sessions import Session
from tests.exchange.exchange_world import COUNTY, TOWNSHIP, Pair, add, cell, edit, enrol, make, open_pair, rows
from tests.support.demo import copy_demo


@pytest.fixture(params=[True, False], ids=["encrypted", "plain"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    made = open_pair(tmp_path, encrypted=request.param)
    yield made
    made.close()


def branch_with_a_meeting(session: Session) -> tuple[bytes, bytes]:
    branch = add(session, "branch", code="B012", name="柳溪社区老年协会党支部", kind="P4", field="8")
    for name in ("王伟", "李明", "仉𬭎"):
        person = add(session, "person", name=name, sex="1")
        add(session, "membership", person_id=person, branch_id=branch, standing="50", starts_on="2020-01-01")
    draft = prefill(session, branch=branch, kinds=("members",), on=date(2026, 11, 20))
    draft = with_absent(draft, {draft.attendance[0].person_id or b"": ("2", "出差")})
    from dataclasses import replace

    vote = VoteDraft(agenda_number=None, method="1", due=3, present=2, approve=2, against=0, abstain=0)
    draft = replace(draft, topic="审议党费收支", content="通报年度工作计划。", votes=(vote,))
    meeting = meetings.save(session, draft=draft).key
    assert meeting is not None
    return branch, meeting


def test_the_county_has_the_records_after_one_package(pair: Pair) -> None:
    _, meeting = branch_with_a_meeting(pair.township)
    applied = pair.send_up()
    assert applied.quarantined == applied.conflicts == 0
    assert rows(pair.county) == rows(pair.township)
    assert meetings.open_(pair.county, meeting=meeting) == meetings.open_(pair.township, meeting=meeting)
    assert [hit.title for hit in searching.search(pair.county, text="仉𬭎")] == ["仉𬭎"]
    assert verifying.verify(pair.county).problems == ()


def test_the_preview_tells_what_applying_then_does_and_changes_nothing(pair: Pair) -> None:
    branch_with_a_meeting(pair.township)
    file = pair.up().files[0]
    before = rows(pair.county)
    shown = importing.apply(pair.county, file=file, dry_run=True)
    assert shown.unit is None
    assert rows(pair.county) == before
    done = importing.apply(pair.county, file=file)
    counts = ("new", "changed", "same", "older", "deleted", "conflicts", "quarantined", "tables")
    assert [getattr(shown, name) for name in counts] == [getattr(done, name) for name in counts]
    assert shown.tables["meeting"] == {"new": 1}


def test_a_package_applied_twice_brings_nothing_new(pair: Pair) -> None:
    branch_with_a_meeting(pair.township)
    file = pair.up().files[0]
    first = importing.apply(pair.county, file=file)
    after = rows(pair.county)
    again = importing.apply(pair.county, file=file)
    assert (again.new, again.changed, again.same) == (0, 0, first.new)
    assert again.unit is None
    assert rows(pair.county) == after


def test_an_acknowledgement_rides_back_and_the_next_package_is_small(pair: Pair) -> None:
    branch_with_a_meeting(pair.township)
    assert pair.up().rows > 8
    pair.send_up()
    assert exporting.waiting(pair.township, to=COUNTY) == 0
    assert exporting.unconfirmed(pair.township, to=COUNTY) > 8
    assert exporting.waiting(pair.county, to=TOWNSHIP) == 0
    pair.send_down()
    assert exporting.unconfirmed(pair.township, to=COUNTY) == 0
    person = add(pair.township, "person", name="陆建国")
    assert exporting.waiting(pair.township, to=COUNTY) == 1
    assert pair.up().rows == 1
    assert pair.send_up().new == 1
    assert cell(pair.county, "person", person, "name") == "陆建国"


def test_the_countys_own_rows_and_its_edits_travel_down(pair: Pair) -> None:
    person = add(pair.township, "person", name="陆建国")
    pair.send_up()
    office = add(pair.county, "office", name="澄湾区委社会工作部")
    edit(pair.county, "person", person, workplace="望湖社区")
    down = pair.send_down()
    assert down.quarantined == 0
    assert cell(pair.township, "office", office, "name") == "澄湾区委社会工作部"
    assert cell(pair.township, "person", person, "workplace") == "望湖社区"


def test_two_edits_of_one_cell_leave_one_conflict_on_both_sides(pair: Pair) -> None:
    person = add(pair.township, "person", name="陆建国", phone="10000000001")
    pair.send_up()
    edit(pair.township, "person", person, phone="10000000002")
    edit(pair.county, "person", person, phone="10000000003")
    assert pair.send_up().conflicts == 1
    pair.send_down()
    pair.send_up()
    assert rows(pair.county) == rows(pair.township)
    (found,) = conflicts.list_conflicts(pair.county)
    assert (found.table_name, found.title, found.kind) == ("人员", "陆建国", "两处都改过")
    assert found.lost == {"phone": "10000000002"}
    assert cell(pair.township, "person", person, "phone") == "10000000003"


def test_edits_of_different_groups_are_no_conflict(pair: Pair) -> None:
    person = add(pair.township, "person", name="陆建国")
    pair.send_up()
    edit(pair.township, "person", person, phone="10000000002")
    edit(pair.county, "person", person, workplace="望湖社区")
    assert pair.send_up().conflicts == 0
    pair.send_down()
    assert rows(pair.county) == rows(pair.township)


def test_a_deletion_travels_and_is_counted(pair: Pair) -> None:
    person = add(pair.township, "person", name="陆建国")
    pair.send_up()
    edit(pair.township, "person", person, deleted="重复")
    applied = pair.send_up()
    assert (applied.deleted, applied.new) == (1, 0)
    assert cell(pair.county, "person", person, "_deleted") == "重复"
    assert searching.search(pair.county, text="陆建国") == ()


def test_a_package_is_undone_as_a_whole(pair: Pair) -> None:
    before = {name: [row for row in found if row] for name, found in rows(pair.county).items()}
    branch_with_a_meeting(pair.township)
    applied = pair.send_up()
    assert applied.unit is not None
    undone = undoing.undo_unit(pair.county, number=applied.unit)
    assert undone.kept == ()
    alive = pair.county.db.rows("SELECT id FROM person WHERE _deleted IS NULL")
    assert alive == []
    assert before["person"] == []
    assert searching.search(pair.county, text="王伟") == ()
    assert [row.undone for row in partners.list_history(pair.county) if row.way == "in"] == [True]


def test_a_draft_stays_at_home(pair: Pair) -> None:
    _, meeting = branch_with_a_meeting(pair.township)
    edit(pair.township, "meeting", meeting, state="draft")
    assert "meeting" not in pair.send_up().tables


def test_the_partners_page_knows_what_waits_and_what_went(pair: Pair) -> None:
    (county,) = partners.list_partners(pair.township)
    assert (county.path, county.name, county.active, county.last_sent) == (COUNTY, "澄湾区委组织部", True, None)
    waiting = county.waiting
    assert waiting == partners.count_waiting(pair.township) > 0
    pair.send_up()
    pair.send_down()
    (county,) = partners.list_partners(pair.township)
    assert county.waiting == 0
    assert county.last_sent is not None
    assert county.last_received is not None
    ways = {(row.way, row.path, row.number) for row in partners.list_history(pair.township)}
    assert ways == {("out", COUNTY, 1), ("in", COUNTY, 1)}
    assert {row.path for row in partners.list_partners(pair.county)} == {TOWNSHIP}


def test_many_deletions_and_large_changes_ask_first(pair: Pair) -> None:
    people = [add(pair.township, "person", name=f"王伟{at}") for at in range(60)]
    pair.send_up()
    for person in people[:51]:
        edit(pair.township, "person", person, deleted="重复")
    applied = importing.apply(pair.county, file=pair.up().files[0], dry_run=True)
    assert applied.questions == (
        "这个数据包会删除 51 条记录。请先与发件单位核实。",
        "人员共 60 条，会改动 51 条，超过五分之一。请先与发件单位核实。",
    )


def test_cancelling_a_merge_leaves_everything_as_it_was(pair: Pair) -> None:
    branch_with_a_meeting(pair.township)
    file = pair.up().files[0]
    before = rows(pair.county)
    progress = Progress()
    progress.report = lambda _done, _total, text: progress.cancel() if text == "合并记录" else None
    with pytest.raises(CancelledError):
        importing.apply(pair.county, file=file, progress=progress)
    assert rows(pair.county) == before
    assert list((pair.county.workspace.paths.packages).iterdir()) == []
    assert importing.apply(pair.county, file=file).new > 0


def test_the_manifest_on_the_stick_names_no_person_and_no_count(pair: Pair) -> None:
    branch_with_a_meeting(pair.township)
    inspected = importing.inspect(pair.county, file=pair.up().files[0])
    assert all(check.ok for check in inspected.checks)
    text = json.dumps(inspected.manifest, ensure_ascii=False)
    assert "王伟" not in text
    assert "rows" not in text


def test_a_whole_demo_township_reaches_the_county_with_nothing_set_aside(tmp_path: Path) -> None:
    county = make(tmp_path / "county", "county", encrypted=False)
    township = copy_demo(tmp_path / "township")
    try:
        enrol(township, county, tmp_path / "stick")
        made = exporting.export(township, to=COUNTY, out=tmp_path / "stick")
        applied = importing.apply(county, file=made.files[0])
        assert (applied.new, applied.quarantined, applied.conflicts) == (made.rows, 0, 0)
        drafts = "SELECT count(*) FROM meeting WHERE state = 'draft'"
        assert county.db.one(drafts) == (0,)
        assert county.db.one("SELECT count(*) FROM person") == township.db.one("SELECT count(*) FROM person")
        assert exporting.state(county, to=TOWNSHIP) == exporting.state(township, to=COUNTY)
    finally:
        workspaces.close(township.workspace)
        workspaces.close(county.workspace)
