"""Every record table as plain rows, for `doudi list` and export: ids in hex, codes with their words, names resolved.

A row has its table's columns in their order; after a code comes `<column>_name`, before a reference's hex id its name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.core import pinyin
from desktop.core.codes import code_set
from desktop.core.errors import UserError
from desktop.core.tables import DELETED, TableSpec
from desktop.models.registry import SPECS, stored_columns
from desktop.services import listing_scope, masking, meeting_lists, offices, places
from desktop.services.ledgers.catalogue import LEDGERS
from desktop.services.ledgers.rows import title_sql
from desktop.services.sessions import EVERYONE, Session, allowed

KIND_NAMES: dict[str, str] = {
    "organisation": "社会组织",
    "branch": "党组织",
    "person": "人员",
    "membership": "组织关系",
    "post": "任职",
    "meeting": "会议",
    "joint_unit": "联合单位",
    "term": "届次",
    "party_group": "党小组",
    "management": "管理渠道",
    "instructor": "指导员、联络员",
    "place": "村（社区）",
    "office": "上级机关",
    **{kind: ledger.noun for kind, ledger in LEDGERS.items()},
    "attachment": "附件",
    "remark": "检查结果的说明",
    "conflict": "冲突",
}
_SETS: dict[tuple[str, str], str] = {
    **{(kind, one.name): one.codes for kind, ledger in LEDGERS.items() for one in ledger.fields if one.codes},
    ("branch", "kind"): "branch_kind",
    ("branch", "field"): "branch_field",
    ("branch", "form"): "branch_form",
    ("branch", "state"): "branch_state",
    ("organisation", "type"): "organisation_type",
    ("organisation", "category"): "activity_class",
    ("organisation", "registration"): "registration",
    ("organisation", "state"): "organisation_state",
    ("person", "sex"): "sex",
    ("person", "ethnicity"): "ethnicity",
    ("person", "education"): "education",
    ("person", "political"): "political_status",
    ("membership", "standing"): "standing",
    ("membership", "relation"): "relation",
    ("post", "source"): "secretary_source",
    ("management", "mode"): "management_mode",
    ("instructor", "title"): "post_title",
}
_WORDS: dict[tuple[str, str], Mapping[str, str]] = {
    ("meeting", "state"): meeting_lists.STATE_WORDS,
    ("meeting", "record_class"): {"full": "完整记录", "brief": "简略记录"},
    ("place", "kind"): places.KIND_WORDS,
    ("office", "kind"): offices.KIND_WORDS,
    ("office", "level"): offices.LEVEL_WORDS,
    ("remark", "state"): {"explained": "已说明", "postponed": "暂缓", "not_applicable": "不适用"},
}
_MASKS: dict[tuple[str, str], Callable[[str | None], str | None]] = {
    ("person", "id_number"): masking.identity,
    ("person", "phone"): masking.phone,
    ("organisation", "phone"): masking.phone,
    ("branch", "contact"): masking.phone,
}
_LEFT_OUT = frozenset({DELETED, "extra"})
# How a record of each table is named where another refers to it.
_TITLES: dict[str, str] = {
    "branch": "SELECT id, name FROM branch",
    "organisation": "SELECT id, name FROM organisation",
    "person": "SELECT id, name FROM person",
    "place": "SELECT id, name FROM place",
    "office": "SELECT id, name FROM office",
    "party_group": "SELECT id, name FROM party_group",
    "term": "SELECT id, elected_on FROM term",
    "post": "SELECT t.id, p.name FROM post t JOIN person p ON p.id = t.person_id",
    "meeting": "SELECT id, topic FROM meeting",
    **{kind: f"SELECT id, {title_sql(kind)} FROM {kind}" for kind in LEDGERS},
}


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of record: its table, its Chinese and how many there are to see."""

    kind: str
    name: str
    rows: int


@allowed(EVERYONE)
def kinds(session: Session) -> tuple[KindRow, ...]:
    """Give every kind with the count of rows that the account sees."""
    found = []
    for kind, name in KIND_NAMES.items():
        where, parameters = listing_scope.visible(session, SPECS[kind], None)
        row = session.db.one(f"SELECT count(*) FROM {kind} t WHERE {where}", parameters)
        found.append(KindRow(kind, name, int(row[0]) if row else 0))
    return tuple(found)


@allowed(EVERYONE)
def rows(session: Session, *, kind: str, branch: bytes | None = None) -> tuple[Mapping[str, object], ...]:
    """Give the rows of a kind, of one branch and those below it where it is named: manual order, then by pinyin.

    Meetings go by date. Identity numbers and telephones are masked for everybody. UserError for an unknown kind.
    """
    if kind not in KIND_NAMES:
        known = "、".join(KIND_NAMES)
        raise UserError("没有列出记录。", f"没有“{kind}”这一类。", f"可用：{known}。", "unknown-kind", "kind")
    spec = SPECS[kind]
    columns = stored_columns(spec)
    where, parameters = listing_scope.visible(session, spec, branch)
    listed = ", ".join(f't."{column}"' for column in columns)
    found = session.db.rows(f"SELECT {listed} FROM {kind} t WHERE {where} ORDER BY t.rowid", parameters)
    names: dict[str, dict[bytes, str | None]] = {
        table: dict(session.db.rows(_TITLES[table])) for table in _referred(spec)
    }
    parts = _kinds_of_meetings(session) if kind == "meeting" else {}
    made = [_row(spec, dict(zip(columns, row, strict=True)), names, parts) for row in found]
    return tuple(sorted(made, key=_ORDERS.get(kind, _by_name)))


def _referred(spec: TableSpec) -> Iterable[str]:
    return {table for _, table in spec.parents if table in _TITLES}


def _kinds_of_meetings(session: Session) -> dict[bytes, tuple[str, ...]]:
    found: dict[bytes, tuple[str, ...]] = {}
    for key, kind in session.db.rows("SELECT meeting_id, kind FROM meeting_kind ORDER BY rowid"):
        found[key] = (*found.get(key, ()), kind)
    return found


def _row(
    spec: TableSpec,
    values: Mapping[str, Any],
    names: Mapping[str, Mapping[bytes, str | None]],
    kinds_of: Mapping[bytes, tuple[str, ...]],
) -> dict[str, object]:
    parents = dict(spec.parents)
    made: dict[str, object] = {}
    for column, value in values.items():
        if column in _LEFT_OUT:
            continue
        if column in parents:
            made[column.removesuffix("_id")] = names.get(parents[column], {}).get(value)
        made[column] = _value(spec, column, value)
        words = _words(spec.name, column, value, values)
        if words is not None:
            made[f"{column}_name"] = words
    if spec.name == "meeting":
        listed = kinds_of.get(values["id"], ())
        made |= {"kinds": list(listed), "kinds_name": meeting_lists.kinds_short(listed)}
    return made


def _value(spec: TableSpec, column: str, value: Any) -> object:  # noqa: ANN401 - a database value
    if isinstance(value, bytes):
        return value.hex()
    mask = _MASKS.get((spec.name, column))
    if mask is not None:
        return mask(value)
    return bool(value) if spec.types[column] == "bool" and value is not None else value


def _words(table: str, column: str, value: str | None, row: Mapping[str, Any]) -> str | None:
    """Give the Chinese of a code, or None where the column holds none."""
    if (table, column) == ("post", "title"):
        return code_set("management_title" if row["organisation_id"] else "post_title").short(value)
    if (table, column) in _SETS:
        return code_set(_SETS[table, column]).short(value)
    if (table, column) in _WORDS:
        return _WORDS[table, column].get(value or "", value or "")
    return None


def value_words(table: str, column: str, value: object) -> str:
    """Write one stored value as lists do: a code by its short name, a number masked, anything else as it stands."""
    text = str(value)
    mask = _MASKS.get((table, column))
    if mask is not None:
        return mask(text) or ""
    return _words(table, column, text, {"organisation_id": None}) or text


@allowed(EVERYONE)
def title(session: Session, *, table: str, key: bytes) -> str:
    """Give how a record is named where another refers to it, deleted ones too; 已不在 where there is none."""
    row = session.db.one(f"{_TITLES[table]} {'WHERE t.id = ?' if ' t ' in _TITLES[table] else 'WHERE id = ?'}", (key,))
    return str(row[1] or "") if row else "已不在"


_Order = Callable[[Mapping[str, object]], tuple[Any, ...]]


def _by_name(row: Mapping[str, object]) -> tuple[Any, ...]:
    sort = row.get("sort")
    names = (row.get("name") or row.get("branch"), row.get("person") or row.get("organisation"))
    keys = (pinyin.sort_key(str(name)) if name else "" for name in names)
    return (sort is None, sort or 0, *keys, str(row.get("starts_on") or row.get("elected_on") or ""), row["id"])


def _by_date(row: Mapping[str, object]) -> tuple[Any, ...]:
    return (str(row["held_on"] or ""), row["id"])


_ORDERS: dict[str, _Order] = {"meeting": _by_date}


_NOT_IN_WORDS = frozenset({"sort", "content", "documents", "observers", "remark", "merged_into", "version_of"})


def cells(row: Mapping[str, object]) -> dict[str, str]:
    """Write a row in words by column, its id first: names, words of codes, dates; no long text, "" for nothing."""
    coded = {name.removesuffix("_name") for name in row if name.endswith("_name")}
    return {
        name.removesuffix("_name"): _cell(value)
        for name, value in row.items()
        if name not in _NOT_IN_WORDS | coded and not name.endswith("_id")
    }


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None or value == [] else str(value)
