"""The tree of Party organisations as the page 党组织 shows it, with what is true of each on the day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.core.codes import code_set
from desktop.models.database import Row
from desktop.rules import codes
from desktop.services import terms
from desktop.services.branches import state_words
from desktop.services.sessions import EVERYONE, Session, allowed, branches_in_scope
from desktop.services.spans import active, on_roll, one_of


@dataclass(frozen=True, slots=True)
class BranchRow:
    """One Party organisation in tree order; `depth` is 0 at the top, counts are of members on the roll on the day."""

    id: bytes
    code: str
    name: str
    short_name: str | None
    kind: str | None
    kind_name: str
    field: str | None
    parent_id: bytes | None
    depth: int
    place: str | None
    secretary: str | None
    full: int
    probationary: int
    term_end: str | None
    units: int
    state: str | None
    state_name: str


@allowed(EVERYONE)
def list_branches(session: Session) -> tuple[BranchRow, ...]:
    """Give every Party organisation in scope, each followed by those below it, in manual order and then by code."""
    scope = branches_in_scope(session)
    rows = session.db.rows(
        "SELECT b.id, b.code, b.name, b.short_name, b.kind, b.field, b.parent_id, p.name, b.state "
        "FROM branch b LEFT JOIN place p ON p.id = b.place_id WHERE b._deleted IS NULL AND b.merged_into IS NULL "
        "ORDER BY b.sort IS NULL, b.sort, b.code"
    )
    seen = [row for row in rows if scope is None or row[0] in scope]
    secretaries, counts, units = _secretaries(session), _counts(session), _units(session)
    ends = terms.ends(session)
    kinds = code_set("branch_kind")
    found = []
    for row, depth in _walk(seen):
        key, code, name, short, kind, field, parent, place, state = row
        full, probationary = counts.get(key, (0, 0))
        found.append(
            BranchRow(
                key, code, name, short, kind, kinds.short(kind), field, parent, depth, place, secretaries.get(key),
                full, probationary, ends.get(key), units.get(key, 0), state, state_words(state),
            )
        )  # fmt: skip
    return tuple(found)


def _walk(rows: list[Row]) -> Iterator[tuple[Row, int]]:
    """Give each row with its depth, a parent before its children; a ring that came in by package stands at the end."""
    known = {row[0] for row in rows}
    children: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        children[row[6] if row[6] in known else None].append(row)
    given: set[object] = set()
    stack = [(row, 0) for row in reversed(children[None])]
    while stack:
        row, depth = stack.pop()
        given.add(row[0])
        yield row, depth
        stack += [(child, depth + 1) for child in reversed(children[row[0]]) if child[0] not in given]
    yield from ((row, 0) for row in rows if row[0] not in given)


def _secretaries(session: Session) -> dict[bytes, str]:
    rows = session.db.rows(
        "SELECT o.branch_id, group_concat(p.name, '、') FROM post o JOIN person p ON p.id = o.person_id "
        f"WHERE o.title = '{codes.Title.SECRETARY}' AND o.branch_id IS NOT NULL AND {active('o')} "
        "GROUP BY o.branch_id",
        (session.today.isoformat(),),
    )
    return dict(rows)


def _counts(session: Session) -> dict[bytes, tuple[int, int]]:
    rows = session.db.rows(
        f"SELECT m.branch_id, sum({one_of('m.standing', codes.FULL)}), sum({one_of('m.standing', codes.PROBATIONARY)}) "
        f"FROM membership m WHERE {on_roll('m')} AND {active('m')} GROUP BY m.branch_id",
        (session.today.isoformat(),),
    )
    return {branch: (full, more) for branch, full, more in rows}


def _units(session: Session) -> dict[bytes, int]:
    rows = session.db.rows(
        f"SELECT u.branch_id, count(*) FROM joint_unit u WHERE {active('u')} GROUP BY u.branch_id",
        (session.today.isoformat(),),
    )
    return dict(rows)
