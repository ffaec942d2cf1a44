"""Which rows of a table an account sees, and which belong to a branch: the SQL conditions of every plain list."""

from desktop.core.tables import DELETED, TableSpec
from desktop.models.registry import SPECS
from desktop.services.sessions import Session
from desktop.services.spans import below, within

# The branches of a row where it has no `branch_id` of its own.
_BRANCHES_OF: dict[str, str] = {
    "branch": "t.id",
    "person": "SELECT m.branch_id FROM membership m WHERE m.person_id = t.id AND m._deleted IS NULL",
    "organisation": "SELECT u.branch_id FROM joint_unit u WHERE u.organisation_id = t.id AND u._deleted IS NULL",
    "move": "SELECT b.id FROM branch b WHERE b.id IN (t.from_branch_id, t.to_branch_id)",
}
_FOR_ALL = frozenset({"place", "office", "phrase"})


def visible(session: Session, spec: TableSpec, branch: bytes | None) -> tuple[str, tuple[object, ...]]:
    """Write which rows `t` of a table are seen, of one branch and below where it is named, with the parameters.

    A row that belongs to no branch is seen by accounts without a scope; places, offices and phrases are for all.
    """
    parts = [f"t.{DELETED} IS NULL"]
    own = branches_of(spec)
    if own is None:
        return parts[0] if branch is None and (session.scope is None or spec.name in _FOR_ALL) else "0", ()
    parameters: list[object] = []
    many = own.startswith("SELECT")
    column = "x.id" if many else own
    for condition, more in (within(session, column), below(branch, column)):
        if more:
            one = f"EXISTS (SELECT 1 FROM branch x WHERE x.id IN ({own}) AND {condition})"
            parts.append(one if many else condition)
            parameters += more
    return " AND ".join(parts), tuple(parameters)


def branches_of(spec: TableSpec) -> str | None:
    """Write which branches a row `t` belongs to: a column, a query over ids, or None where it belongs to none."""
    if spec.name in _BRANCHES_OF:
        return _BRANCHES_OF[spec.name]
    if "branch_id" in spec.types:
        return "t.branch_id"
    words = spec.path.split(" ")
    return _through(words[1], words[2]) if words[0] == "via" else None


def _through(column: str, table: str) -> str | None:
    """Write the branches of the row that a column refers to."""
    if table == "person":
        return f"SELECT m.branch_id FROM membership m WHERE m.person_id = t.{column} AND m._deleted IS NULL"
    if table == "organisation":
        return f"SELECT u.branch_id FROM joint_unit u WHERE u.organisation_id = t.{column} AND u._deleted IS NULL"
    known = "branch_id" in SPECS[table].types
    return f"SELECT p.branch_id FROM {table} p WHERE p.id = t.{column}" if known else None
