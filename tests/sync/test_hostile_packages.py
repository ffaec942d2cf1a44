"""Whatever a stranger writes, a reader answers with a refusal or sets rows aside; nothing else ever comes out."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.sync import ustar
from desktop.sync.canonical import CanonicalError, dump, load
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.frames import compress, inflate
from desktop.sync.keys import read_key_list
from desktop.sync.manifest import Manifest, Schema, read_manifest
from desktop.sync.merging import Cell, Conflict, Value
from desktop.sync.payload_reader import End, Item, read_payload, split_lines
from desktop.sync.payload_writer import trailer
from desktop.sync.rows import RowReader, RowWriter
from desktop.sync.stamps import Stamp, StampCodec
from desktop.sync.tables import CONFLICT_LINE
from tests.sync.package_world import World

WORLD = World()
LINES = [line[:-1] for line in WORLD.lines(3)]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def depth(value: Any) -> int:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


def refusal(work: Callable[[], object]) -> str | None:
    """Give the code or reason with which something is refused, None where it is not; anything else flies."""
    try:
        work()
    except PackageError as error:
        return error.code
    except SetAsideError as error:
        return error.reason
    return None


@given(JSON)
def test_canonical_json_is_what_python_writes_and_comes_back(value: object) -> None:
    wanted = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert dump(value) == wanted
    if depth(value) <= 6:
        assert load(wanted) == value


@given(st.binary(max_size=60))
def test_bytes_are_canonical_json_or_refused(raw: bytes) -> None:
    try:
        assert dump(load(raw)) == raw
    except CanonicalError:
        return


@given(st.lists(st.binary(max_size=30)))
def test_lines_are_cut_alike_however_the_pieces_fall(pieces: list[bytes]) -> None:
    whole = b"".join(pieces) + b"\n"
    assert list(split_lines([*pieces, b"\n"])) == whole[:-1].split(b"\n")


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any JSON
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(found for key, item in inner for found in places(item, (*at, key)))]


def changed(value: Any, at: tuple[Any, ...], new: Any) -> Any:  # noqa: ANN401 - any JSON
    if not at:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = changed(value[at[0]], at[1:], new)
    return copy


@settings(max_examples=1500, deadline=None)
@given(st.data())
def test_a_signed_payload_with_anything_in_any_place_is_refused_or_read_to_its_end(data: st.DataObject) -> None:
    values = [json.loads(line) for line in LINES[:-1]]
    number = data.draw(st.integers(0, len(values) - 1))
    at = data.draw(st.sampled_from(places(values[number])))
    values[number] = changed(values[number], at, data.draw(JSON))
    lines = [dump(value) for value in values]
    digest = hashlib.blake2b(b"".join(line + b"\n" for line in lines), digest_size=32).hexdigest()
    items: list[Item] = []
    code = refusal(lambda: items.extend(read_payload([*lines, trailer(digest, 3)[:-1]], WORLD.envelope())))
    assert code in {None, "bad-payload", "inner-mismatch", "too-large"}
    assert isinstance(items[-1], End) if code is None else not any(isinstance(item, End) for item in items)


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_a_manifest_with_anything_in_any_place_is_refused_or_read(data: st.DataObject) -> None:
    manifest = Manifest(WORLD.envelope(), Schema("0" * 64, 1), ())
    value = json.loads(manifest.bytes())
    value["members"] = [{"name": "data.jsonl.zst.age", "raw": 5, "sha256": "0" * 64, "size": 3}]
    at = data.draw(st.sampled_from(places(value)))
    raw = dump(changed(value, at, data.draw(JSON))) + b"\n"
    assert refusal(lambda: read_manifest(raw)) in {None, "bad-manifest", "newer-format"}


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_a_key_list_with_anything_in_any_place_is_set_aside_or_read(data: st.DataObject) -> None:
    value = json.loads(WORLD.ring().lists["/329901"].text())
    at = data.draw(st.sampled_from(places(value)))
    text = dump(changed(value, at, data.draw(JSON))).decode()
    assert refusal(lambda: read_key_list(text)) in {None, "key-list"}


def conflict_line(**other: object) -> bytes:
    return dump({**CONFLICT_LINE.json(), **other})


def test_a_conflict_table_of_another_shape_spoils_the_package() -> None:
    groups = {"_deleted": ["_deleted"], "head": ["tbl"]}
    wrong = conflict_line(groups=groups, cols=["id", "tbl", "_deleted"], types=["id", "code", "text"], path="own")
    lines = [*LINES[:2], wrong]
    with pytest.raises(PackageError, match="conflict"):
        list(read_payload(lines, WORLD.envelope()))


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_a_conflict_row_with_anything_in_any_place_is_set_aside_or_read(data: st.DataObject) -> None:
    stamp = Stamp(0, 5, WORLD.township.origin)
    found = Conflict(Cell("person", "01" * 16, "head"), "edit/edit", Value(stamp, '{"name":"甲"}')).row()
    values = [found[name] for name in CONFLICT_LINE.columns]
    codec = StampCodec([WORLD.township.origin])
    line = json.loads(
        RowWriter(CONFLICT_LINE, codec, ["/329901"]).line(
            values, "/329901", {"head": stamp, "_deleted": stamp, "resolution": stamp}
        )
    )
    at = data.draw(st.sampled_from(places(line)[1:]))
    wrong = changed(line, at, data.draw(JSON))
    reader = RowReader(CONFLICT_LINE, codec, ["/329901"])
    assert refusal(lambda: reader.read(wrong)) in {None, "value", "stamp", "path", "conflict"}


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 9999), st.binary(min_size=1, max_size=4))
def test_a_damaged_frame_or_archive_is_refused_or_the_same(at: int, noise: bytes) -> None:
    frame = b"".join(compress([b"x" * 100_000, bytes(range(256)) * 40]))
    wrong = frame[: at % len(frame)] + noise + frame[at % len(frame) + len(noise) :]
    plain: list[bytes] = []
    code = refusal(lambda: plain.extend(inflate(io.BytesIO(wrong))))
    assert code == "bad-payload" or b"".join(plain) == b"x" * 100_000 + bytes(range(256)) * 40
    target = io.BytesIO()
    ustar.write_member(target, "README.txt", io.BytesIO(b"abc"), 3)
    ustar.write_end(target, target.tell())
    whole = target.getvalue()
    broken = whole[:at] + noise + whole[at + len(noise) :]
    try:
        found = ustar.read_index(io.BytesIO(broken), len(broken), 64)
        assert [(member.name, member.size) for member in found] == [("README.txt", 3)]
    except PackageError:
        assert broken != whole
