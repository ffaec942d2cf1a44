"""The values of a ledger between what is stored, what is shown and what is typed: money, days, hours, months, years."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from desktop.core.calendar import is_date_text
from desktop.core.codes import code_set
from desktop.services.ledgers.shapes import Fault, LedgerField

_SCALES = {"money": 100, "half_days": 2, "tenths": 10, "percent": 100}
_STEPS = {"money": "最小到分", "half_days": "最小到半天", "tenths": "最多一位小数", "percent": "最多两位小数"}
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
MOST = 10**11
FIRST_YEAR, LAST_YEAR = 1921, 2100


def shown(field: LedgerField, value: object) -> str:
    """Write a stored value as lists and forms show it; nothing is empty. References are named elsewhere."""
    if value is None:
        return ""
    if field.kind == "flag":
        return "是" if value else "否"
    if field.kind == "code":
        return code_set(field.codes).short(str(value))
    scale = _SCALES.get(field.kind)
    if scale is None:
        return str(value)
    amount = Decimal(int(str(value))) / scale
    return f"{amount:,.2f}" if field.kind == "money" else f"{amount.normalize():f}"


def scaled(field: LedgerField, text: str) -> int | None:
    """Read a typed number as it is stored, in 分, half-days or tenths; None where it is none or too fine."""
    try:
        amount = Decimal(text.replace(",", "").replace("，", "").strip()) * _SCALES.get(field.kind, 1)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value():
        return None
    return int(amount)


def fault(field: LedgerField, value: object) -> Fault | None:
    """Say what is wrong with one stored value, or None."""
    if value is None or value == "":
        return _missing(field) if field.needed else None
    found = _WRONG.get(field.kind)
    return found(field, value) if found is not None else None


def _missing(field: LedgerField) -> Fault:
    deed = "选" if field.kind in {"code", "reference", "flag"} else "填"
    return Fault(field.name, f"没有{deed}{field.word}。", f"请{deed}{field.word}，再保存。")


def _date_fault(field: LedgerField, value: object) -> Fault | None:
    if is_date_text(str(value)):
        return None
    return Fault(field.name, f"{field.word}“{value}”不是日期。", "请写成 2026-11-23、2026-11 或 2026。")


def _month_fault(field: LedgerField, value: object) -> Fault | None:
    if _MONTH.fullmatch(str(value)):
        return None
    return Fault(field.name, f"{field.word}“{value}”不是月份。", "请写成 2026-11。")


def _code_fault(field: LedgerField, value: object) -> Fault | None:
    if value in code_set(field.codes):
        return None
    return Fault(field.name, f"{field.word}“{value}”不在代码表里。", "请从列表里选一项。")


def _year_fault(field: LedgerField, value: object) -> Fault | None:
    if isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR:
        return None
    return Fault(field.name, f"{field.word}“{value}”不是年份。", "请写成四位数字，例如 2026。")


def _number_fault(field: LedgerField, value: object) -> Fault | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST:
        return None
    return Fault(field.name, f"{field.word}“{value}”不对。", f"请填 0 或更大的数，{step(field)}。")


_WRONG: dict[str, Callable[[LedgerField, object], Fault | None]] = {
    "date": _date_fault, "month": _month_fault, "code": _code_fault, "year": _year_fault, "count": _number_fault,
    "money": _number_fault, "half_days": _number_fault, "tenths": _number_fault, "percent": _number_fault,
}  # fmt: skip


def code_words(name: str) -> tuple[tuple[str, str], ...]:
    """Give the codes of a set with what lists show."""
    return tuple((code.code, code.short) for code in code_set(name).codes)


def step(field: LedgerField) -> str:
    """Say how fine a typed number may be."""
    return _STEPS.get(field.kind, "不带小数")
