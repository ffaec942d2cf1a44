"""Makes `table.txt` from pypinyin (MIT, a development dependency only) and the surnames below.

Run `python resources/pinyin/make.py` after a change of the pin. The program itself never imports pypinyin (310 ms).
Lines of the table: `first <reading><tone> <characters>` for the usual reading of a character, `other …` for the further
readings of common ones, `surname <character(s)> <readings>` for surnames that are read otherwise (domain pack §4.13).
"""

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_tone3

SURNAMES = {
    "盖": "ge3",
    "查": "zha1",
    "仇": "qiu2",
    "单": "shan4",
    "解": "xie4",
    "区": "ou1",
    "曾": "zeng1",
    "任": "ren2",
    "华": "hua4",
    "朴": "piao2",
    "缪": "miao4",
    "乐": "yue4",
    "尉迟": "yu4 chi2",
    "单于": "chan2 yu2",
    "万俟": "mo4 qi2",
    "冼": "xian3",
    "逄": "pang2",
    "郄": "qie4",
    "亓": "qi2",
    "仉": "zhang3",
    "乜": "nie4",
    "员": "yun4",
    "祭": "zhai4",
    "纪": "ji3",
}
COMMON = range(0x4E00, 0xA000)
MISSING = {0x20BB7: "jí"}  # 𠮷, in names but not in the pin


def main() -> None:
    """Write the table beside this file."""
    first: dict[str, list[str]] = defaultdict(list)
    other: dict[str, list[str]] = defaultdict(list)
    for point, text in sorted((PINYIN_DICT | MISSING).items()):
        readings = list(dict.fromkeys(to_tone3(item).replace("ü", "v") for item in text.split(",")))
        plain = [item for item in readings if item.isascii()]
        if unicodedata.category(chr(point)) != "Lo" or not plain:
            continue
        first[plain[0]].append(chr(point))
        for item in plain[1:] if point in COMMON else []:
            other[item].append(chr(point))
    lines = [f"first {reading} {''.join(first[reading])}" for reading in sorted(first)]
    lines += [f"other {reading} {''.join(other[reading])}" for reading in sorted(other)]
    lines += [f"surname {name} {readings}" for name, readings in SURNAMES.items()]
    Path(__file__).with_name("table.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
