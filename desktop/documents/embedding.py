"""Puts the glyphs that one document uses into it, as one two-byte font a face (PDF 1.7, 9.7: CIDFontType2, Identity-H).

reportlab's own TrueType fonts break a Chinese text into pieces of 255 characters, each a font file of its own; one font
a face is smaller and several times faster to make.
"""

import zlib

from reportlab.pdfbase import pdfdoc

from desktop.documents import tounicode
from desktop.documents.font_file import FontFile

_SYMBOLIC = 4
_FULL_WIDTH = 1000
_ZLIB_LEVEL = 1


class Subset(dict[int, int]):
    """The characters of one face that one document uses, each with its code, in order of first use.

    It is a table for `str.translate`: a character that is looked up is taken in. `odd` holds those whose glyph is not
    as wide as its place on the grid would have it.
    """

    def __init__(self, face: FontFile, name: str) -> None:
        super().__init__()
        self.face, self.name = face, name
        self.glyphs = [0]
        self.odd: set[str] = set()

    def __missing__(self, char: int) -> int:
        """Take in a character and give its code."""
        code = self[char] = len(self.glyphs)
        self.glyphs.append(self.face.glyph(char))
        if self.face.width(char) != _FULL_WIDTH:
            self.odd.add(chr(char))
        return code

    def encode(self, text: str) -> str:
        """Give the codes of a text as hex digits."""
        return text.translate(self).encode("utf-16-be").hex()


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
    content = face.subset(subset.glyphs)
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
        "ToUnicode": document.Reference(stream(tounicode.cmap(subset)), f"{name} text"),
    })
    return document.Reference(font, name)


def _widths(subset: Subset) -> list[object]:
    """Give the widths that are not a full one, as PDF's W array has them."""
    width = subset.face.width
    found: list[object] = []
    for char, code in subset.items():
        if (wide := width(char)) != _FULL_WIDTH:
            found += [code, pdfdoc.PDFArray([wide])]
    return found


def _tag(name: str) -> str:
    """Give the six capitals that mark a subset, from the font's name in its document (`F1` is `AAAAAB`)."""
    number = int(name[1:])
    return "".join(chr(65 + number // 26**place % 26) for place in range(5, -1, -1))
