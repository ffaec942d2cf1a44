"""The seam to SQLite: what both drivers must do alike."""

import threading
from pathlib import Path

import peewee
import pytest

from desktop.models.database import Connection, DatabaseError, open_connection
from tests.models.conftest import KEY

ONE = bytes(15) + b"\1"


def _insert(connection: Connection, name: str) -> None:
    connection.run("INSERT INTO place (id, name) VALUES (randomblob(16), ?)", (name,))


def test_two_workspaces_are_open_in_one_process(tmp_path: Path, file: Connection) -> None:
    from desktop.models import migrations
    from desktop.models.place import Place

    other = open_connection(tmp_path / "other.db", None, writer=True)
    migrations.migrate(other, "2026-11-23T08:00:00Z")
    with file.writable(), other.writable():
        Place.insert(id=ONE, name="甲").execute(file)
        Place.insert(id=ONE, name="乙").execute(other)
    assert [row.name for row in Place.select().execute(file)] == ["甲"]
    assert [row.name for row in Place.select().execute(other)] == ["乙"]
    other.close()


def test_an_error_in_a_transaction_leaves_nothing_and_the_connection_read_only(file: Connection) -> None:
    def fail() -> None:
        with file.writable():
            _insert(file, "甲")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert file.one("SELECT count(*) FROM place") == (0,)
    with pytest.raises(peewee.OperationalError):
        _insert(file, "乙")


def test_a_reader_sees_only_what_was_committed(file: Connection, tmp_path: Path) -> None:
    reader = open_connection(tmp_path / "w.db", KEY if file.encrypted else None, writer=False)
    with file.writable():
        _insert(file, "甲")
        assert reader.one("SELECT count(*) FROM place") == (0,)
    assert reader.one("SELECT count(*) FROM place") == (1,)
    with pytest.raises(peewee.OperationalError):
        _insert(reader, "乙")
    reader.close()


def test_a_connection_may_move_to_another_thread(file: Connection) -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(file.one("SELECT 1")))
    thread.start()
    thread.join()
    assert found == [(1,)]


def test_durability_and_checks_are_set_on_every_connection(file: Connection) -> None:
    wanted = {"synchronous": 2, "foreign_keys": 1, "temp_store": 2, "cell_size_check": 1, "query_only": 1}
    assert {name: (file.one(f"PRAGMA {name}") or (None,))[0] for name in wanted} == wanted
    assert file.one("PRAGMA journal_mode") == ("wal",)


def test_a_copy_is_whole_and_under_the_same_key(file: Connection, tmp_path: Path) -> None:
    with file.writable():
        _insert(file, "甲")
    source = open_connection(tmp_path / "w.db", KEY if file.encrypted else None, writer=False)
    source.backup_into(tmp_path / "copy.db")
    source.close()
    copy = open_connection(tmp_path / "copy.db", KEY if file.encrypted else None, writer=False)
    assert copy.rows("SELECT name FROM place") == [("甲",)]
    copy.close()
    plain = (tmp_path / "copy.db").read_bytes().startswith(b"SQLite format 3\0")
    assert plain is not file.encrypted


def test_a_wrong_key_is_a_database_error(tmp_path: Path) -> None:
    open_connection(tmp_path / "w.db", KEY, writer=True).close()
    connection = open_connection(tmp_path / "k.db", KEY, writer=True)
    with connection.writable():
        connection.run("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(DatabaseError):
        open_connection(tmp_path / "k.db", bytes(32), writer=False)


def test_an_encrypted_file_shows_no_text(tmp_path: Path, file: Connection) -> None:
    with file.writable():
        _insert(file, "金丝雀乡")
    file.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = (tmp_path / "w.db").read_bytes()
    assert ("金丝雀乡".encode() in raw) is not file.encrypted
