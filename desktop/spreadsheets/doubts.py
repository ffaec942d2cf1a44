"""What the cells of one member's row say against each other: number and birthday, Party life, name and kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.core.calendar import add_years, last_day
from desktop.core.codes import code_set
from desktop.spreadsheets.numbers import identity_facts
from desktop.spreadsheets.results import Level, Value

ADULT = 18
NAMED_STANDING = "name_standing"  # the field that a name's bracket feeds: 褚四（预备）
_PROBATIONARY, _FULL = frozenset({"40", "41"}), frozenset({"50", "51", "52"})
_LATER = "请照证件核对，导入后可在记录里改。"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one row: the column's heading, the text as it stands, why, and what to do."""

    level: Level
    column: str
    text: str
    why: str
    do: str


def compare(values: Mapping[str, Value], titles: Mapping[str, str], on: date | None) -> Iterator[Fault]:
    """Give what the cells of a member's row say against each other; `titles` are headings by field, `on` is today."""
    yield from _of_number(values, titles, on)
    yield from _of_party_life(values, titles, on)
    yield from _of_standing(values, titles)


def _of_number(values: Mapping[str, Value], titles: Mapping[str, str], on: date | None) -> Iterator[Fault]:
    """Compare the identity number with what stands beside it."""
    number = str(values.get("id_number", ""))
    facts = identity_facts(number)
    if facts is None:
        return
    born, sex = facts
    title, written = titles.get("id_number", ""), str(values.get("born_on", born))
    if not born.startswith(written):
        yield Fault("warn", title, number, f"出生日期 {written} 与身份证号里的 {born} 不一致。", _LATER)
    if values.get("sex", sex) in {"1", "2"} and values.get("sex", sex) != sex:
        why = f"性别与身份证号第 17 位所示的{'男' if sex == '1' else '女'}不一致。"
        yield Fault("warn", title, number, why, _LATER)
    if on is not None and add_years(date.fromisoformat(born), ADULT) > on:
        yield Fault("warn", title, number, f"按身份证号未满 {ADULT} 周岁。", _LATER)


def _of_party_life(values: Mapping[str, Value], titles: Mapping[str, str], on: date | None) -> Iterator[Fault]:
    """Refuse a day of joining that is yet to come, and a member who was full before joining (domain.md §4.9)."""
    do = "请核对日期，改正后再导入这一行。"
    for field, word in (("joined_on", "入党日期"), ("full_on", "转正日期")):
        text = str(values.get(field, ""))
        if text and on is not None and first_day(text) > on:
            yield Fault("refuse", titles.get(field, ""), text, f"{word} {text} 还没有到。", do)
    joined, full = str(values.get("joined_on", "")), str(values.get("full_on", ""))
    if joined and full and last_day(full) < first_day(joined):
        yield Fault("refuse", titles.get("full_on", ""), full, f"转正日期 {full} 早于入党日期 {joined}。", do)


def first_day(text: str) -> date:
    """Give the first day that a date of known precision may mean."""
    return date.fromisoformat((text + "-01-01")[:10])


def _of_standing(values: Mapping[str, Value], titles: Mapping[str, str]) -> Iterator[Fault]:
    """Compare the kind of member that stands behind the name with the one in its own column."""
    named, written = values.get(NAMED_STANDING), values.get("standing")
    if named is None or written is None or named == written:
        return
    if any({named, written} <= same for same in (_PROBATIONARY, _FULL)):
        return
    standings = code_set("standing")
    behind, beside = standings.short(str(named)), standings.short(str(written))
    why = f"姓名后面写着“{behind}”，党员类别写的是“{beside}”。"
    yield Fault("refuse", titles.get("standing", ""), beside, why, "请核对党员类别，改正后再导入这一行。")
