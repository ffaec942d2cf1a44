"""Rows for tests that need records and no rules of entry: written in units, through the models."""

from desktop.models.branch import Branch
from desktop.models.membership import Membership
from desktop.models.organisation import Organisation
from desktop.models.person import Person
from desktop.services import records
from desktop.services.sessions import Session
from desktop.services.units import unit

NAMES = ("王𬭎", "䶮四", "㛃五", "𠮷六", "李明", "张静", "单田芳", "欧阳青禾")


def person(session: Session, name: str, **values: object) -> bytes:
    """Write one person in a unit of its own."""
    with unit(session, f"新增人员 {name}"):
        return records.insert(session, Person, {"name": name, **values})


def branch(session: Session, name: str, code: str, **values: object) -> bytes:
    """Write one Party organisation in a unit of its own."""
    with unit(session, f"新建 {name}"):
        return records.insert(session, Branch, {"name": name, "code": code, "kind": "P4", "field": "8", **values})


def organisation(session: Session, name: str, **values: object) -> bytes:
    """Write one social organisation in a unit of its own."""
    with unit(session, f"登记 {name}"):
        return records.insert(session, Organisation, {"name": name, "state": "1", **values})


def membership(session: Session, who: bytes, where: bytes, **values: object) -> bytes:
    """Write one membership in a unit of its own."""
    row = {"person_id": who, "branch_id": where, "standing": "50", "relation": "R1", **values}
    with unit(session, "登记组织关系"):
        return records.insert(session, Membership, row)
