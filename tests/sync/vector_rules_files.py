"""How the vectors about files and keys are run: archives, frames, signatures, enrolments, lists, a package."""

import base64
import hashlib
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.security.age import age_key
from desktop.security.minisign import SigningKey, key_id
from desktop.sync import ustar
from desktop.sync.canonical import dump
from desktop.sync.documents import sign_document
from desktop.sync.encodings import file_name
from desktop.sync.enrolment import fingerprint, read_enrolment
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.frames import inflate
from desktop.sync.keys import KeyList, KeyRing, Site, check_status
from desktop.sync.manifest import Sender
from desktop.sync.opening import Reader, open_package
from desktop.sync.payload_reader import End
from desktop.sync.stamps import Origin
from desktop.sync.suite import SUITE_1
from tests.sync.vector_rules_lines import AGE, SIGNER, rows_of

Given = dict[str, Any]


def archive(members: list[tuple[str, bytes]]) -> bytes:
    """Write an archive of members."""
    target = io.BytesIO()
    for name, content in members:
        ustar.write_member(target, name, io.BytesIO(content), len(content))
    ustar.write_end(target, target.tell())
    return target.getvalue()


def tar(given: Given, out: Given, _: Given) -> None:
    members = given.get("members") or [[given["name"], given["letter"] * given["times"]]]
    whole = archive([(name, content.encode()) for name, content in members])
    assert (len(whole), hashlib.sha256(whole).hexdigest()) == (out["bytes"], out["sha256"])
    index = ustar.read_index(io.BytesIO(whole), len(whole), 64)
    assert [(found.name, found.size) for found in index] == [(name, len(content)) for name, content in members]
    streamed = [(name, body.read(size)) for name, size, body in ustar.stream_members(io.BytesIO(whole))]
    assert streamed == [(name, content.encode()[: 1 << 20]) for name, content in members]


def tar_size(given: Given, out: Given, _: Given) -> None:
    assert [ustar.archive_size(end) for end in given["ends"]] == out["bytes"]
    for end in given["ends"]:
        whole = archive([("README.txt", bytes(end - 512))]) if end > 512 else archive([("README.txt", b"")])
        for wrong in (whole + b"\0", whole[:-1]):
            with pytest.raises(PackageError):
                ustar.read_index(io.BytesIO(wrong), len(wrong), 64)
            with pytest.raises(PackageError):
                list(ustar.stream_members(io.BytesIO(wrong)))


def frame(given: Given, out: Given, _: Given) -> None:
    source = io.BytesIO(base64.b64decode(given["frame"]))
    if "text" in out:
        assert b"".join(inflate(source)).decode() == out["text"]
    else:
        with pytest.raises(PackageError) as refused:
            list(inflate(source))
        assert refused.value.code == out["refused"]


def number_of_key(given: Given, out: Given, _: Given) -> None:
    assert key_id(given["minisign"]) == out["key"]


def recipient(given: Given, out: Given, _: Given) -> None:
    assert SUITE_1.recipient_id(given["age"]) == out["id"]


def digits(given: Given, out: Given, _: Given) -> None:
    assert fingerprint(given["minisign"], given["age"]) == out["digits"]


def signature(given: Given, out: Given, _: Given) -> None:
    key = SigningKey(bytes.fromhex(given["key_number"]), bytes.fromhex(given["seed"]))
    assert key.public == given["minisign"]
    assert key.sign(given["message"].encode(), given["trusted_comment"]) == out["file"]
    SUITE_1.verify(out["file"].encode(), given["message"].encode(), key.public, given["trusted_comment"])


def signature_file(given: Given, out: Given, vectors: Given) -> None:
    first = vectors["signature-01"]["in"]

    def check() -> None:
        SUITE_1.verify(given["file"].encode(), first["message"].encode(), first["minisign"], first["trusted_comment"])

    if out.get("accepted"):
        check()
    else:
        with pytest.raises(PackageError) as refused:
            check()
        assert refused.value.code == out["refused"]


def enrolment(given: Given, out: Given, _: Given) -> None:
    for file in (given["file"], given["file"] + "\n"):
        found = read_enrolment(file.encode())
        assert (found.minisign, found.age, found.org_path, found.fingerprint) == tuple(
            out[key] for key in ("minisign", "age", "path", "fingerprint")
        )
    assert dump({**json.loads(given["file"]), "text": found.text()}).decode() == given["file"]


def _ring(*sites: Site) -> KeyRing:
    return KeyRing({"/329901": KeyList("/329901", 1, sites)})


def key_list(given: Given, out: Given, _: Given) -> None:
    sites = [entry.split(" ") for entry in given["sites"]]
    text = dump({
        "escrow": given["escrow"], "format": 1, "issuer": given["issuer"], "version": 7,
        "sites": [
            Site(site, int(serial), "x", "township", (scope,), SIGNER.public, AGE).json()
            for site, serial, scope in sites
        ],
    }).decode()  # fmt: skip
    root = Site("0b" * 16, 1, "县", "county", ("/329901",), SIGNER.public, AGE)
    document = sign_document(SIGNER, "keys", "/329901", 7, text)
    if out.get("accepted"):
        ring = KeyRing(root=root).accept(document)
        assert ring.lists["/329901"].text() == text
    else:
        with pytest.raises(SetAsideError) as refused:
            KeyRing(root=root).accept(document)
        assert refused.value.reason == "key-list"


def sender(given: Given, out: Given, vectors: Given) -> None:
    first = vectors["sender-01"]["in"]
    entry, about = {**first["entry"], **given.get("entry", {})}, {**first["from"], **given.get("from", {})}
    last_ok = tuple((epoch, number) for epoch, number in entry["last_ok"])
    site = Site(
        entry["site"], 1, "x", "township", tuple(entry["scopes"]), entry["minisign"], AGE, entry["status"], last_ok
    )
    who = Sender(Origin.of(about["site"], about["epoch"]), about["key"], about["path"])

    def check() -> None:
        check_status(_ring(site).sender(who, kind="data"), who, given["no"])

    if out.get("accepted"):
        check()
    else:
        with pytest.raises(PackageError) as refused:
            check()
        assert refused.value.code == out["refused"]


def package_file(vectors: Given) -> bytes:
    """Put package-01 together from its members."""
    given = vectors["package-01"]["in"]
    names = ("MANIFEST.json", "MANIFEST.json.minisig", "README.txt")
    members = [(name, given[name].encode()) for name in names]
    return archive([*members, ("data.jsonl.zst.age", base64.b64decode(given["data.jsonl.zst.age"]))])


def reader_of(vectors: Given) -> Reader:
    """The county that package-01 is for."""
    given = vectors["package-01"]["in"]
    mine = age_key(given["age_identity"])
    site = Site("0a" * 16, 1, "青禾街道", "township", ("/329901/001",), given["minisign"], AGE)
    ids = frozenset({SUITE_1.recipient_id(mine.public)})
    return Reader(frozenset({"/329901"}), [mine.secret], ids, _ring(site))


def package(given: Given, out: Given, vectors: Given) -> None:
    whole = package_file(vectors)
    assert (len(whole), hashlib.sha256(whole).hexdigest()) == (out["bytes"], out["sha256"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / out["file_name"]
        path.write_bytes(whole)
        opened = open_package(path, reader_of(vectors))
        items = list(opened.items(now_ms=given["now_ms"], applied=lambda _: 0))
    envelope = opened.manifest.envelope
    assert opened.manifest.bytes() == given["MANIFEST.json"].encode()
    assert (
        file_name(envelope.sender.path, envelope.to[0].path, envelope.number, envelope.package_id) == out["file_name"]
    )
    assert items[-1] == End(4, 0x0193AAD772F90000)
    header, rows = rows_of(vectors)
    assert items[0] == header
    assert [item for item in items if item in [row for _, row in rows]] == [row for _, row in rows]
    assert out["code"] is None


RULES: dict[str, Callable[[Given, Given, Given], None]] = {
    "ustar": tar, "ustar-size": tar_size, "zstd": frame, "key-id": number_of_key, "recipient-id": recipient,
    "fingerprint": digits, "signature": signature, "signature-file": signature_file, "enrolment": enrolment,
    "key-list": key_list, "sender": sender, "package": package,
}  # fmt: skip
