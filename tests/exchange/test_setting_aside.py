"""Rows that may not or cannot go in are set aside with a reason, the rest goes in; orphans follow their parents.

The sender here writes through its own database what no screen of ours would let it write.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.services.exchange import exporting, importing
from desktop.services.exchange.outgoing import Scope
from desktop.services.sessions import Session
from tests.exchange.exchange_world import COUNTY, Pair, add, cell, open_pair, rows


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = open_pair(tmp_path / "pair")
    yield made
    made.close()


def aside(session: Session) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in session.db.rows("SELECT tbl, reason FROM sync_pending ORDER BY tbl, reason")]


def move(session: Session, table: str, key: bytes, path: str) -> None:
    """Give a row a path that this site has no right to."""
    db = session.workspace.write
    with db.writable():
        values = (path, session.workspace.tables[table], key.hex())
        db.run("UPDATE sync_row SET path = ? WHERE tbl = ? AND pk = ?", values)


def meeting_with_an_attendance(session: Session, **attendance: object) -> bytes:
    branch = add(session, "branch", code="B012", name="柳溪社区老年协会党支部", kind="P4", field="8")
    meeting = add(session, "meeting", branch_id=branch, held_on="2026-11-20", record_class="full", state="passed")
    values = {"meeting_id": meeting, "number": 1, "name": "王伟", "status": "1"} | attendance
    db = session.workspace.write
    with db.writable():
        db.run(
            f"INSERT INTO attendance ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            list(values.values()),
        )
    return meeting


def test_a_row_outside_the_senders_scope_stays_out_and_the_rest_goes_in(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "scope_of", lambda *_: Scope(COUNTY, ()))  # a township that sends all
    good = add(pair.township, "person", name="陆建国")
    bad = add(pair.township, "person", name="王伟")
    move(pair.township, "person", bad, "/329901/002")
    applied = pair.send_up()
    assert applied.quarantined == 1
    assert aside(pair.county) == [("person", "authority")]
    assert cell(pair.county, "person", good, "name") == "陆建国"
    assert cell(pair.county, "person", bad, "name") is None


def test_a_township_cannot_write_over_a_row_of_the_county_by_calling_it_its_own(pair: Pair) -> None:
    office = add(pair.county, "office", name="澄湾区委社会工作部")
    pair.send_down()
    with pair.township.workspace.write.writable():
        pair.township.workspace.write.run("UPDATE office SET name = '别的名称' WHERE id = ?", (office,))
    move(pair.township, "office", office, "/329901/001")
    applied = pair.send_up()
    assert applied.quarantined == 1
    assert aside(pair.county) == [("office", "authority")]
    assert cell(pair.county, "office", office, "name") == "澄湾区委社会工作部"


def test_a_row_whose_parent_stays_out_stays_out_and_goes_in_when_the_parent_comes(pair: Pair) -> None:
    person = add(pair.township, "person", name="陆建国")
    branch = add(pair.township, "branch", code="B012", name="柳溪社区老年协会党支部", kind="P4", field="8")
    membership = add(pair.township, "membership", person_id=person, branch_id=branch, standing="50")
    move(pair.township, "person", person, "/329901/002")  # not sent
    first = pair.send_up()
    assert first.quarantined == 1
    assert aside(pair.county) == [("membership", "orphan")]
    assert cell(pair.county, "membership", membership, "standing") is None
    move(pair.township, "person", person, "/329901/001")
    with pair.township.workspace.write.writable():
        sql = "UPDATE sync_row SET lsn = (SELECT lsn + 1 FROM sync_self) WHERE pk = ?"
        pair.township.workspace.write.run(sql, (person.hex(),))
        pair.township.workspace.write.run("UPDATE sync_self SET lsn = lsn + 1")
    with pair.township.workspace.write.writable():  # as if all but the person had been acknowledged
        ours = pair.township.workspace.identity.epoch
        county = pair.county.workspace.identity.site
        pair.township.workspace.write.run(
            "INSERT INTO sync_ack (site, epoch, lsn) SELECT ?, ?, lsn - 1 FROM sync_self", (county, ours)
        )
    seen = importing.apply(pair.county, file=pair.up().files[0], dry_run=True)
    second = pair.send_up()
    assert (seen.new, second.new, second.quarantined) == (2, 2, 0)
    assert cell(pair.county, "membership", membership, "standing") == "50"
    assert aside(pair.county) == []
    assert rows(pair.county) == rows(pair.township)


def test_a_meeting_whose_attendance_names_nobody_known_stays_out(pair: Pair) -> None:
    stranger = add(pair.township, "person", name="王伟")
    meeting = meeting_with_an_attendance(pair.township, person_id=stranger)
    move(pair.township, "person", stranger, "/329901/002")
    applied = pair.send_up()
    assert applied.quarantined == 1
    assert aside(pair.county) == [("meeting", "orphan")]
    assert cell(pair.county, "meeting", meeting, "state") is None


def test_what_waits_goes_in_only_once(pair: Pair) -> None:
    person = add(pair.township, "person", name="陆建国")
    add(pair.township, "post", person_id=person, title="01")
    move(pair.township, "person", person, "/329901/002")
    file = pair.up().files[0]
    assert importing.apply(pair.county, file=file).quarantined == 1
    assert importing.apply(pair.county, file=file).quarantined == 1
    assert aside(pair.county) == [("post", "orphan")]


def test_a_meeting_with_words_where_a_part_has_codes_stays_out(pair: Pair) -> None:
    meeting_with_an_attendance(pair.township, standing="列席的群众")
    assert pair.send_up().quarantined == 1


def test_a_meeting_with_a_malformed_part_stays_out(pair: Pair) -> None:
    meeting = meeting_with_an_attendance(pair.township)
    db = pair.township.workspace.write
    db.execute_sql("PRAGMA foreign_keys = OFF")
    with db.writable():
        db.run("UPDATE attendance SET person_id = x'01' WHERE meeting_id = ?", (meeting,))
    db.execute_sql("PRAGMA foreign_keys = ON")
    applied = pair.send_up()
    assert (applied.quarantined, applied.tables["branch"]) == (1, {"new": 2})
    assert aside(pair.county) == [("meeting", "value")]


def test_a_branchs_proposal_is_not_merged_by_this_program(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MERGED_KINDS", frozenset())
    with pytest.raises(UserError) as caught:
        importing.apply(pair.county, file=exporting.export(pair.township, to=COUNTY, out=pair.stick).files[0])
    assert (caught.value.code, caught.value.do) == ("newer-format", "请先更新本机的程序，再接收这个数据包。")


def test_a_package_that_brought_nothing_keeps_its_hands_off_later_units(pair: Pair) -> None:
    pair.send_up()
    file = pair.down().files[0]
    importing.apply(pair.township, file=file)
    importing.apply(pair.township, file=file)
    add(pair.township, "person", name="陆建国")
    units = pair.township.db.rows("SELECT unit FROM sync_import")
    newest = pair.township.db.one("SELECT max(id) FROM unit")
    assert newest is not None
    assert all(unit != newest for unit in units)
