"""Normalisation of what people type and of what files bring (package-format.md §1)."""

import re
import unicodedata

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_KEPT = frozenset("\n\t")
_SPACES = re.compile(r"[\s\u3000\u00a0]+")


def is_clean(text: str) -> bool:
    """Tell whether text may stand in a record: NFC, no control but line feed and tab, no bidi, no lone surrogate."""
    if text.isprintable():  # then none of its characters is of the categories Cc, Cf and Cs
        return unicodedata.is_normalized("NFC", text)
    return not any(is_forbidden(char) for char in text) and unicodedata.is_normalized("NFC", text)


def is_forbidden(char: str) -> bool:
    """Tell whether one character may never stand in a record."""
    return char in BIDI or (unicodedata.category(char) in {"Cc", "Cs"} and char not in _KEPT)


def clean(text: str) -> str:
    """Bring text to NFC, line feeds to one kind, and leave out control, bidi and zero-width characters."""
    if text.isprintable():  # then there is no character of the categories Cc, Cf and Cs in it
        return unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ZERO_WIDTH.sub("", text)
    text = "".join(char for char in text if not is_forbidden(char))
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Clean one line: also tabs, line feeds and runs of blanks (full-width too) become one blank; ends are stripped."""
    return _SPACES.sub(" ", clean(text)).strip()


def clean_name(text: str) -> str:
    """Clean a person's name: blanks inside go (`李　明` is `李明`), `·` stays and its look-alikes become it."""
    line = clean_line(text)
    line = re.sub("[\u2022\u2027\u30fb\uff65\u2219\u22c5]", "·", line)
    return line if re.fullmatch(r"[\x20-\x7e]*", line) else line.replace(" ", "")


def narrow(text: str) -> str:
    """Bring full-width digits, letters and signs to ASCII and strip every blank: for numbers, dates and codes."""
    folded = unicodedata.normalize("NFKC", _ZERO_WIDTH.sub("", text))
    return _SPACES.sub("", folded.replace("。", "."))


def match_name(text: str) -> str:
    """Fold an organisation's or branch's name for matching: no blanks, ASCII brackets, no leading 中共, lower case."""
    folded = narrow(clean(text)).casefold()
    folded = folded.translate(str.maketrans("（）〔〕【】［］", "()()()()"))
    return folded.removeprefix("中国共产党").removeprefix("中共")
