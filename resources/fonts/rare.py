"""Fetch and subset the two faces for rare characters into `resources/fonts/rare/`; `dev.py fonts` runs this.

They come from two Debian packages by name, checked by SHA-256, and keep only hanzi that no text face has. Running it
again does nothing. What cannot be had is said plainly, with exit code 1; the program then names each character that it
cannot print.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
RARE = HERE / "rare"
RECIPE = "2"  # changes when what is kept changes, so that older subsets are made again


@dataclass(frozen=True, slots=True)
class Source:
    """One rare face: its file here, the Debian package, the path inside, and the SHA-256 of the original."""

    file: str
    package: str
    path: str
    licence: str
    sha256: str


SOURCES = (
    Source(
        "BabelStoneHan.ttf",
        "fonts-babelstone-han",
        "usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",
        "usr/share/doc/fonts-babelstone-han/copyright",
        "a2027ca3606907f6a628e9cd869605e3879beaaa38b37c7fec95b372130628c8",
    ),
    Source(
        "HanaMinB.ttf",
        "fonts-hanazono",
        "usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        "usr/share/doc/fonts-hanazono/copyright",
        "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
    ),
)


class MissingError(Exception):
    """A face could not be had; the text says why, in Chinese."""


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file as hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_done(source: Source) -> bool:
    """Tell whether the face was made from this very source and is whole."""
    made, mark = RARE / source.file, RARE / f"{source.file}.sha256"
    if not (made.is_file() and mark.is_file()):
        return False
    return mark.read_text(encoding="ascii").split() == [source.sha256, sha256(made), RECIPE]


def original(source: Source, folder: Path) -> Path:
    """Give the original face: installed on this machine, or fetched into `folder`; MissingError where it is not."""
    for root in (Path("/"), folder):
        if root == folder:
            _download(source, folder)
        path = root / source.path
        if path.is_file() and sha256(path) == source.sha256:
            return path
    raise MissingError(f"{source.package} 的内容与登记的校验值不符")


def _download(source: Source, folder: Path) -> None:
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise MissingError(f"这台机器没有 {tool}")
    got = subprocess.run(
        ["apt-get", "download", source.package], cwd=folder, check=False, capture_output=True, text=True
    )
    archives = list(folder.glob(f"{source.package}_*.deb"))
    if got.returncode or not archives:
        said = (got.stderr.strip().splitlines() or ["原因不明"])[-1]
        raise MissingError(f"没有取到软件包 {source.package}（{said}）")
    unpacked = subprocess.run(["dpkg-deb", "-x", archives[0], folder], check=False, capture_output=True, text=True)
    if unpacked.returncode:
        raise MissingError(f"软件包 {source.package} 打不开")


def is_han(code: int) -> bool:
    """Tell whether a code point is a hanzi, a radical or a stroke; private use is not, its shapes mean nothing here."""
    return 0x2E80 <= code <= 0x303F or 0x31C0 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code < 0xE0000


def text_face_characters() -> frozenset[int]:
    """Give the hanzi that every text face has, so that no rare face need hold them."""
    from fontTools.ttLib import TTFont

    sets = []
    for path in sorted(HERE.glob("Noto*SC-Regular.ttf")):
        with TTFont(path, lazy=True) as font:
            sets.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*sets) if sets else frozenset()


def make(source: Source, leave_out: frozenset[int]) -> frozenset[int]:
    """Make one face and give the code points that it holds."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    with tempfile.TemporaryDirectory() as fetched:
        path = original(source, Path(fetched))
        font = TTFont(path, recalcTimestamp=False)
        kept = frozenset(filter(is_han, font.getBestCmap())) - leave_out
        options = Options(
            hinting=False, layout_features=[], glyph_names=False, notdef_outline=True, name_IDs=["*"],
            drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "gasp", "DSIG", "meta", "FFTM", "prep", "cvt ",
                         "fpgm"],
        )  # fmt: skip
        worker = Subsetter(options)
        worker.populate(unicodes=kept)
        worker.subset(font)
        RARE.mkdir(exist_ok=True)
        made = RARE / source.file
        temporary = made.with_suffix(".part")
        font.save(temporary)
        temporary.replace(made)
        licence = path.parents[len(Path(source.path).parts) - 1] / source.licence
        if licence.is_file():
            shutil.copyfile(licence, RARE / f"{source.file}.licence.txt")
    (RARE / f"{source.file}.sha256").write_text(f"{source.sha256}\n{sha256(made)}\n{RECIPE}\n", encoding="ascii")
    return kept


def main() -> int:
    """Make what is missing; say what is there and what could not be had."""
    missing = 0
    held = text_face_characters()
    for source in SOURCES:
        if is_done(source):
            print(f"{source.file}：已经备好")
            continue
        try:
            kept = make(source, held)
        except MissingError as error:
            missing += 1
            print(f"{source.file}：没有备好，{error}。生僻字里只有它才有的字将打印不出，打印时会逐字指明。")
        else:
            print(f"{source.file}：已备好，{len(kept)} 个字")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
