"""Names, texts, codes, yes and no, posts and approvals as rosters write them."""

import re
from dataclasses import replace

from desktop.core.codes import code_set
from desktop.core.text import clean, clean_line, clean_name, match_name, narrow
from desktop.spreadsheets.dates import parse_date
from desktop.spreadsheets.doubts import NAMED_STANDING
from desktop.spreadsheets.reading import Cell, text_of
from desktop.spreadsheets.results import BLANK_MARKS, NOTHING, Parsed, Value, refused, warned

LONGEST_NAME = 100
_BRACKETS = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")
_BEHIND = re.compile(r"[(（\[【〔]([^)）\]】〕]*)[)）\]】〕]$")
_NOT_OF_A_NAME = re.compile("[\\d?？□\ufffd\ue000-\uf8ff#@&=<>]")
_BETWEEN = re.compile(r"[、,，;；/\n]+")
_YES_WORDS = "是 有 √ ✓ ✔ ☑ y yes true 1 已 已建 已建立 建立 载明 已载明 已写入 写入 对 属于"
_NO_WORDS = "否 无 × ✗ ✘ x n no false 0 未 未建 未建立 没有 未载明 未写入 不是 不属于 非"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_NO_POST = frozenset({"党员", "普通党员", "正式党员", "预备党员", "群众", "无"})
_DOCUMENT = re.compile(r"[^\s,，;；、()（）\d]*[〔\[【(（]?(?:19|20)\d{2}[〕\]】)）]?\s*第?\s*\d+\s*号")


def parse_text(cell: Cell) -> Parsed:
    """Read one line of free text; a mark that only fills the cell (`/`, `无`) says nothing."""
    line = clean_line(text_of(cell))
    return NOTHING if line in BLANK_MARKS else Parsed(line)


def parse_note(cell: Cell) -> Parsed:
    """Read free text of several lines."""
    text = clean(text_of(cell)).strip()
    return NOTHING if text in BLANK_MARKS else Parsed(text)


def parse_person(cell: Cell) -> Parsed:
    """Read a person's name: blanks inside go, `·` stays; signs that no name has are remarked on."""
    name = clean_name(text_of(cell))
    if name in BLANK_MARKS:
        return NOTHING
    if len(name) > LONGEST_NAME:
        return refused(f"姓名有 {len(name)} 个字，不像人名。", "请核对这一格，改正后再导入这一行。")
    if _NOT_OF_A_NAME.search(name):
        return warned(name, f"姓名“{name}”里有姓名不用的字符。", "请照证件核对，生僻字可在记录里改。")
    return Parsed(name)


def parse_member(cell: Cell) -> Parsed:
    """Read a member's name; a bracket behind it that names the kind of member (`褚四（预备）`) goes to its field."""
    text = clean_line(text_of(cell))
    bracket = _BEHIND.search(text)
    named = code_set("standing").match(bracket[1].strip()) if bracket else None
    if bracket is None or named is None:
        return parse_person(cell)
    parsed = parse_person(text[: bracket.start()])
    return replace(parsed, extras=((NAMED_STANDING, named),))


def parse_people(cell: Cell) -> Parsed:
    """Read several names of one cell (`李四、王五（宣传委员）`), joined by `、`; what stands in brackets goes."""
    text = _BRACKETS.sub("", clean(text_of(cell)))
    names = [name for name in map(clean_name, _BETWEEN.split(text)) if name not in BLANK_MARKS]
    return Parsed("、".join(dict.fromkeys(names))) if names else NOTHING


def parse_title(cell: Cell) -> Parsed:
    """Read the name of an organisation, branch or place: one line, full-width brackets, no blanks between hanzi."""
    line = clean_line(text_of(cell))
    if line in BLANK_MARKS:
        return NOTHING
    line = re.sub("(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", line)
    if len(line) > LONGEST_NAME:
        return refused(f"名称有 {len(line)} 个字，太长。", "请核对这一格，改正后再导入这一行。")
    return Parsed(line)


def parse_titles(cell: Cell) -> Parsed:
    """Read several names of organisations in one cell, joined by `、`."""
    names = [parse_title(part).value for part in _BETWEEN.split(clean(text_of(cell)))]
    kept = [str(name) for name in names if name is not None]
    return Parsed("、".join(dict.fromkeys(kept))) if kept else NOTHING


def parse_code(cell: Cell, set_name: str, *, strict: bool = False) -> Parsed:
    """Read a code by code, name, short name or alias; what is not known is left out with a remark, or refused."""
    line = clean_line(text_of(cell))
    codes = code_set(set_name)
    found = codes.match(line) or codes.match(_BRACKETS.sub("", line))
    if found is not None:
        return _asked(set_name, line, found)
    if line in BLANK_MARKS:
        return NOTHING
    usual = [row.short for row in codes.codes if row.short != row.name and "（" not in row.short]
    names = "、".join((usual or [row.short for row in codes.codes])[:6])
    why, do = f"{codes.title}“{line}”不在代码表里。", f"请改成表里的名称，如 {names}"
    if strict:
        return refused(why, f"{do}，再导入这一行。")
    return warned(None, why, f"{do}；这一格先空着导入。")


def _asked(set_name: str, line: str, found: str) -> Parsed:
    if set_name == "education" and match_name(line) == "研究生":
        return warned(
            found, "学历“研究生”没有说明是博士还是硕士，这里按硕士读入。", "若是博士或研究生班，请在记录里改。"
        )
    return Parsed(found)


def parse_standing(cell: Cell, heading: str = "") -> Parsed:
    """Read the standing of a member; under 是否预备 a yes is 40 and a no is 50; an unknown word parks the row."""
    if "是否" in heading:
        flag = parse_flag(cell)
        if flag.problem is not None:
            return refused(flag.problem.why, "请改成“是”或“否”，再导入这一行。")
        return NOTHING if flag.value is None else Parsed("40" if flag.value else "50")
    return parse_code(cell, "standing", strict=True)


def parse_flag(cell: Cell) -> Parsed:
    """Read yes or no in the words and signs that rosters use; anything else is left out with a remark."""
    if isinstance(cell, bool):
        return Parsed(cell)
    line = clean_line(text_of(cell))
    word = narrow(line).casefold()
    if word in _YES:
        return Parsed(value=True)
    if word in _NO:
        return Parsed(value=False)
    if line in BLANK_MARKS:
        return NOTHING
    return warned(None, f"“{line}”看不出是还是否。", "请改成“是”或“否”；这一格先空着导入。")


def parse_posts(cell: Cell) -> Parsed:
    """Read Party posts (`支部书记兼组织委员`) as codes joined by commas; an unknown post is left out with a remark."""
    line = clean_line(text_of(cell))
    if line in BLANK_MARKS or line in _NO_POST:
        return NOTHING
    words = [word for word in re.split(r"[、,，;；/兼和及\s]+", line) if word]
    found = [code for code in map(_post, words) if code]
    value = ",".join(dict.fromkeys(found)) or None
    if len(found) < len(words):
        unknown = next(word for word in words if not _post(word))
        return warned(value, f"党内职务“{unknown}”不在代码表里。", "请改成书记、副书记或委员等名称；这一项先空着导入。")
    return Parsed(value)


def _post(word: str) -> str | None:
    """Match one post, also with the name of its branch before it (`老年协会党支部书记`)."""
    titles = code_set("post_title")
    found = titles.match(word) or titles.match(_BRACKETS.sub("", word))
    if found:
        return found
    rows = sorted(titles.codes, key=lambda row: -len(row.name))
    return next((row.code for row in rows if "党" in word and word.endswith(row.name)), None)


def parse_founding(cell: Cell) -> Parsed:
    """Read 批准成立时间及文号: the date is the value, the document number goes to the field `approval`."""
    if not isinstance(cell, str):
        return parse_date(cell)
    line = clean_line(cell)
    document = _DOCUMENT.search(line)
    if document is None:
        return parse_date(line)
    rest = (line[: document.start()] + line[document.end() :]).strip(" ,，;；、()（）")
    parsed = parse_date(rest)
    return Parsed(parsed.value, parsed.problem, (("approval", document[0].strip()),))


def parse_mass(cell: Cell) -> Parsed:
    """Read 工会/团/妇联 in one cell as the fields `has_union`, `has_youth`, `has_women`; none of them says nothing."""
    line = clean_line(text_of(cell))
    signs = {"has_union": "工会", "has_youth": "团", "has_women": "妇"}
    extras: list[tuple[str, Value]] = [(key, True) for key, sign in signs.items() if sign in line]
    return Parsed(None, None, tuple(extras))
