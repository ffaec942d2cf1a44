"""Dates of every spelling that rosters have, into ISO text of known precision (domain pack §7, §11)."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from desktop.core.calendar import is_date_text
from desktop.core.text import clean_line, narrow
from desktop.spreadsheets.reading import Cell, text_of
from desktop.spreadsheets.results import BLANK_MARKS, NOTHING, Parsed, refused, warned

_EPOCH = date(1899, 12, 30)
_SERIALS = range(1, 73_051)  # up to 2099-12-31
_CLOCK = re.compile(
    r"(?:[T\s]\s*|\s*[上下]午\s*)\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}秒?|分)?(?:\.\d+)?(?:\s*[AaPp][Mm])?Z?$"
)
_DAY = re.compile(r"(\d{4})[./\-年_\\,](\d{1,2})[./\-月_\\,](\d{1,2})[日号]?")
_MONTH = re.compile(r"(\d{4})[./\-年_\\,](\d{1,2})月?份?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR = re.compile(r"(\d{4})年?")
_SHORT_YEAR = re.compile(r"\d{2}[./\-年]\d{1,2}(?:[./\-月](?:\d{1,2}日?)?)?|\d{6}")
_HAN_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_TENS = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?")
_SPAN = re.compile(r"\s+-\s+|\s*(?:至|到|~|～|—+|–|－{1,2}|--)\s*|(?<=\d)-(?=\d{4})|(?<=[月日年])-(?=\d)")
_TODAY_WORDS = frozenset({"至今", "今", "长期", "现在"})
_HOW = "请写成 1985-06-03、1985.06 或 1985年6月，再导入这一行。"


def parse_date(cell: Cell, heading: str = "") -> Parsed:
    """Read a date; a heading that asks for 年月 takes the first of a month for the month alone."""
    if isinstance(cell, date):
        return _of_date(cell, heading)
    if isinstance(cell, time | timedelta):
        return refused("这一格只有钟点，没有日期。", _HOW)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _of_number(float(cell))
    return _of_text(text_of(cell))


def parse_span(cell: Cell, start: str, end: str) -> Parsed:
    """Read `2022.6-2025.6` or `2022年6月至2025年6月` into the two fields named; one date alone is the start."""
    if not isinstance(cell, str):
        single = parse_date(cell)
        return Parsed(None, single.problem, ((start, single.value),) if single.value is not None else ())
    parts = [part for part in _SPAN.split(clean_line(cell)) if part and part not in BLANK_MARKS]
    found = []
    for key, part in zip((start, end), parts, strict=False):
        if part in _TODAY_WORDS:
            continue
        parsed = parse_date(part)
        if parsed.value is None:
            return refused(f"起止时间“{clean_line(cell)}”读不出来。", "请写成 2022.06-2025.06，再导入这一行。")
        found.append((key, parsed.value))
    return Parsed(None, None, tuple(found))


def _of_date(value: date, heading: str) -> Parsed:
    """Take a cell that the sheet itself keeps as a date."""
    text = value.strftime("%Y-%m-%d") if isinstance(value, datetime) else value.isoformat()
    if value.day == 1 and "年月" in heading and "日" not in heading:
        text = text[:7]
    return _checked(text.rjust(10, "0") if len(text) > 7 else text)


def _of_number(value: float) -> Parsed:
    """Take a number: `198506`, `19850603`, `1985.06`, `1985`, or Excel's count of days with or without a time."""
    days = int(value)
    if days in _SERIALS and not 1900 <= days <= 2100:
        return _checked((_EPOCH + timedelta(days=days)).isoformat())
    parsed = _of_text(text_of(value))
    if parsed.value is not None and repr(value).endswith(".1"):
        return warned(
            parsed.value, "Excel 会把 10 月写成 .1，这里按 1 月读入。", "若是 10 月，请把这一格改为文本 .10。"
        )
    return parsed


def _of_text(raw: str) -> Parsed:
    line = unicodedata.normalize("NFKC", clean_line(raw))
    if line in BLANK_MARKS:
        return NOTHING
    text = narrow(_CLOCK.sub("", line)).rstrip(".、,;生")
    text = _arabic(text)
    for pattern in (_DAY, _MONTH, _SOLID, _YEAR):
        match = pattern.fullmatch(text)
        if match:
            year, *rest = (part for part in match.groups() if part)
            iso = "-".join((year, *(part.zfill(2) for part in rest)))
            if is_date_text(iso) and 1900 <= int(year) <= 2100:
                return Parsed(iso)
            if not _SHORT_YEAR.fullmatch(text):
                return refused(f"日期“{line}”不存在。", _HOW)
    if _SHORT_YEAR.fullmatch(text):
        return refused(f"日期“{line}”的年份不是四位。", _HOW)
    if text.isdigit() and len(text) == 5:
        return _checked((_EPOCH + timedelta(days=int(text))).isoformat())
    return refused(f"日期“{line}”读不出来。", _HOW)


def _checked(iso: str) -> Parsed:
    if 1900 <= int(iso[:4]) <= 2100:
        return Parsed(iso)
    return refused(f"日期“{iso}”的年份不在 1900 与 2100 之间。", _HOW)


def _arabic(text: str) -> str:
    """Write `二〇二六年十一月二十三日` in digits."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    text = _TENS.sub(lambda found: f"{found[1] or '一'}{found[2] or '〇'}", text)
    return text.translate(_HAN_DIGITS)
