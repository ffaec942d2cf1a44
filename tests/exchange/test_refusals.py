"""What is not for us, broken, foreign or out of time is refused with its code, and nothing is changed."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.core.clock import FixedClock
from desktop.core.errors import UserError
from desktop.services import workspaces
from desktop.services.exchange import enrolment, exporting, importing, site_keys
from desktop.services.sessions import Session
from tests.exchange.exchange_world import COUNTY, TOWNSHIP, Pair, add, enrol, make, open_pair, rows


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = open_pair(tmp_path / "pair")
    add(made.township, "person", name="陆建国")
    yield made
    made.close()


def refusal(session: Session, file: Path) -> UserError:
    before = rows(session)
    with pytest.raises(UserError) as caught:
        importing.apply(session, file=file)
    assert rows(session) == before
    assert session.db.one("SELECT count(*) FROM unit WHERE kind = 'package'") == (0,)
    leftovers = {path.name for path in session.workspace.paths.packages.glob("*")}
    assert leftovers <= {"held"}
    return caught.value


def test_a_truncated_package_is_refused(pair: Pair) -> None:
    file = pair.up().files[0]
    file.write_bytes(file.read_bytes()[:-5000])
    found = refusal(pair.county, file)
    assert (found.code, found.what, found.why, found.do) == (
        "truncated",
        "这个数据包没有接收，本机的数据没有变动。",
        "文件不完整，多半是拷贝中断或提前拔了优盘。",
        "请让发件单位重新导出一份，再拷贝一次。",
    )


def test_one_changed_byte_anywhere_is_refused(pair: Pair) -> None:
    file = pair.up().files[0]
    whole = file.read_bytes()
    for at in range(600, len(whole), len(whole) // 12):
        damaged = bytearray(whole)
        damaged[at] ^= 1
        file.write_bytes(damaged)
        assert refusal(pair.county, file).code != ""


def test_a_package_for_another_county_is_refused(pair: Pair, tmp_path: Path) -> None:
    other = make(tmp_path / "other", "county", encrypted=False, code="329902")
    try:
        found = refusal(other, pair.up().files[0])
        assert found.code in {"unknown-key", "not-for-us"}
        found = refusal(pair.township, pair.up().files[0])
        assert (found.code, found.why) == ("not-for-us", "数据包是发给别的单位或别的密钥的。")
    finally:
        workspaces.close(other.workspace)


def test_a_package_by_a_key_that_nobody_enrolled_is_refused(pair: Pair, tmp_path: Path) -> None:
    stranger_county = make(tmp_path / "sc", "county", encrypted=False)
    stranger = make(tmp_path / "st", "township", encrypted=False)
    try:
        enrol(stranger, stranger_county, tmp_path / "stick")
        file = exporting.export(stranger, to=COUNTY, out=tmp_path / "stick").files[0]
        assert refusal(pair.county, file).code == "unknown-key"
    finally:
        workspaces.close(stranger.workspace)
        workspaces.close(stranger_county.workspace)


def test_a_file_that_is_no_package_and_one_that_is_not_there_are_said(pair: Pair, tmp_path: Path) -> None:
    (tmp_path / "x.dpk").write_bytes(b"PK\x03\x04 not a package" * 1000)
    assert refusal(pair.county, tmp_path / "x.dpk").code == "not-a-package"
    assert refusal(pair.county, tmp_path / "none.dpk").what == "没有读到数据包。"


def test_a_package_from_tomorrow_is_refused_and_kept(tmp_path: Path) -> None:
    late = FixedClock(datetime(2026, 12, 24, 8, tzinfo=UTC))
    clocks = iter([late, FixedClock(late.instant - timedelta(days=20)), late])
    pair = open_pair(tmp_path / "pair", clock=lambda: next(clocks))
    try:
        add(pair.township, "person", name="陆建国")
        file = pair.up().files[0]
        assert refusal(pair.county, file).code == "clock"
        assert [path.name for path in (pair.county.workspace.paths.packages / "held").iterdir()] == [file.name]
    finally:
        pair.close()


def test_a_package_that_skips_what_we_never_had_asks_for_everything(pair: Pair, tmp_path: Path) -> None:
    shutil.copytree(pair.folder / "county", tmp_path / "before")
    pair.send_up()
    pair.send_down()
    add(pair.township, "person", name="王伟")
    file = pair.up().files[0]
    from tests.support.places import reopen

    rolled_back = reopen(tmp_path / "before")
    try:
        assert refusal(rolled_back, file).code == "needs-base"
        down = exporting.export(rolled_back, to=TOWNSHIP, out=pair.stick).files[0]
        importing.apply(pair.township, file=down)  # it acknowledges less than before
        assert importing.apply(rolled_back, file=pair.up().files[0]).new > 2
        assert rows(rolled_back) == rows(pair.township)
    finally:
        workspaces.close(rolled_back.workspace)


def test_a_site_that_has_not_enrolled_is_told_to(pair: Pair, tmp_path: Path) -> None:
    alone = make(tmp_path / "alone", "township", encrypted=False)
    try:
        with pytest.raises(UserError) as caught:
            exporting.export(alone, to=COUNTY, out=tmp_path / "out")
        assert (caught.value.why, caught.value.do) == ("本机还没有登记。", "请先向上级办理登记。")
    finally:
        workspaces.close(alone.workspace)
    with pytest.raises(UserError) as caught:
        exporting.export(pair.township, to="/329902", out=tmp_path / "out")
    assert caught.value.why == "/329902 不是本单位的上级或下级。"


def test_a_fingerprint_read_wrongly_is_refused_on_both_ends(tmp_path: Path) -> None:
    county = make(tmp_path / "c", "county", encrypted=False)
    township = make(tmp_path / "t", "township", encrypted=False)
    try:
        asked = enrolment.request(township, out=tmp_path / "stick")
        wrong = "0000" + asked.fingerprint[4:]
        with pytest.raises(UserError):
            enrolment.issue(county, file=asked.file, as_path=TOWNSHIP, out=tmp_path / "stick", fingerprint=wrong)
        said = asked.fingerprint.replace(" ", "-")
        made = enrolment.issue(county, file=asked.file, as_path=TOWNSHIP, out=tmp_path / "stick", fingerprint=said)
        with pytest.raises(UserError):
            enrolment.accept(township, file=made.file, fingerprint=wrong)
        assert site_keys.list_sites(township) == ()
        assert enrolment.accept(township, file=made.file, fingerprint=made.fingerprint).path == COUNTY
    finally:
        workspaces.close(township.workspace)
        workspaces.close(county.workspace)


def test_a_full_stick_is_said_and_leaves_no_file_and_no_number(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", full)
        with pytest.raises(UserError) as caught:
            pair.up()
    assert caught.value.what == "没有写成数据包。"
    assert list(pair.stick.glob("*.dpk")) == []
    assert list(pair.stick.glob(".*")) == []
    assert pair.up().number == 1


def test_a_full_disk_while_staging_is_said_and_nothing_changed(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    file = pair.up().files[0]

    def full(**_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("tempfile.mkdtemp", full)
        found = refusal(pair.county, file)
    assert (found.what, found.code) == ("没有接收数据包，本机的数据没有变动。", "cannot-write")
    assert importing.apply(pair.county, file=file).new > 0
