"""Formulas whose result a workbook does not hold: programs write them, and only Excel or WPS works them out.

The reader of workbooks gives such a cell as empty. So that nothing is lost in silence, the sheet's own XML is asked
(ECMA-376 part 1, 18.3.1.4 `c`, 18.3.1.40 `f`, 18.3.1.96 `v`).
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse

from desktop.spreadsheets.refusals import refusal

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_LINK_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_CHUNK = 1 << 20


def unsaved(path: Path, sheet: str) -> frozenset[tuple[int, int]]:
    """Give the cells of an .xlsx sheet, as zero-based (row, column), that hold a formula without a stored result.

    Whether the package is one is the guard's to say; XML that cannot be read is a UserError `workbook-damaged`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of(archive, sheet)
            if part is None or not _has_formulas(archive, part):
                return frozenset()
            with archive.open(part) as source:
                return frozenset(_unsaved_cells(source))
    except (ParseError, DefusedXmlException, KeyError, OSError, zipfile.BadZipFile):
        raise refusal("workbook-damaged") from None


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Follow the workbook's link from a sheet's name to its part; None in an .xlsb, which keeps no XML."""
    if not {_BOOK, _LINKS} <= set(archive.namelist()):
        return None
    links = {link.get("Id"): link.get("Target", "") for link in fromstring(archive.read(_LINKS))}
    for element in fromstring(archive.read(_BOOK)).iter():
        if _local(element.tag) == "sheet" and element.get("name") == sheet:
            target = links.get(element.get(_LINK_ID) or element.get(_STRICT_LINK_ID), "")
            part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
            return part if part in archive.namelist() else None
    return None


def _has_formulas(archive: zipfile.ZipFile, part: str) -> bool:
    """Look for a formula in the bytes, so that the many sheets without one cost no parsing."""
    with archive.open(part) as source:
        tail = b""
        while chunk := source.read(_CHUNK):
            if _FORMULA.search(tail + chunk):
                return True
            tail = chunk[-64:]
    return False


def _unsaved_cells(source: object) -> Iterator[tuple[int, int]]:
    for _event, element in iterparse(source, forbid_dtd=True):
        name = _local(element.tag)
        if name == "row":
            element.clear()
        if name != "c" or not _lacks_result(element):
            continue
        place = _PLACE.fullmatch(element.get("r", ""))
        if place:
            yield int(place[2]) - 1, _column(place[1])


def _lacks_result(cell: object) -> bool:
    """Tell whether a cell has a formula and no value; an empty text (`t="str"` with `v`) is a value."""
    parts = {_local(part.tag): part for part in cell}  # type: ignore[attr-defined]  # an Element, the parser has no types
    if "f" not in parts or (parts["f"].get("t") == "dataTable"):
        return False
    value = parts.get("v")
    if value is None:
        return "is" not in parts
    return not value.text and cell.get("t") != "str"  # type: ignore[attr-defined]  # see above


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
