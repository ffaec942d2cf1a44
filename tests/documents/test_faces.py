"""Every character gets a face that has it, or is refused by name."""

import hashlib
import re
import struct
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from desktop.core.errors import UserError
from desktop.core.paths import resources
from desktop.documents import faces, font_file, installed
from desktop.documents.faces import Role, own_face, runs

FONTS = resources() / "fonts"
OWN = sorted(path.name for path in FONTS.glob("*.ttf"))


def test_the_readme_lists_every_face_with_its_hash() -> None:
    text = (FONTS / "README.md").read_text(encoding="utf-8")
    made = {name: sha for sha, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", text, re.MULTILINE)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
    assert found.items() <= made.items()
    assert len(found) == 6


@pytest.mark.parametrize("file", OWN)
def test_a_face_is_read_as_fonttools_reads_it(file: str) -> None:
    ours = font_file.read(FONTS / file)
    with TTFont(FONTS / file, lazy=True) as font:
        cmap, order, widths = font.getBestCmap(), font.getReverseGlyphMap(), font["hmtx"]
        for code in range(0x20, 0x30000):
            name = cmap.get(code)
            assert ours.glyph(code) == (order[name] if name else 0)
            if name and code % 7 == 0:
                assert ours.width(code) == round(widths[name][0] * 1000 / font["head"].unitsPerEm)


@pytest.mark.parametrize("file", ["NotoSansSC-Regular.ttf", "NotoSerifSC-Regular.ttf"])
def test_the_wide_faces_hold_all_of_gbk(file: str) -> None:
    face = font_file.read(FONTS / file)
    rows = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    hanzi = [text for row in rows if len(text := row.decode("gbk", "ignore")) == 1 and 0x4E00 <= ord(text) <= 0x9FFF]
    assert len(hanzi) == 20902
    assert face.has("".join(hanzi))


def test_a_subset_is_a_whole_font_with_just_its_glyphs(tmp_path: Path) -> None:
    face = font_file.read(FONTS / "NotoSerifSC-Black.ttf")
    chars = "会议记录é"
    glyphs = [font_file.Placed(face.glyph(ord(char)), 0, face.width(ord(char))) for char in chars]
    (tmp_path / "subset.ttf").write_bytes(face.subset(glyphs))
    tables = TTFont(FONTS / "NotoSerifSC-Black.ttf")
    order = tables.getGlyphOrder()
    raw = (tmp_path / "subset.ttf").read_bytes()
    count = struct.unpack(">H", raw[4:6])[0]
    places = {raw[at : at + 4]: struct.unpack(">III", raw[at + 4 : at + 16]) for at in range(12, 12 + 16 * count, 16)}
    _, at, _ = places[b"maxp"]
    assert struct.unpack(">H", raw[at + 4 : at + 6])[0] >= len(glyphs)
    _, start, length = places[b"glyf"]
    widths = places[b"hmtx"]
    assert struct.unpack(">H", raw[widths[1] + 4 : widths[1] + 6])[0] == tables["hmtx"][order[glyphs[1].glyph]][0]
    assert len(raw[start : start + length]) == length > 0


def test_a_glyph_that_is_moved_is_the_plain_one_moved_in_a_wider_advance(tmp_path: Path) -> None:
    face = font_file.read(FONTS / "NotoSerifSC-Black.ttf")
    glyph = face.glyph(ord("é"))
    made = face.subset([font_file.Placed(0, 0, 0), font_file.Placed(glyph, 40, 700), font_file.Placed(glyph, 0, 610)])
    tables = {made[at : at + 4]: struct.unpack(">II", made[at + 8 : at + 16]) for at in range(12, 172, 16)}
    glyf, hmtx, loca = (tables[tag][0] for tag in (b"glyf", b"hmtx", b"loca"))
    places = [glyf + place for place in struct.unpack(">4I", made[loca : loca + 16])]
    moved, plain = (struct.unpack_from(">5h", made, place) for place in places[1:3])
    assert moved == (-1, plain[1] + 40, plain[2], plain[3] + 40, plain[4])
    assert struct.unpack_from(">HH2h", made, places[1] + 10) == (3, 2, 40, 0)
    rows = list(struct.iter_unpack(">Hh", made[hmtx + 4 : hmtx + 12]))
    assert rows == [(700, plain[1] + 40), (610, plain[1])]


@pytest.mark.parametrize("raw", [b"", b"OTTO" + bytes(100), b"\0\1\0\0\0\x10" + bytes(6), bytes(4000)])
def test_what_is_no_truetype_face_is_told_apart(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.ttf").write_bytes(raw)
    with pytest.raises(font_file.FontFileError):
        font_file.read(tmp_path / "x.ttf")


def test_a_text_that_the_face_has_stays_in_one_run() -> None:
    assert [(face.name, part) for face, part in runs("支部会议2026", Role.FANGSONG)] == [
        ("FandolFang-Regular", "支部会议2026")
    ]


def test_rare_names_fall_back_character_by_character() -> None:
    found = [(face.name, part) for face, part in runs("陈𬭎，𠮷田", Role.FANGSONG)]
    assert found == [
        ("FandolFang-Regular", "陈"),
        ("NotoSerifSC-Regular", "𬭎"),
        ("FandolFang-Regular", "，"),
        ("BabelStoneHan", "𠮷"),
        ("FandolFang-Regular", "田"),
    ]


def test_the_last_face_covers_extensions_that_no_other_has() -> None:
    assert [face.name for face, _ in runs("𪀀𫠝𫝀", Role.HEITI)]
    hana = own_face("rare/HanaMinB.ttf")
    assert hana is not None, "run dev.py fonts: HanaMinB is missing"
    babel = own_face("rare/BabelStoneHan.ttf")
    assert babel is not None, "run dev.py fonts: BabelStone Han is missing"
    only = next(chr(code) for code in range(0x20000, 0x2A6DF) if hana.glyph(code) and not babel.glyph(code))
    assert [face.name for face, _ in runs(only, Role.KAITI)] == ["HanaMinB"]


def test_a_character_that_no_face_has_is_refused_by_name() -> None:
    with pytest.raises(UserError) as refused:
        runs("甲\U0002ebf0乙\u0e01", Role.FANGSONG)
    assert str(refused.value) == (
        "没有生成文件。“\U0002ebf0”（U+2EBF0）、“\u0e01”（U+0E01）没有字体可以打印。"
        "请补装生僻字字体，或改用打印得出的字。"
    )


def test_without_the_rare_faces_their_characters_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    known = faces.own_face
    monkeypatch.setattr(faces, "own_face", lambda file: None if file.startswith("rare/") else known(file))
    faces._face_for.cache_clear()
    try:
        with pytest.raises(UserError, match=r"“𠮷”（U\+20BB7）没有字体可以打印"):
            runs("𠮷田", Role.FANGSONG)
    finally:
        faces._face_for.cache_clear()


def test_an_official_face_is_believed_by_its_characters_not_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "simfang.ttf").write_bytes(b"not a font")
    (tmp_path / "SIMKAI.TTF").write_bytes((FONTS / "LXGWWenKai-Regular.ttf").read_bytes())
    monkeypatch.setattr(installed, "_folders", lambda: iter([tmp_path]))
    installed._present.cache_clear()
    faces.face_of.cache_clear()
    try:
        assert faces.face_of(Role.FANGSONG).path == FONTS / "FandolFang-Regular.ttf"
        assert faces.face_of(Role.KAITI).path == tmp_path / "SIMKAI.TTF"
    finally:
        installed._present.cache_clear()
        faces.face_of.cache_clear()
