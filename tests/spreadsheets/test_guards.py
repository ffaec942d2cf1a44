import io
import zipfile
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.spreadsheets import guards
from desktop.spreadsheets.guards import Kind, check
from desktop.spreadsheets.refusals import CODES, refusal
from tests.support.workbooks import FOLDER, simple, with_part, zipped

RESAVE = "请用 Excel 或 WPS 打开它，另存为 .xlsx，再导入一次。"
FETCH = "请向发文件的人重新要一份，或从原处再复制一次。"
GOOD = simple([["姓名", "性别"], ["张三", "男"]])
TYPES, BOOK = ("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path: Path) -> tuple[str, str, str, str]:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError) as caught:
        check(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    error = caught.value
    return error.code, error.what, error.why, error.do


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [("members.xlsx", Kind.XLSX), ("members.xls", Kind.XLS), ("members.csv", Kind.CSV), ("branches.xlsx", Kind.XLSX)],
)
def test_good_workbooks_pass_by_their_content(name: str, kind: Kind) -> None:
    assert check(FOLDER / name) is kind


def test_the_suffix_does_not_decide(tmp_path: Path) -> None:
    assert check(written(tmp_path, "名册.xls", GOOD)) is Kind.XLSX
    assert check(written(tmp_path, "名册.et", (FOLDER / "members.xls").read_bytes())) is Kind.XLS


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "炸.xlsx", [TYPES, BOOK, ("xl/worksheets/sheet1.xml", bytes(8 << 20))])
    assert refused(path) == (
        "workbook-bomb",
        "没有导入这个文件。",
        "文件展开后大得不正常（压缩比超过 100 倍），可能会卡死电脑。",
        RESAVE,
    )


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "多.xlsx", [TYPES, BOOK, *((f"xl/{n}.xml", b"") for n in range(guards.MOST_MEMBERS))])
    assert refused(path)[2] == "文件展开后大得不正常（内部有 2002 个部分），可能会卡死电脑。"


def test_too_many_bytes_are_refused_by_their_declared_size(tmp_path: Path) -> None:
    content = bytearray(zipped(tmp_path / "大.xlsx", [TYPES, BOOK]).read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (400 << 20).to_bytes(4, "little")
    assert refused(written(tmp_path, "大.xlsx", bytes(content)))[2] == (
        "文件展开后大得不正常（展开后 400 MB），可能会卡死电脑。"
    )


@pytest.mark.parametrize("name", ["../x.xml", "/x.xml", "xl/../../x.xml", "xl\\x.xml", "C:/x.xml"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, content in (TYPES, BOOK):
            archive.writestr(part, content)
        archive.writestr(zipfile.ZipInfo("placeholder"[: len(name)].ljust(len(name), "x")), b"")
    safe = "placeholder"[: len(name)].ljust(len(name), "x").encode()
    path = written(tmp_path, "外.xlsx", target.getvalue().replace(safe, name.encode()))
    assert refused(path) == (
        "workbook-names",
        "没有导入这个文件。",
        "文件内部的目录不合规范（有指向外面的名字），可能被人改动过。",
        RESAVE,
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["xl/workbook.xml", "XL/Workbook.xml"])
def test_duplicate_names_are_refused(tmp_path: Path, twin: str) -> None:
    path = zipped(tmp_path / "双.xlsx", [TYPES, BOOK, (twin, b"<other/>")])
    assert refused(path)[:3:2] == ("workbook-names", "文件内部的目录不合规范（有重复的名字），可能被人改动过。")


def test_required_parts_are_asked_for(tmp_path: Path) -> None:
    path = zipped(tmp_path / "缺.xlsx", [BOOK])
    assert refused(path)[2] == "文件缺少表格必有的部分（[Content_Types].xml）。"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "包.zip", [("word/document.xml", b"")])
    assert refused(path) == (
        "workbook-type",
        "没有导入这个文件。",
        "它不是 .xlsx、.xls、.et、.ods 或 .csv 表格。",
        "请选择名册表格，再导入一次。",
    )


def test_an_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    content = OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    assert refused(written(tmp_path, "密.xlsx", content)) == (
        "workbook-encrypted",
        "没有导入这个文件。",
        "文件设了打开密码，读不到里面的内容。",
        "请用 Excel 或 WPS 打开它，去掉密码后另存，再导入一次。",
    )


def test_a_zip_with_encrypted_members_is_refused(tmp_path: Path) -> None:
    content = bytearray(GOOD)
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refused(written(tmp_path, "密.xlsx", bytes(content)))[0] == "workbook-encrypted"


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", ["members.xlsx", "members.xls"])
def test_a_truncated_workbook_is_refused(tmp_path: Path, name: str, part: float) -> None:
    content = (FOLDER / name).read_bytes()
    path = written(tmp_path, name, content[: int(len(content) * part) // 512 * 512 or 600])
    assert refused(path) == ("workbook-truncated", "没有导入这个文件。", "文件不完整，后半部分缺失。", FETCH)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>x",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html>",
        b"<table>",
        b'<?xml version="1.0"?><html xmlns="">',
    ],
)
def test_a_web_page_called_xls_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(written(tmp_path, "名册.xls", content)) == (
        "workbook-html",
        "没有导入这个文件。",
        "它的后缀是表格，内容却是网页。",
        RESAVE,
    )


def test_a_spreadsheet_in_xml_of_2003_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "名册.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')
    assert refused(path)[0] == "workbook-xml2003"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "空.xlsx", b"")
    assert refused(path) == ("workbook-empty-file", "没有导入这个文件。", "文件是空的，一个字节也没有。", FETCH)


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"%PDF-1.7\n"), ("a.csv", b"ab\0\0cd"), ("a", b"text")])
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes) -> None:
    assert refused(written(tmp_path, name, content))[0] == "workbook-type"


def test_a_word_document_is_refused(tmp_path: Path) -> None:
    content = OLE + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2000)
    assert refused(written(tmp_path, "a.doc", content))[0] == "workbook-type"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert refused(tmp_path / "无.xlsx") == (
        "workbook-missing",
        "没有导入这个文件。",
        "找不到文件 无.xlsx。",
        "请核对文件名和位置，再选择一次。",
    )


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    assert refused(tmp_path)[::2] == ("workbook-folder", f"“{tmp_path.name}”是一个文件夹，不是名册文件。")


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_refusal_has_three_parts_without_blame(code: str) -> None:
    error = refusal(code, "甲")
    sentences = (error.what, error.why, error.do)
    assert all(sentence.endswith("。") for sentence in sentences)
    assert error.do.startswith("请")
    assert not any(word in str(error) for word in ("失败", "非法", "错误操作", "！", "!", "{"))


def test_an_extra_part_does_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, "a.xlsx", with_part(GOOD, "xl/extra.bin", b"\0"))
    assert check(path) is Kind.XLSX
