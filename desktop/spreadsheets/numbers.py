"""Identity numbers, credit codes, telephones and counts, repaired where that is safe (domain pack §4.5, §4.12)."""

import re
import unicodedata
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from desktop.core.phones import read_phones
from desktop.core.text import clean_line, narrow
from desktop.spreadsheets.reading import Cell, text_of
from desktop.spreadsheets.results import BLANK_MARKS, NOTHING, Parsed, refused, warned

_FLOATED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_QUOTES = "'‘’`′＇"
_COUNT = re.compile(r"(\d{1,7})(?:\.0+)?[人名个家位次]?")
_ABOUT = re.compile(r"(?:约|大约|近)(\d{1,7})(?:余|多)?[人名个家位]?(?:左右)?|(\d{1,7})(?:余|多)[人名个家位]?")
_USCC = re.compile(r"[0-9A-Z]{18}")
_FILL_IN = "请照证件补录：先把这一列设为文本格式，重新填写，再导入这一行。"
_REFILL = "请先把这一列设为文本格式，重新填写代码，再导入这一行。"
_CHECK = "请照证件核对，改正后再导入这一行。"


def parse_identity(cell: Cell, on: date | None = None) -> Parsed:
    """Read an identity number (GB 11643): 18 characters, real date, check digit; what Excel has rounded is refused."""
    text = narrow(text_of(cell)).strip(_QUOTES).replace("-", "").upper()
    if text in BLANK_MARKS:
        return NOTHING
    if _is_damaged(cell, text) or re.fullmatch(r"\d{15}000", text):
        return refused("身份证号被 Excel 改写，后几位已经丢失。", _FILL_IN)
    if re.fullmatch(r"[1-9]\d{14}", text):
        return warned(text, "身份证号是旧的 15 位。", "请照现在的证件补成 18 位。")
    fault = _identity_fault(text, on)
    return refused(fault, _CHECK) if fault else Parsed(text)


def _is_damaged(cell: Cell, text: str) -> bool:
    """Tell whether Excel has kept a long number as a float, and so lost its last digits."""
    return (not isinstance(cell, str) and text.isdigit() and len(text) > 15) or bool(_FLOATED.fullmatch(text))


def _identity_fault(text: str, on: date | None) -> str | None:
    if len(text) != 18:
        return f"身份证号应为 18 位，这里是 {len(text)} 位。"
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", text):
        return "身份证号里有数字和末位 X 以外的字符。"
    born = _birth(text)
    if born is None or born.year < 1900 or (on is not None and born > on):
        return f"身份证号里的出生日期 {text[6:14]} 不存在。"
    return None if ric.calc_check_digit(text) == text[17] else "身份证号的校验码不对，至少有一位写错。"


def _birth(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def identity_facts(number: str) -> tuple[str, str] | None:
    """Give birth date (ISO) and sex code (1, 2) that a checked 18-digit number says; None for a legacy one."""
    if len(number) != 18:
        return None
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}", "1" if int(number[16]) % 2 else "2"


def parse_credit_code(cell: Cell) -> Parsed:
    """Read a unified social credit code (GB 32100), or, in the same column, a filing number (field `filing_number`)."""
    line = clean_line(text_of(cell)).strip(_QUOTES)
    text = narrow(line).replace("-", "").upper()
    if line in BLANK_MARKS:
        return NOTHING
    if _is_damaged(cell, text):
        return refused("信用代码被 Excel 改写，后几位已经丢失。", _FILL_IN)
    if not _USCC.fullmatch(text):
        return Parsed(None, None, (("filing_number", line),))
    try:
        return Parsed(str(uscc.validate(text)))
    except ValidationError:
        return refused("统一社会信用代码的校验码不对，至少有一位写错。", "请照登记证书核对，改正后再导入这一行。")


def parse_filing_number(cell: Cell) -> Parsed:
    """Read a filing number (备案编号): free text of the county, never forced into 18 characters."""
    line = clean_line(text_of(cell)).strip(_QUOTES)
    return NOTHING if line in BLANK_MARKS else Parsed(line)


def parse_branch_code(cell: Cell) -> Parsed:
    """Read the code of a Party organisation, ours or the nation's; `222222.0` is what Excel made of `222222`."""
    line = clean_line(text_of(cell)).strip(_QUOTES)
    text = re.sub(r"(?<=\d)\.0+$", "", narrow(line)).upper()
    if line in BLANK_MARKS:
        return NOTHING
    if _is_damaged(cell, text):
        return refused("党组织代码被 Excel 改写，后几位已经丢失。", _REFILL)
    return Parsed(text)


def parse_phone(cell: Cell) -> Parsed:
    """Read a telephone number; several in one cell are kept, joined by `、`; an odd one comes in with a remark."""
    line = unicodedata.normalize("NFKC", clean_line(text_of(cell))).strip(_QUOTES)
    if line in BLANK_MARKS:
        return NOTHING
    found = read_phones(line)
    return warned(found.text, found.fault, "请核对电话，导入后可在记录里改。") if found.fault else Parsed(found.text)


def parse_count(cell: Cell) -> Parsed:
    """Read a count of people or things: `12`, `12.0`, `12人`, full-width digits too."""
    line = clean_line(text_of(cell))
    if line in BLANK_MARKS:
        return NOTHING
    match = _COUNT.fullmatch(narrow(line))
    about = _ABOUT.fullmatch(narrow(line))
    if about is not None:
        count = int(about[1] or about[2])
        return warned(count, f"“{line}”不是确数，这里按 {count} 读入。", "请核对人数，导入后可在记录里改。")
    if match is None:
        return refused(f"“{line}”不是整数。", "请写成数字，如 12，再导入这一行。")
    return Parsed(int(match[1]))
