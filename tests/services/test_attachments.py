"""Attachments: kept once by content, refused where they are not what they say, read back whole, told when damaged."""

from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.services import attachments, blobs, undoing, workspaces
from desktop.services.sessions import Role, Session
from tests.services.ledgers.samples import target
from tests.support import places

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 20
PDF = b"%PDF-1.7\n" + b"paper" * 20


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "入党志愿书 扫描件.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def person(either: Session) -> bytes:
    return target(either, "person")


def test_a_file_is_attached_listed_and_read_back(either: Session, person: bytes, scan: Path) -> None:
    attachments.add(either, kind="person", key=person, files=(scan,))
    (row,) = attachments.list_attachments(either, kind="person", key=person)
    assert (row.name, row.type_word, row.size) == ("入党志愿书 扫描件.pdf", "PDF", len(PDF))
    assert row.shown
    assert row.here
    assert attachments.content(either, attachment=row.id) == PDF


def test_an_encrypted_workspace_keeps_no_plain_file(either: Session, person: bytes, scan: Path) -> None:
    attachments.add(either, kind="person", key=person, files=(scan,))
    kept = [path for path in either.workspace.paths.attachments.rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert (PDF in kept[0].read_bytes()) is not either.workspace.encrypted


def test_one_content_is_kept_once(either: Session, person: bytes, scan: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    again.write_bytes(PDF)
    attachments.add(either, kind="person", key=person, files=(scan, again))
    assert len(attachments.list_attachments(either, kind="person", key=person)) == 2
    assert sum(path.is_file() for path in either.workspace.paths.attachments.rglob("*")) == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.exe", b"MZ", "这种文件不能作附件。"),
        ("a.pdf", b"", "这个文件是空的。"),
        ("a.pdf", PNG, "名字是PDF，内容却是PNG 图片。"),
        ("a.jpg", b"hello", "名字是JPEG 图片，内容不是。"),
        ("a", PDF, "这种文件不能作附件。"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    township: Session, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    person = target(township, "person")
    file, good = tmp_path / name, tmp_path / "good.pdf"
    file.write_bytes(content)
    good.write_bytes(PDF)
    with pytest.raises(UserError) as refused:
        attachments.add(township, kind="person", key=person, files=(good, file))
    assert (refused.value.what, refused.value.why) == (f"没有加上附件 {name}。", why)
    assert attachments.list_attachments(township, kind="person", key=person) == ()


def test_a_missing_file_is_refused(township: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        attachments.add(township, kind="person", key=target(township, "person"), files=(tmp_path / "无.pdf",))
    assert refused.value.code == "cannot-read"


def test_an_attachment_undone_is_gone_and_one_binned_comes_back(either: Session, person: bytes, scan: Path) -> None:
    attachments.add(either, kind="person", key=person, files=(scan,))
    (row,) = attachments.list_attachments(either, kind="person", key=person)
    attachments.remove(either, attachment=row.id, reason="录错")
    assert attachments.list_attachments(either, kind="person", key=person) == ()
    undoing.undo_last(either)
    assert attachments.content(either, attachment=row.id) == PDF
    undoing.undo_last(either)
    assert attachments.list_attachments(either, kind="person", key=person) == ()


def test_a_damaged_file_is_told_and_not_shown(either: Session, person: bytes, scan: Path) -> None:
    attachments.add(either, kind="person", key=person, files=(scan,))
    (row,) = attachments.list_attachments(either, kind="person", key=person)
    assert blobs.damaged(either.workspace) == ()
    (kept,) = [path for path in either.workspace.paths.attachments.rglob("*") if path.is_file()]
    content = bytearray(kept.read_bytes())
    content[-1] ^= 1
    kept.write_bytes(bytes(content))
    assert blobs.damaged(either.workspace) == ("入党志愿书 扫描件.pdf",)
    with pytest.raises(UserError) as refused:
        attachments.content(either, attachment=row.id)
    assert refused.value.code == "no-blob"
    kept.unlink()
    (gone,) = attachments.list_attachments(either, kind="person", key=person)
    assert not gone.here


def test_an_attachment_is_written_out_with_a_line_in_the_audit(
    township: Session, scan: Path, tmp_path: Path
) -> None:
    person = target(township, "person")
    attachments.add(township, kind="person", key=person, files=(scan,))
    (row,) = attachments.list_attachments(township, kind="person", key=person)
    attachments.save_as(township, attachment=row.id, out=tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    deeds = township.db.rows("SELECT deed, detail FROM audit ORDER BY number DESC LIMIT 1")
    assert deeds == [("save-attachment", f"attachment:{row.id.hex()} of person:{person.hex()}")]


def test_a_full_disk_leaves_nothing_under_a_hash(
    township: Session, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> tuple[str, int]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(blobs, "_copy", fail)
    with pytest.raises(UserError) as refused:
        attachments.add(township, kind="person", key=target(township, "person"), files=(scan,))
    assert refused.value.code == "cannot-write"
    assert not any(path.is_file() for path in township.workspace.paths.attachments.rglob("*"))


def test_a_secretary_sees_the_attachments_of_the_own_branch_alone(tmp_path: Path, scan: Path) -> None:
    from desktop.security.slots import Cost
    from desktop.services import accounts

    session = places.open_new(tmp_path / "s", encrypted=False)
    branch, person = target(session, "branch"), target(session, "person")
    attachments.add(session, kind="person", key=person, files=(scan,))
    accounts.add_account(session, name="sj", title="书记", role=Role.SECRETARY, password=places.PASSWORD, branch=branch,
                         cost=Cost())  # fmt: skip
    workspaces.close(session.workspace)
    theirs = places.reopen(tmp_path / "s", account="sj")
    with pytest.raises(UserError) as refused:
        attachments.list_attachments(theirs, kind="person", key=person)
    assert refused.value.code == "out-of-scope"
    workspaces.close(theirs.workspace)
