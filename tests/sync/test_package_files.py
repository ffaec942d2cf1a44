"""Whole packages: written, read, refused in the order of package-format.md §8."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.security.age import new_age_key
from desktop.sync import container, opening
from desktop.sync.canonical import dump
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.frames import compress
from desktop.sync.keys import KeyList, KeyRing
from desktop.sync.manifest import DATA
from desktop.sync.opening import inspect_package, open_package
from desktop.sync.payload_reader import End, SetAsideRow, TableStart
from desktop.sync.payload_writer import TableRows, payload_lines, trailer
from desktop.sync.rows import Row
from desktop.sync.suite import SUITE_1
from tests.sync.package_world import COUNTY, NOW, NOW_MS, PERSON, TOWNSHIP, World, read_all


@pytest.fixture
def world() -> World:
    return World()


def test_what_was_written_is_read(world: World, tmp_path: Path) -> None:
    path, written = world.write(tmp_path, world.lines(50))
    items = read_all(path, world.reader())
    assert items[0] == world.header(50, scope=TOWNSHIP)
    rows = [item for item in items if isinstance(item, Row)]
    sent = world.rows(50)
    assert [list(row.values) for row in rows] == [row.values for row in sent]
    assert [row.stamps(PERSON) for row in rows] == [row.stamps for row in sent]
    assert items[-1] == End(50, NOW)
    assert written.name == "329901001_329901_000001_00abcd.dpk"
    assert [file.name for file in tmp_path.iterdir()] == ["package.part"]


def test_equal_content_is_equal_below_encryption(world: World) -> None:
    assert world.lines(20) == world.lines(20)


def test_every_changed_byte_is_refused_but_in_the_unsigned_comment(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(1))
    whole = path.read_bytes()
    start = whole.index(b"untrusted comment: ") + len(b"untrusted comment: ")
    harmless = range(start, whole.index(b"\n", start))
    accepted = []
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x01]) + whole[at + 1 :])
        try:
            read_all(path, world.reader())
        except PackageError:
            continue
        accepted.append(at)
    assert accepted == [at for at in harmless if whole[at] ^ 0x01 != ord("\n")]


def test_every_truncation_at_a_block_is_refused(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(1))
    whole = path.read_bytes()
    for length in range(0, len(whole), 256):
        path.write_bytes(whole[:length])
        with pytest.raises(PackageError) as refused:
            open_package(path, world.reader())
        assert refused.value.code in {"truncated", "not-a-package"}


def test_a_package_for_another_county_is_refused(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(1))
    with pytest.raises(PackageError, match="not-for-us"):
        open_package(path, replace(world.reader(), paths=frozenset({"/329902"})))
    with pytest.raises(PackageError, match="not-for-us"):
        open_package(path, replace(world.reader(), recipient_ids=frozenset({"0" * 16})))


def test_a_key_that_no_list_names_is_refused(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(1))
    with pytest.raises(PackageError, match="unknown-key"):
        open_package(path, replace(world.reader(), ring=KeyRing()))


def test_a_revoked_site_is_refused_after_its_last_good_number(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(1))
    for number, good in ((0, False), (1, True)):
        last_ok = ((world.township.origin.epoch.hex(), number),)
        revoked = world.township.site(status="revoked", last_ok=last_ok)
        ring = KeyRing({COUNTY: KeyList(COUNTY, 2, (world.county.site(), revoked))})
        reader = replace(world.reader(), ring=ring)
        if good:
            assert read_all(path, reader)
        else:
            with pytest.raises(PackageError, match="revoked-key"):
                open_package(path, reader)


def test_another_secret_cannot_decrypt(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(1))
    with pytest.raises(PackageError, match="cannot-decrypt"):
        read_all(path, replace(world.reader(), secrets=[new_age_key().secret]))


def test_a_stolen_payload_under_a_new_manifest_is_refused(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(1), envelope=world.envelope(number=2, prev="0" * 64))
    with pytest.raises(PackageError, match="inner-mismatch"):
        read_all(path, world.reader())


@pytest.mark.parametrize(("ahead_ms", "held"), [(26 * 3_600_000, False), (26 * 3_600_000 + 1, True)])
def test_a_stamp_more_than_26_hours_ahead_holds_the_package(
    world: World,
    tmp_path: Path,
    ahead_ms: int,
    held: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    path, _ = world.write(tmp_path, world.lines(2))
    if held:
        with pytest.raises(PackageError, match="clock"):
            read_all(path, world.reader(), now_ms=NOW_MS - ahead_ms)
    else:
        assert read_all(path, world.reader(), now_ms=NOW_MS - ahead_ms)


def test_a_package_that_begins_after_what_was_applied_is_refused(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(2, world.header(2, base=1, upto=2)))
    with pytest.raises(PackageError, match="needs-base"):
        read_all(path, world.reader())
    assert read_all(path, world.reader(), applied=1)


def test_too_little_room_on_the_disk_is_said_before_anything_is_decrypted(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(2))
    with pytest.raises(PackageError, match="no-space"):
        read_all(path, replace(world.reader(), free=100))


def test_a_bomb_is_refused_by_its_ratio_when_read_and_when_written(world: World, tmp_path: Path) -> None:
    bomb = b"[" + b" " * 60_000_000 + b"]\n"
    frame = container.seal(tmp_path / "data", DATA, compress([bomb]), [world.county.age.public], zstd=False)
    declared = replace(frame, entry=replace(frame.entry, raw=len(bomb)))
    path, _ = world.write(tmp_path, None, packs=[declared])
    with pytest.raises(PackageError, match="too-large"):
        read_all(path, world.reader())
    with pytest.raises(PackageError, match="too-large"):
        container.seal(tmp_path / "again", DATA, [bomb], [world.county.age.public], zstd=True)


@pytest.mark.parametrize(("wrong", "code"), [(-1, "too-large"), (1, "bad-payload")])
def test_another_size_than_the_declared_one_is_refused(world: World, tmp_path: Path, wrong: int, code: str) -> None:
    sealed = container.seal(tmp_path / "data", DATA, world.lines(2), [world.county.age.public], zstd=True)
    entry = replace(sealed.entry, raw=(sealed.entry.raw or 0) + wrong)
    path, _ = world.write(tmp_path, None, packs=[replace(sealed, entry=entry)])
    with pytest.raises(PackageError, match=code):
        read_all(path, world.reader())


def test_a_bad_row_is_set_aside_and_the_rest_goes_in(world: World, tmp_path: Path) -> None:
    import hashlib

    lines = world.lines(4)[:-1]
    bad = json.loads(lines[-1])
    bad[1] = "a\u202eb"
    lines[-1] = dump(bad) + b"\n"
    digest = hashlib.blake2b(b"".join(lines), digest_size=32).hexdigest()
    path, _ = world.write(tmp_path, [*lines, trailer(digest, 4)])
    items = read_all(path, world.reader())
    aside = [item for item in items if isinstance(item, SetAsideRow)]
    assert [(item.table, item.reason, list(item.line)) for item in aside] == [("person", "value", bad)]
    assert sum(isinstance(item, Row) for item in items) == 3


def test_an_inspection_tells_each_step(world: World, tmp_path: Path) -> None:
    path, _ = world.write(tmp_path, world.lines(1))
    manifest, checks = inspect_package(path, replace(world.reader(), ring=KeyRing()))
    assert manifest is not None
    assert [(check.step, check.looked_at, check.code) for check in checks] == [
        ("container", True, None), ("manifest", True, None), ("signature", True, "unknown-key"),
        ("recipient", False, None), ("members", False, None),
    ]  # fmt: skip


def test_packs_of_attachments_are_sealed_and_walked(world: World, tmp_path: Path) -> None:
    import hashlib

    blobs = sorted((hashlib.sha256(content).hexdigest(), content) for content in (b"", b"x" * 1000, b"y" * 3_000_000))
    entries = [(name, len(content), lambda content=content: io.BytesIO(content)) for name, content in blobs]
    pack = container.write_pack(tmp_path / "pack", 1, entries, [world.county.age.public])
    path, _ = world.write(tmp_path, world.lines(1), packs=[pack])
    package = open_package(path, world.reader())
    found = []
    for name, size, body in package.blobs(package.packs()[0]):
        content = b""
        while piece := body.read(1 << 16):
            content += piece
        assert len(content) == size
        found.append((name, content))
    assert found == blobs


def test_a_malformed_pack_is_set_aside(world: World, tmp_path: Path) -> None:
    pack = container.seal(tmp_path / "pack", "att-0001.tar.age", [b"no archive"], [world.county.age.public], zstd=False)
    path, _ = world.write(tmp_path, world.lines(1), packs=[pack])
    package = open_package(path, world.reader())
    with pytest.raises(SetAsideError, match="pack"):
        list(package.blobs("att-0001.tar.age"))


def test_a_reader_that_stops_half_way_leaves_nothing_running(world: World, tmp_path: Path) -> None:
    import threading

    path, _ = world.write(tmp_path, world.lines(2000))
    items = open_package(path, world.reader()).items(now_ms=NOW_MS, applied=lambda _: 0)
    next(items)
    items.close()
    assert "age" not in {thread.name for thread in threading.enumerate()}


def test_rows_out_of_order_or_miscounted_are_a_bug_of_the_writer(world: World) -> None:
    rows = world.rows(3)
    for header, sent, why in (
        (world.header(3), [rows[0], rows[2], rows[1]], "order"),
        (world.header(4), rows, "counts"),
        (world.header(0), rows, "does not count"),
    ):
        with pytest.raises(ValueError, match=why):
            list(payload_lines(header, [TableRows(PERSON, sent)]))


def test_parents_and_tables_without_rows_are_written_as_a_reader_takes_them(world: World, tmp_path: Path) -> None:
    rows = world.rows(3)
    tables = [TableRows(PERSON, rows[2:], parent=True), TableRows(PERSON, rows[:2])]
    empty = [TableRows(replace(PERSON, name="place"), [])]
    path, _ = world.write(tmp_path, list(payload_lines(world.header(3), [*tables, *empty])))
    items = read_all(path, world.reader())
    assert [(item.table.name, item.parent) for item in items if isinstance(item, TableStart)] == [
        ("person", True),
        ("person", False),
    ]
    assert sum(isinstance(item, Row) for item in items) == 3


def test_the_recipient_ids_are_those_of_the_path_alone(world: World) -> None:
    assert world.envelope().to[0].age == (SUITE_1.recipient_id(world.county.age.public),)
    assert opening.MAX_MEMBERS == 64
