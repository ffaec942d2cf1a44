"""Which column feeds which field: by synonyms, unless a person says otherwise."""

from dataclasses import dataclass

from desktop.spreadsheets.fields import Field
from desktop.spreadsheets.headers import Heading, Lexicon
from desktop.spreadsheets.refusals import refusal


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The columns of a sheet: zero-based index by field, and the titles that feed nothing.

    `ignored` are headings that such rosters have and the program does not take, `unmapped` are unknown ones,
    `doubled` are further headings of a field that another column feeds already.
    """

    index: dict[str, int]
    unmapped: tuple[str, ...]
    ignored: tuple[str, ...]
    doubled: tuple[tuple[str, str], ...]


def map_columns(
    heading: Heading, fields: tuple[Field, ...], words: Lexicon, mapping: dict[str, str] | None = None
) -> ColumnMap:
    """Map columns to fields; `mapping` is title by field, an empty title leaves the field out.

    Of two columns for one field the one whose heading names it better (then the first) is taken. A title in
    `mapping` that the heading has not got is a UserError `workbook-mapping`.
    """
    chosen = {key: _column_of(heading, title) for key, title in (mapping or {}).items() if title}
    left_out = {key for key, title in (mapping or {}).items() if not title}
    keys = {field.key for field in fields}
    claims: list[tuple[tuple[int, int], int, str]] = []
    unmapped, ignored, doubled = [], [], []
    for column, spellings in enumerate(heading.spellings):
        if not spellings or column in chosen.values():
            continue
        rank, meaning = _claim(spellings, words)
        if meaning is None or meaning in left_out:
            unmapped.append(heading.titles[column])
        elif meaning in keys:
            claims.append((rank, column, meaning))
        else:
            ignored.append(heading.titles[column])
    for _rank, column, key in sorted(claims):
        if key in chosen:
            doubled.append((key, heading.titles[column]))
        else:
            chosen[key] = column
    return ColumnMap(chosen, tuple(unmapped), tuple(ignored), tuple(doubled))


def _claim(spellings: tuple[str, ...], words: Lexicon) -> tuple[tuple[int, int], str | None]:
    for rank, spelling in enumerate(spellings):
        if spelling in words.meanings:
            return (rank, words.order.get(spelling, 0)), words.meanings[spelling]
    return (len(spellings), 0), None


def _column_of(heading: Heading, title: str) -> int:
    if title not in heading.titles:
        raise refusal("workbook-mapping", title)
    return heading.titles.index(title)
