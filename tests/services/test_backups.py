"""Backups and the way back, on both drivers."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.core.clock import FixedClock
from desktop.core.errors import UserError
from desktop.models.database import open_connection
from desktop.security.slots import Cost
from desktop.services import audits, backups, undoing, verifying, workspaces
from desktop.services.sessions import Session
from tests.support import places, rows
from tests.support.equality import state
from tests.support.faults import fault

DAMAGED = "没有恢复。备份文件被改动过，或不完整。请另选一个备份文件。"
WRONG = "没有恢复。账号或密码不对。请用备份那天的密码或恢复单。"
NOT_ONE = "没有恢复。“{}”不是本程序的备份，或已损坏。请另选一个备份文件。"
CLOCK = FixedClock(datetime(2026, 11, 23, 12, tzinfo=UTC))


@pytest.fixture
def made(either: Session, tmp_path: Path) -> backups.BackupFile:
    for name in rows.NAMES:
        rows.person(either, name)
    return backups.backup(either, out=tmp_path / "U 盘")


def restore(file: Path, into: Path, **changed: object) -> backups.BackupHead:
    values: dict[str, object] = {"account": "gly", "password": places.PASSWORD, "clock": CLOCK, **changed}
    return backups.restore(file, into=into, **values)  # type: ignore[arg-type]  # as the test names them


def refusal(file: Path, into: Path, **changed: object) -> str:
    with pytest.raises(UserError) as refused:
        restore(file, into, **changed)
    return str(refused.value)


def test_what_was_backed_up_comes_back_equal_under_a_new_epoch(
    either: Session, made: backups.BackupFile, tmp_path: Path
) -> None:
    before, audit = state(either), audits.head(either.db)
    rows.person(either, "后来的人")
    restore(made.file, tmp_path / "again")
    again = places.reopen(tmp_path / "again")
    assert state(again) == before
    assert again.workspace.encrypted == either.workspace.encrypted
    old, new = either.workspace.identity, again.workspace.identity
    assert (new.site, new.db_uuid, new.path) == (old.site, old.db_uuid, old.path)
    assert new.epoch != old.epoch
    assert verifying.verify(again).problems == ()
    assert audit is not None
    newest = audits.list_lines(again, limit=1)[0]
    assert (newest.number, newest.deed) == (audit[0], "restore")
    undoing.undo_last(again)
    rows.person(again, "再来的人")
    assert verifying.verify(again).ok
    workspaces.close(again.workspace)


def test_stamps_of_before_point_to_the_epoch_of_before(made: backups.BackupFile, tmp_path: Path) -> None:
    restore(made.file, tmp_path / "again")
    again = places.reopen(tmp_path / "again")
    assert again.db.one("SELECT count(*) FROM sync_row WHERE org = 0") == (0,)
    assert again.db.one("SELECT epoch FROM sync_origin WHERE org = 0") == (again.workspace.identity.epoch,)
    workspaces.close(again.workspace)


def test_the_file_is_named_by_place_and_time_and_says_its_hash(
    either: Session, made: backups.BackupFile, tmp_path: Path
) -> None:
    from desktop.core.files import sha256_of

    assert made.file.name.startswith("329901001_")
    assert made.file.suffix == ".dbak"
    assert made.sha256 == sha256_of(made.file)
    assert [path.name for path in made.file.parent.iterdir()] == [made.file.name]
    assert list(either.workspace.paths.folder.glob(".*.part")) == []
    head = backups.read_head(made.file)
    assert (head.kind, head.name, head.path) == ("township", "青禾街道", "/329901/001")
    assert backups.backup(either, out=made.file.parent).file != made.file


def test_a_backup_of_an_encrypted_workspace_shows_no_name(either: Session, made: backups.BackupFile) -> None:
    raw = made.file.read_bytes()
    assert ("单田芳".encode() in raw) is not either.workspace.encrypted


def test_any_damage_is_refused_and_leaves_nothing(made: backups.BackupFile, tmp_path: Path) -> None:
    whole, bad = made.file.read_bytes(), tmp_path / "bad.dbak"
    for at in range(0, len(whole), len(whole) // 14):
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert refusal(bad, tmp_path / "again") in {DAMAGED, NOT_ONE.format("bad.dbak"), WRONG}
        assert not (tmp_path / "again").exists()
    for cut in (0, 20, 2000, len(whole) - 1):
        bad.write_bytes(whole[:cut])
        assert refusal(bad, tmp_path / "again") in {DAMAGED, NOT_ONE.format("bad.dbak")}
    bad.write_bytes(whole + b"x")
    assert refusal(bad, tmp_path / "again") == DAMAGED


def test_a_foreign_plain_file_is_not_taken_for_a_backup(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "foreign.db") as db:
        db.execute("CREATE TABLE person (id BLOB, name TEXT)")
    db.close()
    assert refusal(tmp_path / "foreign.db", tmp_path / "again") == NOT_ONE.format("foreign.db")
    assert refusal(tmp_path / "none.dbak", tmp_path / "again") == NOT_ONE.format("none.dbak")


def test_a_wrong_password_restores_nothing(made: backups.BackupFile, tmp_path: Path) -> None:
    assert refusal(made.file, tmp_path / "again", password="wrong-one") == WRONG
    assert not (tmp_path / "again").exists()


def test_a_folder_that_is_not_empty_is_left_alone(made: backups.BackupFile, tmp_path: Path) -> None:
    assert refusal(made.file, made.file.parent) == "没有恢复。“U 盘”不是空文件夹。请另选一个空文件夹。"
    assert made.file.exists()


def test_a_backup_of_a_newer_program_is_refused(
    made: backups.BackupFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.models.migrations.LATEST", 0)
    assert refusal(made.file, tmp_path / "again") == "没有恢复。备份由更新的程序写成。请先更新本程序。"


def test_a_full_disk_at_any_call_leaves_no_half_of_a_backup(
    township: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.person(township, "李明")
    out, refused = tmp_path / "out", 0
    for at in range(1, 100):
        try:
            with fault(monkeypatch, at) as faulty:
                backups.backup(township, out=out)
        except UserError as error:
            refused += error.code == "cannot-write"
            assert not out.exists() or list(out.iterdir()) == []
            assert list(township.workspace.paths.folder.glob(".*.part")) == []
            continue
        for path in out.iterdir():
            path.unlink()
        if faulty.calls < at:
            break
    assert refused >= 4
    assert verifying.verify(township).ok


def test_a_full_disk_while_restoring_leaves_nothing(
    made: backups.BackupFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = 0
    for at in range(1, 60):
        into = tmp_path / f"again-{at}"
        try:
            with fault(monkeypatch, at) as faulty:
                restore(made.file, into)
        except UserError:
            refused += 1
            assert not into.exists()
            continue
        if faulty.calls < at:
            break
    assert refused >= 3


def test_the_copy_lies_under_the_same_key(either: Session, made: backups.BackupFile, tmp_path: Path) -> None:
    restore(made.file, tmp_path / "again")
    key = either.workspace.data_key if either.workspace.encrypted else None
    connection = open_connection(tmp_path / "again" / "workspace.db", key, writer=False)
    assert connection.rows("PRAGMA integrity_check") == [("ok",)]
    connection.close()


def test_a_file_in_the_place_of_the_folder_is_said(either: Session, tmp_path: Path) -> None:
    (tmp_path / "U 盘").write_text("")
    with pytest.raises(UserError) as refused:
        backups.backup(either, out=tmp_path / "U 盘")
    assert str(refused.value) == "没有写成备份。“U 盘”是文件，不是文件夹。请另选一个文件夹。"
    with pytest.raises(UserError) as refused:
        backups.backup(either, out=tmp_path / "U 盘" / "十一月")
    assert str(refused.value) == "没有写成备份。给出的位置不是文件夹。请换一个位置或腾出空间，再试一次。"


def test_data_and_backups_are_for_their_owner_alone(
    either: Session, made: backups.BackupFile, tmp_path: Path
) -> None:
    restore(made.file, tmp_path / "again")
    found = [made.file, tmp_path / "again" / "workspace.db"]
    created = workspaces.create(
        tmp_path / "new", kind="county", org_code="329901", org_name="测试", password=places.PASSWORD, clock=CLOCK,
        encrypted=either.workspace.encrypted, cost=Cost(),
    )  # fmt: skip
    found += [tmp_path / "new" / name for name in ("workspace.db", "workspace.db-wal", "keys.json")]
    modes = {path.name: path.stat().st_mode & 0o077 for path in found}
    workspaces.close(created.session.workspace)
    assert os.name != "posix" or set(modes.values()) == {0}, modes
