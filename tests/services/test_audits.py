"""The audit chain: whatever is done to it, `verify` names the first line that does not hold."""

from collections.abc import Callable

import pytest

from desktop.models.database import Connection
from desktop.services import audits, verifying
from desktop.services.sessions import Session
from tests.support import rows

MADE = 6


@pytest.fixture
def chain(either: Session) -> Session:
    for name in rows.NAMES[:MADE]:
        rows.person(either, name)
    return either


def _last(db: Connection) -> int:
    return int((db.one("SELECT max(number) FROM audit") or (0,))[0])


def _mutate(db: Connection, number: int) -> int:
    db.run("UPDATE audit SET detail = '别的' WHERE number = ?", (number,))
    return number


def _delete(db: Connection, number: int) -> int:
    db.run("DELETE FROM audit WHERE number = ?", (number,))
    return number


def _reorder(db: Connection, number: int) -> int:
    other = number - 1 if number == _last(db) else number + 1
    db.run("UPDATE audit SET number = -1 WHERE number = ?", (number,))
    db.run("UPDATE audit SET number = ? WHERE number = ?", (number, other))
    db.run("UPDATE audit SET number = ? WHERE number = -1", (other,))
    return min(number, other)


def _truncate(db: Connection, number: int) -> int:
    db.run("DELETE FROM audit WHERE number >= ?", (number,))
    return number


def _truncate_all_traces(db: Connection, number: int) -> int:
    db.run("DELETE FROM unit WHERE id IN (SELECT unit FROM audit WHERE number >= ?)", (number,))
    return _truncate(db, number)


def _insert(db: Connection, number: int) -> int:
    db.run("UPDATE audit SET number = -1 - number WHERE number >= ?", (number,))
    db.run("UPDATE audit SET number = -number WHERE number < 0")
    db.run(
        "INSERT INTO audit (number, made_at, deed, detail, mac) VALUES (?, '2026-11-23T08:00:00Z', 'user', '添', ?)",
        (number, "00" * 32),
    )
    return number


@pytest.mark.parametrize("attack", [_mutate, _delete, _reorder, _truncate, _truncate_all_traces, _insert])
def test_the_first_bad_line_is_named_for_each_line(chain: Session, attack: Callable[[Connection, int], int]) -> None:
    db = chain.workspace.write
    for number in range(_last(db) + 1):
        db.execute_sql("PRAGMA query_only = OFF")
        db.execute_sql("PRAGMA foreign_keys = OFF")
        db.execute_sql("BEGIN IMMEDIATE")
        first = attack(db, number)
        db.execute_sql("COMMIT")
        found = audits.first_bad(chain.workspace)
        problems = verifying.verify(chain).problems
        db.execute_sql("BEGIN IMMEDIATE")
        _restore(db)
        db.execute_sql("COMMIT")
        assert found == first
        assert f"操作日志从第 {first} 条起对不上" in problems
        assert audits.first_bad(chain.workspace) is None


@pytest.fixture(autouse=True)
def _kept(chain: Session) -> None:
    db = chain.workspace.write
    db.execute_sql("PRAGMA query_only = OFF")
    for table in ("audit", "unit"):
        db.execute_sql(f"CREATE TABLE kept_{table} AS SELECT * FROM {table}")


def _restore(db: Connection) -> None:
    for table in ("audit", "unit"):
        db.run(f"DELETE FROM {table}")
        db.run(f"INSERT INTO {table} SELECT * FROM kept_{table}")


def test_every_unit_has_one_line_with_who_and_what(chain: Session) -> None:
    newest = audits.list_lines(chain, limit=1)[0]
    assert (newest.account, newest.deed, newest.detail) == ("gly", "user", f"新增人员 {rows.NAMES[MADE - 1]}")
    assert [line.number for line in audits.list_lines(chain)] == list(reversed(range(_last(chain.db) + 1)))


def test_a_line_cannot_be_signed_with_another_key(chain: Session) -> None:
    other = chain.workspace.data_key
    chain.workspace.data_key = bytes(32)
    assert audits.first_bad(chain.workspace) == 0
    chain.workspace.data_key = other
    assert audits.first_bad(chain.workspace) is None
