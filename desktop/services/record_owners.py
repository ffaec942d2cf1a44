"""Whose record a part belongs to: a post is shown with its branch, a relation with its person (in-place jumps)."""

from desktop.services import records
from desktop.services.sessions import EVERYONE, Session, allowed

# The columns that lead from a part to the record whose drawer shows it, the first that is filled.
_OWNERS: dict[str, tuple[tuple[str, str], ...]] = {
    "post": (("branch_id", "branch"), ("organisation_id", "organisation"), ("person_id", "person")),
    "term": (("branch_id", "branch"),),
    "party_group": (("branch_id", "branch"),),
    "joint_unit": (("branch_id", "branch"),),
    "management": (("organisation_id", "organisation"),),
    "instructor": (("organisation_id", "organisation"),),
    "membership": (("person_id", "person"),),
}
PARTS = frozenset(_OWNERS)


@allowed(EVERYONE)
def owner(session: Session, *, kind: str, key: bytes) -> tuple[str, bytes]:
    """Give the kind and id of the record whose drawer shows this one: itself, or what it is a part of."""
    row = records.get(session, kind, key) if kind in _OWNERS else {}
    for column, owner_kind in _OWNERS.get(kind, ()):
        if row.get(column) is not None:
            return owner_kind, row[column]
    return kind, key
