"""What 工作台 shows: how far organisation life has come, what falls due, terms that end, data to complete."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.core.calendar import Period, period_of
from desktop.rules import completion, engine
from desktop.rules.cadence import Owed, owed_periods
from desktop.rules.completion import BranchTally
from desktop.rules.facts import Finding
from desktop.rules.view import View
from desktop.services import facts, findings, rule_settings
from desktop.services.sessions import EVERYONE, Session, allowed, branches_in_scope

_SETTLED = frozenset({"explained", "postponed", "not_applicable"})
_TERMS = frozenset({"ELE-01", "ELE-02"})
_KINDS = {"CMP-01": "person", "CMP-02": "branch", "CMP-03": "organisation"}
_WHAT = {
    "ORG-01": "单独组建党组织", "ORG-10": "临时党支部撤销", "ORG-13": "党员底数摸底", "ELE-01": "换届选举",
    "ELE-02": "换届选举", "MTG-01": "党员大会", "MTG-02": "支委会", "MTG-03": "党小组会", "MTG-04": "党课",
    "MTG-06": "主题党日", "MTG-18": "党员集体活动",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quarter:
    """The 三会一课 of the present quarter; what is `due` is what has begun, `share` and `change` are per cent points.

    `share` is None where nothing is owed, `change` where there is nothing to compare with.
    """

    words: str
    days_left: int
    due: int
    held: int
    share: int | None
    change: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """The 三会一课 that fall due in one month of this year; a quarterly one does in its quarter's last month."""

    period: str
    number: int
    due: int
    on_time: int
    made_up: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that is `overdue` or `due`; `days` is from today to its date, `what` is a few words.

    A theme day past its fixed day is `due`, with negative days, until its month is over.
    """

    rule: str
    subject: str
    name: str
    what: str
    state: str
    due: date
    days: int
    why: str
    go: str


@dataclass(frozen=True, slots=True)
class Gap:
    """How many records of a kind (person, branch, organisation) lack data, and by which field, most first."""

    kind: str
    count: int
    fields: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """One branch that has not held all it owes this quarter, theme days with it."""

    branch: bytes
    code: str
    name: str
    held: int
    due: int


@dataclass(frozen=True, slots=True)
class Stock:
    """How many records there are at all; the branch with which every workspace begins is not counted."""

    branches: int
    members: int
    organisations: int
    meetings: int

    @property
    def empty(self) -> bool:
        """Tell whether nothing has been put in yet, so that no figure means anything."""
        return not (self.branches or self.members or self.organisations or self.meetings)


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole of 工作台; what was explained, postponed or found not applicable is left out of `todo` and `gaps`.

    Findings about records of meetings have no date and are not here: they are `findings.check`'s.
    """

    on: date
    quarter: Quarter
    months: tuple[Month, ...]
    todo: tuple[Todo, ...]
    terms: tuple[Todo, ...]
    gaps: tuple[Gap, ...]
    attention: tuple[Attention, ...]
    stock: Stock

    @property
    def overdue(self) -> int:
        """How many things to do are over their date."""
        return sum(row.state == "overdue" for row in self.todo)


@allowed(EVERYONE)
def show(session: Session) -> Desk:
    """Give what 工作台 shows on the session's day, from one reading of the facts, within the account's scope."""
    settings = rule_settings.read(session)
    seen = facts.read(session, settings=settings, records=False)
    view = View(seen, rule_settings.packs_with(settings))
    scope = branches_in_scope(session)
    owed = [row for row in owed_periods(view) if scope is None or bytes.fromhex(row.branch.id) in scope]
    found = engine.check_view(view, engine.STANDING)
    printed = findings.shown(session, seen=seen, found=found)
    own = {(row.rule, row.subject, row.period) for row in printed}
    open_ = [row for row in found if (row.rule, row.subject, row.period) in own and row.state not in _SETTLED]
    on = session.today
    quarter = period_of(on, "Q")
    behind = completion.of_branches(row for row in owed if quarter.start <= row.period.start)
    todo = sorted(_todo(view, open_), key=lambda row: (row.due, row.name, row.subject))
    return Desk(
        on,
        _quarter(owed, quarter, on),
        tuple(_month(row) for row in completion.of_months(owed, on)),
        tuple(todo),
        tuple(row for row in todo if row.rule in _TERMS),
        tuple(_gaps(open_)),
        tuple(_attention(row) for row in behind),
        Stock(max(0, len(seen.branches) - 1), len(seen.memberships), len(seen.organisations), len(seen.meetings)),
    )


def _quarter(owed: list[Owed], period: Period, on: date) -> Quarter:
    now = completion.tally(completion.of_quarter(owed, period))
    before = completion.tally(completion.of_quarter(owed, completion.last_quarter(on)))
    change = None if now.share is None or before.share is None else now.share - before.share
    return Quarter(period.words(), (period.end - on).days, now.due, now.held, now.share, change)


def _month(row: completion.MonthTally) -> Month:
    counts = row.tally
    number = row.month.start.month
    return Month(str(row.month), number, counts.due, counts.on_time, counts.made_up, counts.share)


def _todo(view: View, found: Iterable[Finding]) -> Iterable[Todo]:
    for row in found:
        if row.due is None or row.state not in {"due", "overdue"}:
            continue
        due, name = date.fromisoformat(row.due), row.name
        branch = view.branch.get(row.branch_id or "")
        if row.subject.startswith("party_group:") and branch is not None:
            name = f"{branch.name} {name}"  # 第一党小组 alone says nothing
        what, days = _what(row, view.on), (due - view.on).days
        yield Todo(row.rule, row.subject, name, what, row.state, due, days, row.why, row.go)


def _what(row: Finding, on: date) -> str:
    """Say in a few words what is to be done: `11月支委会`, `第三季度党课`, with the year where it is another one."""
    what = _WHAT.get(row.rule, row.rule)
    if row.period is None:
        return what
    words = _period(row.period).words()
    return words.removeprefix(f"{on.year}年") + what


def _period(text: str) -> Period:
    year = int(text[:4])
    if text[4:5] == "Q":
        return period_of(date(year, 3 * int(text[5]), 1), "Q")
    return period_of(date(year, int(text[5:7]), 1), "M")


def _gaps(found: list[Finding]) -> Iterable[Gap]:
    for rule, kind in _KINDS.items():
        rows = [row for row in found if row.rule == rule]
        counts = Counter(name for row in rows for name in row.missing)
        if rows:
            yield Gap(kind, len(rows), tuple(counts.most_common()))


def _attention(row: BranchTally) -> Attention:
    branch = row.branch
    return Attention(bytes.fromhex(branch.id), branch.code, branch.name, row.tally.held, row.tally.due)
