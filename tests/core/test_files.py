"""No file of the user is ever changed in place: whatever fails, the old file or the new one stands whole."""

import errno
from pathlib import Path

import pytest

from desktop.core import files
from desktop.core.errors import UserError
from tests.support.faults import fault


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_fault_at_any_call_leaves_the_old_file_or_the_new_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path, refused = tmp_path / "名册.json", 0
    for at in range(1, 100):
        path.write_bytes(b"old")
        try:
            with fault(monkeypatch, at, number) as faulty:
                files.write_whole(path, b"new" * 1000)
        except UserError as error:
            refused += error.code == "cannot-write"
            assert path.read_bytes() == b"old"
        else:
            assert path.read_bytes() == b"new" * 1000
        assert [entry.name for entry in tmp_path.iterdir()] == ["名册.json"]
        if faulty.calls < at:
            break
    assert refused >= 4


def test_a_full_disk_is_said_in_three_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fault(monkeypatch, 2), pytest.raises(UserError) as refused:
        files.write_whole(tmp_path / "a.json", b"x")
    assert str(refused.value) == (
        "没有写成文件 a.json。磁盘空间不足。请换一个位置或腾出空间，再试一次；原来的文件没有动。"
    )


@pytest.mark.parametrize("name", ["党 员%#?&.json", "长" * 80 + ".json", "a" * 250 + ".json"])
def test_odd_and_long_names_are_written(tmp_path: Path, name: str) -> None:
    files.write_whole(tmp_path / name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件夹不存在"):
        files.write_whole(tmp_path / "none" / "a", b"x")


def test_what_reads_back_otherwise_is_not_published(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(b"other")
    with pytest.raises(OSError, match="re-read differs"):
        files.publish(part, tmp_path / "final", files.sha256_of(Path(__file__)))
    assert not (tmp_path / "final").exists()


def test_only_own_leftovers_are_swept(tmp_path: Path) -> None:
    (tmp_path / ".keys.json.123.part").write_bytes(b"x")
    (tmp_path / "keys.json").write_bytes(b"x")
    (tmp_path / "x.part").write_bytes(b"x")
    files.sweep_parts(tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["keys.json", "x.part"]
