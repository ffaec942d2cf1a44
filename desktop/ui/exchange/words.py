"""What the page 数据交换 says: fingerprints in groups, instants in local time, counts, kinds of files."""

from dataclasses import dataclass

from desktop.core.changes import Changes
from desktop.core.clock import local_text
from desktop.services.exchange.importing import Applied
from desktop.services.exchange.partners import HistoryRow, PartnerRow
from desktop.ui.widgets.text import Tag

FILES = "数据包和登记文件 (*.dpk *.dkey *.dcert);;所有文件 (*)"
PACKAGE, REQUEST, ANSWER = ".dpk", ".dkey", ".dcert"
OUTCOMES = (
    ("new", "新增"), ("changed", "更新"), ("same", "相同"), ("older", "较旧"), ("deleted", "删除"),
    ("conflicts", "冲突"), ("quarantined", "隔离"),
)  # fmt: skip
GROUP = 4
STOPPED = "这个单位的登记已停用，不能再给它导出"
WAYS = {"in": "接收", "out": "导出"}


@dataclass(frozen=True, slots=True)
class Merged:
    """A package that was merged, with what the screens refresh by."""

    result: Applied
    changes: Changes


@dataclass(frozen=True, slots=True)
class PackageRow:
    """One package as the list shows it; `id` is its way, its other side, its number and when it was."""

    id: tuple[str, str, int, str]
    made_at: str
    way: str
    name: str
    number: int
    content: str
    state: str
    unit: int | None
    undone: bool


def package_row(row: HistoryRow) -> PackageRow:
    """Give a package of the history as the list shows it."""
    return PackageRow(
        (row.way, row.path, row.number, row.made_at), row.made_at, WAYS[row.way], row.name, row.number,
        history_text(row), state_text(row), row.unit, row.undone,
    )  # fmt: skip


def fingerprint_text(digits: str) -> str:
    """Write 24 digits in six groups of four, as they are read out on the telephone."""
    bare = "".join(char for char in digits if char.isdigit())
    return " ".join(bare[at : at + GROUP] for at in range(0, len(bare), GROUP))


def when(instant: str | None) -> str:
    """Write an instant as local time, or say that it has not been."""
    return local_text(instant) if instant else "还没有"


def package_text(number: int | None, instant: str | None) -> str:
    """Write a package as lists of partners do: `第 12 号 11-20 09:30`, or that there has been none."""
    return f"第 {number} 号 {local_text(instant)[5:]}" if instant and number is not None else "还没有"


def partner_state(partner: PartnerRow) -> tuple[str, Tag]:
    """Say how things stand with a partner, with the colour of the mark."""
    if not partner.active:
        return "已停用", "err"
    if partner.waiting:
        return f"{partner.waiting:,} 项待导出", "warn"
    if not partner.last_sent:
        return "还没有导出过", "neutral"
    return ("已导出，等回执", "info") if partner.unconfirmed else ("都已导出", "ok")


def counts_text(counts: dict[str, int]) -> str:
    """Write the outcomes of a package that are not nothing: `新增 120，更新 3`."""
    return "，".join(f"{title} {counts[key]:,}" for key, title in OUTCOMES if counts.get(key))


def history_text(row: HistoryRow) -> str:
    """Say what a package did, or which file it was."""
    if row.way == "out":
        return row.file_name
    return counts_text(row.counts) or "没有新内容"


def state_text(row: HistoryRow) -> str:
    """Say how a package stands now."""
    if row.way == "out":
        return "已导出"
    return "已撤销" if row.undone else "已合并"


def merged_text(result: Applied) -> str:
    """Say in one sentence what was merged."""
    shown = {key: getattr(result, key) for key, _ in OUTCOMES if key != "same"}
    return counts_text(shown) or "没有新内容"
