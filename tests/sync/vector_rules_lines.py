"""How the vectors about lines of data.jsonl are run: rows, tables, headers, order, trailer and documents."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from desktop.security.minisign import SigningKey
from desktop.sync.canonical import Json, dump
from desktop.sync.cells import state_part, state_sum, unequal_tables
from desktop.sync.documents import Document, check_name, document_comment, read_document
from desktop.sync.encodings import under
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.header import Header, read_header
from desktop.sync.keys import KeyList, KeyRing, Site, may_sign, signed_by
from desktop.sync.manifest import Envelope, link_of, read_envelope, read_to
from desktop.sync.payload_reader import End, Item, TableStart, read_payload
from desktop.sync.payload_writer import trailer
from desktop.sync.rows import Row, RowReader, RowWriter
from desktop.sync.tables import read_table_line, schema_hash
from tests.sync.vector_rules_cells import CODEC

Given = dict[str, Any]
CONFLICT: dict[str, Json] = {
    "cols": ["id", "tbl", "pk", "grp", "kind", "lose_stamp", "lose_value", "by", "note", "state", "_deleted"],
    "groups": {
        "_deleted": ["_deleted"],
        "head": ["tbl", "pk", "grp", "kind", "lose_stamp", "lose_value"],
        "resolution": ["by", "note", "state"],
    },
    "path": "as tbl pk", "pk": ["id"], "t": "conflict",
    "types": ["id", "code", "key", "code", "text", "text", "text", "text", "text", "code", "text"], "v": 1,
}  # fmt: skip
AGE = "age1v3jkvemgd94xkmrddehhqutjwd682anh0puh57mu04l8lqyps2psm0jf5a"
SEED = bytes(range(32))
SIGNER = SigningKey(bytes.fromhex("0706050403020100"), SEED)


def row(given: Given, out: Given, vectors: Given) -> None:
    first = vectors["row-01"]["in"]
    table, _ = read_table_line(first["table"])
    groups = {group: at and CODEC.read(at) for group, at in given["groups"].items()}
    values = [given["columns"][name] for name in table.columns]
    line = RowWriter(table, CODEC, given["paths"]).line(values, given["path"], groups)
    assert line.decode() == out["line"]
    found = RowReader(table, CODEC, given["paths"]).read(json.loads(line))
    assert (found.columns(table), found.path, found.stamps(table)) == (given["columns"], given["path"], groups)


def row_refused(given: Given, out: Given, vectors: Given) -> None:
    first = vectors["row-01"]["in"]
    reader = RowReader(read_table_line(first["table"])[0], CODEC, first["paths"])
    with pytest.raises(SetAsideError):
        reader.read(json.loads(given["line"]))
    assert out["refused"]


def conflict_row(given: Given, out: Given, _: Given) -> None:
    reader = RowReader(read_table_line(CONFLICT)[0], CODEC, ["/329901/001"])
    if out.get("accepted"):
        assert reader.read(json.loads(given["line"])).path == "/329901/001"
    else:
        with pytest.raises(SetAsideError) as refused:
            reader.read(json.loads(given["line"]))
        assert refused.value.reason == "conflict"


def table_refused(given: Given, out: Given, _: Given) -> None:
    with pytest.raises(PackageError) as refused:
        read_table_line(json.loads(given["line"]))
    assert refused.value.code == out["refused"]


def schema(given: Given, out: Given, _: Given) -> None:
    assert schema_hash(read_table_line(line)[0] for line in given["tables"]) == out["sha256"]


def package_one(vectors: Given) -> tuple[Envelope, Given, list[str]]:
    """The envelope, the header and all lines of package-01."""
    package = vectors["package-01"]
    lines = package["out"]["lines"]
    return read_envelope(json.loads(package["in"]["MANIFEST.json"])), json.loads(lines[0]), lines


def header(given: Given, out: Given, vectors: Given) -> None:
    envelope, value, _ = package_one(vectors)
    changed = {**value, **given}
    if "kind" in given:
        envelope = read_envelope({**envelope.json(), "kind": given["kind"]})
    if out.get("accepted"):
        assert read_header(changed, envelope).json() == changed
    else:
        with pytest.raises(PackageError) as refused:
            read_header(changed, envelope)
        assert refused.value.code == out["refused"]


def _whole(envelope: Envelope, lines: list[bytes], rows: int) -> list[Item]:
    digest = hashlib.blake2b(b"".join(line + b"\n" for line in lines), digest_size=32)
    return list(read_payload([*lines, trailer(digest.hexdigest(), rows)[:-1]], envelope))


_ID = "0193aad772f0700080000000000000"
_LINES: dict[str, str] = {
    "document": '{"doc":"form","name":"x","sig":"s","text":"t","version":1}',
    "blobs": '{"blobs":"have","sha256":[]}',
    "row": '["0193aad772f0700080000000000000b1","B012","青禾",null,1,"0.0193aad772f00000.0",{}]',
    "other": '{"new":1}',
}


def line_order(given: Given, out: Given, vectors: Given) -> None:
    envelope, value, real = package_one(vectors)
    lines: list[bytes] = []
    counts: dict[str, int] = {}
    for number, word in enumerate(given["lines"].split(", ")):
        if word == "header":
            lines.append(real[0].encode())
        elif word.startswith(("branch", "party_group")):
            name = word.split(" ")[0]
            table = json.loads(next(line for line in real if f'"t":"{name}"' in line))
            table.pop("as", None)
            table |= {"as": "parent"} if word.endswith("as parent") else {}
            table["v"] = 2 if word.endswith("of v 2") else table["v"]
            empty: list[Json] = [None] * (len(table["cols"]) - 1)
            kept: list[Json] = [f"{_ID}{number:02d}", *empty, 1, "0.0193aad772f00000.0", {}]
            lines += [dump(table), dump(kept)]
            counts[name] = counts.get(name, 0) + 1
        else:
            lines.append(_LINES[word].encode())
    first = dump({**value, "tables": counts})
    if out.get("accepted"):
        assert isinstance(_whole(envelope, [first, *lines], sum(counts.values()))[-1], End)
    else:
        with pytest.raises(PackageError) as refused:
            _whole(envelope, [first, *lines], sum(counts.values()))
        assert (refused.value.code, refused.value.detail == "trailer") == (out["refused"], False)


def to(given: Given, out: Given, _: Given) -> None:
    value = json.loads(given["to"])
    if out.get("accepted"):
        assert [recipient.json() for recipient in read_to(value, given["kind"])] == value
    else:
        with pytest.raises(PackageError) as refused:
            read_to(value, given["kind"])
        assert refused.value.code == out["refused"]


def prev(given: Given, out: Given, _: Given) -> None:
    assert link_of(given["manifest"].encode()) == out["prev"]


def last_line(given: Given, out: Given, _: Given) -> None:
    digest = hashlib.blake2b(given["before"].encode(), digest_size=32).hexdigest()
    assert trailer(digest, 0) == f"{out['line']}\n".encode()


def rows_of(vectors: Given) -> tuple[Header, list[tuple[TableStart, Row]]]:
    """Read package-01: its header, and each row with its table line."""
    envelope, _, lines = package_one(vectors)
    rows: list[tuple[TableStart, Row]] = []
    for item in read_payload([line.encode() for line in lines], envelope):
        if isinstance(item, Header):
            header = item
        elif isinstance(item, TableStart):
            start = item
        elif isinstance(item, Row):
            rows.append((start, item))
    return header, rows


def state_tables(given: Given, out: Given, vectors: Given) -> None:
    package, rows = rows_of(vectors)
    mine: dict[str, list[int]] = {}
    for start, found in rows:
        if not start.parent and under(found.path, given["scope"]):
            part = state_part(start.table.name, found.key, found.stamps(start.table))
            mine.setdefault(start.table.name, []).append(part)
    states = {name: state_sum(parts) for name, parts in mine.items()}
    assert states == dict(package.state)
    envelope, value, _ = package_one(vectors)
    header = read_header({**value, "base": 2, "state": given}, envelope)
    if out.get("accepted"):
        assert unequal_tables(header.state, {**states, "person": "0000000000000001"}) == []
    else:
        assert unequal_tables(header.state, states) == ["conflict"]


def _document_one(vectors: Given) -> Document:
    return read_document(json.loads(vectors["document-01"]["out"]["line"]))


def document(given: Given, out: Given, _: Given) -> None:
    comment = document_comment(given["doc"], given["name"], given["version"])
    sig = SIGNER.sign(given["text"].encode(), comment)
    made = Document(given["doc"], given["name"], given["version"], given["text"], sig)
    assert dump(made.json()).decode() == out["line"]
    assert signed_by(made, [_site(minisign=given["minisign"])])


def document_name(given: Given, out: Given, _: Given) -> None:
    for doc, name in given["documents"]:
        made = Document(doc, name, 1, "", "")
        if out.get("accepted"):
            check_name(made)
        else:
            with pytest.raises(SetAsideError):
                check_name(made)


def _site(**other: Any) -> Site:  # noqa: ANN401 - whatever a vector changes
    whole = {
        "site": "0a" * 16, "serial": 1, "name": "青禾街道", "role": "township", "scopes": ("/329901/001",),
        "minisign": SIGNER.public, "age": AGE,
    }  # fmt: skip
    return Site(**{**whole, **other})


def document_signer(given: Given, out: Given, vectors: Given) -> None:
    site = _site(role=given["role"], scopes=tuple(given["scopes"]), status=given["status"])
    ring = KeyRing({"/329901": KeyList("/329901", 1, (site,))})
    made = _document_one(vectors)
    assert may_sign(site, given["reader"]) is out.get("accepted", False)
    if out.get("accepted"):
        ring.check(made, given["reader"])
    else:
        with pytest.raises(SetAsideError):
            ring.check(made, given["reader"])


RULES: dict[str, Callable[[Given, Given, Given], None]] = {
    "row": row, "row-refused": row_refused, "conflict-row": conflict_row, "table-refused": table_refused,
    "schema-hash": schema, "header": header, "line-order": line_order, "to": to, "prev": prev, "trailer": last_line,
    "state-tables": state_tables, "document": document, "document-name": document_name,
    "document-signer": document_signer,
}  # fmt: skip
