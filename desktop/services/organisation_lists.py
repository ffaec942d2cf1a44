"""The page 社会组织: every organisation with its cover, members and gaps on the day, and the sheet of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from desktop.core.codes import code_set
from desktop.models.database import Row
from desktop.rules import codes
from desktop.services import instructors, management, masking, posts, records, rulebook
from desktop.services.instructors import InstructorRow
from desktop.services.management import BACKSTOP, ManagementRow
from desktop.services.organisations import check_seen
from desktop.services.posts import PostRow
from desktop.services.sessions import EVERYONE, Session, allowed
from desktop.services.spans import active, found_by, on_roll, one_of, within

VIEWS = {"all": "全部", "uncovered": "应建未建", "no_members": "无党员", "incomplete": "待完善"}
INCOMPLETE = "待完善"
_CLOSED = "5"
_COVERING = frozenset({"P1", "P2", "P3", "P4", "P5"})
# The fields of CMP-03 as they lie in the database.
_LACKS = {
    "name": "o.name IS NULL",
    "type": "o.type IS NULL",
    "registration": "o.registration IS NULL",
    "number": "coalesce(o.uscc, o.filing_number) IS NULL",
    "registered_on": "o.registered_on IS NULL",
    "place": "o.place_id IS NULL",
    "head": "o.head_id IS NULL",
    "staff_count": "o.staff_count IS NULL",
    "survey_on": "o.survey_on IS NULL",
    "management": (
        "NOT EXISTS (SELECT 1 FROM management c WHERE c.organisation_id = o.id AND c._deleted IS NULL "
        "AND (c.ends_on IS NULL OR c.ends_on >= ?1))"
    ),
}


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One social organisation on the day; members are the greater of roll and survey, as ORG-01 counts them.

    `owed` marks 应建未建: enough full members and no Party organisation.
    """

    id: bytes
    name: str
    short_name: str | None
    type: str | None
    type_name: str
    registration: str | None
    registration_name: str
    number: str | None
    place: str | None
    head: str | None
    phone: str | None
    staff_count: int | None
    full: int
    probationary: int
    branches: str
    covered: bool
    backstop: str | None
    state: str | None
    state_name: str
    missing: int
    incomplete: bool
    owed: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationSheet:
    """One organisation's file (一社一档) around its form: who covers it, answers for it, helps it, works in it."""

    organisation: OrganisationRow
    branches: tuple[tuple[bytes, str, str | None], ...]
    channels: tuple[ManagementRow, ...]
    instructors: tuple[InstructorRow, ...]
    posts: tuple[PostRow, ...]
    members: int


@allowed(EVERYONE)
def list_organisations(
    session: Session, *, view: str = "all", place: bytes | None = None, type: str | None = None,  # noqa: A002 - its name
    state: str | None = None, text: str = "",
) -> tuple[OrganisationRow, ...]:  # fmt: skip
    """Give the organisations of a view (VIEWS) in manual order, then as they were entered; 注销 ones in 全部 alone."""
    views = _views(session)
    keep, owed = views[view], views["uncovered"]
    given = (("o.place_id", place), ("o.type", type), ("o.state", state))
    found, said = found_by(text, "organisation", "o.id")
    where = " AND ".join([found, *(f"{column} = ?" for column, value in given if value is not None)])
    values = (*said, *(value for _, value in given if value is not None))
    kept = (row for row in _rows(session, where, values) if keep(row))
    return tuple(replace(row, owed=True) if owed(row) else row for row in kept)


@allowed(EVERYONE)
def counts(session: Session) -> dict[str, int]:
    """Give the count of each view, for the tabs."""
    rows = _rows(session, "1", ())
    return {name: sum(map(keep, rows)) for name, keep in _views(session).items()}


@allowed(EVERYONE)
def sheet(session: Session, *, organisation: bytes) -> OrganisationSheet:
    """Give the file of one organisation, for the drawer and for print."""
    check_seen(session, organisation)
    records.get(session, "organisation", organisation)
    row = _rows(session, "o.id = ?", (organisation,))[0]
    covering = session.db.rows(
        f"SELECT b.id, b.name, u.starts_on FROM joint_unit u JOIN branch b ON b.id = u.branch_id WHERE {active('u')} "
        "AND b._deleted IS NULL AND u.organisation_id = ?2 ORDER BY b.sort IS NULL, b.sort, b.code",
        (session.today.isoformat(), organisation),
    )
    members = session.db.one(
        f"SELECT count(*) FROM membership m WHERE {on_roll('m')} AND {active('m')} AND m.organisation_id = ?2",
        (session.today.isoformat(), organisation),
    )
    return OrganisationSheet(
        row,
        tuple((key, name, since) for key, name, since in covering),
        management.list_channels(session, organisation=organisation),
        instructors.list_instructors(session, organisation=organisation),
        posts.list_posts(session, organisation=organisation),
        members[0] if members else 0,
    )


def _views(session: Session) -> Mapping[str, Callable[[OrganisationRow], bool]]:
    """Give what belongs into each view; 应建未建 is what ORG-01 finds."""
    rule = rulebook.rule(session, "ORG-01")
    least = rule.number("min_full") if rule else 3
    return {
        "all": lambda row: True,  # noqa: ARG005 - a view of everything
        "uncovered": lambda row: row.state != _CLOSED and not row.covered and row.full >= least,
        "no_members": lambda row: row.state != _CLOSED and row.full + row.probationary == 0,
        "incomplete": lambda row: row.state != _CLOSED and (row.missing > 0 or row.incomplete),
    }


def _rows(session: Session, where: str, values: tuple[object, ...]) -> list[OrganisationRow]:
    day = session.today.isoformat()
    lacks = " + ".join(f"({_LACKS[name]})" for name in rulebook.required(session, "CMP-03") if name in _LACKS) or "0"
    scope, more = _scope(session)
    found = session.db.rows(
        "SELECT o.id, o.name, o.short_name, o.type, o.registration, coalesce(o.uscc, o.filing_number), l.name, h.name, "
        f"o.phone, o.staff_count, o.survey_full, o.survey_probationary, o.state, o.remark, {lacks}, ?1 "
        "FROM organisation o LEFT JOIN place l ON l.id = o.place_id LEFT JOIN person h ON h.id = o.head_id "
        f"WHERE o._deleted IS NULL AND o.merged_into IS NULL AND {where} AND {scope} "
        "ORDER BY o.sort IS NULL, o.sort, o.rowid",
        (day, *values, *more),
    )
    rolls = dict(_pairs(session, _ROLL, day))
    covers = dict(_pairs(session, _COVER, day))
    backstops = dict(_pairs(session, _BACKSTOPS, day))
    return [_row(row, rolls.get(row[0], (0, 0)), covers.get(row[0], ("", 0)), backstops.get(row[0])) for row in found]


_ROLL = (
    f"SELECT m.organisation_id, sum({one_of('m.standing', codes.FULL)}), "
    f"sum({one_of('m.standing', codes.PROBATIONARY)}) FROM membership m WHERE m.organisation_id IS NOT NULL "
    f"AND {on_roll('m')} AND {active('m')} GROUP BY m.organisation_id"
)
_COVER = (
    "SELECT u.organisation_id, group_concat(coalesce(b.short_name, b.name), '、'), "
    f"max({one_of('b.kind', _COVERING)}) FROM joint_unit u JOIN branch b ON b.id = u.branch_id "
    f"WHERE {active('u')} AND b._deleted IS NULL AND b.dissolved_on IS NULL AND coalesce(b.state, '1') <> '5' "
    "GROUP BY u.organisation_id"
)
_BACKSTOPS = (
    "SELECT m.organisation_id, group_concat(coalesce(b.short_name, b.name), '、'), 0 FROM management m "
    f"JOIN branch b ON b.id = m.branch_id WHERE m.mode = '{BACKSTOP}' AND {active('m')} GROUP BY m.organisation_id"
)


def _pairs(session: Session, sql: str, day: str) -> list[tuple[bytes, Row]]:
    return [(row[0], row[1:]) for row in session.db.rows(sql, (day,))]


def _scope(session: Session) -> tuple[str, tuple[object, ...]]:
    """Write which organisations a 书记 sees: those that a branch of the own scope covers or answers for."""
    if session.scope is None:
        return "1", ()
    covered, one = within(session, "u.branch_id")
    managed, two = within(session, "c.branch_id")
    seen = (
        f"SELECT u.organisation_id FROM joint_unit u WHERE u._deleted IS NULL AND {covered} UNION "
        f"SELECT c.organisation_id FROM management c WHERE c._deleted IS NULL AND {managed}"
    )
    return f"o.id IN ({seen})", (*one, *two)


def _row(row: Row, roll: Row, cover: Row, backstop: Row | None) -> OrganisationRow:
    (
        key, name, short, kind, registration, number, place, head, phone, staff, full, more, state, remark, missing, _,
    ) = row  # fmt: skip
    found_full, found_more = (full, more or 0) if full is not None else (0, 0)
    everybody = max(roll[0] + roll[1], found_full + found_more)
    most_full = max(roll[0], found_full)
    return OrganisationRow(
        key, name, short, kind, code_set("organisation_type").short(kind), registration,
        code_set("registration").short(registration), number, place, head, masking.phone(phone), staff, most_full,
        everybody - most_full, cover[0] or "", bool(cover[1]), backstop[0] if backstop else None, state,
        code_set("organisation_state").short(state or "1"), missing, remark == INCOMPLETE,
    )  # fmt: skip
