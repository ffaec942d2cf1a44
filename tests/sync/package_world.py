"""A county and a township with keys, and a small package between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.security.age import AgeKey, new_age_key
from desktop.security.minisign import SigningKey
from desktop.sync.container import Outline, Written, write_package
from desktop.sync.encodings import hlc
from desktop.sync.header import Header, Witness
from desktop.sync.keys import KeyList, KeyRing, Site, recipients
from desktop.sync.manifest import Envelope, Recipient, Schema, Sender
from desktop.sync.opening import Reader
from desktop.sync.payload_reader import Item
from desktop.sync.payload_writer import OutRow, TableRows, payload_lines
from desktop.sync.stamps import Origin, Stamp
from desktop.sync.suite import SUITE_1
from desktop.sync.tables import TableLine, schema_hash

COUNTY, TOWNSHIP = "/329901", "/329901/001"
NOW_MS = 1_795_507_200_000
NOW = hlc(NOW_MS)
PERSON = TableLine(
    "person", 1, ("id",), ("id", "name", "born", "_deleted"), ("id", "text", "date", "text"),
    {"_deleted": ("_deleted",), "born": ("born",), "head": ("name",)}, "own",
)  # fmt: skip


@dataclass(frozen=True)
class Party:
    """One site with its keys."""

    path: str
    role: Any
    signing: SigningKey
    age: AgeKey
    origin: Origin

    def site(self, **other: Any) -> Site:  # noqa: ANN401 - whatever a test changes
        """Give the party's entry of a key list."""
        made = Site(self.origin.site.hex(), 1, "单位", self.role, (self.path,), self.signing.public, self.age.public)
        return replace(made, **other)


def party(path: str, role: str, number: int) -> Party:
    origin = Origin(bytes([number]) * 16, bytes([number]) * 8)
    return Party(path, role, SigningKey(bytes([number]) * 8, bytes([number]) * 32), new_age_key(), origin)


@dataclass(frozen=True)
class World:
    """Two parties and the key list that names both."""

    county: Party = field(default_factory=lambda: party(COUNTY, "county", 1))
    township: Party = field(default_factory=lambda: party(TOWNSHIP, "township", 2))

    def ring(self) -> KeyRing:
        """Give the key list that names both."""
        sites = (self.county.site(), self.township.site())
        return KeyRing({COUNTY: KeyList(COUNTY, 1, sites)})

    def reader(self) -> Reader:
        """Give the county as a reader."""
        ids = frozenset({SUITE_1.recipient_id(self.county.age.public)})
        return Reader(frozenset({COUNTY}), [self.county.age.secret], ids, self.ring(), {"person": PERSON})

    def envelope(self, **other: Any) -> Envelope:  # noqa: ANN401 - whatever a test changes
        """Give the envelope of a package to the county."""
        _, ids = recipients(self.ring(), [COUNTY], TOWNSHIP)
        made = Envelope(
            package_id="0193aad772f07000800000000000abcd",
            kind="data",
            sender=Sender(self.township.origin, self.township.signing.key_id, TOWNSHIP),
            to=(Recipient(COUNTY, ids[COUNTY]),),
            number=1,
            prev=None,
            created=NOW,
        )
        return replace(made, **other)

    def header(self, rows: int, **other: Any) -> Header:  # noqa: ANN401 - whatever a test changes
        """Give the header of a package with so many rows."""
        made = Header(
            self.envelope(),
            "1.0.0",
            tuple(sorted({self.county.origin, self.township.origin})),
            (TOWNSHIP,),
            upto=rows,
            acks={self.county.origin: 7},
            witness=(Witness(self.county.origin, 3, "0d" * 32, NOW),),
            tables={"person": rows} if rows else {},
        )
        return replace(made, **other)

    def rows(self, count: int) -> list[OutRow]:
        """Give so many rows."""
        stamp = Stamp(0, NOW - 1, self.township.origin)
        stamps = dict.fromkeys(PERSON.groups, stamp)
        later = {**stamps, "born": Stamp(1, NOW, self.county.origin, ((self.township.origin, NOW - 1),))}
        return [
            OutRow([f"{number:032x}", f"张{number}𬭎", "1985-06", None], TOWNSHIP, later if number % 2 else stamps)
            for number in range(count)
        ]

    def lines(self, count: int, header: Header | None = None) -> list[bytes]:
        """Give all lines of a payload."""
        tables = [TableRows(PERSON, self.rows(count))] if count else []
        return list(payload_lines(header or self.header(count), tables, blobs={"have": []}))

    def write(self, folder: Path, lines: Sequence[bytes] | None, **other: Any) -> tuple[Path, Written]:  # noqa: ANN401 - as above
        """Write the package."""
        keys, _ = recipients(self.ring(), [COUNTY], TOWNSHIP)
        outline = Outline(self.envelope(), Schema(schema_hash([PERSON]), 1), self.township.signing, keys)
        target = folder / "package.part"
        return target, write_package(target, folder, replace(outline, **other), lines)


def read_all(path: Path, reader: Reader, *, now_ms: int = NOW_MS, applied: int = 0) -> list[Item]:
    from desktop.sync.opening import open_package

    return list(open_package(path, reader).items(now_ms=now_ms, applied=lambda _: applied))
