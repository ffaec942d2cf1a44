"""What rows of ledgers must hold beyond their fields: sums of ballots, one of several, ranges; pure functions."""

from collections.abc import Sequence
from typing import Any

from desktop.services.ledgers.shapes import Check, Fault, Values


def _number(values: Values, name: str) -> int:
    found: Any = values.get(name)
    return int(found) if found is not None else 0


def ballots_add_up(total: str, parts: Sequence[tuple[str, str]]) -> Check:
    """Refuse ballots whose parts do not add up to the whole; nothing is asked while no part is filled in."""

    def check(values: Values) -> Fault | None:
        given = [(word, _number(values, name)) for name, word in parts if values.get(name) is not None]
        whole = values.get(total)
        if not given or whole is None:
            return None
        added = sum(number for _, number in given)
        if added == whole:
            return None
        listed = "＋".join(f"{word} {number}" for word, number in given)
        return Fault(total, f"票数对不上：{listed}＝{added}，而有效票是 {whole}。", "请核对各项票数，再保存。")

    return check


def one_of(names: Sequence[str], words: str) -> Check:
    """Refuse a row in which none of the columns is filled."""

    def check(values: Values) -> Fault | None:
        if any(values.get(name) is not None for name in names):
            return None
        return Fault(names[0], f"没有填{words}。", f"请至少填{words}中的一项，再保存。")

    return check


def not_both(one: str, other: str, words: str) -> Check:
    """Refuse a row whose two references name the same record."""

    def check(values: Values) -> Fault | None:
        if values.get(one) is None or values.get(one) != values.get(other):
            return None
        return Fault(other, f"{words}是同一个。", "请改其中一个，再保存。")

    return check


def at_most(name: str, word: str, limit: str, limit_word: str) -> Check:
    """Refuse a number that is greater than the one it is a part of."""

    def check(values: Values) -> Fault | None:
        if values.get(name) is None or values.get(limit) is None or _number(values, name) <= _number(values, limit):
            return None
        why = f"{word} {values[name]} 多于{limit_word} {values[limit]}。"
        return Fault(name, why, "请核对这两个数，再保存。")

    return check


def no_grade_without_ballots(values: Values) -> Fault | None:
    """Refuse a grade where ballots were counted for none."""
    if values.get("grade") is None or values.get("ballots") != 0:
        return None
    return Fault("grade", "没有票，却有等次。", "请填票数，或把等次留空。")


def some_amount(values: Values) -> Fault | None:
    """Refuse a sum of nothing: it would stand for money that never moved."""
    if _number(values, "amount") > 0:
        return None
    return Fault("amount", "金额是 0。", "请填大于 0 的金额。")
