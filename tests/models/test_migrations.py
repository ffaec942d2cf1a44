"""The steps of the schema, on both drivers."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.models import migrations, schema, triggers
from desktop.models.database import Connection, open_connection
from desktop.models.migrations import m0001_first, m0002_records
from tests.models.conftest import AT, KEY

FIXTURES = Path(__file__).parents[1] / "fixtures" / "databases"


def test_the_steps_together_make_what_the_models_describe() -> None:
    made = [*m0001_first.STATEMENTS, *m0002_records.STATEMENTS]
    assert sorted(made) == sorted(schema.statements())


def test_each_step_is_recorded(file: Connection) -> None:
    assert file.rows("SELECT number, name, applied_at FROM migration") == [
        (step.number, step.name, AT) for step in migrations.STEPS
    ]


def test_a_second_run_takes_no_step(file: Connection) -> None:
    assert migrations.migrate(file, AT) == []


def test_triggers_that_were_changed_are_put_right_at_the_next_start(file: Connection) -> None:
    with file.writable():
        file.run("DROP TRIGGER person_kept")
    migrations.migrate(file, AT)
    assert triggers.are_right(file)


def _add_column(connection: Connection) -> None:
    connection.run("ALTER TABLE place ADD COLUMN colour TEXT")


def _fail_after_writing(connection: Connection) -> None:
    connection.run("ALTER TABLE place ADD COLUMN colour TEXT")
    raise ZeroDivisionError


def test_a_step_that_fails_leaves_no_trace_and_no_record(file: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    step = migrations.Step(migrations.LATEST + 1, "next", _fail_after_writing)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
    with pytest.raises(ZeroDivisionError):
        migrations.migrate(file, AT)
    assert migrations.version(file) == migrations.LATEST
    assert "colour" not in [row[1] for row in file.rows("PRAGMA table_info(place)")]
    assert triggers.are_right(file)


def test_two_steps_in_a_row_end_with_the_newest_triggers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, migrations.Step(3, "next", _add_column)))
    for key in (KEY, None):
        connection = open_connection(tmp_path / f"{key is None}.db", key, writer=True)
        assert migrations.migrate(connection, AT) == [1, 2, 3]
        assert migrations.version(connection) == 3
        assert triggers.are_right(connection)
        connection.close()


@pytest.mark.parametrize("number", range(1, migrations.LATEST + 1))
def test_a_township_of_every_schema_is_kept_and_migrates(number: int, tmp_path: Path) -> None:
    shutil.copy(FIXTURES / f"township-{number}.db", tmp_path / "w.db")
    connection = open_connection(tmp_path / "w.db", None, writer=True)
    assert migrations.version(connection) == number
    migrations.migrate(connection, AT)
    assert migrations.version(connection) == migrations.LATEST
    assert triggers.are_right(connection)
    assert connection.rows("PRAGMA integrity_check") == [("ok",)]
    assert connection.one("SELECT name FROM branch") == ("青禾街道",)
    connection.close()


def test_the_kept_file_is_what_any_sqlite_reads() -> None:
    with sqlite3.connect(f"file:{FIXTURES / 'township-1.db'}?mode=ro&immutable=1", uri=True) as source:
        assert source.execute("SELECT kind, path FROM sync_self").fetchall() == [("township", "/329901/001")]
    source.close()
