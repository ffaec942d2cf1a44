"""The characters of a TrueType face: the cmap table, from code points to glyphs (OpenType 1.9, formats 4 and 12)."""

import struct
import sys
from array import array
from bisect import bisect_right
from typing import TypeAlias

Numbers: TypeAlias = "array[int]"


class Groups:
    """Runs of consecutive characters, as arrays of first and last code point and of the glyph of the first."""

    def __init__(self, firsts: Numbers, lasts: Numbers, glyphs: Numbers) -> None:
        self.firsts, self.lasts, self.glyphs = firsts, lasts, glyphs

    def glyph(self, code: int) -> int:
        """Give the glyph of a code point, 0 where there is none."""
        at = bisect_right(self.firsts, code) - 1
        return self.glyphs[at] + code - self.firsts[at] if at >= 0 and code <= self.lasts[at] else 0


class Segments:
    """The segments of a cmap of format 4, as its array of 16-bit words."""

    def __init__(self, words: Numbers) -> None:
        count = words[3] // 2
        self._words, self._count = words, count
        self._lasts, self._firsts = words[7 : 7 + count], words[8 + count : 8 + 2 * count]

    def glyph(self, code: int) -> int:
        """Give the glyph of a code point, 0 where there is none."""
        at = bisect_right(self._firsts, code) - 1
        if at < 0 or code > self._lasts[at]:
            return 0
        deltas, offsets = 8 + 2 * self._count + at, 8 + 3 * self._count + at
        offset = self._words[offsets]
        if offset == 0:
            return (code + self._words[deltas]) & 0xFFFF
        glyph = self._words[offsets + offset // 2 + code - self._firsts[at]]
        return (glyph + self._words[deltas]) & 0xFFFF if glyph else 0


def read_numbers(kind: str, raw: bytes) -> Numbers:
    """Read big-endian numbers of an array's type; bytes too few for one more are left out."""
    found = array(kind)
    found.frombytes(raw[: len(raw) // found.itemsize * found.itemsize])
    if sys.byteorder == "little":
        found.byteswap()
    return found


def big_endian(numbers: Numbers) -> bytes:
    """Write numbers big-endian; the array is turned in place and is not to be used afterwards."""
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()


def read_cmap(raw: bytes) -> Groups | Segments:
    """Read the best Unicode table of a cmap; ValueError where the face has none of formats 4 and 12."""
    (count,) = struct.unpack_from(">H", raw, 2)
    rows = struct.iter_unpack(">HHI", raw[4 : 4 + 8 * count])
    places = {(platform, encoding): at for platform, encoding, at in rows}
    for key in ((3, 10), (0, 4), (0, 6), (3, 1), (0, 3)):
        at = places.get(key)
        form = None if at is None else struct.unpack_from(">H", raw, at)[0]
        if at is not None and form == 12:
            (groups,) = struct.unpack_from(">I", raw, at + 12)
            words = read_numbers("I", raw[at + 16 : at + 16 + 12 * groups])
            return Groups(words[0::3], words[1::3], words[2::3])
        if at is not None and form == 4:
            (length,) = struct.unpack_from(">H", raw, at + 2)
            return Segments(read_numbers("H", raw[at : at + length]))
    raise ValueError("no Unicode cmap")
