"""Finds the official faces that a machine may have (domain.md §5.7): asked by file name, believed by their characters.

They are licensed to the machine, so a document may embed what it uses of them, but they are never shipped.
"""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

_FILES: dict[str, tuple[str, ...]] = {
    "fangsong": ("simfang.ttf", "cesi_fs_gb2312.ttf", "cesi_fs_gb18030.ttf", "cesi_fs_gb13000.ttf"),
    "heiti": ("simhei.ttf", "cesi_ht_gb2312.ttf", "cesi_ht_gb18030.ttf", "cesi_ht_gb13000.ttf"),
    "kaiti": ("simkai.ttf", "cesi_kt_gb2312.ttf", "cesi_kt_gb18030.ttf", "cesi_kt_gb13000.ttf"),
    "songti": ("simsun.ttc", "cesi_ss_gb18030.ttf", "cesi_ss_gb13000.ttf"),
    "title": ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "cesi_xbs_gb2312.ttf"),
}
_ENOUGH = 6_700  # of the 6,763 hanzi of GB 2312


def candidates(role: str) -> list[Path]:
    """Give the files that may hold the official face of a role, best first."""
    present = _present()
    return [present[name] for name in _FILES[role] if name in present]


def is_complete(glyph: Callable[[int], int]) -> bool:
    """Tell whether a face really has what its name promises: nearly all hanzi of GB 2312."""
    return sum(glyph(code) != 0 for code in _gb2312()) >= _ENOUGH


@functools.cache
def _present() -> dict[str, Path]:
    """Give every known file that a font folder of this machine holds, by its name in lower case."""
    wanted = {name for names in _FILES.values() for name in names}
    found: dict[str, Path] = {}
    for folder in _folders():
        for base, _, files in os.walk(folder):
            found.update((name.lower(), Path(base) / name) for name in files if name.lower() in wanted)
    return found


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft/Windows/Fonts"
    else:
        yield Path("/usr/share/fonts")
        yield Path("/usr/local/share/fonts")
        yield Path.home() / ".local/share/fonts"
        yield Path.home() / ".fonts"


@functools.cache
def _gb2312() -> tuple[int, ...]:
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return tuple(ord(text) for row in rows if (text := row.decode("gb2312", "ignore")))
