"""What the roster wizard says: kinds, counts with their measure words, the words of buttons."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from desktop.core.changes import Changes
from desktop.services.importing import ImportResult
from desktop.services.roster_doubts import Likeness

RosterKind = Literal["members", "organisations", "branches"]
KINDS: tuple[tuple[RosterKind, str], ...] = (
    ("members", "党员名册"),
    ("organisations", "社会组织台账"),
    ("branches", "党组织名册"),
)
MEASURES: dict[str, str] = {"members": "人", "organisations": "家", "branches": "个党组织"}
NAMES: dict[str, str] = {"members": "姓名", "organisations": "名称", "branches": "名称"}
PAGES: dict[str, tuple[str, str]] = {
    "members": ("members", "去看党员"),
    "organisations": ("organisations", "去看社会组织"),
    "branches": ("branches", "去看党组织"),
}
MADE_KINDS = {"branch": "党组织", "organisation": "社会组织", "place": "村（社区）", "party_group": "党小组"}
MADE_MEASURES = {"organisation": "家"}
_COUNTED = re.compile(r"（新增 (\d+)，更新 (\d+)）$")
FILES = "表格 (*.xlsx *.xls *.et *.ods *.csv *.xlsb *.xlsm);;所有文件 (*)"
ENDINGS = (".xlsx", ".xls", ".et", ".ods", ".csv", ".xlsb", ".xlsm")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, with what the screens refresh by."""

    result: ImportResult
    changes: Changes


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One row that wants a look: `level` is 需改, 确认 or 提醒; `struck` one that somebody has left out."""

    id: tuple[int, str, str]
    row: int
    name: str
    level: str
    column: str
    problem: str
    advice: str
    like: tuple[Likeness, ...] = ()
    struck: bool = False


def title(kind: str) -> str:
    """Give the wizard's title for a kind."""
    return f"导入{dict(KINDS)[kind]}"  # type: ignore[index]  # a kind


def verb(kind: str, result: ImportResult) -> str:
    """Give the word of the button that imports: `导入 305 人，7 行稍后处理`."""
    good, later = result.new + result.changed, result.doubtful + result.refused
    if not good:
        return "没有要导入的行"
    return f"导入 {good:,} {MEASURES[kind]}" + (f"，{later:,} 行稍后处理" if later else "")


def said(kind: str, result: ImportResult) -> str:
    """Say in one sentence what an import did."""
    measure = MEASURES[kind]
    parts = [f"新增 {result.new:,} {measure}", f"更新 {result.changed:,} {measure}"]
    if result.same:
        parts.append(f"{result.same:,} {measure}与系统里相同")
    if result.skipped:
        parts.append(f"跳过 {result.skipped:,} 行")
    later = result.doubtful + result.refused
    rest = f"还有 {later:,} 行没有导入，可导出问题清单，改好后再导一次。" if later else ""
    return "，".join(parts) + "。" + made(result) + rest


def made(result: ImportResult) -> str:
    """Say what an import made in passing, because rows named it: `新建 2 个党组织，请补全资料。`."""
    counts = Counter(one.kind for one in result.created)
    listed = [
        f"{count:,} {MADE_MEASURES.get(kind, '个')}{MADE_KINDS.get(kind, '名称')}" for kind, count in counts.items()
    ]
    return f"新建 {'、'.join(listed)}，请补全资料。" if listed else ""


def written(label: str, records: int) -> str:
    """Say how much an import of the past wrote: `3 人（共 13 条记录）`; its label ends with what it counted."""
    counted = _COUNTED.search(label)
    kind = next((kind for kind, title in KINDS if label.startswith(f"导入{title}")), None)
    if counted is None or kind is None:
        return f"{records:,} 条记录"
    return f"{int(counted[1]) + int(counted[2]):,} {MEASURES[kind]}（共 {records:,} 条记录）"
