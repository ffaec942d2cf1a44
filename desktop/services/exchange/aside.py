"""The rows that stay outside (隔离): which they are, why, from which package, and what a person may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.models.registry import SPECS
from desktop.services.exchange.titles import path_names, row_title
from desktop.services.listing import KIND_NAMES
from desktop.services.sessions import STAFF, Session, allowed
from desktop.sync.canonical import Json, parse
from desktop.sync.tables import table_line

REASONS = {
    "orphan": ("所依的记录还没有到", "后面的数据包带来时自动补上。可请发件单位再导出一次。"),
    "authority": ("发件单位无权改这些记录", "本机的没有动。请与发件单位核实。"),
    "too-large": ("内容超过允许的大小", "请发件单位删减后重新导出。"),
}
BAD_FORM = ("内容不合格式", "请发件单位改正这些记录，再导出一次。")


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One row set aside: its kind and title (empty where it cannot be read), why, and the package it came with."""

    id: int
    table: str
    table_name: str
    title: str
    why: str
    remedy: str
    sender: str
    number: int
    made_at: str


@allowed(STAFF)
def list_aside(session: Session, *, limit: int = 2_000) -> tuple[AsideRow, ...]:
    """Give the rows that stay outside, the newest package first."""
    names = path_names(session)
    rows = session.db.rows(
        "SELECT p.id, p.tbl, p.reason, p.content, i.from_path, i.number, i.made_at FROM sync_pending p "
        "LEFT JOIN sync_import i ON i.package_id = p.package_id ORDER BY i.made_at DESC, p.tbl, p.id LIMIT ?",
        (limit,),
    )
    return tuple(
        AsideRow(
            key, table, KIND_NAMES.get(table) or table, row_title(session, table, _values(table, parse(content))),
            *REASONS.get(reason, BAD_FORM), names.get(path) or path or "", number or 0, made_at or "",
        )
        for key, table, reason, content, path, number, made_at in rows
    )  # fmt: skip


def _values(table: str, content: Json) -> Mapping[str, object]:
    """Give a kept row's values by column, as far as it can be read: one of bad form is a bare line of values."""
    if isinstance(content, dict):
        columns, values = content.get("cols"), content.get("values")
    else:
        columns, values = list(table_line(SPECS[table]).columns) if table in SPECS else None, content
    if not isinstance(columns, list) or not isinstance(values, list) or len(columns) != len(values):
        return {}
    return {str(name): value for name, value in zip(columns, values, strict=True) if isinstance(value, str)}


def sentences(found: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """Say of each reason of a package how much stays outside, why, and what to do."""
    said = []
    for reason, tables in found.items():
        why, remedy = REASONS.get(reason, BAD_FORM)
        kinds = "、".join(f"{KIND_NAMES.get(name) or name} {count:,} 条" for name, count in tables.items())
        said.append(f"隔离 {kinds}：{why}，{remedy}")
    return tuple(said)
