"""What every form has in common: it is filled from a record, checked at its fields, and put back inside a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from desktop.core.calendar import is_date_text, last_day
from desktop.core.codes import code_set
from desktop.core.errors import UserError
from desktop.models.base import Record
from desktop.models.registry import SPECS
from desktop.rules.periods import earliest_day
from desktop.services import records
from desktop.services.sessions import Session

D = TypeVar("D")


class Form(Protocol):
    """A frozen draft of one record; `id` None is a new one."""

    @property
    def id(self) -> bytes | None:
        """The record that is changed, or None."""


def fill(session: Session, shape: type[D], table: str, key: bytes, **more: Any) -> D:  # noqa: ANN401 - draft fields
    """Give a record as its form holds it; `more` are fields that are no columns. UserError where there is none."""
    row = records.get(session, table, key)
    types = SPECS[table].types
    named = {item.name for item in fields(shape)} - more.keys()  # type: ignore[arg-type]  # every draft is a dataclass
    values = {name: _shown(types[name], row[name]) for name in named if name in row}
    return shape(**values, **more)


def _shown(kind: str, value: object) -> object:
    return bool(value) if kind == "bool" and value is not None else value


def put(session: Session, model: type[Record], draft: Form, *, leave_out: frozenset[str] = frozenset()) -> bytes:
    """Write a draft's columns, as a new record where it has no id, and give the id; call it inside a unit."""
    columns = model.SPEC.types.keys() - {"id"} - leave_out
    values = {name: value for name, value in records.as_values(draft).items() if name in columns}
    if draft.id is None:
        return records.insert(session, model, values)
    records.update(session, model, draft.id, values)
    return draft.id


def held(session: Session, holds: Sequence[tuple[str, str]], key: bytes) -> str:
    """Say what keeps a record from being removed (`3 名党员、1 个党组织`), or nothing.

    `holds` are pairs of Chinese with its measure word and a query that counts the rows of one id.
    """
    counts = ((session.db.one(sql, (key,)), words) for words, sql in holds)
    return "、".join(f"{row[0]} {words}" for row, words in counts if row is not None and row[0])


def refuse(noun: str, why: str, do: str, field: str | None = None, code: str = "invalid") -> UserError:
    """Give the refusal to save a noun, naming the field that is to be mended."""
    return UserError(f"没有保存{noun}。", why, do, code, field)


def check(
    noun: str,
    draft: object,
    *,
    needed: Mapping[str, str] | None = None,
    dates: Mapping[str, str] | None = None,
    counts: Mapping[str, str] | None = None,
    coded: Mapping[str, tuple[str, str]] | None = None,
    order: tuple[str, ...] = (),
) -> None:
    """Refuse the first field that is empty, no date, no count, no code or out of order; each is field → its Chinese.

    `coded` gives (Chinese, code set); `order` names dates from earliest to latest, gaps allowed.
    """
    for field, word in (needed or {}).items():
        if not str(getattr(draft, field) or "").strip():
            raise refuse(noun, f"没有填{word}。", f"请填写{word}，再保存。", field, "missing")
    for field, word in (dates or {}).items():
        check_date(noun, getattr(draft, field), word, field)
    for field, word in (counts or {}).items():
        check_count(noun, getattr(draft, field), word, field)
    for field, (word, name) in (coded or {}).items():
        value = getattr(draft, field)
        if value and value not in code_set(name):
            raise refuse(noun, f"{word}“{value}”不在代码表里。", "请从列表里选一项。", field)
    if order:
        _check_order(noun, [(name, getattr(draft, name), (dates or {})[name]) for name in order])


def check_date(noun: str, text: str | None, word: str, field: str) -> None:
    """Refuse what is no date of known precision."""
    if text and not is_date_text(text):
        raise refuse(noun, f"{word}“{text}”不是日期。", "请写成 2026-11-23、2026-11 或 2026。", field)


def check_count(noun: str, number: int | None, word: str, field: str) -> None:
    """Refuse a count below nothing or beyond reason."""
    if number is not None and not 0 <= number <= 9_999_999:
        raise refuse(noun, f"{word}不能是 {number}。", "请填 0 或更大的整数。", field)


def _check_order(noun: str, dated: list[tuple[str, str | None, str]]) -> None:
    known = [(field, text, word) for field, text, word in dated if text]
    for (_, first, first_word), (field, second, second_word) in pairwise(known):
        if last_day(second) < earliest_day(first):
            why = f"{second_word} {second} 早于{first_word} {first}。"
            raise refuse(noun, why, "请核对这两个日期，再保存。", field, "order")
