"""`verify` finds what has become of the file, on both drivers (security.md, finding 1)."""

from pathlib import Path
from random import Random

import pytest

from desktop.core.errors import UserError
from desktop.models import triggers
from desktop.services import backups, verifying, workspaces
from desktop.services.sessions import Session
from tests.support import places, rows


@pytest.fixture
def backed(either: Session, tmp_path: Path) -> Session:
    for name in rows.NAMES * 10:
        rows.person(either, name, remark="登记表上的备注" * 5)
    backups.backup(either, out=tmp_path / "out")
    return either


def test_a_sound_workspace_has_no_problem(backed: Session) -> None:
    assert verifying.verify(backed) == verifying.Verdict(ok=True, problems=())
    rows.person(backed, "后来的人")
    assert verifying.verify(backed).ok


def _found(folder: Path) -> bool:
    try:
        session = places.reopen(folder)
    except UserError as error:
        return error.code == "damaged"
    found = not verifying.verify(session).ok
    workspaces.close(session.workspace)
    return found


def test_flipped_bits_in_the_pages_of_an_encrypted_file_are_all_found(tmp_path: Path) -> None:
    session = places.open_new(tmp_path / "w")
    for name in rows.NAMES:
        rows.person(session, name)
    workspaces.close(session.workspace)
    path, random = session.workspace.paths.database, Random(1)
    whole = path.read_bytes()
    for _ in range(10):
        at = random.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << random.randrange(8))]) + whole[at + 1 :])
        assert _found(tmp_path / "w"), at
    path.write_bytes(whole)
    assert not _found(tmp_path / "w")


def test_flipped_letters_of_a_plain_file_are_found_by_their_hash(tmp_path: Path) -> None:
    session = places.open_new(tmp_path / "w", encrypted=False)
    for name in rows.NAMES:
        rows.person(session, name, remark="登记表上的备注")
    backups.backup(session, out=tmp_path / "out")
    workspaces.close(session.workspace)
    path = session.workspace.paths.database
    whole, places_of, start = path.read_bytes(), [], 0
    while (at := whole.find("登记表".encode(), start)) >= 0:
        places_of.append(at)
        start = at + 1
    assert len(places_of) >= len(rows.NAMES)
    for at in places_of:
        path.write_bytes(whole[: at + 2] + bytes([whole[at + 2] ^ 1]) + whole[at + 3 :])
        assert _found(tmp_path / "w"), at


def test_a_table_whose_rows_changed_without_a_line_in_the_log_is_named(backed: Session) -> None:
    db = backed.workspace.write
    db.execute_sql("PRAGMA query_only = OFF")
    db.run("DROP TRIGGER person_up")
    db.run("UPDATE person SET remark = '别的' WHERE name = '李明'")
    problems = verifying.verify(backed).problems
    assert "改动记录的触发器与程序不符" in problems
    assert any(line.startswith("表 person 的内容与 ") and line.endswith("没有改动记录") for line in problems)


def test_a_changed_line_of_the_log_is_noticed(backed: Session) -> None:
    db = backed.workspace.write
    db.execute_sql("PRAGMA query_only = OFF")
    db.run("UPDATE \"change\" SET pk = 'x' WHERE id = 3")
    assert any(line.startswith("改动记录与 ") for line in verifying.verify(backed).problems)


def test_a_reference_to_nothing_is_named(either: Session) -> None:
    db = either.workspace.write
    who = rows.person(either, "李明")
    rows.membership(either, who, rows.branch(either, "第一党支部", "B901"))
    db.execute_sql("PRAGMA query_only = OFF")
    db.execute_sql("PRAGMA foreign_keys = OFF")
    db.run("UPDATE membership SET branch_id = x'00'")
    assert "表 membership 有一行指向不存在的 branch" in verifying.verify(either).problems


def test_what_rotted_between_two_backups_does_not_become_the_truth(backed: Session, tmp_path: Path) -> None:
    db = backed.workspace.write
    db.execute_sql("PRAGMA query_only = OFF")
    db.run("DROP TRIGGER person_up")
    db.run("UPDATE person SET remark = '别的' WHERE name = '李明'")
    with db.writable():
        triggers.install(db)
    rows.branch(backed, "第一党支部", "B901")
    backups.backup(backed, out=tmp_path / "out")
    (problem,) = verifying.verify(backed).problems
    assert problem.startswith("表 person 的内容与 ")
    assert problem.endswith(" 备份时不符，但没有改动记录")


def test_the_log_is_compared_in_the_pieces_of_each_backup(backed: Session, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        rows.person(backed, name)
        backups.backup(backed, out=tmp_path / "out")
    assert verifying.verify(backed).ok
    db = backed.workspace.write
    newest = db.one('SELECT max(id) FROM "change"')
    assert newest is not None
    db.execute_sql("PRAGMA query_only = OFF")
    for at in (3, newest[0] - 1, newest[0]):
        db.run('UPDATE "change" SET pk = upper(pk) || ? WHERE id = ?', ("x", at))
        assert any(line.startswith("改动记录与 ") for line in verifying.verify(backed).problems)
        db.run('UPDATE "change" SET pk = lower(substr(pk, 1, length(pk) - 1)) WHERE id = ?', (at,))
        assert verifying.verify(backed).ok
