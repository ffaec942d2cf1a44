"""A PDF being written: pages, text on the grid in faces with fallback, rules, bookmarks; same input, same bytes.

It stands on reportlab's document layer and writes the page streams itself, since every character has its place on the
grid. `Lang` is zh-CN, the metadata hold a title and no clock.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfdoc

from desktop.documents import grid
from desktop.documents.embedding import Subset, embed, stream
from desktop.documents.faces import Role, runs
from desktop.documents.font_file import FontFile
from desktop.documents.lines import PIECES, WORD

_FULL_WIDTH = 1000
_STEP = 50  # cells of spread lines come in few widths, so that a character has few codes
_SQUEEZE_FROM = 1.06  # a word this much wider than its cells is condensed, else only spaced
_AROUND, _WITHIN = 250, 60  # thousandths of the size: room around a narrow word first, then between its letters
_PRODUCER = "兜底通"
_VERSION = (1, 7)


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """The metadata of a document: title and program, no dates, so that the same input gives the same bytes."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Write the dictionary."""
        said = {"Title": pdfdoc.PDFString(self.title), "Producer": pdfdoc.PDFString(_PRODUCER)}
        found: bytes = pdfdoc.PDFDictionary(said).format(document)
        return found


class Book:
    """One PDF document; call `page` first, then draw, then `finish`. Lengths are points from the lower left corner."""

    def __init__(self, title: str) -> None:
        self._document = pdfdoc.PDFDocument(compression=0, invariant=1, lang="zh-CN", pdfVersion=_VERSION)
        self._document.info = _Info(title)
        self._subsets: dict[FontFile, Subset] = {}
        self._text: list[str] = []
        self._shapes: list[str] = []
        self._marks: list[str] = []
        self._destinations: dict[str, pdfdoc.Destination] = {}
        self._state: tuple[str, float] = ("", 0.0)
        self._spacing: tuple[str, str] = ("", "")
        self.pages = 0

    def page(self) -> None:
        """Begin the next page."""
        self._close_page()
        self.pages += 1
        self._state, self._spacing = ("", 0.0), ("", "")

    def text(
        self, x: float, y: float, text: str, role: Role, size: float = grid.SAN_HAO, cell: float = grid.CELL,
        spread: float = 0.0,
    ) -> float:  # fmt: skip
        """Draw one line of text with its baseline at `y`, each full character in a cell; give where it ends.

        `spread` is added after every full character, blank and word; a word is never spread inside.
        """
        for face, part in runs(text, role):
            subset = self._subset(face)
            for piece in PIECES.findall(part):
                if WORD.match(piece):
                    x = self._word(subset, (x, y, size), piece, cell / 2, spread)
                elif piece[0] == " ":
                    x = self._blanks(subset, (x, y, size), piece, cell / 2 + spread)
                else:
                    x = self._full(subset, (x, y, size), piece, cell + spread)
        return x

    def slanted(self, text: str, role: Role, size: float, grey: float) -> None:
        """Draw a text across the middle of the page, behind what is drawn later (草稿)."""
        across = len(text) * size
        x, y = grid.PAGE_WIDTH / 2, grid.PAGE_HEIGHT / 2
        half, turn = across / 2, 0.70711
        left, low = x - half * turn + 0.38 * size * turn, y - half * turn - 0.38 * size * turn
        ops = [f"q {grey} g BT {turn} {turn} -{turn} {turn} {left:.2f} {low:.2f} Tm"]
        for face, part in runs(text, role):
            subset = self._subset(face)
            ops.append(f"/{subset.name} {size} Tf <{subset.plain(part)}> Tj")
        self._shapes.append(" ".join([*ops, "ET Q"]))

    def rule(self, x: float, y: float, length: float, thickness: float = 0.5) -> None:
        """Draw a horizontal rule."""
        self._shapes.append(f"{thickness} w {x:.2f} {y:.2f} m {x + length:.2f} {y:.2f} l S")

    def frame(self, box: tuple[float, float, float, float], thickness: float = 0.5) -> None:
        """Draw the outline of a box: left, bottom, width, height."""
        self._shapes.append(f"{thickness} w {_numbers(box)} re S")

    def squares(self, boxes: Sequence[tuple[float, float, float, float]]) -> None:
        """Fill boxes: left, bottom, width, height."""
        self._shapes.extend(f"{_numbers(box)} re" for box in boxes)
        self._shapes.append("f")

    def bookmark(self, title: str) -> None:
        """Name the page that is being drawn in the list of bookmarks."""
        name = f"mark{len(self._marks)}"
        self._document.outline.addOutlineEntry(name, 0, title)
        destination = self._bookmarkReference(name)
        destination.fit()
        destination.setPage(self._document.thisPageRef())
        self._marks.append(name)

    def finish(self) -> bytes:
        """Close the last page, embed the faces and give the file."""
        self._close_page()
        fonts = self._document.idToObject[pdfdoc.BasicFonts].dict
        for subset in self._subsets.values():
            fonts[subset.name] = embed(self._document, subset)
        if self._marks:
            self._document.Catalog.showOutline()
        data: bytes | str = self._document.GetPDFData(self)
        return data.encode("latin-1") if isinstance(data, str) else data

    def _bookmarkReference(self, name: str) -> Any:  # noqa: N802, ANN401 - reportlab asks its canvas for it by this name
        return self._destinations.setdefault(name, pdfdoc.Destination(name))

    def _close_page(self) -> None:
        if not self.pages:
            return
        page = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = round(grid.PAGE_WIDTH, 2), round(grid.PAGE_HEIGHT, 2)
        content = "\n".join([*self._shapes, "BT", *self._text, "ET"])
        page.Contents = stream(content.encode("ascii"))
        page.Resources = _resources()
        self._document.addPage(page)
        self._text, self._shapes = [], []

    def _subset(self, face: FontFile) -> Subset:
        subset = self._subsets.get(face)
        if subset is None:
            subset = self._subsets[face] = Subset(face, f"F{len(self._subsets) + 1}")
        return subset

    def _show(
        self, subset: Subset, codes: str, place: tuple[float, float, float], spacing: float, scale: float = 100.0
    ) -> None:
        x, y, size = place
        ops = self._text
        if self._state != (subset.name, size):
            self._state = (subset.name, size)
            ops.append(f"/{subset.name} {size:g} Tf")
        wanted = (f"{spacing:.3f}", f"{scale:.2f}")
        if wanted != self._spacing:
            self._spacing = wanted
            ops.append(f"{wanted[0]} Tc {wanted[1]} Tz")
        ops.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm <{codes}> Tj")

    def _full(self, subset: Subset, place: tuple[float, float, float], text: str, each: float) -> float:
        """Draw full-width characters, each in a cell of `each` points; dashes and dots that join are stretched."""
        x, y, size = place
        cell = max(_FULL_WIDTH, -(-each * 1000 / size // _STEP) * _STEP)
        codes = subset.in_cells(text, int(cell))
        if subset.stretched.isdisjoint(text):
            self._show(subset, codes, place, each - cell * size / 1000)
            return x + len(text) * each
        for char in text:
            if char in subset.stretched:
                wide = subset.face.width(ord(char)) * size / 1000
                self._show(subset, subset.plain(char), (x, y, size), 0, 100 * each / wide)
            else:
                self._show(subset, subset.in_cells(char, int(cell)), (x, y, size), each - cell * size / 1000)
            x += each
        return x

    def _blanks(self, subset: Subset, place: tuple[float, float, float], text: str, each: float) -> float:
        x, _, size = place
        self._show(subset, subset.plain(text), place, each - subset.face.width(ord(" ")) * size / 1000)
        return x + len(text) * each

    def _word(
        self, subset: Subset, place: tuple[float, float, float], text: str, half: float, spread: float
    ) -> float:  # fmt: skip
        """Draw a number or a word in its natural widths, in the middle of its cells."""
        x, _, size = place
        room = len(text) * half
        codes, spacing, scale = _set_word(subset, text, 1000 * room / size, 1000 * spread / size)
        self._show(subset, codes, place, spacing * size / 1000, scale)
        return x + room + spread


def _set_word(subset: Subset, text: str, room: float, spread: float) -> tuple[str, float, float]:
    """Give the codes of a word with spacing and scale (per cent) that make it `room` wide, `spread` after it."""
    natural = sum(map(subset.face.width, map(ord, text)))
    scale = 100 * room / natural if natural > room * _SQUEEZE_FROM else 100.0
    within = around = 0.0
    if scale == 100.0:
        between = max(len(text) - 1, 1)
        slack = room - natural
        within = slack / between if slack < 0 else min(max(0.0, slack - _AROUND) / between, _WITHIN)
        around = max(0.0, slack - within * (len(text) - 1))
    before, after = round(around / 2), round((around / 2 + spread) * 100 / scale)
    return subset.padded(text, before, after) if before or after else subset.plain(text), within, scale


@cache
def _resources() -> pdfdoc.PDFResourceDictionary:
    found = pdfdoc.PDFResourceDictionary()
    found.basicFonts()
    found.basicProcs()
    return found


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:.2f}" for value in values)
