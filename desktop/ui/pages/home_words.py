"""What 工作台 says of its numbers; pure, and only what the service computed."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.core.calendar import chinese_date
from desktop.services.desk import Desk, Gap, Month, Quarter, Todo
from desktop.ui.widgets.text import Tag

WEEKDAYS = "一二三四五六日"
SOON_DAYS, MONTH = 7, 30
# Which kind of meeting a rule asks for, so that 去补录 opens the form with it.
KINDS = {
    "MTG-01": "members", "MTG-02": "committee", "MTG-03": "group", "MTG-04": "lecture", "MTG-06": "theme_day",
}  # fmt: skip
_GAP_WORDS = {"branch": ("党组织", "个"), "organisation": ("社会组织", "家")}


@dataclass(frozen=True, slots=True)
class Said:
    """What one card says."""

    number: str
    note: str
    tag: str = ""
    kind: Tag = "info"


def day_words(on: date, quarter: Quarter | None = None) -> str:
    """Say the day: `2026年11月23日　星期一　第四季度还剩 38 天`."""
    said = [chinese_date(on), f"星期{WEEKDAYS[on.weekday()]}"]
    if quarter is not None:
        said.append(f"{quarter.words.removeprefix(f'{on.year}年')}还剩 {quarter.days_left} 天")
    return "　".join(said)


def life(quarter: Quarter) -> Said:
    """Say how much of the quarter's 三会一课 was held."""
    if quarter.share is None:
        return Said("—", "本季度还没有应开的会议")
    note = f"应开 {quarter.due} 次，已开 {quarter.held} 次"
    if quarter.change is not None:
        note += f"　上季度 {quarter.share - quarter.change}%"
    return Said(str(quarter.share), note)


def share(quarter: Quarter) -> float | None:
    """Give the filling of the line under the number."""
    return quarter.share / 100 if quarter.share is not None else None


def todo(seen: Desk) -> Said:
    """Say how much is to do, how much of it is overdue, and what comes next."""
    if not seen.todo:
        return Said("0", "没有到期和逾期的事项")
    ahead = next((row for row in seen.todo if row.state == "due"), seen.todo[0])
    tag = f"{seen.overdue} 项已逾期" if seen.overdue else ""
    return Said(str(len(seen.todo)), f"最近：{month_day(ahead.due)}　{ahead.name}　{ahead.what}", tag, "err")


def late(seen: Desk) -> tuple[Todo, ...]:
    """Give what is overdue, the nearest day first: the oldest is the one that most rarely can still be mended."""
    return tuple(sorted((row for row in seen.todo if row.state == "overdue"), key=lambda row: -row.days))


def soon(seen: Desk) -> tuple[Todo, ...]:
    """Give what falls due within 30 days, the nearest day first."""
    return tuple(sorted((row for row in seen.todo if row.state == "due" and row.days <= MONTH), key=_days))


def _days(row: Todo) -> int:
    return row.days


def share_out(one: int, other: int, room: int) -> tuple[int, int]:
    """Share a number of lines between two lists: half each, and what one does not need goes to the other."""
    half = room - room // 2
    first = min(one, max(half, room - other))
    return first, min(other, room - first)


def terms(seen: Desk) -> Said:
    """Say how many terms end or have ended."""
    if not seen.terms:
        return Said("0", "近期没有届满的支部")
    late = sum(row.state == "overdue" for row in seen.terms)
    first = seen.terms[0]
    words = month_day(first.due) if first.due.year == seen.on.year else chinese_date(first.due)
    if late:
        return Said(str(len(seen.terms)), f"已届满：{words}　{first.name}", f"{late} 个已届满", "err")
    return Said(str(len(seen.terms)), f"最近：{words}　{first.name}", "即将届满", "warn")


def gaps(seen: Desk) -> Said:
    """Say how many members' records lack something, and beside them branches and organisations."""
    if not seen.stock.members and not seen.gaps:
        return Said("—", "还没有登记党员")
    persons = next((gap for gap in seen.gaps if gap.kind == "person"), None)
    others = [f"{word} {gap.count} {measure}" for gap, word, measure in _others(seen.gaps)]
    fields = [f"缺{name} {count}" for name, count in (persons.fields[:2] if persons else ())]
    note = "　".join(fields + others) or "党员资料都已填全"
    return Said(str(persons.count if persons else 0), note)


def _others(found: Sequence[Gap]) -> Iterator[tuple[Gap, str, str]]:
    for gap in found:
        if gap.kind in _GAP_WORDS:
            yield gap, *_GAP_WORDS[gap.kind]


def nothing_due(seen: Desk) -> str:
    """Say that nothing is near; what is further off stands in the full list."""
    return f"没有已逾期的事项，{MONTH} 天内也没有到期的。" if seen.todo else "没有到期和逾期的事项。"


def nothing_behind(seen: Desk) -> str:
    """Say why no branch needs attention; where none owes anything, there is nothing to praise."""
    return "各支部都开齐了应开的会议。" if seen.quarter.due else "本季度还没有应开的会议。"


def parts(month: Month) -> tuple[float, float]:
    """Give the shares of a month's bar: held on time, made up later."""
    return (month.on_time / month.due, month.made_up / month.due) if month.due else (0.0, 0.0)


def with_last(months: Sequence[Month]) -> Iterator[tuple[Month, bool]]:
    """Give each month and whether it is the last that owes anything (its bar bears its share)."""
    last = max((at for at, month in enumerate(months) if month.due), default=-1)
    yield from ((month, at == last) for at, month in enumerate(months))


def month_day(day: date) -> str:
    """Write a day as `11月25日`."""
    return f"{day.month}月{day.day}日"


def left(row: Todo) -> tuple[str, Tag]:
    """Say how many days are left: `还剩 2 天`, `今天到期`, `逾期 3 天`; past a theme day, those of its month."""
    if row.state == "overdue":
        return f"逾期 {-row.days} 天", "err"
    if row.days < 0:
        rest = monthrange(row.due.year, row.due.month)[1] - row.due.day + row.days
        return (f"月底前还剩 {rest} 天" if rest else "月底到期"), "warn"
    if row.days == 0:
        return "今天到期", "warn"
    return f"还剩 {row.days} 天", "warn" if row.days <= SOON_DAYS else "neutral"


def date_text(row: Todo, on: date) -> str:
    """Write the date of a thing: `11-20`, with its year where it is another one."""
    return f"{row.due:%m-%d}" if row.due.year == on.year else f"{row.due:%Y-%m}"
