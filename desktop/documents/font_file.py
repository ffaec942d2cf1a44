"""Reads a TrueType file: which characters it has, how wide they are, and the few glyphs that a document needs.

Only what embedding needs is read (OpenType 1.9: cmap formats 4 and 12, head, hhea, hmtx, loca, glyf, OS/2, post), the
file is mapped and characters are looked up when asked for: opening a face of 60,000 glyphs takes a millisecond or two.
"""

import mmap
import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from desktop.documents.font_cmap import Groups, Numbers, Segments, big_endian, read_cmap, read_numbers

_PLACED_BY_WORDS = 0x0003  # a part of a composite glyph, moved by two words
_COMPOSITE_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
_RESTRICTED = 0x0002  # OS/2 fsType: the face may not be embedded
_HINTS = ("cvt ", "fpgm", "prep")


class FontFileError(Exception):
    """The file is no TrueType face that can be embedded."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """What the font descriptor says; in thousandths of the size but `units`, the units of one em in the file."""

    units: int
    ascent: int
    descent: int
    box: tuple[int, int, int, int]
    italic_angle: float


class Placed(NamedTuple):
    """A glyph as a document uses it: moved right by `shift`, `advance` wide; thousandths of the size.

    Readers of a PDF take a gap after a glyph's advance for a blank; a glyph that stands in a wider cell has the
    advance of its cell.
    """

    glyph: int
    shift: int
    advance: int


@dataclass(frozen=True, eq=False)
class FontFile:
    """One parsed face; `glyph` and `width` remember what was asked."""

    path: Path
    name: str
    metrics: Metrics
    _groups: Groups | Segments
    _advances: Numbers
    _bearings: Numbers
    _tables: "_Tables"
    _loca: Numbers
    _known: dict[int, int] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def glyph(self, code: int) -> int:
        """Give the glyph of a code point, 0 where the face has none."""
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = self._groups.glyph(code)
        return found

    def has(self, text: str) -> bool:
        """Tell whether the face has every character of a text."""
        new = set(text) - self._seen
        if not all(map(self.glyph, map(ord, new))):
            return False
        self._seen.update(new)
        return True

    def width(self, code: int) -> int:
        """Give the width of a character, in thousandths of the size."""
        advances = self._advances
        glyph = self._known.get(code) or self.glyph(code)
        return round(advances[min(glyph, len(advances) - 1)] * 1000 / self.metrics.units)

    def subset(self, glyphs: Sequence[Placed]) -> bytes:
        """Write a TrueType file with just these glyphs in this order, numbered from 0; parts of composites follow."""
        order, data = self._with_parts(glyphs)
        offsets, at = array("I", [0]), 0
        for piece in data:
            at += len(piece)
            offsets.append(at)
        return _sfnt(self._tables, len(order), self._metrics_of(order), big_endian(offsets), b"".join(data))

    def _with_parts(self, glyphs: Sequence[Placed]) -> tuple[list[Placed], list[bytes]]:
        """Give all glyphs with their outlines; one that is moved, or here before, is a composite of the plain one."""
        order, data = list(glyphs), []
        place: dict[int, int] = {}
        for number, (glyph, shift, _) in enumerate(order):
            if not shift:
                place.setdefault(glyph, number)
        loca, part_of = self._loca, self._tables.part_of
        for number, (glyph, shift, _) in enumerate(order):  # grows while it is walked
            piece = part_of("glyf", loca[glyph], loca[glyph + 1])
            if piece and place.get(glyph) != number:
                piece = _moved(piece, glyph, self._units(shift))
            if piece[:1] >= b"\x80":
                changed = bytearray(piece)
                for at, part in _parts(piece):
                    if part not in place:
                        place[part] = len(order)
                        order.append(Placed(part, 0, 0))
                    struct.pack_into(">H", changed, at, place[part])
                piece = bytes(changed)
            data.append(piece + bytes(-len(piece) % 4))
        return order, data

    def _metrics_of(self, order: Sequence[Placed]) -> bytes:
        pairs = array("H")
        for glyph, shift, advance in order:
            pairs.append(self._units(advance))
            pairs.append((self._bearings[glyph] + self._units(shift)) & 0xFFFF)
        return big_endian(pairs)

    def _units(self, thousandths: int) -> int:
        return round(thousandths * self.metrics.units / 1000)


def read(path: Path) -> FontFile:
    """Open a .ttf, or the first face of a .ttc; FontFileError where it cannot be embedded."""
    try:
        with path.open("rb") as source:
            return _parse(path, _Tables(mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)))
    except (struct.error, KeyError, IndexError, OSError, ValueError) as error:
        raise FontFileError(str(path)) from error


class _Tables:
    """The tables of a face in its mapped file, by tag."""

    def __init__(self, raw: mmap.mmap) -> None:
        start = struct.unpack_from(">I", raw, 12)[0] if raw[:4] == b"ttcf" else 0
        if raw[start : start + 4] not in {b"\0\1\0\0", b"true"}:
            raise FontFileError("no TrueType outlines")
        (count,) = struct.unpack_from(">H", raw, start + 4)
        rows = struct.iter_unpack(">4sIII", raw[start + 12 : start + 12 + 16 * count])
        self._raw = raw
        self._places = {tag.decode("latin-1"): (at, length) for tag, _, at, length in rows}

    def __contains__(self, tag: str) -> bool:
        return tag in self._places

    def __getitem__(self, tag: str) -> bytes:
        at, length = self._places[tag]
        return self._raw[at : at + length]

    def part_of(self, tag: str, start: int, end: int) -> bytes:
        """Give some bytes of a table."""
        at, _ = self._places[tag]
        return self._raw[at + start : at + end]


def _parse(path: Path, tables: _Tables) -> FontFile:
    head, hhea = tables["head"], tables["hhea"]
    if "OS/2" in tables and struct.unpack_from(">H", tables["OS/2"], 8)[0] & 0xF == _RESTRICTED:
        raise FontFileError(f"{path}: may not be embedded")
    (units,) = struct.unpack_from(">H", head, 18)
    scaled = [round(value * 1000 / units) for value in struct.unpack_from(">4h", head, 36)]
    rise, fall = (round(value * 1000 / units) for value in struct.unpack_from(">2h", hhea, 4))
    (angle,) = struct.unpack_from(">i", tables["post"], 4)
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    metrics = Metrics(units, rise, fall, (scaled[0], scaled[1], scaled[2], scaled[3]), angle / 65536)
    advances, bearings = _widths(tables["hmtx"], struct.unpack_from(">H", hhea, 34)[0], count)
    long = struct.unpack_from(">h", head, 50)[0] == 1
    loca = read_numbers("I" if long else "H", tables["loca"])
    if not long:
        loca = array("I", (2 * offset for offset in loca))
    name = _postscript_name(tables["name"])
    return FontFile(path, name, metrics, read_cmap(tables["cmap"]), advances, bearings, tables, loca)


def _widths(raw: bytes, full: int, count: int) -> tuple[Numbers, Numbers]:
    pairs = read_numbers("H", raw[: 4 * full])
    return pairs[0::2], pairs[1::2] + read_numbers("H", raw[4 * full : 4 * full + 2 * (count - full)])


def _postscript_name(raw: bytes) -> str:
    _, count, strings = struct.unpack_from(">3H", raw, 0)
    for platform, _, _, kind, length, at in struct.iter_unpack(">6H", raw[6 : 6 + 12 * count]):
        if kind == 6:
            text = raw[strings + at : strings + at + length].decode("utf-16-be" if platform != 1 else "latin-1")
            return "".join(char for char in text if char.isascii() and (char.isalnum() or char == "-"))
    return "Face"


def _parts(piece: bytes) -> Iterator[tuple[int, int]]:
    """Give place and glyph number of each part of a composite glyph."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", piece, at)
        yield at + 2, part
        at += 8 if flags & _COMPOSITE_WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0


def _moved(piece: bytes, glyph: int, shift: int) -> bytes:
    """Give a composite glyph of one part, the glyph whose outline is `piece`, moved right by `shift` units."""
    left, low, right, high = struct.unpack_from(">4h", piece, 2)
    return struct.pack(">5hHH2h", -1, left + shift, low, right + shift, high, _PLACED_BY_WORDS, glyph, shift, 0)


def _allow_composites(maxp: bytearray) -> None:
    """Raise the limits of a face by what glyphs that are moved need: as many points as a plain one, one level more."""
    points, contours, part_points, part_contours = struct.unpack_from(">4H", maxp, 6)
    struct.pack_into(">2H", maxp, 10, max(points, part_points), max(contours, part_contours))
    parts, depth = struct.unpack_from(">2H", maxp, 28)
    struct.pack_into(">2H", maxp, 28, max(parts, 1), depth + 1)


def _sfnt(source: _Tables, count: int, hmtx: bytes, loca: bytes, glyf: bytes) -> bytes:
    head, hhea, maxp = (bytearray(source[tag]) for tag in ("head", "hhea", "maxp"))
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, count)
    struct.pack_into(">H", maxp, 4, count)
    _allow_composites(maxp)
    tables = {tag: source[tag] for tag in _HINTS if tag in source}
    tables |= {
        "head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp), "hmtx": hmtx, "loca": loca, "glyf": glyf,
    }  # fmt: skip
    number = len(tables)
    power = 1 << (number.bit_length() - 1)
    directory = [struct.pack(">IHHHH", 0x00010000, number, 16 * power, power.bit_length() - 1, 16 * (number - power))]
    at, body = 12 + 16 * number, []
    for tag in sorted(tables):
        content = tables[tag]
        padded = content + bytes(-len(content) % 4)
        check = sum(read_numbers("I", padded)) & 0xFFFFFFFF
        directory.append(struct.pack(">4sIII", tag.encode("latin-1"), check, at, len(content)))
        body.append(padded)
        at += len(padded)
    return b"".join(directory + body)
