"""The labelled unit of work, on both drivers."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

import peewee
import pytest

from desktop.core.changes import NOTHING
from desktop.core.errors import UserError
from desktop.models.person import Person
from desktop.services import audits, records, undoing, verifying, workspaces
from desktop.services.sessions import Session
from desktop.services.units import OUTSIDE_LABEL, unit
from tests.support import places, rows
from tests.support.equality import assert_search_is_fresh


def test_a_unit_tells_what_it_touched(either: Session) -> None:
    with unit(either, "新增 1 人") as work:
        records.insert(either, Person, {"name": "李明"})
    assert work.changes.topics == {"person"}
    assert work.changes.label == "新增 1 人"
    assert work.changes.unit == undoing.list_units(either, limit=1)[0].number


def test_a_unit_that_wrote_nothing_leaves_no_trace(either: Session) -> None:
    before = (undoing.list_units(either), audits.list_lines(either))
    with unit(either, "什么也没有做") as work:
        pass
    assert work.changes is NOTHING
    assert (undoing.list_units(either), audits.list_lines(either)) == before


def test_a_unit_inside_a_unit_joins_it(either: Session) -> None:
    with unit(either, "外") as outer, unit(either, "里") as inner:
        records.insert(either, Person, {"name": "李明"})
    assert inner is outer
    assert undoing.list_units(either, limit=1)[0].label == "外"


def test_a_unit_that_fails_leaves_nothing(either: Session) -> None:
    before = len(undoing.list_units(either))

    def fail() -> None:
        with unit(either, "坏"):
            records.insert(either, Person, {"name": "李明"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(undoing.list_units(either)) == before
    assert either.db.one("SELECT count(*) FROM person") == (0,)
    rows.person(either, "张静")
    assert verifying.verify(either).ok


def test_a_write_outside_a_unit_raises(either: Session) -> None:
    with pytest.raises(peewee.OperationalError, match="readonly"):
        Person.insert(id=bytes(16), name="李明").execute(either.workspace.write)
    with pytest.raises(peewee.OperationalError, match="readonly"):
        Person.insert(id=bytes(16), name="李明").execute(either.workspace.read)


def test_a_reader_in_a_unit_sees_the_units_own_rows(either: Session) -> None:
    with unit(either, "新增"):
        records.insert(either, Person, {"name": "李明"})
        assert either.db.one("SELECT count(*) FROM person") == (1,)
        assert either.workspace.read.one("SELECT count(*) FROM person") == (0,)
    assert either.db is either.workspace.read


def test_every_written_row_is_stamped_and_an_edit_stamps_its_group_alone(either: Session) -> None:
    key = rows.person(either, "李明", phone="10000000001")
    tbl = either.workspace.tables["person"]
    assert either.db.one("SELECT path FROM sync_row WHERE tbl = ? AND pk = ?", (tbl, key.hex())) == ("/329901/001",)
    with unit(either, "改电话"):
        records.update(either, Person, key, {"phone": "10000000002"})
    assert either.db.rows("SELECT grp FROM sync_cell WHERE tbl = ? AND pk = ?", (tbl, key.hex())) == [("phone",)]


def test_what_the_sqlite3_shell_wrote_becomes_a_unit_at_the_next_opening(tmp_path: Path) -> None:
    session = places.open_new(tmp_path / "w", encrypted=False)
    workspaces.close(session.workspace)
    sql = "INSERT INTO person (id, name) VALUES (x'0190a1b2c3d47e8f90a1b2c3d4e5f601', '周外'); VACUUM;"
    shell = shutil.which("sqlite3")
    if shell:
        subprocess.run([shell, str(session.workspace.paths.database), sql], check=True)
    else:
        with sqlite3.connect(session.workspace.paths.database, isolation_level=None) as db:
            db.executescript(sql)
        db.close()
    again = places.reopen(tmp_path / "w")
    newest = undoing.list_units(again, limit=1)[0]
    assert (newest.label, newest.kind, newest.account, newest.rows) == (OUTSIDE_LABEL, "outside", None, 1)
    assert_search_is_fresh(again)
    assert verifying.verify(again).problems == ()
    tbl = again.workspace.tables["person"]
    assert again.db.one("SELECT count(*) FROM sync_row WHERE tbl = ?", (tbl,)) == (1,)
    undoing.undo_unit(again, number=newest.number)
    assert again.db.one("SELECT count(*) FROM person WHERE _deleted IS NULL") == (0,)
    workspaces.close(again.workspace)


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(either: Session) -> None:
    db = either.workspace.write
    pages = (db.one("PRAGMA page_count") or (0,))[0]
    db.execute_sql(f"PRAGMA max_page_count = {pages}")
    text = "字" * 500_000
    with pytest.raises(UserError) as refused:
        rows.person(either, "李明", remark=text)
    assert str(refused.value) == "没有保存。磁盘空间不足。请腾出空间，再试一次；原来的数据没有动。"
    db.execute_sql("PRAGMA max_page_count = 1073741823")
    assert either.db.one("SELECT count(*) FROM person") == (0,)
    rows.person(either, "李明", remark=text)
    assert verifying.verify(either).ok


def test_another_programs_lock_on_the_file_is_said_in_a_sentence(
    township: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    township.workspace.write.execute_sql("PRAGMA busy_timeout = 1")
    with sqlite3.connect(township.workspace.paths.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="另一个程序正在写数据文件"):
            rows.person(township, "李明")
        other.execute("ROLLBACK")
    other.close()
    rows.person(township, "李明")
