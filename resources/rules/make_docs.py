"""Write `docs/rules.md` from the rule packs: `python resources/rules/make_docs.py` (a test compares the two)."""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.rules.catalogue import IN_WORDS  # noqa: E402 - the checkout comes first
from desktop.rules.engine import rule_order  # noqa: E402
from desktop.rules.pack_reader import load_packs  # noqa: E402
from desktop.rules.packs import Rule, Value  # noqa: E402

HEAD = """# 检查规则

本页由 `resources/rules/make_docs.py` 从 `resources/rules/*.toml` 生成，请勿手改；测试比对两者。

级别：`E` 必须改正 · `W` 提醒（条例写“一般”的，可以说明理由） · `I` 供参考。
状态：`open` 待处理 · `due` 将到期 · `overdue` 已逾期 · `unknown` 无法判断 ·
`explained` 已说明 · `postponed` 已延期 · `not_applicable` 不适用。
检查窗口：上年1月1日起至检查当日；早于启用日或党组织第一个完整周期的不查；
正在进行的周期进入提醒期才列出；已满足的不列出。
日期按已知精度的最末一日比较；需要到日而没有到日的，列为“无法判断，因为……”，不跳过。
主题党日每月一次，`times` 为 0 的周期规则不查。P8 功能型党组织在统计口径之外，只查 UNI-01。
一个会议有几种类型的，每种各计一次；只计已通过、已归档的最新版；简要记录也计。
补开：周期过后补开并由人指定补哪一期的（会议 `extra` 中该类型的 `makes_up`，如 `2026-07`、`2026Q3`），
只计入所补的一期，不计入召开当期。
工作台的完成率：三会一课（MTG-01 至 04）已开（含补开）次数 ÷ 已开始各期的应开次数，取整数百分点，不进位。
人员、社会组织、会议、党小组没有编码，`code` 为空；会议的名称是其主题，没有主题的是各类型名称以“暨”相连。
"""


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"\n## {rule.id}\n"
    yield f"{rule.statement}\n"
    sources = "；".join(str(source) for source in rule.sources)
    yield f"- 依据：{sources}（规则包 `{rule.pack.id}` 第 {rule.pack.version} 版）"
    minor = f"（较轻的为 `{rule.minor}`）" if rule.minor else ""
    yield f"- 级别：`{rule.severity}`{minor}　对象：`{rule.scope}`{'' if rule.enabled else '　默认关闭'}"
    yield f"- 适用：{rule.applies}"
    yield f"- 何时列出：{rule.fires}"
    for name, value in rule.params.items():
        local = "（可由本地改动）" if name in rule.local else ""
        yield f"- `{name}` {IN_WORDS.get(name, '')}：{_value(value)}{local}"


def render() -> str:
    """Give the whole page."""
    packs = load_packs(ROOT / "resources" / "rules")
    heads = {rule.pack.id: rule.pack for rule in packs.rules}
    lines = [HEAD, "| 规则包 | 名称 | 版本 | 自 | 至 | 核对 |", "|---|---|---|---|---|---|"]
    for pack in sorted(heads.values(), key=lambda pack: pack.id):
        checked = f"{pack.verified_by} {pack.verified_on}" if pack.verified_by else "待核对"
        dates = f"{pack.effective_from} | {pack.effective_to or ''}"
        lines.append(f"| `{pack.id}` | {pack.title} | {pack.version} | {dates} | {checked} |")
    for rule in sorted(packs.rules, key=lambda rule: (rule_order(rule.id), rule.pack.effective_from)):
        lines.extend(_rule(rule))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "rules.md").write_text(render(), encoding="utf-8")
