"""Make the six text faces of this folder once: fetch by package name, subset, bring to TrueType without hints.

Run it with the development environment: `.venv/bin/python resources/fonts/make.py [FOLDER FOR DOWNLOADS]`.
It needs npm, apt-get and dpkg-deb. The faces are committed, so nobody else has to; README.md says what comes whence.
"""

import bz2
import gzip
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).parent
LARGEST_ERROR = 2.0  # of 1,000 units: a fifth of a dot at 600 dpi in 16 points
SANS, SERIF = "@expo-google-fonts/noto-sans-sc@0.4.3", "@expo-google-fonts/noto-serif-sc@0.4.3"
WENKAI, FANDOL, UNIHAN = "fonts-lxgw-wenkai", "texlive-lang-chinese", "unicode-data"


@dataclass(frozen=True, slots=True)
class Face:
    """One face: its file here, the package and the path inside, and whether it keeps all of GBK."""

    file: str
    package: str
    path: str
    gbk: bool = False


FACES = (
    Face("NotoSansSC-Regular.ttf", SANS, "package/400Regular/NotoSansSC_400Regular.ttf", gbk=True),
    Face("NotoSansSC-Bold.ttf", SANS, "package/700Bold/NotoSansSC_700Bold.ttf"),
    Face("NotoSerifSC-Regular.ttf", SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf", gbk=True),
    Face("NotoSerifSC-Black.ttf", SERIF, "package/900Black/NotoSerifSC_900Black.ttf"),
    Face("LXGWWenKai-Regular.ttf", WENKAI, "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"),
    Face(
        "FandolFang-Regular.ttf",
        FANDOL,
        "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf",
    ),
)
LICENCES = (
    ("OFL-NotoSansSC.txt", SANS, "package/LICENSE_FONT"),
    ("OFL-NotoSerifSC.txt", SERIF, "package/LICENSE_FONT"),
    ("OFL-LXGWWenKai.txt", WENKAI, "usr/share/doc/fonts-lxgw-wenkai/copyright"),
    ("GPL-Fandol.txt", FANDOL, "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"),
    ("README-Fandol.txt", FANDOL, "usr/share/doc/texlive-doc/fonts/fandol/README"),
)


def fetch(package: str, downloads: Path) -> Path:
    """Fetch a package by its name and unpack it; give the folder that its paths start from."""
    folder = downloads / package.strip("@").replace("/", "-").replace("@", "-")
    if not folder.exists():
        folder.mkdir(parents=True)
        if package.startswith("@"):
            named = subprocess.run(
                ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
            )
            with tarfile.open(folder / named.stdout.split()[-1]) as archive:
                archive.extractall(folder, filter="data")
        else:
            subprocess.run(["apt-get", "download", package], cwd=folder, check=True)
            subprocess.run(["dpkg-deb", "-x", *folder.glob("*.deb"), folder], check=True)
    return folder


def is_han(code: int) -> bool:
    """Tell whether a code point is a hanzi of the blocks that the subset lists decide about."""
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code >= 0x20000


def is_left_out(code: int) -> bool:
    """Tell whether a code point is of a script that no clerk here types: hangul, Yi, private use, presentation."""
    return 0x1100 <= code <= 0x11FF or 0xA000 <= code <= 0xDFFF or 0xE000 <= code <= 0xF8FF


def decoded(first: range, second: range, encoding: str) -> Iterator[int]:
    """Give the hanzi of a double-byte encoding."""
    for high in first:
        for low in second:
            text = bytes((high, low)).decode(encoding, "ignore")
            if len(text) == 1 and is_han(ord(text)):
                yield ord(text)


def standard_characters(downloads: Path) -> frozenset[int]:
    """Give 通用规范汉字表 (8,105 characters, 2013): the field kTGH of Unihan."""
    table = fetch(UNIHAN, downloads) / "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    with bz2.open(table, "rt", encoding="utf-8") as source:
        rows = (line.split("\t") for line in source if "\tkTGH\t2013:" in line)
        found = frozenset(int(row[0].removeprefix("U+"), 16) for row in rows)
    if len(found) != 8105:
        raise SystemExit(f"kTGH has {len(found)} characters, not 8,105")
    return found


def to_truetype(font: TTFont) -> None:
    """Replace the cubic outlines of a CFF font by quadratic ones, within LARGEST_ERROR."""
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), glyf
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions",
    ):  # fmt: skip
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    for field in ("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentElements",
                  "maxComponentDepth"):  # fmt: skip
        setattr(maxp, field, 0)
    font["post"].formatType = 3.0
    for tag in ("CFF ", "VORG"):
        del font[tag]
    font.sfntVersion = "\000\001\000\000"


def subset(font: TTFont, wanted: frozenset[int]) -> None:
    """Keep the wanted hanzi and all other signs but those left out; drop hints, layout and vertical tables."""
    kept = [code for code in font.getBestCmap() if (code in wanted if is_han(code) else not is_left_out(code))]
    options = Options(
        hinting=False, layout_features=[], glyph_names=False, notdef_outline=True, name_IDs=["*"], recalc_bounds=True,
        drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "gasp", "DSIG", "meta", "FFTM", "prep"],
    )  # fmt: skip
    worker = Subsetter(options)
    worker.populate(unicodes=kept)
    worker.subset(font)


def make(downloads: Path) -> Iterator[str]:
    """Make every face and licence here; give a line of SHA-256 and name for each."""
    standard = standard_characters(downloads)
    common = standard | frozenset(decoded(range(0xB0, 0xF8), range(0xA1, 0xFF), "gb2312"))
    wide = common | frozenset(decoded(range(0x81, 0xFF), range(0x40, 0xFF), "gbk"))
    for face in FACES:
        font = TTFont(fetch(face.package, downloads) / face.path, recalcTimestamp=False)
        if "CFF " in font:
            to_truetype(font)
        subset(font, wide if face.gbk else common)
        font.save(HERE / face.file)
    for file, package, path in LICENCES:
        content = (fetch(package, downloads) / path).read_bytes()
        (HERE / file).write_bytes(gzip.decompress(content) if path.endswith(".gz") else content)
    for file in [face.file for face in FACES] + [name for name, _, _ in LICENCES]:
        content = (HERE / file).read_bytes()
        yield f"{hashlib.sha256(content).hexdigest()}  {len(content):>9}  {file}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for line in make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made)):
            print(line)
