"""A sound row of any ledger, with whatever it refers to made on the way."""

from typing import Any

from desktop.core.codes import code_set
from desktop.models.registry import MODELS
from desktop.services import records
from desktop.services.ledgers.catalogue import LEDGERS
from desktop.services.ledgers.shapes import LedgerField
from desktop.services.sessions import Session
from desktop.services.units import unit

_PLAIN: dict[str, dict[str, Any]] = {
    "person": {"name": "王伟"},
    "branch": {"code": "B777", "name": "柳溪社区老年协会党支部", "kind": "P4"},
    "organisation": {"name": "柳溪社区老年协会"},
    "place": {"name": "柳溪社区"},
}


def target(session: Session, table: str) -> bytes:
    """Make a record that a ledger may refer to, and give its id."""
    if table == "meeting":
        return insert(session, table, {"record_class": "full", "state": "passed", "held_on": "2026-03-05"})
    if table == "post":
        return insert(session, table, {"person_id": target(session, "person"), "title": "01"})
    return insert(session, table, _PLAIN[table] if table in _PLAIN else values(session, table))


def insert(session: Session, table: str, columns: dict[str, Any]) -> bytes:
    """Insert one record in a unit of its own."""
    with unit(session, f"新增 {table}"):
        return records.insert(session, MODELS[table], columns)


def values(session: Session, kind: str, *, second: bool = False) -> dict[str, Any]:
    """Give sound values of every field of a ledger; `second` gives others where only one row may hold the first."""
    ledger = LEDGERS[kind]
    made = {field.name: _value(session, field, second=second) for field in ledger.fields}
    for name in ledger.order:
        made[name] = "2026-03" if ledger.by_name[name].kind == "month" else "2026-03-05"
    ballots = [name for name in ("excellent", "good") if name in made]
    return made | {"ballots": 3, ballots[0]: 3, **_zeros(made, ballots[0])} if ballots else made


def _zeros(made: dict[str, Any], first: str) -> dict[str, Any]:
    parts = ("excellent", "qualified", "basic", "unqualified", "abstain", "good", "fairly", "fair", "poor")
    return {name: 0 for name in parts if name in made and name != first}


def _value(session: Session, field: LedgerField, *, second: bool) -> Any:  # noqa: ANN401 - a column's value
    if field.kind == "reference":
        return target(session, field.table)
    if field.kind == "code":
        return code_set(field.codes).codes[0].code
    return {
        "date": "2026-03-05", "month": "2026-04" if second else "2026-03", "year": 2025 if second else 2026, "count": 3,
        "money": 1250, "half_days": 5, "tenths": 85, "percent": 50, "flag": True,
    }.get(field.kind, f"{field.word}甲")  # fmt: skip
