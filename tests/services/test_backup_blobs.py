"""Attachments and backups: copied once per place, brought back with the workspace, told where one is missing."""

import shutil
from pathlib import Path

import pytest

from desktop.core.clock import SystemClock
from desktop.services import attachments, backups, verifying, workspaces
from desktop.services.sessions import Session
from tests.services.ledgers.samples import target
from tests.support import places

PDF = b"%PDF-1.7\n" + b"paper" * 20


@pytest.fixture
def person(either: Session, tmp_path: Path) -> bytes:
    key, scan = target(either, "person"), tmp_path / "scan.pdf"
    scan.write_bytes(PDF)
    attachments.add(either, kind="person", key=key, files=(scan,))
    return key


def _restored(made: Path, into: Path) -> Session:
    clock = SystemClock(places.DAY)
    backups.restore(made, into=into, account="gly", password=places.PASSWORD, clock=clock)
    return places.reopen(into)


def _contents(session: Session, person: bytes) -> list[bytes]:
    rows = attachments.list_attachments(session, kind="person", key=person)
    found = [attachments.content(session, attachment=row.id) for row in rows if row.here]
    workspaces.close(session.workspace)
    return found


def test_a_restored_workspace_has_its_attachments(either: Session, person: bytes, tmp_path: Path) -> None:
    made = backups.backup(either, out=tmp_path / "stick").file
    assert _contents(_restored(made, tmp_path / "again"), person) == [PDF]


def test_two_backups_in_one_place_keep_one_copy(either: Session, person: bytes, tmp_path: Path) -> None:
    for _ in range(2):
        backups.backup(either, out=tmp_path / "stick")
    assert person
    assert sum(path.is_file() for path in (tmp_path / "stick" / "attachments").rglob("*")) == 1


def test_a_backup_in_the_own_folder_finds_them_beside_the_workspace(
    either: Session, person: bytes, tmp_path: Path
) -> None:
    made = backups.backup(either, out=either.workspace.paths.backups).file
    assert not (either.workspace.paths.backups / "attachments").exists()
    assert _contents(_restored(made, tmp_path / "again"), person) == [PDF]


def test_a_restore_without_the_files_still_has_the_rows(either: Session, person: bytes, tmp_path: Path) -> None:
    made = backups.backup(either, out=tmp_path / "stick").file
    shutil.rmtree(tmp_path / "stick" / "attachments")
    session = _restored(made, tmp_path / "again")
    assert [row.here for row in attachments.list_attachments(session, kind="person", key=person)] == [False]
    assert _contents(session, person) == []


def test_verify_names_a_damaged_attachment(either: Session, person: bytes) -> None:
    assert person
    assert verifying.verify(either).ok
    (kept,) = [path for path in either.workspace.paths.attachments.rglob("*") if path.is_file()]
    kept.write_bytes(kept.read_bytes()[:-1])
    assert verifying.verify(either).problems == ("附件“scan.pdf”的文件已损坏",)
