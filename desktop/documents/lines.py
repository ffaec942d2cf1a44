"""Breaks text into the lines of the grid, with 禁则 (GB/T 9704-2012; JIS X 4051 and CLREQ call it line adjustment).

Widths are halves: a full-width character is two, a digit or Latin letter one. No mark that closes stands at the start
of a line and none that opens at its end; —— and …… are not split; a number or a short word stays whole. What does not
fit goes down to the next line, and the line is spread to the full width when it is drawn.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

NO_START = frozenset("，。、；：！？）》」』】〕〉”’…·％‰℃°～々ー,.;:!?)]}>%")
NO_END = frozenset("（《「『【〔〈“‘￥＄([{<$#№")
NO_SPLIT = frozenset("—…·")
LONGEST_WORD = 12

_INK = "\\x21-\\x7e\\u00a1-\\u00a6\\u00a9-\\u00af\\u00b2-\\u00b6\\u00b8-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f"
_LATIN = f"\\x20{_INK}"
HALF = re.compile(f"[{_LATIN}]+")
WORD = re.compile(f"[{_INK}]+")
PIECES = re.compile(f"[{_INK}]+|\\x20+|[^{_LATIN}]+")
_ODD_SPACES = re.compile("[\\u00a0\\u2000-\\u200a\\u202f\\u205f]")
_BREAKS = re.compile("\\r\\n?|[\\n\\u2028\\u2029]")
_SELECTORS = re.compile("[\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef]")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a text from `start` to `end`, indented, `halves` wide; the last of its paragraph is not spread."""

    start: int
    end: int
    indent: int
    halves: int
    last: bool


def paragraphs(text: str) -> list[str]:
    """Split a text at its line ends and bring each paragraph to what can be drawn: no control, bidi or selectors."""
    return [printable(part) for part in _BREAKS.split(text)]


def printable(text: str) -> str:
    """Leave out what has no shape; a tab becomes two full-width blanks, other blanks become the common one."""
    if text.isprintable():
        return _SELECTORS.sub("", text)
    text = _ODD_SPACES.sub(" ", _SELECTORS.sub("", text.replace("\t", "\u3000\u3000")))
    return "".join(char for char in text if char == "\u3000" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"})


def is_half(char: str) -> bool:
    """Tell whether a character takes half a cell."""
    return HALF.match(char) is not None


def halves(text: str) -> int:
    """Give the width of a text in halves."""
    return 2 * len(text) - sum(map(len, HALF.findall(text)))


def gaps(text: str) -> int:
    """Count the places where a line can be spread: between characters, but not inside a number or a word."""
    return len(WORD.sub("x", text)) - 1


def break_lines(text: str, width: int, first: int = 0, rest: int = 0) -> Iterator[Line]:
    """Give the lines of one paragraph; `first` and `rest` are the indents of the first line and of the others."""
    start, indent, length = 0, first, len(text)
    while True:
        room = width - indent
        full = _reach(text, start, room)
        end = length if full >= length else _legal_end(text, start, full)
        while end < length and text[end] == " " and start < end:
            end += 1  # blanks at a break hang out of sight
        taken = text[start:end]
        shown = taken.rstrip(" ") if end < length else taken
        yield Line(start, end, indent, min(halves(shown), room), end >= length)
        if end >= length:
            return
        start, indent = end, rest


def may_break(text: str, at: int) -> bool:
    """Tell whether 禁则 lets a line end before `at`."""
    before, after = text[at - 1], text[at]
    return not (after in NO_START or before in NO_END or (before == after and before in NO_SPLIT))


def _reach(text: str, start: int, room: int) -> int:
    """Give the end of as many characters as fit into `room` halves, at least one."""
    most = start + room // 2
    if HALF.search(text, start, most) is None and not (room % 2):
        return max(most, start + 1)
    used, at = 0, start
    for char in text[start : start + room]:
        used += 1 if HALF.match(char) else 2
        if used > room:
            break
        at += 1
    return max(at, start + 1)


def _legal_end(text: str, start: int, full: int) -> int:
    """Go back from the last place that fits to one where a line may end; where there is none, stay."""
    if may_break(text, full) and not _inside_word(text, full):
        return full
    legal = None
    for at in range(full, start, -1):
        if may_break(text, at):
            if not _inside_word(text, at):
                return at if full - at <= LONGEST_WORD else legal or at
            legal = legal or at
        if legal and full - at > LONGEST_WORD:
            return legal
    return legal or full


def _inside_word(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    return before < "\u0250" and after < "\u0250" and before != " " != after and is_half(before) and is_half(after)
