"""MANIFEST.json (package-format.md §3): plain text on a stick that may be lost, so no person and no counts."""

import hashlib
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

from desktop.sync.canonical import CanonicalError, Json, dump, load
from desktop.sync.encodings import hlc_text, is_count, is_hash, is_hex16, is_id, is_key_id, is_org_path
from desktop.sync.errors import PackageError
from desktop.sync.stamps import Origin

Kind = Literal["data", "proposal", "ack", "keys", "refpack", "blobs"]
FORMAT: Final = 1
MAX_MANIFEST = 64 << 10
DATA = "data.jsonl.zst.age"
README = "README.txt"
DOCUMENT_KINDS = frozenset({"keys", "refpack"})
ROWLESS_KINDS = frozenset({"ack", "keys", "refpack"})
PACK = re.compile(r"att-[0-9]{4}\.tar\.age")
_KINDS = frozenset(get_args(Kind))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: an origin, the key id that signs, and one of the site's scopes."""

    origin: Origin
    key: str
    path: str

    def json(self) -> dict[str, Json]:
        """Write `from`."""
        site, epoch = self.origin.texts()
        return {"epoch": epoch, "key": self.key, "path": self.path, "site": site}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom it is for: an org path and the recipient ids of its active sites, sorted."""

    path: str
    age: tuple[str, ...]

    def json(self) -> dict[str, Json]:
        """Write an entry of `to`."""
        return {"age": list(self.age), "path": self.path}


@dataclass(frozen=True, slots=True)
class Envelope:
    """What manifest and header say alike; `number` counts the packages of the origin from 1, `created` is a clock."""

    package_id: str
    kind: Kind
    sender: Sender
    to: tuple[Recipient, ...]
    number: int
    prev: str | None
    created: int

    def json(self) -> dict[str, Json]:
        """Write the keys that both carry."""
        return {
            "package_id": self.package_id,
            "kind": self.kind,
            "from": self.sender.json(),
            "to": list(map(Recipient.json, self.to)),
            "no": self.number,
            "prev": self.prev,
            "created": hlc_text(self.created),
        }


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """A member as the manifest names it; `raw` is the size before zstd or age, for the encrypted ones."""

    name: str
    size: int
    sha256: str
    raw: int | None = None

    def json(self) -> dict[str, Json]:
        """Write an entry of `members`."""
        entry: dict[str, Json] = {"name": self.name, "sha256": self.sha256, "size": self.size}
        return entry if self.raw is None else {**entry, "raw": self.raw}


@dataclass(frozen=True, slots=True)
class Schema:
    """The hash of the sender's table lines and the number of its last migration."""

    hash: str
    version: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A whole manifest."""

    envelope: Envelope
    schema: Schema
    members: tuple[MemberEntry, ...]
    parent: str | None = None
    suite: int = 1

    def bytes(self) -> bytes:
        """Write the member MANIFEST.json: canonical JSON and one line feed."""
        schema: Json = {"hash": self.schema.hash, "version": self.schema.version}
        return (
            dump(
                {
                    **self.envelope.json(),
                    "format": FORMAT,
                    "min_reader": FORMAT,
                    "suite": self.suite,
                    "schema": schema,
                    "members": [member.json() for member in self.members],
                    "parent": self.parent,
                }
            )
            + b"\n"
        )

    def member(self, name: str) -> MemberEntry | None:
        """Find a member by name."""
        return next((member for member in self.members if member.name == name), None)


def link_of(manifest: bytes) -> str:
    """Give what stands as `prev` in the next package: SHA-256 of the whole member MANIFEST.json."""
    return hashlib.sha256(manifest).hexdigest()


def read_manifest(raw: bytes) -> Manifest:
    """Read a manifest; a PackageError `bad-manifest`, or `newer-format` where this program is too old for it."""
    if len(raw) > MAX_MANIFEST:
        raise PackageError("too-large", "manifest")
    try:
        value = load(raw[:-1])
    except CanonicalError as error:
        raise _bad(str(error)) from None
    if raw[-1:] != b"\n" or not isinstance(value, dict):
        raise _bad("no object and one line feed")
    _check_versions(value)
    try:
        envelope = read_envelope(value)
        manifest = Manifest(
            envelope, _schema(value["schema"]), _members(value["members"]), _parent(value["parent"], envelope.kind)
        )
    except KeyError as error:
        raise _bad(f"{error} is missing") from None
    if (manifest.member(DATA) is None) != (envelope.kind == "blobs"):
        raise _bad("member data")
    return manifest


def _check_versions(value: dict[str, Json]) -> None:
    for key in ("format", "min_reader", "suite"):
        number = value.get(key)
        if type(number) is not int or number < 1:
            raise _bad(key)
    if int(str(value["min_reader"])) > FORMAT or value["suite"] != 1:
        raise PackageError("newer-format", "min_reader or suite")


def read_envelope(value: dict[str, Json]) -> Envelope:
    """Read what manifest and header say alike; a PackageError `bad-manifest` where a value is not right."""
    kind, number, prev = value["kind"], value["no"], value["prev"]
    if not isinstance(kind, str) or kind not in _KINDS:
        raise _bad("kind")
    if not is_count(number) or number == 0 or (prev is None) != (number == 1) or not (prev is None or is_hash(prev)):
        raise _bad("no and prev")
    if not is_id(value["package_id"]) or not is_hex16(value["created"]):
        raise _bad("package_id or created")
    return Envelope(
        str(value["package_id"]),
        cast("Kind", kind),
        _sender(value["from"]),
        read_to(value["to"], kind),
        int(str(number)),
        None if prev is None else str(prev),
        int(str(value["created"]), 16),
    )


def _sender(value: Json) -> Sender:
    if not isinstance(value, dict) or value.keys() != {"epoch", "key", "path", "site"}:
        raise _bad("from")
    site, epoch, key, path = value["site"], value["epoch"], value["key"], value["path"]
    if not (is_id(site) and is_hex16(epoch) and is_key_id(key) and is_org_path(path)):
        raise _bad("from")
    return Sender(Origin.of(str(site), str(epoch)), str(key), str(path))


def read_to(value: Json, kind: str) -> tuple[Recipient, ...]:
    """Read `to`: one path but for kinds that carry only documents, sorted, nothing twice."""
    if not isinstance(value, list) or not value or (len(value) > 1 and kind not in DOCUMENT_KINDS):
        raise _bad("to")
    found = tuple(map(_recipient, value))
    if not _ascending([recipient.path for recipient in found]):
        raise _bad("to is not sorted")
    return found


def _recipient(value: Json) -> Recipient:
    if not isinstance(value, dict) or value.keys() != {"age", "path"} or not is_org_path(value["path"]):
        raise _bad("to")
    ids = value["age"]
    if not isinstance(ids, list) or not all(map(is_hex16, ids)) or not _ascending(list(map(str, ids))):
        raise _bad("to.age")
    return Recipient(str(value["path"]), tuple(map(str, ids)))


def _ascending(texts: Sequence[str]) -> bool:
    return all(left < right for left, right in itertools.pairwise(texts))


def _schema(value: Json) -> Schema:
    if not isinstance(value, dict) or not is_hash(value.get("hash")) or not is_count(value.get("version")):
        raise _bad("schema")
    return Schema(str(value["hash"]), int(str(value["version"])))


def _members(value: Json) -> tuple[MemberEntry, ...]:
    if not isinstance(value, list):
        raise _bad("members")
    return tuple(map(_member, value))


def _member(value: Json) -> MemberEntry:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise _bad("members")
    name, raw = str(value["name"]), value.get("raw")
    encrypted = name == DATA or PACK.fullmatch(name) is not None
    if not is_hash(value.get("sha256")) or not is_count(value.get("size")) or ("raw" in value) != encrypted:
        raise _bad("members")
    if encrypted and not is_count(raw):
        raise _bad("raw")
    return MemberEntry(name, int(str(value["size"])), str(value["sha256"]), int(str(raw)) if encrypted else None)


def _parent(value: Json, kind: str) -> str | None:
    if (value is not None) != (kind == "blobs") or (value is not None and not is_id(value)):
        raise _bad("parent")
    return None if value is None else str(value)


def _bad(detail: str) -> PackageError:
    return PackageError("bad-manifest", detail)
