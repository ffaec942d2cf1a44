import io
import json
import struct
import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from desktop import worker
from desktop.core.errors import UserError
from desktop.spreadsheets import remote, rosters
from desktop.spreadsheets.wire import roster_from_json, roster_to_json
from tests.support.workbooks import FOLDER, simple, with_part

ON = date(2026, 11, 23)


def test_the_child_reads_a_roster_as_the_program_would() -> None:
    path = FOLDER / "members.xlsx"
    assert remote.read_roster(path, "members", on=ON) == rosters.read_roster(path, "members", on=ON)


@pytest.mark.parametrize("kind", ["members", "organisations", "branches"])
def test_a_roster_survives_the_wire(kind: rosters.RosterKind) -> None:
    roster = rosters.read_roster(FOLDER / f"{kind}.xlsx", kind, on=ON)
    assert roster_from_json(json.loads(json.dumps(roster_to_json(roster)))) == roster


def test_the_child_names_the_sheets() -> None:
    assert remote.list_sheets(FOLDER / "members.xlsx") == ("党员花名册", "填表说明")


def test_a_refusal_of_the_child_arrives_whole(tmp_path: Path) -> None:
    path = tmp_path / "名册.xls"
    path.write_text("<html>", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        remote.read_roster(path, "members")
    assert (caught.value.code, caught.value.what, caught.value.why) == (
        "workbook-html",
        "没有导入这个文件。",
        "它的后缀是表格，内容却是网页。",
    )


def test_a_child_that_takes_too_long_is_ended() -> None:
    slow = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(UserError) as caught:
        remote.list_sheets(FOLDER / "members.xlsx", timeout=0.2, command=slow)
    assert (caught.value.code, caught.value.why) == ("workbook-slow", "读了 0.2 秒还没有读完。")


@pytest.mark.parametrize(
    ("death", "code"),
    [
        ("import os; os.abort()", "workbook-heavy"),
        ("import os; os.kill(os.getpid(), 9)", "workbook-heavy"),
        ("import os; os._exit(1)", "workbook-damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "workbook-slow"),
    ],
)
def test_a_child_that_dies_is_a_refusal(death: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        remote.list_sheets(FOLDER / "members.xlsx", command=[sys.executable, "-c", death])
    assert caught.value.code == code


def test_the_child_has_a_limit_of_memory() -> None:
    program = "import sys; from desktop import worker; worker.limit(1 << 29, 60); bytes(1 << 30)"
    done = subprocess.run([sys.executable, "-c", program], stderr=subprocess.PIPE, check=False)
    assert b"MemoryError" in done.stderr


def test_a_sheet_of_seventeen_billion_cells_is_refused(tmp_path: Path) -> None:
    part = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    path = tmp_path / "空旷.xlsx"
    path.write_bytes(with_part(simple([["姓名"]]), "xl/worksheets/sheet1.xml", part))
    with pytest.raises(UserError) as caught:
        remote.read_roster(path, "members")
    assert caught.value.code == "workbook-heavy"
    assert caught.value.why == "读取它需要的内存超过了允许的上限。"


def test_a_broken_part_is_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(with_part(simple([["姓名", "性别"]]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"))
    answer = worker.run({"do": "read-roster", "path": str(path), "kind": "members"})
    assert answer["error"]["code"] in {"workbook-damaged", "workbook-sheet-empty"}


def test_an_unknown_request_is_answered_and_not_raised() -> None:
    answer = worker.run({"do": "format-disk", "path": "/"})
    assert answer["error"]["code"] == "workbook-damaged"


def test_a_hundred_thousand_rows_come_through(tmp_path: Path) -> None:
    path = tmp_path / "大.csv"
    lines = ["姓名,性别,入党时间", *(f"人{number % 997},男,2001.{number % 12 + 1}" for number in range(100_000))]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = remote.read_roster(path, "members")
    assert (len(found.rows), found.rows[-1].number) == (100_000, 100_001)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_decoded_and_encoded_anew(tmp_path: Path, form: str) -> None:
    path = tmp_path / "图"
    Image.new("RGB", (30, 20), "red").save(path, format=form, **({"comment": b"secret"} if form == "JPEG" else {}))
    picture = remote.decode_image(path)
    assert (picture.format, picture.width, picture.height) == (form, 30, 20)
    assert b"secret" not in picture.content
    assert Image.open(io.BytesIO(picture.content)).size == (30, 20)


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a\1\0\1\0", b"\x89PNG\r\n"]
)
def test_other_pictures_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "图.png"
    path.write_bytes(content)
    assert worker.run({"do": "decode-image", "path": str(path)})["error"] == {
        "code": "image-type",
        "what": "没有使用这张图片。",
        "why": "它不是 PNG 或 JPEG 图片。",
        "do": "请把图片另存为 PNG 或 JPEG，再选择一次。",
    }


def test_a_photograph_stands_upright(tmp_path: Path) -> None:
    path = tmp_path / "横.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (30, 20), "red").save(path, format="JPEG", exif=exif)
    picture = remote.decode_image(path)
    assert (picture.width, picture.height) == (20, 30)
    assert not Image.open(io.BytesIO(picture.content)).getexif()


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 9_000, 9_000, 8, 2, 0, 0, 0)
    path = tmp_path / "巨.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))
    assert worker.run({"do": "decode-image", "path": str(path)})["error"]["why"] == "图片超过 6400 万像素。"
