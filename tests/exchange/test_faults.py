"""The disk fails at any moment of an export or an apply: what, why, what to do, and nothing half done."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.progress import CancelledError, Progress
from desktop.services.exchange import exporting, importing
from tests.exchange.exchange_world import COUNTY, Pair, add, open_pair, rows
from tests.support.faults import fault


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = open_pair(tmp_path / "pair")
    add(made.township, "person", name="陆建国")
    yield made
    made.close()


def on_the_stick(pair: Pair) -> list[str]:
    return sorted(path.name for path in pair.stick.iterdir() if path.suffix not in (".dkey", ".dcert"))


def refused(pair: Pair) -> tuple[str, str, str] | None:
    """Export, and give what was said where it was refused."""
    try:
        pair.up()
    except UserError as error:
        return error.what[:4], error.why, error.code
    return None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS], ids=["full", "read-only"])
def test_an_export_that_any_call_to_the_disk_stops_leaves_no_package(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    words = {errno.ENOSPC: "磁盘空间不足。", errno.EROFS: "这个盘只能读，不能写。"}[number]
    at = 0
    while True:
        at += 1
        before = on_the_stick(pair)
        with fault(monkeypatch, at, number) as struck:
            said = refused(pair)
        if struck.calls < at:
            break
        if said:
            assert said == ("没有写成", words, "cannot-write")
            assert on_the_stick(pair) == before
    assert at > 5
    assert importing.apply(pair.county, file=pair.up().files[0]).new > 0
    chain = pair.township.db.rows("SELECT number FROM sync_chain ORDER BY number")
    assert [row[0] for row in chain] == list(range(1, len(chain) + 1))


def test_a_number_is_never_given_twice_even_where_the_file_did_not_get_its_name(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("desktop.core.files._replace", _refuse)
        assert refused(pair) == ("没有写成", "磁盘读写出错。", "cannot-write")
    assert pair.up().number == 2


def _refuse(*_: object) -> None:
    raise OSError(errno.EIO, "I/O error")


@pytest.mark.parametrize("text", ["收集记录", "加密写出"])
def test_an_export_that_is_cancelled_leaves_no_file_and_no_number(pair: Pair, text: str) -> None:
    progress = Progress()
    progress.report = lambda _done, _total, said: progress.cancel() if said == text else None
    with pytest.raises(CancelledError):
        exporting.export(pair.township, to=COUNTY, out=pair.stick, progress=progress)
    assert on_the_stick(pair) == []
    assert list(pair.township.workspace.paths.packages.iterdir()) == []
    assert pair.up().number == 1


def test_a_database_that_may_not_grow_refuses_the_package_whole(pair: Pair) -> None:
    for at in range(300):
        add(pair.township, "person", name=f"王伟{at}", remark="备注" * 200)
    file = pair.up().files[0]
    before, db = rows(pair.county), pair.county.workspace.write
    (pages,) = db.one("PRAGMA page_count") or (0,)
    db.execute_sql(f"PRAGMA max_page_count = {pages + 5}").fetchall()
    with pytest.raises(UserError) as caught:
        importing.apply(pair.county, file=file)
    assert (caught.value.why, caught.value.code) == ("磁盘空间不足。", "cannot-write")
    assert rows(pair.county) == before
    assert pair.county.db.one("SELECT count(*) FROM sync_import") == (0,)
    db.execute_sql("PRAGMA max_page_count = 1000000").fetchall()
    assert importing.apply(pair.county, file=file).new > 300


def test_a_read_only_folder_refuses_the_package_with_the_reason(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    file = pair.up().files[0]
    before = rows(pair.county)

    def closed(**_: object) -> str:
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkdtemp", closed)
        with pytest.raises(UserError) as caught:
            importing.apply(pair.county, file=file)
    assert (caught.value.what, caught.value.why) == (
        "没有接收数据包，本机的数据没有变动。",
        "没有写入这个文件夹的权限。",
    )
    assert rows(pair.county) == before
