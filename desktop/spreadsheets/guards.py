"""What a foreign workbook must be before anything parses it (security.md, finding 6)."""

import struct
import zipfile
from enum import Enum
from pathlib import Path

from desktop.spreadsheets.refusals import refusal

MOST_MEMBERS = 2_000
MOST_BYTES = 300 << 20
MOST_RATIO = 100
RATIO_FROM = 1 << 20
_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEAD = 512
_OLE_TABLES = 109
_OLE_FREE = 0xFFFFFFFF
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Kind(Enum):
    """What a workbook is by its content, whatever its suffix says."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


_REQUIRED = {Kind.XLSX: ("[Content_Types].xml", "xl/workbook.xml"), Kind.ODS: ("content.xml", "META-INF/manifest.xml")}


def check(path: Path) -> Kind:
    """Tell what the file is, or refuse it with a UserError of code `workbook-…`; nothing is parsed or unpacked."""
    if path.is_dir():
        raise refusal("workbook-folder", path.name)
    try:
        size = path.stat().st_size
        with path.open("rb") as source:
            head = source.read(_HEAD)
    except FileNotFoundError:
        raise refusal("workbook-missing", path.name) from None
    except OSError:
        raise refusal("workbook-busy") from None
    if not size:
        raise refusal("workbook-empty-file")
    if size > MOST_BYTES:
        raise refusal("workbook-bomb", f"超过 {MOST_BYTES >> 20} MB")
    if head.startswith(b"PK"):
        return _check_zip(path)
    if head.startswith(_OLE):
        return _check_ole(path)
    return _check_text(path, head)


def _check_text(path: Path, head: bytes) -> Kind:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"mime-version:")):
        raise refusal("workbook-html")
    if text.startswith(b"<?xml"):
        raise refusal("workbook-html" if b"<html" in text else "workbook-xml2003")
    if b"\0" in head and not head.startswith(_UTF16):
        raise refusal("workbook-type")
    if path.suffix.lower() not in {".csv", ".txt", ".tsv"}:
        raise refusal("workbook-type", f"（后缀是 {path.suffix}）" if path.suffix else "")
    return Kind.CSV


def _check_ole(path: Path) -> Kind:
    """Look through an OLE file for the names of its streams, which stand there in UTF-16."""
    content = path.read_bytes()
    if _wide("EncryptedPackage") in content:
        raise refusal("workbook-encrypted")
    if _wide("WordDocument") in content or _wide("PowerPoint Document") in content:
        raise refusal("workbook-type")
    if not _is_whole(content):
        raise refusal("workbook-truncated")
    if _wide("Workbook") not in content and _wide("Book") not in content:
        raise refusal("workbook-type")
    return Kind.XLS


def _is_whole(content: bytes) -> bool:
    """Tell whether an OLE file reaches as far as its allocation table says ([MS-CFB] 2.3; tables of over 7 MB pass)."""
    if len(content) < _OLE_HEAD or content[30] not in {9, 12}:
        return False
    sector = 1 << content[30]
    tables = min(int.from_bytes(content[44:48], "little"), _OLE_TABLES)
    last = 0
    for number, (table,) in enumerate(struct.iter_unpack("<I", content[76 : 76 + 4 * tables])):
        entries = content[(table + 1) * sector : (table + 2) * sector]
        if len(entries) < sector:
            return False
        used = [index for index, (entry,) in enumerate(struct.iter_unpack("<I", entries)) if entry != _OLE_FREE]
        last = number * (sector // 4) + used[-1] if used else last
    return len(content) > (last + 1) * sector


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _check_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        raise refusal("workbook-truncated") from None
    if len(members) > MOST_MEMBERS:
        raise refusal("workbook-bomb", f"内部有 {len(members)} 个部分")
    _check_names([member.filename for member in members])
    if any(member.flag_bits & 1 for member in members):
        raise refusal("workbook-encrypted")
    _check_sizes(members)
    return _kind_of(path, {member.filename for member in members})


def _check_names(names: list[str]) -> None:
    for name in names:
        if "\\" in name or "\0" in name or name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise refusal("workbook-names", "有指向外面的名字")
    if len({name.casefold() for name in names}) != len(names):
        raise refusal("workbook-names", "有重复的名字")


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    if total > MOST_BYTES:
        raise refusal("workbook-bomb", f"展开后 {total >> 20} MB")
    for member in members:
        if member.file_size > RATIO_FROM and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise refusal("workbook-bomb", f"压缩比超过 {MOST_RATIO} 倍")


def _kind_of(path: Path, names: set[str]) -> Kind:
    kind = Kind.XLSX if any(name.startswith("xl/") for name in names) else Kind.ODS
    if kind is Kind.ODS and "content.xml" not in names:
        raise refusal("workbook-type")
    missing = [name for name in _REQUIRED[kind] if name not in names]
    if missing:
        raise refusal("workbook-parts", missing[0])
    if kind is Kind.ODS:
        with zipfile.ZipFile(path) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise refusal("workbook-encrypted")
    return kind
