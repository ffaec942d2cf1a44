"""What stands among and below the data and is none: totals, signatures, notes, headings repeated on each page."""

import re

from desktop.core.text import narrow

_TOTAL = re.compile(
    r"(?:本页|全镇|全街道|全乡|总)?(?:合计|总计|小计|共计|累计)(?:[:：(（].*|\d*[人个名]?)?|共\d+[人个名].*"
)
_SIGNED = re.compile(
    r"(?:填表人|制表人?|审核人?|审批人|负责人签[字名]|填报人|填报单位|填报日期|填表日期|单位负责人|统计人)[:：(（]"
)
_NOTES = re.compile(r"(?:注意事项|填表说明|填报说明|填写说明|说明|备注|注)(?:[:：]|$)|注\d*[:：.、]|※|★")
_FEW = 3


def is_total(texts: list[str]) -> bool:
    """Tell whether a row only adds up: one of its first filled cells is 合计 or the like."""
    filled = [narrow(text) for text in texts if text.strip()]
    return any(_TOTAL.fullmatch(text) for text in filled[:2])


def is_end(texts: list[str]) -> bool:
    """Tell whether the data seems to end here: a line of signatures, or a note in one or few cells."""
    filled = [narrow(text) for text in texts if text.strip()]
    if not filled:
        return False
    if _SIGNED.match(filled[0]):
        return True
    return len(filled) <= _FEW and bool(_NOTES.match(filled[0]))


def is_note(texts: list[str], columns: dict[str, int]) -> bool:
    """Tell whether a row below the end is more of it: one cell of the roster's columns, or a line of `什么：…`.

    A row that fills two columns or more is data again and is not lost.
    """
    filled = [narrow(text) for text in texts if text.strip()]
    mapped = [column for column in columns.values() if column < len(texts) and texts[column].strip()]
    return len(mapped) < 2 or ":" in filled[0]
