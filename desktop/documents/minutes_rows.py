"""How the minutes of a meeting stand on the page: title, fields, sections, signature lines (domain.md §3.1, §5)."""

from collections.abc import Iterator

from desktop.documents import grid
from desktop.documents.book import Book
from desktop.documents.faces import Role
from desktop.documents.flow import (
    INDENT,
    Row,
    Span,
    body_rows,
    centred_row,
    keep_with,
    label_rows,
    text_rows,
    title_rows,
)
from desktop.documents.lines import halves, paragraphs, printable
from desktop.documents.record import Absence, Count, Decision, Minutes, VoteResult

_NUMERALS = "一二三四五六七八九"
_MOST_IN_CHINESE = 99


def rows(minutes: Minutes) -> Iterator[Row]:
    """Give the rows of the minutes of one meeting."""
    yield from _head(minutes)
    yield from _attendance(minutes)
    for label, text in (("议题", minutes.topic), ("学习材料", minutes.documents)):
        if text:
            yield from label_rows(label, text)
    body = list(_sections(minutes))
    if minutes.correction:
        body += label_rows("更正说明", minutes.correction)
    yield from keep_with(body) if body else ()
    yield from _signatures()


def _head(minutes: Minutes) -> Iterator[Row]:
    rest = minutes.title.removeprefix(minutes.branch)
    yield from title_rows((minutes.branch, rest) if rest != minutes.title else (minutes.title,))
    under = "，".join(filter(None, (minutes.numbers, minutes.version, "简要记录" if minutes.brief else "")))
    if under:
        line = printable(f"（{under}）")
        yield from [centred_row(line)] if halves(line) <= grid.HALVES else text_rows((Span(line, Role.KAITI),))
    yield Row(keep=True)
    yield from label_rows("时间", minutes.time)
    yield from label_rows("地点", minutes.place)
    yield from _pair("主持人", minutes.host, "记录人", minutes.recorder)
    for label, text in (("授课人", minutes.lecturer), ("到会指导", minutes.guide)):
        if text:
            yield from label_rows(label, text)


def _pair(left: str, left_text: str, right: str, right_text: str) -> list[Row]:
    """Set two short fields on one row, the second from the middle; longer ones on rows of their own."""
    texts = [paragraphs(text) for text in (left_text, right_text)]
    head, middle = halves(f"{left}：{texts[0][0]}"), grid.COLUMNS - INDENT
    fits = head + 2 <= middle and halves(f"{right}：{texts[1][0]}") <= grid.COLUMNS
    if not fits or any(len(parts) > 1 for parts in texts):
        return label_rows(left, left_text) + label_rows(right, right_text)
    fill = " " * (head % 2) + "\u3000" * ((middle - head) // 2)
    spans = (
        Span(f"{left}：", Role.HEITI), Span(texts[0][0] + fill), Span(f"{right}：", Role.HEITI), Span(texts[1][0]),
    )  # fmt: skip
    return text_rows(spans)


def _attendance(minutes: Minutes) -> Iterator[Row]:
    if minutes.due.total is not None:
        yield from label_rows("应到", _count_words(minutes.due))
    if minutes.present.total is not None:
        yield from label_rows("实到", _count_words(minutes.present))
    if minutes.present_names:
        yield from label_rows("出席", "、".join(minutes.present_names))
    if minutes.online_names:
        yield from label_rows("线上参加", f"{len(minutes.online_names)}人。{'、'.join(minutes.online_names)}")
    if minutes.due.total is not None:
        yield from label_rows("请假", _absence_words(minutes.on_leave))
        yield from label_rows("缺席", _absence_words(minutes.absent))
    if minutes.excluded:
        yield from label_rows("不计入应到", _absence_words(minutes.excluded))
    if minutes.observers or minutes.observers_count:
        number = f"{minutes.observers_count}人。" if minutes.observers_count else ""
        yield from label_rows("列席", f"{number}{minutes.observers}")
    elif minutes.due.total is not None:
        yield from label_rows("列席", "0人")


def _count_words(count: Count) -> str:
    named = (("正式党员", count.full), ("预备", count.probationary), ("有表决权", count.votes))
    parts = "，".join(f"{name}{number}人" for name, number in named if number is not None)
    return f"{count.total}人" + (f"（{parts}）" if parts else "")


def _absence_words(rows: tuple[Absence, ...]) -> str:
    if not rows:
        return "0人"
    named = "、".join(
        row.name + (f"（{'，'.join(filter(None, (row.kind, row.reason)))}）" if row.kind or row.reason else "")
        for row in rows
    )
    return f"{len(rows)}人。{named}"


def _sections(minutes: Minutes) -> Iterator[Row]:
    sections = (
        ("议程和会议内容", _agenda(minutes)),
        ("表决情况", _votes(minutes.votes)),
        ("议定事项", _resolutions(minutes.resolutions)),
    )
    number = 0
    for title, rows in sections:
        if rows:
            number += 1
            yield from text_rows((Span(f"{_numeral(number)}、{title}", Role.HEITI),), keep=True)
            yield from rows


def _agenda(minutes: Minutes) -> list[Row]:
    rows: list[Row] = []
    for number, item in enumerate(minutes.agenda, start=1):
        rows += body_rows(f"（{_numeral(number)}）{item.title}", Role.KAITI, keep=bool(item.content))
        rows += body_rows(item.content)
    return rows + body_rows(minutes.content)


def _votes(votes: tuple[VoteResult, ...]) -> list[Row]:
    rows: list[Row] = []
    for number, vote in enumerate(votes, start=1):
        method = f"（{vote.method}）" if vote.method else ""
        rows += body_rows(f"（{_numeral(number)}）{vote.about}{method}", Role.KAITI, keep=True)
        rows += body_rows(vote.numbers)
        rows += body_rows(vote.formula)
        rows += body_rows(f"表决结果：{vote.result}" if vote.result else "")
    return rows


def _resolutions(resolutions: tuple[Decision, ...]) -> list[Row]:
    rows: list[Row] = []
    for number, item in enumerate(resolutions, start=1):
        named = (("责任人", item.responsible), ("完成时限", item.due), ("完成情况", item.done))
        parts = "；".join(f"{name}：{text}" for name, text in named if text)
        rows += body_rows(f"{number}.{item.text}" + (f"（{parts}）" if parts else ""))
    return rows


def _signatures() -> Iterator[Row]:
    """Give lines for the hand: recorder, host and the day; nothing here signs."""
    yield Row(keep=True)
    yield Row(keep=True, draw=_draw_signing)
    day = Span("年\u3000\u3000月\u3000\u3000日")
    yield Row((day,), indent=grid.HALVES - 2 * INDENT - halves(day.text))


def _draw_signing(book: Book, centre: float) -> None:
    y, place = grid.baseline(centre, grid.SAN_HAO), (grid.WIDTH - 2 * grid.CELL) / 2
    for number, label in enumerate(("记录人签名：", "主持人签名：")):
        x = grid.LEFT + 2 * grid.CELL + number * place
        end = book.text(x, y, label, Role.FANGSONG)
        book.rule(end, y - 3, x + place - grid.CELL - end)


def _numeral(number: int) -> str:
    """Write 1 to 99 in Chinese, as headings count; beyond that in digits."""
    tens, ones = divmod(number, 10)
    if number > _MOST_IN_CHINESE:
        return str(number)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return head + (_NUMERALS[ones - 1] if ones else "")
