"""The page 组织生活: records by view with 应到/实到, and the year as branch × month × kind."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop.core.calendar import period_of
from desktop.core.codes import code_set
from desktop.models.database import Row
from desktop.rules import codes
from desktop.services import branch_lists, meeting_days, meeting_makeups
from desktop.services.sessions import EVERYONE, Session, allowed
from desktop.services.spans import below, found_by, within

VIEWS = {"drafts": "草稿", "to_archive": "待归档", "quarter": "本季", "all": "全部"}
STATE_WORDS: dict[str, str] = {
    "draft": "草稿",
    "submitted": "待审核",
    "passed": "待归档",
    "returned": "已退回",
    "archived": "已归档",
}
KINDS: tuple[str, ...] = tuple(codes.KIND_WORDS)
_NEWEST = "NOT EXISTS (SELECT 1 FROM meeting v WHERE v.version_of = m.id AND v._deleted IS NULL)"
_TOPIC = (
    "coalesce(m.topic, (SELECT group_concat(g.title, '；') FROM (SELECT title FROM agenda WHERE meeting_id = m.id "
    "ORDER BY number) g))"
)
_DUE = f"a.status NOT IN ('{codes.OBSERVER}', '{codes.EXCLUDED}')"
_CAME = f"a.status IN ('{codes.PRESENT}', '{codes.ONLINE}')"


class MeetingRow(NamedTuple):
    """One gathering; `kinds_name` joins the short names by 、, counts are of the frozen list (observers left out).

    A named tuple for the same reason as `member_lists.MemberRow`: there may be 65,000.
    """

    id: bytes
    held_on: str | None
    branch_id: bytes | None
    branch: str | None
    kinds: tuple[str, ...]
    kinds_name: str
    topic: str | None
    due: int
    present: int
    state: str
    state_name: str
    state_note: str | None
    brief: bool
    version: int
    makes_up: str = ""


@dataclass(frozen=True, slots=True)
class YearRow:
    """One branch's year: `months[0][2]` counts what was held in January of the third of KINDS; passed and archived."""

    branch_id: bytes
    branch: str
    months: tuple[tuple[int, ...], ...]

    def total(self, kind: str) -> int:
        """Give the count of a kind over the year."""
        return sum(month[KINDS.index(kind)] for month in self.months)


@allowed(EVERYONE)
def list_meetings(
    session: Session, *, view: str = "all", branch: bytes | None = None, kind: str | None = None, text: str = "",
    year: int | None = None, limit: int = -1, offset: int = 0,
) -> tuple[MeetingRow, ...]:  # fmt: skip
    """Give the newest versions of the records of a view (VIEWS), the latest first; `limit` -1 is all of them.

    `branch` takes in what lies below it; `text` is looked for in topic and branch, a day in it (`meeting_days`) is
    compared with the date.
    """
    where, parameters = _where(session, view=view, branch=branch, kind=kind, text=text, year=year)
    rows = session.db.rows(
        "SELECT m.id, m.held_on, m.branch_id, coalesce(b.short_name, b.name), "
        "(SELECT group_concat(k.kind) FROM (SELECT kind FROM meeting_kind WHERE meeting_id = m.id ORDER BY rowid) k), "
        f"{_TOPIC}, (SELECT count(*) FROM attendance a WHERE a.meeting_id = m.id AND {_DUE}), "
        f"(SELECT count(*) FROM attendance a WHERE a.meeting_id = m.id AND {_CAME}), "
        "m.state, m.state_note, m.record_class, m.version, m.extra FROM meeting m "
        f"LEFT JOIN branch b ON b.id = m.branch_id WHERE {where} ORDER BY m.held_on DESC, m.id DESC LIMIT ? OFFSET ?",
        (*parameters, limit, offset),
    )
    return tuple(map(_row, rows))


def _row(row: Row) -> MeetingRow:
    key, held, branch_id, branch, kinds, topic, due, present, state, note, record_class, version, extra = row
    listed = tuple(kinds.split(",")) if kinds else ()
    return MeetingRow(
        key, held, branch_id, branch, listed, kinds_short(listed), topic, due, present, state,
        STATE_WORDS.get(str(state), str(state)), note, record_class == "brief", version or 1,
        meeting_makeups.words(extra),
    )  # fmt: skip


def kinds_short(kinds: tuple[str, ...]) -> str:
    """Join the short names of kinds: `党员大会、主题党日`."""
    words = code_set("meeting_kind")
    return "、".join(words.short(kind) for kind in kinds)


@allowed(EVERYONE)
def counts(session: Session, *, branch: bytes | None = None) -> dict[str, int]:
    """Give the count of each view, for the tabs."""
    found = {}
    for view in VIEWS:
        where, parameters = _where(session, view=view, branch=branch, kind=None, text="", year=None)
        row = session.db.one(f"SELECT count(*) FROM meeting m WHERE {where}", parameters)
        found[view] = int(row[0]) if row else 0
    return found


@allowed(EVERYONE)
def years(session: Session) -> tuple[int, ...]:
    """Give the years that have records, the latest first; the running year is always among them."""
    scope, parameters = within(session, "m.branch_id")
    rows = session.db.rows(
        f"SELECT DISTINCT substr(m.held_on, 1, 4) FROM meeting m WHERE m._deleted IS NULL AND m.held_on IS NOT NULL "
        f"AND {scope}",
        parameters,
    )
    return tuple(sorted({session.today.year, *(int(row[0]) for row in rows)}, reverse=True))


@allowed(EVERYONE)
def year_matrix(session: Session, *, year: int, branch: bytes | None = None) -> tuple[YearRow, ...]:
    """Give what each branch held in each month of a year, by kind, in tree order; passed and archived records count.

    Branches of social organisations are listed whether they met or not, others where they did.
    """
    where, parameters = _where(session, view="all", branch=branch, kind=None, text="", year=year)
    held: dict[bytes, dict[tuple[int, str], int]] = defaultdict(dict)
    for key, month, kind, count in session.db.rows(
        "SELECT m.branch_id, CAST(substr(m.held_on, 6, 2) AS INTEGER), k.kind, count(*) FROM meeting m "
        f"JOIN meeting_kind k ON k.meeting_id = m.id WHERE {where} AND m.state IN ('passed', 'archived') "
        "AND length(m.held_on) >= 7 GROUP BY 1, 2, 3",
        parameters,
    ):
        held[key][month, kind] = count
    below_branch = _below(session, branch)
    return tuple(
        YearRow(row.id, row.short_name or row.name, _months(held.get(row.id, {})))
        for row in branch_lists.list_branches(session)
        if row.id in held or (row.kind in _HOLDING and row.field == _OURS)
        if below_branch is None or row.id in below_branch
    )


_HOLDING = frozenset({"P4", "P5", "P6", "P7", "P8"})
_OURS = "8"  # 社会组织 of the code set branch_field; other branches are listed once they have records here


def _months(held: dict[tuple[int, str], int]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(held.get((month, kind), 0) for kind in KINDS) for month in range(1, 13))


def _below(session: Session, branch: bytes | None) -> frozenset[bytes] | None:
    if branch is None:
        return None
    condition, parameters = below(branch, "b.id")
    return frozenset(row[0] for row in session.db.rows(f"SELECT b.id FROM branch b WHERE {condition}", parameters))


def _where(
    session: Session, *, view: str, branch: bytes | None, kind: str | None, text: str, year: int | None
) -> tuple[str, tuple[object, ...]]:
    """Write the condition of a list and what it binds, in the order of its marks."""
    words, days = meeting_days.split(text)
    parts = ["m._deleted IS NULL", _NEWEST]
    parameters: list[object] = []
    wanted: list[tuple[str, tuple[object, ...]]] = [
        within(session, "m.branch_id"),
        below(branch, "m.branch_id"),
        _view(view, session.today),
        found_by(words, "meeting", "m.id"),
        *((f"({' OR '.join(['m.held_on LIKE ?'] * len(day))})", day) for day in days),
    ]
    if kind is not None:
        wanted.append(("EXISTS (SELECT 1 FROM meeting_kind k WHERE k.meeting_id = m.id AND k.kind = ?)", (kind,)))
    if year is not None:
        wanted.append(("m.held_on >= ? AND m.held_on <= ?", (str(year), f"{year}-12-31")))
    for condition, more in wanted:
        parts.append(condition)
        parameters += more
    return " AND ".join(parts), tuple(parameters)


def _view(view: str, today: date) -> tuple[str, tuple[object, ...]]:
    if view == "drafts":
        return "m.state IN ('draft', 'returned')", ()
    if view == "to_archive":
        return "m.state IN ('submitted', 'passed')", ()
    if view == "quarter":
        period = period_of(today, "Q")
        return "m.held_on >= ? AND m.held_on <= ?", (period.start.isoformat(), period.end.isoformat())
    return "1", ()
