"""A row of a ledger as its form holds it: opened, checked against its ledger, saved, put into the recycle bin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from desktop.core.calendar import last_day
from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.ids import derived_id
from desktop.core.tables import DELETED
from desktop.models.registry import MODELS
from desktop.rules.periods import earliest_day
from desktop.services import forms, listing_scope, records
from desktop.services.ledgers import values as valued
from desktop.services.ledgers.rows import ledger, name_of
from desktop.services.ledgers.shapes import Fault, Ledger
from desktop.services.sessions import EVERYONE, WRITERS, Session, allowed
from desktop.services.units import unit

# Kinds whose id is made of their columns, so that two laptops that make the same row make one (data.md: natural keys).
_NATURAL: dict[str, tuple[str, ...]] = {"dues_bill": ("person_id", "month")}


@dataclass(frozen=True, slots=True)
class LedgerDraft:
    """One row as the form holds it: values by column as stored; `names` says what its references are called."""

    kind: str
    values: Mapping[str, Any]
    id: bytes | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@allowed(EVERYONE)
def open_(session: Session, *, kind: str, key: bytes) -> LedgerDraft:
    """Give a row as the form holds it; a UserError where there is none in the account's scope."""
    one = ledger(kind)
    row = records.get(session, kind, key)
    _in_scope(session, kind, key)
    held = {each.name: row[each.name] for each in one.fields}
    for each in one.fields:
        if each.kind == "flag" and held[each.name] is not None:
            held[each.name] = bool(held[each.name])
    names = {
        each.name: name_of(session, each.table, held[each.name]) for each in one.fields
        if each.kind == "reference" and held[each.name] is not None
    }  # fmt: skip
    return LedgerDraft(kind, held, key, names)


@allowed(WRITERS)
def save(session: Session, *, draft: LedgerDraft) -> Changes:
    """Save a row; a UserError that names the first field that cannot stand."""
    one = ledger(draft.kind)
    values = {each.name: draft.values.get(each.name) for each in one.fields}
    found = fault(one, values) or _twin(session, one, values, draft.id)
    if found is not None:
        raise forms.refuse(one.noun, found.why, found.do, found.field)
    model = MODELS[draft.kind]
    deed = "登记" if draft.id is None else "修改"
    with unit(session, f"{deed} 1 {one.measure}{one.noun}") as work:
        key = draft.id or _natural(draft.kind, values) or session.new_id()
        if draft.id is None and records.find(session, draft.kind, key) is None:
            records.insert(session, model, values, key=key)
        else:
            records.update(session, model, key, {**values, "deleted": None})
        _in_scope(session, draft.kind, key)
    return work.changes.about(key)


@allowed(WRITERS)
def remove_many(session: Session, *, kind: str, ids: Sequence[bytes], reason: str) -> Changes:
    """Put rows into the recycle bin, all in one step."""
    one = ledger(kind)
    with unit(session, f"删除 {len(ids)} {one.measure}{one.noun}") as work:
        for key in ids:
            records.get(session, kind, key)
            _in_scope(session, kind, key)
            records.bin_record(session, MODELS[kind], key, reason)
    return work.changes


def fault(one: Ledger, values: Mapping[str, Any]) -> Fault | None:
    """Give the first thing that is wrong with the values of a row by its ledger alone, or None; pure."""
    for each in one.fields:
        found = valued.fault(each, values[each.name])
        if found is not None:
            return found
    dated = [(name, values[name]) for name in one.order if values[name]]
    for (first, earlier), (second, later) in pairwise(dated):
        if last_day(later) < earliest_day(earlier):
            words = one.by_name[second].word, one.by_name[first].word
            return Fault(second, f"{words[0]} {later} 早于{words[1]} {earlier}。", "请核对这两个日期，再保存。")
    return next((found for check in one.checks if (found := check(values)) is not None), None)


def _twin(session: Session, one: Ledger, values: Mapping[str, Any], key: bytes | None) -> Fault | None:
    """Say that another row holds what only one may."""
    if not one.once:
        return None
    same = " AND ".join(f'"{name}" IS ?' for name in one.once)
    row = session.db.one(
        f"SELECT 1 FROM {one.table} WHERE {same} AND id IS NOT ? AND {DELETED} IS NULL",
        (*(values[name] for name in one.once), key),
    )
    return Fault(one.once[0], one.once_words, "请打开那一条修改。") if row else None


def _natural(kind: str, values: Mapping[str, Any]) -> bytes | None:
    if kind not in _NATURAL:
        return None
    return derived_id(kind, *(_text(values[name]) for name in _NATURAL[kind]))


def _text(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _in_scope(session: Session, kind: str, key: bytes) -> None:
    """Refuse a row that lies outside the account's scope, before or after it was written."""
    if session.scope is None:
        return
    where, parameters = listing_scope.visible(session, MODELS[kind].SPEC, None)
    if session.db.one(f"SELECT 1 FROM {kind} t WHERE t.id = ? AND {where}", (key, *parameters)) is None:
        why, do = "这条记录不在本账号管的党组织里。", "请选本党组织，或请干事来登记。"
        raise UserError("没有保存。", why, do, "out-of-scope", "branch_id")
