"""What a file is by its first bytes, held against what its name says: attachments must be what they say."""

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class FileType:
    """One kind of file that may be attached: its mime type, its Chinese, the endings that say so, how it begins."""

    mime: str
    word: str
    endings: tuple[str, ...]
    begins: tuple[bytes, ...]
    shown: bool = False


_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES: tuple[FileType, ...] = (
    FileType("application/pdf", "PDF", (".pdf",), (b"%PDF-",), shown=True),
    FileType("image/jpeg", "JPEG 图片", (".jpg", ".jpeg"), (b"\xff\xd8\xff",), shown=True),
    FileType("image/png", "PNG 图片", (".png",), (b"\x89PNG\r\n\x1a\n",), shown=True),
    FileType("image/bmp", "BMP 图片", (".bmp",), (b"BM",), shown=True),
    FileType("image/tiff", "TIFF 图片", (".tif", ".tiff"), (b"II*\0", b"MM\0*")),
    FileType(f"{_OFFICE}wordprocessingml.document", "Word 文档", (".docx",), (b"PK\x03\x04",)),
    FileType(f"{_OFFICE}spreadsheetml.sheet", "Excel 表", (".xlsx",), (b"PK\x03\x04",)),
    FileType("application/msword", "Word 文档", (".doc", ".wps"), (_OLE,)),
    FileType("application/vnd.ms-excel", "Excel 表", (".xls", ".et"), (_OLE,)),
    FileType("application/ofd", "OFD 版式文件", (".ofd",), (b"PK\x03\x04",)),
)
HEAD = 16
ENDINGS = tuple(ending for one in TYPES for ending in one.endings)


def named(name: str) -> FileType | None:
    """Give the kind that a file's name says, or None where files of this kind are not kept."""
    ending = PurePath(name).suffix.lower()
    return next((one for one in TYPES if ending in one.endings), None)


def begun(head: bytes) -> FileType | None:
    """Give the first kind whose files begin like this, or None."""
    return next((one for one in TYPES if head.startswith(one.begins)), None)


def of_mime(mime: str) -> FileType | None:
    """Give the kind of a mime type."""
    return next((one for one in TYPES if one.mime == mime), None)
