"""Fills the facts that rules look at from SQL, set-wise: master data whole, meetings of the window of the check.

Deleted and merged rows are left out. Of a meeting's text only what rules ask of it is read: whether it is there.
A cell that is no date is read as an unknown one; `verify` names it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from desktop.core.calendar import is_date_text
from desktop.models.database import Connection
from desktop.rules import facts
from desktop.services.rule_settings import RuleSettings
from desktop.services.sessions import EVERYONE, Session, allowed

CLOSED_ORGANISATION = "5"
BACKSTOP = "3"
MAKES_UP = "makes_up"
CLOSED_BRANCH, SUSPENDED_BRANCH = "5", "2"
_HEAD = (
    "m.starts_at", "m.ends_at", "m.place", "m.host", "m.recorder", "m.lecturer", "m.topic", "substr(m.content, 1, 1)",
)  # fmt: skip
_KINDS = "(SELECT group_concat(k.kind, ' ') FROM meeting_kind k WHERE k.meeting_id = m.id)"
_ALIVE = "_deleted IS NULL AND merged_into IS NULL"
# The year is compared, not the day: `2025` and `2025-01` are dates of the window too. Both sides of a correction come
# along wherever they lie, so that an old version never counts in its newer one's absence.
_WINDOW = (
    "m._deleted IS NULL AND m.state IN ('passed', 'archived') AND (m.held_on >= ? OR m.held_on IS NULL OR m.id IN "
    "(SELECT id FROM meeting WHERE version_of IS NOT NULL "
    "UNION SELECT version_of FROM meeting WHERE version_of IS NOT NULL))"
)


@allowed(EVERYONE)
def read(session: Session, *, settings: RuleSettings, records: bool = True) -> facts.Facts:
    """Give everything that one check sees on the session's day; without `records`, of meetings only that they were.

    The lists of a township's meetings are nine tenths of the reading, and only the rules about records need them.
    """
    db, on = session.db, session.today
    return facts.Facts(
        on=on,
        go_live=settings.go_live,
        organisations=_organisations(db),
        branches=_branches(db, settings.switched_on),
        groups=tuple(
            facts.PartyGroup(key.hex(), branch.hex(), name)
            for key, branch, name in db.rows("SELECT id, branch_id, name FROM party_group WHERE _deleted IS NULL")
        ),
        terms=_terms(db),
        joint_units=tuple(
            facts.JointUnit(branch.hex(), organisation.hex(), *map(_day, dates))
            for branch, organisation, *dates in db.rows(
                "SELECT branch_id, organisation_id, starts_on, ends_on FROM joint_unit WHERE _deleted IS NULL"
            )
        ),
        management=_management(db),
        instructors=tuple(
            facts.Instructor(person.hex(), organisation.hex(), *map(_day, dates))
            for person, organisation, *dates in db.rows(
                "SELECT person_id, organisation_id, starts_on, ends_on FROM instructor WHERE _deleted IS NULL"
            )
        ),
        posts=_posts(db),
        persons=_persons(db),
        memberships=_memberships(db),
        meetings=_meetings(db, on, records=records),
        remarks=tuple(
            facts.Remark(rule, subject, period, state, reason or "", _day(until))
            for rule, subject, period, state, reason, until in db.rows(
                "SELECT rule, subject, period, state, reason, until_on FROM remark WHERE _deleted IS NULL"
            )
        ),
    )


def _hex(key: bytes | None) -> str | None:
    return key.hex() if key is not None else None


@lru_cache(maxsize=65_536)  # the dates of a township are some thousands, read hundreds of thousands of times
def _day(value: str | None) -> str | None:
    """Give a date of known precision; None for a cell that is none, as a foreign hand may have left it."""
    return value if isinstance(value, str) and is_date_text(value) else None


def _organisations(db: Connection) -> tuple[facts.Organisation, ...]:
    rows = db.rows(
        "SELECT id, name, type, registration, coalesce(uscc, filing_number), registered_on, dissolved_on, state, "
        "place_id, head_id, staff_count, survey_on, survey_full, survey_probationary "
        f"FROM organisation WHERE {_ALIVE}"
    )
    return tuple(
        facts.Organisation(
            key.hex(), name, kind, registration, number, _day(registered), _day(dissolved),
            state == CLOSED_ORGANISATION, _hex(place), _hex(head), staff, _day(surveyed), *counts,
        )
        for key, name, kind, registration, number, registered, dissolved, state, place, head, staff, surveyed, *counts
        in rows
    )  # fmt: skip


def _branches(db: Connection, switched_on: frozenset[bytes]) -> tuple[facts.Branch, ...]:
    rows = db.rows(
        "SELECT id, code, name, kind, coalesce(field, '8'), parent_id, place_id, founded_on, ends_on, dissolved_on, "
        f"approval, contact, state FROM branch WHERE {_ALIVE}"
    )
    return tuple(
        facts.Branch(
            key.hex(), code, name, kind, field, _hex(parent), _hex(place), _day(founded), _day(ends),
            _day(dissolved), approval, contact, suspended=state == SUSPENDED_BRANCH, closed=state == CLOSED_BRANCH,
            switched_on=key in switched_on,
        )
        for key, code, name, kind, field, parent, place, founded, ends, dissolved, approval, contact, state in rows
    )  # fmt: skip


def _terms(db: Connection) -> tuple[facts.Term, ...]:
    rows = db.rows(
        "SELECT id, branch_id, elected_on, ends_on, seats, extended_to, extension_document FROM term "
        "WHERE _deleted IS NULL"
    )
    return tuple(
        facts.Term(key.hex(), branch.hex(), _day(elected), _day(ends), seats, _day(extended), document)
        for key, branch, elected, ends, seats, extended, document in rows
    )


def _management(db: Connection) -> tuple[facts.Management, ...]:
    rows = db.rows(
        "SELECT organisation_id, mode, branch_id, contact_post_id, starts_on, ends_on FROM management "
        "WHERE _deleted IS NULL"
    )
    return tuple(
        facts.Management(organisation.hex(), mode == BACKSTOP, _hex(branch), _hex(post), *map(_day, dates))
        for organisation, mode, branch, post, *dates in rows
    )


def _posts(db: Connection) -> tuple[facts.Post, ...]:
    rows = db.rows(
        "SELECT id, person_id, title, branch_id, organisation_id, full_time, starts_on, ends_on FROM post "
        "WHERE _deleted IS NULL"
    )
    return tuple(
        facts.Post(key.hex(), person.hex(), title, _hex(branch), _hex(organisation), bool(full_time), *map(_day, dates))
        for key, person, title, branch, organisation, full_time, *dates in rows
    )


def _persons(db: Connection) -> tuple[facts.Person, ...]:
    rows = db.rows(
        "SELECT id, name, sex, ethnicity, born_on, id_number, education, joined_on, full_on FROM person "
        f"WHERE {_ALIVE}"
    )
    return tuple(
        facts.Person(key.hex(), name, sex, ethnicity, _day(born), number, education, _day(joined), _day(full))
        for key, name, sex, ethnicity, born, number, education, joined, full in rows
    )


def _memberships(db: Connection) -> tuple[facts.Membership, ...]:
    rows = db.rows(
        "SELECT person_id, standing, branch_id, party_group_id, organisation_id, relation, starts_on, ends_on "
        "FROM membership WHERE _deleted IS NULL"
    )
    return tuple(
        facts.Membership(
            person.hex(), standing, _hex(branch), _hex(group), _hex(organisation), relation, _day(starts), _day(ends)
        )
        for person, standing, branch, group, organisation, relation, starts, ends in rows
    )


_Parts = dict[bytes, list[Any]]


def _meetings(db: Connection, on: date, *, records: bool) -> tuple[facts.Meeting, ...]:
    year = str(on.year - 1)
    head = _HEAD if records else ("NULL",) * len(_HEAD)
    rows = db.execute_sql(
        f"SELECT {_KINDS}, m.id, m.branch_id, m.party_group_id, m.record_class, m.held_on, {', '.join(head)}, m.state, "
        f"m.version, m.version_of, m.extra FROM meeting m WHERE {_WINDOW}",
        (year,),
    )
    if not records:
        return _told(rows, ())
    return _told(rows, (_agenda(db, year), _attendance(db, year), _resolutions(db, year), _votes(db, year)))


def _told(rows: Iterable[tuple[Any, ...]], parts: tuple[_Parts, ...]) -> tuple[facts.Meeting, ...]:
    """Make the meetings of their rows and parts; kinds and branches are few, and each is written once."""
    kinds_of: dict[str | None, tuple[str, ...]] = {None: ()}
    hex_of: dict[bytes | None, str | None] = {None: None}
    found: list[facts.Meeting] = []
    for said, key, branch, group, record_class, held_on, *head, state, version, version_of, extra in rows:
        kinds = kinds_of.get(said)
        if kinds is None:
            kinds = kinds_of[said] = tuple(said.split(" "))
        for owner in (branch, group):
            if owner not in hex_of:
                hex_of[owner] = owner.hex()
        own: list[tuple[Any, ...]] = [tuple(part.get(key, ())) for part in parts] if parts else [()] * 4
        said_of = (*head, state, version or 1, _hex(version_of), *own, _makes_up(extra))
        brief = record_class == "brief"
        found.append(facts.Meeting(key.hex(), kinds, hex_of[branch], hex_of[group], brief, _day(held_on), *said_of))
    return tuple(found)


def _makes_up(extra: str | None) -> tuple[tuple[str, str], ...]:
    """Read from the form's own fields, one object a kind, which closed period a kind of the gathering makes up for."""
    if extra is None or MAKES_UP not in extra:
        return ()
    found = json.loads(extra)
    pairs = sorted(found.items()) if isinstance(found, dict) else ()
    return tuple((kind, str(own[MAKES_UP])) for kind, own in pairs if isinstance(own, dict) and own.get(MAKES_UP))


def _grouped(db: Connection, table: str, columns: str, year: str) -> _Parts:
    """Give the part rows of the window's full records by meeting."""
    listed = ", ".join(f'p."{name}"' for name in columns.split(" "))
    found: _Parts = defaultdict(list)
    for key, *row in db.execute_sql(
        f"SELECT p.meeting_id, {listed} FROM meeting m JOIN {table} p ON p.meeting_id = m.id WHERE {_WINDOW} "
        "AND m.record_class <> 'brief'",
        (year,),
    ):
        found[key].append(row)
    return found


def _agenda(db: Connection, year: str) -> _Parts:
    rows = _grouped(db, "agenda", "number title", year)
    return {key: [title or "" for _, title in sorted(found)] for key, found in rows.items()}


def _attendance(db: Connection, year: str) -> _Parts:
    """Give the lists; most names stand in many of them with the same words, and each is made once."""
    made: dict[tuple[Any, ...], facts.Attendance] = {}
    found: _Parts = defaultdict(list)
    for key, *rest in db.execute_sql(
        "SELECT p.meeting_id, p.name, p.status, p.person_id, p.standing, p.votes, p.reason "
        f"FROM meeting m JOIN attendance p ON p.meeting_id = m.id WHERE {_WINDOW} AND m.record_class <> 'brief'",
        (year,),
    ):
        row = tuple(rest)
        one = made.get(row)
        if one is None:
            name, status, person, standing, votes, reason = row
            one = made[row] = facts.Attendance(name, status, _hex(person), standing, bool(votes), reason)
        found[key].append(one)
    return found


def _resolutions(db: Connection, year: str) -> _Parts:
    rows = _grouped(db, "resolution", "text agenda_number", year)
    return {key: [facts.Resolution(text or "", number) for text, number in found] for key, found in rows.items()}


def _votes(db: Connection, year: str) -> _Parts:
    names = "number agenda_number person_id due present written approve against abstain other"
    rows = _grouped(db, "vote", names, year)
    return {
        key: [facts.Vote(number, agenda, _hex(person), *rest) for number, agenda, person, *rest in sorted(found)]
        for key, found in rows.items()
    }
