"""Puts the glyphs that one document uses into it, as one two-byte font a face (PDF 1.7, 9.7: CIDFontType2, Identity-H).

reportlab's own TrueType fonts break a Chinese text into pieces of 255 characters, each a font file of its own; one font
a face is smaller and several times faster to make. Whoever reads the text back sees blanks where an advance ends before
the next glyph begins; so each code has the advance of the place that its glyph stands in.
"""

import zlib
from collections.abc import Callable
from itertools import islice

from reportlab.pdfbase import pdfdoc

from desktop.documents import tounicode
from desktop.documents.font_file import FontFile, Placed

_SYMBOLIC = 4
_FULL_WIDTH = 1000
_ZLIB_LEVEL = 1
_OPENING = frozenset("“‘")
_CLOSING = frozenset("”’")
_STRETCHED = frozenset("—―…")


class _Codes(dict[int, int]):
    """A table for `str.translate` from characters to codes; one that is looked up is taken in."""

    def __init__(self, take: Callable[[int], int]) -> None:
        super().__init__()
        self._take = take

    def __missing__(self, char: int) -> int:
        """Take in a character and give its code."""
        code = self[char] = self._take(char)
        return code


class Subset:
    """The characters of one face that one document uses, each with its code, in order of first use.

    A character has a code for each place that it stands in: its own advance, or a cell. Advances, shifts and cells are
    thousandths of the size. `stretched` holds those seen whose glyph has to be made as wide as its cell.
    """

    def __init__(self, face: FontFile, name: str) -> None:
        self.face, self.name = face, name
        self.characters = [0]
        self.glyphs = [Placed(0, 0, face.width(0))]
        self.stretched: set[str] = set()
        self._codes: dict[tuple[int, int, int], int] = {}
        self._plain = _Codes(lambda char: self._code(char, 0, face.width(char)))
        self._cells: dict[int, _Codes] = {}

    def plain(self, text: str) -> str:
        """Give the codes of a text in its own advances, as hex digits."""
        return text.translate(self._plain).encode("utf-16-be").hex()

    def in_cells(self, text: str, cell: int) -> str:
        """Give the codes of a text of full-width characters, each of which fills a cell, as hex digits."""
        codes = self._cells.get(cell)
        if codes is None:
            codes = self._cells[cell] = _Codes(lambda char: self._in_cell(char, cell))
        return text.translate(codes).encode("utf-16-be").hex()

    def padded(self, text: str, before: int, after: int) -> str:
        """Give the codes of a word whose first and last character have so much room around them, as hex digits."""
        width = self.face.width
        first, last = ord(text[0]), ord(text[-1])
        if len(text) == 1:
            return f"{self._code(first, before, width(first) + before + after):04x}"
        head = self._code(first, before, width(first) + before)
        return f"{head:04x}{self.plain(text[1:-1])}{self._code(last, 0, width(last) + after):04x}"

    def _in_cell(self, char: int, cell: int) -> int:
        """Place a glyph: an opening mark at the end of its em box, a closing one at the start, others in the middle."""
        wide, shown = self.face.width(char), chr(char)
        if wide > _FULL_WIDTH or (shown in _STRETCHED and 0 < wide < _FULL_WIDTH):
            self.stretched.add(shown)
            return self._code(char, 0, wide)
        spare = _FULL_WIDTH - wide
        return self._code(char, spare if shown in _OPENING else 0 if shown in _CLOSING else spare // 2, cell)

    def _code(self, char: int, shift: int, advance: int) -> int:
        key = char, shift, advance
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = len(self.glyphs)
            self.characters.append(char)
            self.glyphs.append(Placed(self.face.glyph(char), shift, advance))
        return code


def stream(content: bytes, **entries: object) -> pdfdoc.PDFStream:
    """Give a PDF stream, compressed fast."""
    made = pdfdoc.PDFStream(content=zlib.compress(content, _ZLIB_LEVEL))
    made.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    for key, value in entries.items():
        made.dictionary[key] = value
    return made


def embed(document: pdfdoc.PDFDocument, subset: Subset) -> pdfdoc.PDFObjectReference:
    """Add the font of a subset to a document and give the reference to it."""
    face, name = subset.face, f"{_tag(subset.name)}+{subset.face.name}"
    metrics = face.metrics
    content, text = face.subset(subset.glyphs), tounicode.cmap(islice(enumerate(subset.characters), 1, None))
    descriptor = pdfdoc.PDFDictionary({
        "Type": pdfdoc.PDFName("FontDescriptor"),
        "FontName": pdfdoc.PDFName(name),
        "Flags": _SYMBOLIC,
        "FontBBox": pdfdoc.PDFArray(metrics.box),
        "ItalicAngle": metrics.italic_angle,
        "Ascent": metrics.ascent,
        "Descent": metrics.descent,
        "CapHeight": metrics.ascent,
        "StemV": 80,
        "FontFile2": document.Reference(stream(content, Length1=len(content)), f"{name} file"),
    })
    descendant = pdfdoc.PDFDictionary({
        "Type": pdfdoc.PDFName("Font"),
        "Subtype": pdfdoc.PDFName("CIDFontType2"),
        "BaseFont": pdfdoc.PDFName(name),
        "CIDSystemInfo": pdfdoc.PDFDictionary({
            "Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0,
        }),
        "CIDToGIDMap": pdfdoc.PDFName("Identity"),
        "DW": _FULL_WIDTH,
        "W": pdfdoc.PDFArray(_widths(subset)),
        "FontDescriptor": document.Reference(descriptor, f"{name} descriptor"),
    })  # fmt: skip
    font = pdfdoc.PDFDictionary({
        "Type": pdfdoc.PDFName("Font"),
        "Subtype": pdfdoc.PDFName("Type0"),
        "BaseFont": pdfdoc.PDFName(name),
        "Encoding": pdfdoc.PDFName("Identity-H"),
        "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"{name} glyphs")]),
        "ToUnicode": document.Reference(stream(text), f"{name} text"),
    })
    return document.Reference(font, name)


def _widths(subset: Subset) -> list[object]:
    """Give the widths that are not a full one, as PDF's W array has them."""
    found: list[object] = []
    for code, (_, _, advance) in enumerate(subset.glyphs):
        if advance != _FULL_WIDTH:
            found += [code, pdfdoc.PDFArray([advance])]
    return found


def _tag(name: str) -> str:
    """Give the six capitals that mark a subset, from the font's name in its document (`F1` is `AAAAAB`)."""
    number = int(name[1:])
    return "".join(chr(65 + number // 26**place % 26) for place in range(5, -1, -1))
