"""Telephones as people write them: several in one line, brackets, a country code; which of them cannot be one.

Mobile numbers are eleven digits from 13 to 19; fixed ones seven or eight with or without area code and extension,
400 and 800 lines, and the five digits of a public service (《电信网编号计划》).
"""

import re
import unicodedata
from dataclasses import dataclass

from desktop.core.text import clean_line, narrow

_QUOTES = "'‘’`′＇"
_PARTS = re.compile(r"[、,;/\\]|\s{2,}|(?<=\d{11}) ")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_ELEVEN = re.compile(r"1\d{10}")
_FIXED = re.compile(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:(?:-|转)\d{1,6})?|[48]00-?\d{3}-?\d{4}|1\d{4}")


@dataclass(frozen=True, slots=True)
class Phones:
    """The numbers of a line joined by `、`; `odd` is the first that cannot be a telephone, `fault` says why."""

    text: str
    odd: str = ""
    fault: str = ""


def read_phones(text: str) -> Phones:
    """Read a line of one or several telephones; what cannot be one is kept as it stands and named."""
    line = unicodedata.normalize("NFKC", clean_line(text)).strip(_QUOTES)
    parts = [part for part in (_read(one) for one in _PARTS.split(line)) if part]
    wrong = [part for part in parts if not (_MOBILE.fullmatch(part) or _FIXED.fullmatch(part))]
    whole = "、".join(parts) or line
    if not line or (parts and not wrong):
        return Phones(whole)
    odd = wrong[0] if wrong else line
    return Phones(whole, odd, f"电话“{odd}”{'不是手机号码。' if _ELEVEN.fullmatch(odd) else '的位数不对。'}")


def _read(text: str) -> str:
    text = re.sub(r"^(?:\+|00)86-?", "", narrow(text).replace("—", "-").replace("(", "").replace(")", "-"))
    solid = text.replace("-", "")
    return solid if _MOBILE.fullmatch(solid) else text.removesuffix(".0").strip("-")
