"""What is doubtful or wrong about a person's particulars: GB 11643-1999 and the ages of a Party life (§4.12).

Pure but for the day that is passed in; the form shows a remark at its field on leaving it.
"""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric

from desktop.core.calendar import add_years, full_day
from desktop.core.phones import read_phones

NUMBER_SIZE = 18
_SHAPE = re.compile("[1-9][0-9]{16}[0-9X]")
_OLD_SHAPE = re.compile("[1-9][0-9]{14}")
_DAMAGED = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+|[0-9]{15}000")
_LOOK = "请对照证件核对。"
_SEXES = {"1": "男", "2": "女"}


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark at one field: `refused` stands in the way of saving, `confirmable` may be overruled with a reason."""

    field: str
    why: str
    do: str
    refused: bool = False
    confirmable: bool = False


def birth(number: str | None) -> date | None:
    """Give the birthday that an 18-digit number says, or None."""
    if not number or len(number) != NUMBER_SIZE or not number[6:14].isdigit():
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str | None) -> str | None:
    """Give the code of the sex that an 18-digit number says (odd is 1 男, even is 2 女), or None."""
    if not number or not _SHAPE.fullmatch(number):
        return None
    return "1" if int(number[16]) % 2 else "2"


def number_remark(number: str, on: date) -> Remark | None:
    """Judge an identity number alone: its length and signs, its date, its check digit; None where it is sound."""
    if _OLD_SHAPE.fullmatch(number):
        return Remark("id_number", "身份证号是旧的 15 位。", "请照现在的证件补成 18 位。")
    fault = _fault(number, on)
    if fault is not None:
        return Remark("id_number", fault, _LOOK, refused=True)
    if ric.calc_check_digit(number) != number[17]:
        do = "请对照证件核对；确实无误可点“仍然保存”并写明原因。"
        return Remark("id_number", "身份证号末位对不上，可能输错一位。", do, refused=True, confirmable=True)
    return None


def _fault(number: str, on: date) -> str | None:
    if _DAMAGED.fullmatch(number):
        return "身份证号被 Excel 改写，后几位已经丢失。"
    if len(number) != NUMBER_SIZE:
        return f"身份证号应为 18 位，现在是 {len(number)} 位。"
    if not _SHAPE.fullmatch(number):
        return "身份证号里有数字和末位 X 以外的字符。"
    born = birth(number)
    if born is None or born.year < 1900 or born > on:
        return f"身份证号里的出生日期 {number[6:14]} 不存在。"
    return None


def phone_remark(phone: str | None) -> Remark | None:
    """Judge a telephone as the import does: an odd one may be right, and is asked about."""
    fault = read_phones(phone).fault if phone else ""
    return Remark("phone", fault, "请核对；确实无误可以照样保存。") if fault else None


def match_remarks(number: str, born_on: str | None, sex_code: str | None) -> tuple[Remark, ...]:
    """Compare a number with the birthday and sex that the form gives."""
    found = []
    born, said = birth(number), sex(number)
    if born is not None and born_on and not born.isoformat().startswith(born_on):
        why = f"出生日期 {born_on} 与身份证号里的 {born.isoformat()} 不一致。"
        found.append(Remark("born_on", why, _LOOK))
    if said is not None and sex_code in _SEXES and sex_code != said:
        why = f"性别“{_SEXES[sex_code]}”与身份证号不一致，号码里是“{_SEXES[said]}”。"
        found.append(Remark("sex", why, _LOOK))
    return tuple(found)


def age_remark(born_on: str | None, applied_on: str | None, joined_on: str | None, on: date) -> Remark | None:
    """Judge the age of who joined or applied: eighteen full years (党章第一条)."""
    day = full_day(born_on)
    if day is None:
        return None
    of_age = add_years(day, 18)
    for field, text, word in (("joined_on", joined_on, "入党"), ("applied_on", applied_on, "申请入党")):
        done = full_day(text)
        if done is not None and done < of_age:
            return Remark(field, f"{word}那天（{text}）还不满 18 周岁。", "请核对出生日期和这个日期。")
    if (joined_on or applied_on) and on < of_age:
        return Remark("born_on", "现在还不满 18 周岁。", "请核对出生日期。")
    return None
