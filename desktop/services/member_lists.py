"""The page 党员: members on the roll of the day, by view, branch, standing and text; numbers always masked."""

from datetime import date, timedelta
from typing import NamedTuple

from desktop.core.calendar import add_months
from desktop.core.codes import code_set
from desktop.rules import codes
from desktop.rules.completeness import PERSON_FIELDS
from desktop.services import rulebook
from desktop.services.sessions import EVERYONE, Session, allowed
from desktop.services.spans import active, below, found_by, last_day, on_roll, one_of, within

VIEWS = {"all": "全部", "probationary": "预备党员", "missing": "资料待补全"}
# The fields of CMP-01 as they lie in the database; a full member without 转正 lacks it, a probationary one only when
# it is late (`_gaps`).
_LACKS = {
    "name": "p.name IS NULL",
    "sex": "p.sex IS NULL",
    "ethnicity": "p.ethnicity IS NULL",
    "born_on": "p.born_on IS NULL",
    "identity": "p.id_number IS NULL",
    "education": "p.education IS NULL",
    "joined_on": "p.joined_on IS NULL",
    "full_on": f"p.full_on IS NULL AND {one_of('m.standing', codes.FULL)}",
    "branch": "m.branch_id IS NULL",
}
_NUMBER = (
    "iif(length(p.id_number) >= 14, substr(p.id_number, 1, 6) || '********' || substr(p.id_number, -4), "
    "iif(p.id_number IS NULL, NULL, '******'))"
)
_PHONE = (
    "iif(length(p.phone) = 11, substr(p.phone, 1, 3) || '****' || substr(p.phone, -4), "
    "iif(p.phone IS NULL, NULL, '****' || substr(p.phone, -4)))"
)
_POST = (
    "(SELECT min(o.title) FROM post o WHERE o.person_id = p.id AND o.branch_id = m.branch_id AND o._deleted IS NULL "
    "AND (o.ends_on IS NULL OR o.ends_on >= ?1))"
)
_FROM = "FROM membership m JOIN person p ON p.id = m.person_id LEFT JOIN branch b ON b.id = m.branch_id"


class MemberRow(NamedTuple):
    """One member on the roll of a branch on the day; `missing` counts the empty fields of CMP-01.

    A named tuple, since five thousand frozen dataclasses take as long to make as the query takes to run.
    """

    id: bytes
    membership_id: bytes
    name: str
    sex: str
    branch_id: bytes | None
    branch: str | None
    party_group: str | None
    organisation: str | None
    standing: str
    standing_name: str
    relation: str | None
    relation_name: str
    post: str
    born_on: str | None
    education: str
    joined_on: str | None
    full_on: str | None
    id_number: str | None
    phone: str | None
    missing: int


@allowed(EVERYONE)
def list_members(
    session: Session, *, view: str = "all", branch: bytes | None = None, standing: str | None = None, text: str = ""
) -> tuple[MemberRow, ...]:
    """Give the members of a view (VIEWS) in the order of their branches, then as they were entered.

    `branch` takes in what lies below it; `text` is a name, pinyin, initials or the last four digits of a number.
    """
    where, parameters = _where(session, view=view, branch=branch, standing=standing, text=text)
    rows = session.db.rows(
        f"SELECT p.id, m.id, p.name, p.sex, m.branch_id, coalesce(b.short_name, b.name), g.name, "
        f"coalesce(w.short_name, w.name), m.standing, m.relation, {_POST}, p.born_on, p.education, p.joined_on, "
        f"p.full_on, {_NUMBER}, {_PHONE}, {_missing(session)} {_FROM} "
        "LEFT JOIN party_group g ON g.id = m.party_group_id LEFT JOIN organisation w ON w.id = m.organisation_id "
        f"WHERE {where} ORDER BY b.sort IS NULL, b.sort, b.code, p.rowid",
        parameters,
    )
    sexes, standings, relations, titles, educations = (
        _shorts(name) for name in ("sex", "standing", "relation", "post_title", "education")
    )
    return tuple(
        MemberRow(
            person, membership, name, sexes.get(sex, ""), at, branch_name, group, workplace, status,
            standings.get(status, ""), relation, relations.get(relation, ""), titles.get(post, ""), born,
            educations.get(education, ""), joined, full, number, phone, missing,
        )
        for (
            person, membership, name, sex, at, branch_name, group, workplace, status, relation, post, born, education,
            joined, full, number, phone, missing,
        ) in rows
    )  # fmt: skip


@allowed(EVERYONE)
def counts(session: Session, *, branch: bytes | None = None) -> dict[str, int]:
    """Give the count of each view, for the tabs."""
    where, parameters = _where(session, view="all", branch=branch, standing=None, text="")
    row = session.db.one(
        f"SELECT count(*), sum({one_of('m.standing', codes.PROBATIONARY)}), sum({_incomplete(session)}) "
        f"{_FROM} WHERE {where}",
        parameters,
    )
    return dict(zip(VIEWS, (number or 0 for number in row or (0, 0, 0)), strict=True))


@allowed(EVERYONE)
def missing_words(session: Session, *, person: bytes) -> tuple[str, ...]:
    """Give the names of the fields that a member lacks, as the drawer and the tag show them."""
    gaps = _gaps(session)
    where, parameters = _where(session, view="all", branch=None, standing=None, text="")
    listed = ", ".join(gaps.values()) or "0"
    row = session.db.one(f"SELECT {listed} {_FROM} WHERE {where} AND p.id = ?", (*parameters, person))
    return tuple(PERSON_FIELDS[name] for name, lacks in zip(gaps, row or (), strict=False) if lacks)


def _shorts(name: str) -> dict[str | None, str]:
    """Give the short names of a code set by code: a plain dict is what five thousand rows can afford."""
    return {row.code: row.short for row in code_set(name).codes}


def _gaps(session: Session) -> dict[str, str]:
    """Give what CMP-01 finds missing in a member, each with its condition: the list says what the findings say."""
    rule = rulebook.rule(session, "CMP-01")
    if rule is None:
        return {}
    found = {name: f"({_LACKS[name]})" for name in rule.texts("fields") if name in _LACKS}
    newest = _late_since(session.today, rule.number("probation_months"))
    late = (
        f"(m.standing = '40' AND p.full_on IS NULL AND p.joined_on IS NOT NULL AND {last_day('p.joined_on')} "
        f"<= '{newest}')"
    )
    return found | {"full_on": f"({found['full_on']} OR {late})" if "full_on" in found else late}


def _late_since(on: date, months: int) -> str:
    """Give the last day of joining after which `months` have passed; as `spans.last_day` writes days."""
    day = add_months(on, -months)
    while add_months(day, months) >= on:
        day -= timedelta(days=1)
    whole_month = (day + timedelta(days=1)).day == 1
    return f"{day:%Y-%m}-31" if whole_month else day.isoformat()


def _missing(session: Session) -> str:
    return " + ".join(_gaps(session).values()) or "0"


def _incomplete(session: Session) -> str:
    """Write that a member lacks something that nobody has explained, postponed or ruled out."""
    return (
        f"({_missing(session)}) > 0 AND 'person:' || lower(hex(p.id)) NOT IN (SELECT r.subject FROM remark r "
        f"WHERE r.rule = 'CMP-01' AND r.period IS NULL AND r._deleted IS NULL AND (r.state <> 'postponed' "
        f"OR {last_day('r.until_on')} >= ?1))"
    )


def _where(
    session: Session, *, view: str, branch: bytes | None, standing: str | None, text: str
) -> tuple[str, tuple[object, ...]]:
    """Write the condition of a list, the day bound as ?1 and the others by their places."""
    parts = [on_roll("m"), active("m"), "p._deleted IS NULL", "p.merged_into IS NULL"]
    parameters: list[object] = [session.today.isoformat()]
    for condition, more in (
        within(session, "m.branch_id"),
        below(branch, "m.branch_id"),
        found_by(text, "person", "p.id"),
    ):
        parts.append(condition)
        parameters += more
    if view == "probationary":
        parts.append(one_of("m.standing", codes.PROBATIONARY))
    elif view == "missing":
        parts.append(_incomplete(session))
    if standing is not None:
        parts.append("m.standing = ?")
        parameters.append(standing)
    return " AND ".join(parts), tuple(parameters)
