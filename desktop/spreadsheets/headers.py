"""The heading of a foreign sheet: found under titles, over one or two rows, with hints, stars and gaps in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.core.text import clean_line, narrow
from desktop.spreadsheets.fields import Field
from desktop.spreadsheets.reading import Sheet, text_of

SEARCHED_ROWS = 30
KNOWN_SHARE = 0.6
SURE_FIELDS = 5
_BRACKETED = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_EDGES = re.compile(r"^(?:\d{1,2}[.、)])+|[*★☆:\uff1a\s]+|^[(\[](?:必填|选填|可选)[)\]]")
_TO_ROUND = str.maketrans("【】〔〕「」[]{}", "()()()()()")
_HINT = re.compile(r"\(?(?:非?必填项?|选填项?|可选|可不填|必录|自动生成|文本|日期|格式[:：]?.*)\)?")
_SAMPLE = re.compile(r"(?:示例|样例|例如|例)(?:[:：行]|$)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What headings mean for one roster: a field's key by folded heading, empty text for the ignored ones.

    `order` says how well a heading names its field: 0 is the best of its synonyms.
    """

    meanings: dict[str, str]
    order: dict[str, int]
    key: str

    def meaning(self, heading: tuple[str, ...]) -> str | None:
        """Give the field's key that the spellings of one heading mean, empty if ignored, None if unknown."""
        return next((self.meanings[spelling] for spelling in heading if spelling in self.meanings), None)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a sheet: zero-based first row, number of rows, and for each column its title and spellings.

    `spellings` are folded and stand in the order in which they are believed; `first` is the first row of data.
    """

    row: int
    depth: int
    titles: tuple[str, ...]
    spellings: tuple[tuple[str, ...], ...]
    first: int


def lexicon(fields: tuple[Field, ...], ignored: tuple[str, ...]) -> Lexicon:
    """Fold the synonyms of a roster; the field named first keeps a heading that two fields claim."""
    found: dict[str, str] = {}
    order: dict[str, int] = {}
    for field in fields:
        for place, synonym in enumerate(field.synonyms):
            found.setdefault(_fold(synonym), field.key)
            order.setdefault(_fold(synonym), place)
    for heading in ignored:
        found.setdefault(_fold(heading), "")
    return Lexicon(found, order, next(field.key for field in fields if field.required))


def find_heading(sheet: Sheet, words: Lexicon, wanted: frozenset[str] = frozenset()) -> Heading | None:
    """Find the heading in the first rows of a sheet, or None.

    A row is the heading where the key column is in it and 60 % of its cells are known (or five fields are);
    with `wanted` (a person's own mapping) it is the first row that holds all those titles.
    """
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        single = _heading_at(sheet, row, 1)
        grouped = _names_key(single, words) and _has_second_row(sheet, row)
        for heading in (_heading_at(sheet, row, 2), single) if grouped else (single,):
            if wanted and wanted <= {title for title in heading.titles if title}:
                return heading
            if _is_known(heading, words):
                return heading
    return None


def spellings_of(top: str, bottom: str = "") -> tuple[str, ...]:
    """Fold a heading into the spellings to try: both rows, the lower alone, the upper alone; hints left out last."""
    texts = [top + bottom, bottom, top] if bottom and top != bottom else [top or bottom]
    whole = [_fold(text) for text in texts]
    open_brackets = [re.sub(r"[()]", "", text) for text in whole]
    without = [_BRACKETED.sub("", text) for text in whole]
    return tuple(dict.fromkeys(text for text in (*whole, *open_brackets, *without) if text))


def _fold(text: str) -> str:
    return _EDGES.sub("", narrow(clean_line(text)).translate(_TO_ROUND).casefold())


def _names_key(heading: Heading, words: Lexicon) -> bool:
    """Tell whether the key column is named in this very row, so that a title above the heading is no group."""
    return any(words.meaning(spellings) == words.key for spellings in heading.spellings)


def _is_known(heading: Heading, words: Lexicon) -> bool:
    meanings = [words.meaning(spellings) for spellings in heading.spellings if spellings]
    known = [meaning for meaning in meanings if meaning is not None]
    fields = {meaning for meaning in known if meaning}
    if words.key not in fields or (len(known) < 2 and len(meanings) > 1):
        return False
    return len(known) >= KNOWN_SHARE * len(meanings) or len(fields) >= SURE_FIELDS


def _row_texts(sheet: Sheet, row: int) -> list[str]:
    """Give the texts of a heading row, merged titles repeated over their whole range."""
    texts = [clean_line(text_of(cell)) for cell in sheet.rows[row]] if row < len(sheet.rows) else []
    for merge in sheet.merges:
        if merge.top <= row <= merge.bottom:
            texts.extend([""] * (merge.right + 1 - len(texts)))
            title = clean_line(text_of(sheet.cell(merge.top, merge.left)))
            texts[merge.left : merge.right + 1] = [title] * (merge.right + 1 - merge.left)
    return texts


def _own_texts(sheet: Sheet, row: int) -> list[str]:
    return [clean_line(text_of(cell)) for cell in sheet.rows[row]] if row < len(sheet.rows) else []


def _has_second_row(sheet: Sheet, row: int) -> bool:
    """Tell whether the row below splits groups of this one: each text there stands under a group or a gap."""
    below = _own_texts(sheet, row + 1)
    used = {index for index, text in enumerate(below) if text}
    return bool(used) and used <= _grouped(sheet, row) and not all(_HINT.fullmatch(below[index]) for index in used)


def _grouped(sheet: Sheet, row: int) -> set[int]:
    """Give the columns whose upper title spans several: merged in this row, or followed by gaps."""
    merged = {
        column
        for merge in sheet.merges
        if merge.top == row == merge.bottom and merge.right > merge.left
        for column in range(merge.left, merge.right + 1)
    }
    if merged:
        return merged
    own = _own_texts(sheet, row)
    gaps = {index for index, text in enumerate(own) if not text and any(own[:index])}
    return gaps | {index - 1 for index in gaps}


def _heading_at(sheet: Sheet, row: int, depth: int) -> Heading:
    upper = _row_texts(sheet, row)
    lower = _row_texts(sheet, row + 1) if depth == 2 else []
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    if depth == 2:
        upper = list(_carried(upper, lower))
    titles = tuple(
        f"{top}/{bottom}" if top and bottom and top != bottom else top or bottom
        for top, bottom in zip(upper, lower, strict=True)
    )
    spellings = tuple(spellings_of(top, bottom) for top, bottom in zip(upper, lower, strict=True))
    return Heading(row, depth, titles, spellings, _first_data(sheet, row + depth))


def _carried(upper: list[str], lower: list[str]) -> Iterator[str]:
    """Repeat an upper title over the gaps to its right where a lower title stands (files without merges)."""
    before = ""
    for top, bottom in zip(upper, lower, strict=True):
        before = top or (before if bottom else "")
        yield before


def _first_data(sheet: Sheet, row: int) -> int:
    """Skip what stands between heading and data: 必填 rows, samples, rows that only number the columns."""
    while row < len(sheet.rows):
        texts = [text for text in _own_texts(sheet, row) if text]
        numbered = len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]
        hinted = bool(texts) and all(_HINT.fullmatch(narrow(text)) for text in texts)
        if not (hinted or numbered or (texts and _SAMPLE.match(texts[0]))):
            break
        row += 1
    return row
