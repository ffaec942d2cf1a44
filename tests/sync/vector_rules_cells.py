"""How the vectors about values, stamps, cells and merges are run; each rule asserts that `out` comes out of `given`."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from desktop.sync.canonical import CanonicalError, Json, depth_of, dump, load
from desktop.sync.cells import cell_value, digest128, erase_conflict, erase_row, key_text, state_part, state_sum
from desktop.sync.encodings import (
    file_name,
    hlc,
    hlc_text,
    is_erased,
    is_name,
    is_org_path,
    lower_scope,
    org_path,
    row_path,
    tick,
    under,
)
from desktop.sync.errors import SetAsideError
from desktop.sync.merging import Cell, Conflict, Value, conflict_id, edits_under_deletion, merge
from desktop.sync.rows import RowReader
from desktop.sync.stamps import Origin, Stamp, StampCodec, row_stamp, write_deleted, write_stamp
from desktop.sync.tables import read_table_line
from desktop.sync.values import CHECKS, cell_limit, is_value, text_fault

Given = dict[str, Any]

ORIGINS = [
    Origin.of("0a" * 16, "01" * 8),
    Origin.of("0a" * 16, "03" * 8),
    Origin.of("0b" * 16, "02" * 8),
]
CODEC = StampCodec(ORIGINS)
KEY = "01" * 16


def canonical(given: Given, out: Given, _: Given) -> None:
    written = dump(json.loads(given["json"]))
    assert written.decode() == out["text"]
    assert len(written) == out["bytes"]
    assert hashlib.sha256(written).hexdigest() == out["sha256"]
    assert load(written) == json.loads(given["json"])


def canonical_refused(given: Given, out: Given, _: Given) -> None:
    with pytest.raises(CanonicalError):
        load(given["line"].encode())
    assert out["refused"]


def depth(given: Given, out: Given, _: Given) -> None:
    assert depth_of(load(given["line"].encode())) == out["depth"]


def text(given: Given, out: Given, _: Given) -> None:
    assert text_fault(given["text"]) == out.get("refused")


def value_type(given: Given, out: Given, _: Given) -> None:
    fits = [is_value(given["type"], value) for value in given["values"]]
    assert fits == [out.get("accepted", False)] * len(fits)
    assert given["type"] in CHECKS


def name(given: Given, out: Given, _: Given) -> None:
    assert {is_name(found) for found in given["names"]} == {out.get("accepted", False)}


def key(given: Given, out: Given, _: Given) -> None:
    if "pk" in given:
        assert key_text(given["pk"], given["columns"]) == out["key"]
    else:
        assert sorted(given["keys"]) == out["sorted"]


def clock(given: Given, out: Given, _: Given) -> None:
    assert hlc_text(hlc(given["ms"], given["counter"])) == out["hlc"]


def ticking(given: Given, out: Given, _: Given) -> None:
    assert hlc_text(tick(int(given["last"], 16), given["now_ms"])) == out["hlc"]


def stamp(given: Given, out: Given, _: Given) -> None:
    found = CODEC.read(given["stamp"])
    assert CODEC.write(found) == given["stamp"]
    assert {
        "gen": found.gen,
        "hlc": hlc_text(found.hlc),
        "site": found.origin.site.hex(),
        "epoch": found.origin.epoch.hex(),
        "dot": found.dot,
        "hist": [[*origin.texts(), hlc_text(seen)] for origin, seen in found.hist],
    } == out


def stamp_refused(given: Given, out: Given, _: Given) -> None:
    with pytest.raises(SetAsideError) as refused:
        CODEC.read(given["stamp"])
    assert refused.value.detail == out["refused"]


def covers(given: Given, out: Given, _: Given) -> None:
    assert CODEC.read(given["a"]).covers(CODEC.read(given["b"])) is out["covers"]


def _stamp(found: str | None) -> Stamp | None:
    return None if found is None else CODEC.read(found)


def write(given: Given, out: Given, _: Given) -> None:
    now = tick(int(given["last"], 16), given["now_ms"])
    made = write_stamp(
        _stamp(given["old"]),
        Origin.of(*given["origin"]),
        now,
        deletion=_stamp(given.get("_deleted")),
        correct=given.get("correct", False),
    )
    assert CODEC.write(made) == out["stamp"]


def write_deletion(given: Given, out: Given, _: Given) -> None:
    groups = {group: _stamp(found) for group, found in given["groups"].items()}
    now = tick(int(given["last"], 16), given["now_ms"])
    assert CODEC.write(write_deleted(groups, Origin.of(*given["origin"]), now)) == out["stamp"]


def cell(given: Given, out: Given, _: Given) -> None:
    assert cell_value(given["columns"]) == out["value"]
    assert digest128(out["value"]).hex() == out["blake2b_128"]


def _value(given: Given) -> Value:
    return Value(CODEC.read(given["stamp"]), cell_value(given["columns"]))


def _cell(given: Given) -> Cell:
    return Cell(given.get("table", "person"), given.get("key", KEY), given.get("group", "head"))


def _forks(given: Given) -> dict[Origin, int]:
    return {Origin.of(site, epoch): int(at, 16) for site, epoch, at in given.get("forked", [])}


def _found(conflict: Conflict, wanted: Given) -> None:
    """A conflict found is as given, and the rest of its row is as §6 says."""
    row = conflict.row()
    assert wanted["row"].items() <= row.items()
    assert CODEC.write(conflict.stamp) == wanted["stamp"]
    assert (row["tbl"], row["pk"], row["state"], row["_deleted"]) == (conflict.cell.table, KEY, "open", None)


def merging(given: Given, out: Given, _: Given) -> None:
    one, other = _value(given["a"]), _value(given["b"])
    for pair in ((one, other), (other, one)):
        merged = merge(_cell(given), *pair, _forks(given))
        assert CODEC.write(merged.value.stamp) == out["stamp"]
        assert merged.value.text == cell_value(out["columns"])
        if out["conflict"] is None:
            assert merged.conflict is None
        else:
            assert merged.conflict is not None
            _found(merged.conflict, out["conflict"])
    if out["winner"] != "either":
        assert merged.value.text == cell_value(given[out["winner"]]["columns"])


def merge_order(given: Given, out: Given, _: Given) -> None:
    from itertools import permutations

    for order in permutations([_value(found) for found in given["values"]]):
        first, *rest = order
        for other in rest:
            first = merge(_cell(given), first, other).value
        assert (CODEC.write(first.stamp), first.text) == (out["stamp"], cell_value(out["columns"]))


def edit_delete(given: Given, out: Given, _: Given) -> None:
    deletion = Value(CODEC.read(given["_deleted"]["stamp"]), cell_value({"_deleted": given["_deleted"]["value"]}))
    groups = {group: _value(found) for group, found in given["groups"].items()}
    found = edits_under_deletion("person", KEY, deletion, groups, _forks(given))
    assert len(found) == len(out["conflicts"])
    for conflict, wanted in zip(found, out["conflicts"], strict=True):
        _found(conflict, wanted)


def erased(given: Given, out: Given, _: Given) -> None:
    if "pk" in given:
        assert erase_row(given["row"], given["pk"]) == out["row"]
    else:
        assert erase_conflict(given["row"], [tuple(given["erased"])]) == out["row"]


def stamp_of_row(given: Given, out: Given, _: Given) -> None:
    row, named = row_stamp({group: _stamp(found) for group, found in given["groups"].items()})
    assert CODEC.write(row) == out["stamp"]
    assert {group: found and CODEC.write(found) for group, found in named.items()} == out["named"]


def limit_of_cell(given: Given, out: Given, _: Given) -> None:
    fits = given["bytes"] <= cell_limit("conflict" if given["table"] == "conflict" else "person")
    assert fits is out.get("accepted", False)
    table, values = _table_of_one_text(given["table"] == "conflict", given["bytes"])
    reader = RowReader(table, CODEC, ["/329901/001"])
    line = [*values, 0, "0.0193aad772f00000.0", {}]
    if fits:
        assert reader.read(line).path == "/329901/001"
    else:
        with pytest.raises(SetAsideError):
            reader.read(line)


def _table_of_one_text(conflict: bool, size: int) -> tuple[Any, list[Any]]:  # noqa: FBT001 - a choice of two tables
    """A table whose one group has a cell value of exactly `size` bytes."""
    line: dict[str, Json] = {
        "cols": ["id", "words", "_deleted"], "groups": {"_deleted": ["_deleted"], "only": ["words"]}, "path": "own",
        "pk": ["id"], "t": "conflict" if conflict else "person", "types": ["id", "text", "text"], "v": 1,
    }  # fmt: skip
    return read_table_line(line)[0], [KEY, "x" * (size - len('{"words":""}')), None]


def path(given: Given, out: Given, _: Given) -> None:
    rows = {}
    for row in given.get("rows", []):
        table, found, *rest = row.split(" ")
        rows[table, "\x1f".join([found, *rest[1:-1]])] = rest[-1] if rest else ""

    def compute() -> str:
        return row_path(
            given["rule"],
            given["columns"],
            given["own"],
            lambda table, found: rows.get((table, found)),
            given.get("path"),
        )

    if "refused" in out:
        with pytest.raises(SetAsideError) as refused:
            compute()
        assert refused.value.detail == out["refused"]
    else:
        assert compute() == out["path"]
    assert is_erased("erased")


def org_paths(given: Given, out: Given, _: Given) -> None:
    assert {is_org_path(found) for found in given["paths"]} == {out.get("accepted", False)}


def org_code(given: Given, out: Given, _: Given) -> None:
    if "path" in out:
        assert org_path(given["org_code"]) == out["path"]
    else:
        with pytest.raises(ValueError, match=given["org_code"]):
            org_path(given["org_code"])


def is_under(given: Given, out: Given, _: Given) -> None:
    assert under(given["path"], given["scope"]) is out["under"]


def name_of_file(given: Given, out: Given, _: Given) -> None:
    assert file_name(given["from"], given["to"][0], given["no"], given["package_id"]) == out["name"]


def scope(given: Given, out: Given, _: Given) -> None:
    assert lower_scope(given["from"], given["to"]) == out["scope"]


def state(given: Given, out: Given, _: Given) -> None:
    if "lines" in given:
        table = read_table_line(given["table"])[0]
        reader = RowReader(table, CODEC, given["paths"])
        rows = [reader.read(json.loads(line)) for line in given["lines"]]
        kept = [row for row in rows if under(row.path, given["scope"])]
        found = [state_part(table.name, row.key, row.stamps(table)) for row in kept]
        assert [reader.read(json.loads(line)) for line in given["parents"]]
    else:
        table_name = given.get("table", "person")
        found = [
            state_part(table_name, row["key"], {group: _stamp(at) for group, at in row["groups"].items()})
            for row in given["rows"]
        ]
        assert [f"{part:016x}" for part in found] == out["parts"]
    assert state_sum(found) == out["state"]


def id_of_conflict(given: Given, out: Given, _: Given) -> None:
    assert conflict_id(_cell(given), given["dot"], given["value"]) == out["id"]


RULES: dict[str, Callable[[Given, Given, Given], None]] = {
    "canonical": canonical, "canonical-refused": canonical_refused, "depth": depth, "text": text, "type": value_type,
    "name": name, "key-text": key, "hlc": clock, "tick": ticking, "stamp": stamp, "stamp-refused": stamp_refused,
    "covers": covers, "write": write, "write-after-deletion": write, "write-deleted": write_deletion, "cell": cell,
    "merge": merging, "merge-order": merge_order, "edit-delete": edit_delete, "erased": erased,
    "row-stamp": stamp_of_row, "cell-limit": limit_of_cell, "path": path, "org-path": org_paths,
    "org-code": org_code, "under": is_under, "file-name": name_of_file, "scope": scope, "state": state,
    "conflict-id": id_of_conflict,
}  # fmt: skip
