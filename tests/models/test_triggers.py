"""The change log's triggers on both drivers."""

import json

import peewee
import pytest

from desktop.models import triggers
from desktop.models.database import Connection
from desktop.models.registry import PART_SPECS, SPECS

ONE, TWO = bytes(15) + b"\1", bytes(15) + b"\2"


@pytest.fixture
def place(file: Connection) -> bytes:
    with file.writable():
        file.run("INSERT INTO place (id, name) VALUES (?, '柳溪社区')", (ONE,))
    return ONE


def changes(file: Connection) -> list[tuple[object, ...]]:
    return file.rows('SELECT unit, tbl, pk, op, "columns" FROM "change" ORDER BY id')


def test_a_fresh_file_has_exactly_the_generators_triggers(file: Connection) -> None:
    assert triggers.are_right(file)
    assert dict(file.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")) == triggers.wanted()


def test_a_dropped_or_changed_trigger_is_noticed(file: Connection) -> None:
    with file.writable():
        file.run("DROP TRIGGER place_up")
    assert not triggers.are_right(file)
    with file.writable():
        triggers.install(file)
    assert triggers.are_right(file)


def test_every_record_and_part_table_has_its_triggers() -> None:
    names = set(triggers.wanted())
    assert {f"{table}_{what}" for table in SPECS for what in ("in", "up", "key", "kept")} <= names
    assert {f"{table}_{what}" for table in PART_SPECS for what in ("in", "up", "key", "out")} <= names


def test_a_record_is_never_deleted_physically(file: Connection, place: bytes) -> None:
    with pytest.raises(peewee.IntegrityError, match="records are never deleted"), file.writable():
        file.run("DELETE FROM place WHERE id = ?", (place,))
    assert file.one("SELECT count(*) FROM place") == (1,)


@pytest.mark.parametrize("table", sorted(SPECS))
def test_no_record_table_lets_its_rows_go(file: Connection, table: str) -> None:
    assert f"BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT" in triggers.wanted()[f"{table}_kept"]
    assert f"BEFORE UPDATE ON {table} WHEN" in triggers.wanted()[f"{table}_key"]


def test_a_key_is_never_changed(file: Connection, place: bytes) -> None:
    with pytest.raises(peewee.IntegrityError, match="keys are never changed"), file.writable():
        file.run("UPDATE place SET id = ? WHERE id = ?", (TWO, place))


def test_an_insert_is_logged_with_its_key(file: Connection, place: bytes) -> None:
    assert changes(file) == [(None, "place", place.hex(), "I", None)]


def test_an_update_is_logged_with_its_columns_and_the_old_row(file: Connection, place: bytes) -> None:
    with file.writable():
        file.run("UPDATE place SET name = '望湖社区', sort = 2 WHERE id = ?", (place,))
    assert changes(file)[-1] == (None, "place", place.hex(), "U", "name sort")
    row = file.one('SELECT image FROM "change" ORDER BY id DESC LIMIT 1')
    assert row is not None
    image = json.loads(row[0])
    assert (image["id"], image["name"], image["sort"]) == (place.hex(), "柳溪社区", None)


def test_an_update_that_changes_nothing_is_not_logged(file: Connection, place: bytes) -> None:
    with file.writable():
        file.run("UPDATE place SET name = '柳溪社区'")
    assert len(changes(file)) == 1


def test_part_rows_may_go_and_are_logged_whole(file: Connection) -> None:
    with file.writable():
        file.run("INSERT INTO meeting (id, record_class, state) VALUES (?, 'full', 'draft')", (ONE,))
        file.run("INSERT INTO agenda (meeting_id, number, title) VALUES (?, 1, '学习')", (ONE,))
        file.run("DELETE FROM agenda")
    assert changes(file)[-1] == (None, "agenda", f"{ONE.hex()}\x1f1", "D", None)
    row = file.one('SELECT image FROM "change" ORDER BY id DESC LIMIT 1')
    assert row is not None
    assert json.loads(row[0])["title"] == "学习"


def test_the_open_unit_is_written_beside_each_change(file: Connection) -> None:
    with file.writable():
        file.run("INSERT INTO unit_open (unit) VALUES (7)")
        file.run("INSERT INTO place (id, name) VALUES (?, '柳溪社区')", (ONE,))
        file.run("DELETE FROM unit_open")
    assert changes(file)[0][0] == 7


def test_a_write_outside_a_unit_raises(file: Connection) -> None:
    with pytest.raises(peewee.OperationalError, match="readonly"):
        file.run("INSERT INTO place (id, name) VALUES (?, '柳溪社区')", (ONE,))


def test_a_reference_to_nothing_fails_at_the_end_and_leaves_nothing(file: Connection) -> None:
    with pytest.raises(peewee.IntegrityError), file.writable():
        file.run("INSERT INTO membership (id, person_id, standing) VALUES (?, ?, '50')", (ONE, TWO))
    assert changes(file) == []
    with pytest.raises(peewee.OperationalError, match="readonly"):
        file.run("DELETE FROM unit")
