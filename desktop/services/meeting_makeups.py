"""补开: which closed period a gathering is assigned to by hand, and which periods without a gathering it may be."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.core.calendar import Cadence, Period, add_months, full_day, period_of, periods_between
from desktop.rules import codes
from desktop.services.facts import MAKES_UP
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.sessions import EVERYONE, Session, allowed, check_scope

MOST = 3  # periods offered of each kind, the latest; what is longer past is explained in a remark
_MONTHS_BACK = 12
_CADENCES: dict[str, Cadence] = {
    codes.Kind.MEMBERS: "Q", codes.Kind.COMMITTEE: "M", codes.Kind.GROUP: "M", codes.Kind.LECTURE: "Q",
    codes.Kind.THEME_DAY: "M",
}  # fmt: skip
_HELD = (
    "SELECT m.held_on, m.extra FROM meeting m JOIN meeting_kind k ON k.meeting_id = m.id WHERE m.branch_id = ? "
    "AND k.kind = ? AND (? IS NULL OR m.party_group_id = ?) AND m._deleted IS NULL AND m.held_on >= ? "
    "AND (? IS NULL OR m.id <> ?) "
    "AND NOT EXISTS (SELECT 1 FROM meeting v WHERE v.version_of = m.id AND v._deleted IS NULL)"
)


@dataclass(frozen=True, slots=True, order=True)
class MakeUp:
    """One kind of a gathering and the closed period that it makes up for (`2026-07`, `2026Q3`)."""

    kind: str
    period: str

    @property
    def words(self) -> str:
        """Say it as a clerk does: `2026年第二季度党员大会`."""
        return f"{_period(self.period)}{codes.KIND_WORDS.get(self.kind, self.kind)}"


@allowed(EVERYONE)
def missed(session: Session, *, draft: MeetingDraft) -> tuple[MakeUp, ...]:
    """Give the periods that had closed by the day of a gathering and had none of its kinds, the latest first."""
    day = full_day(draft.held_on)
    if day is None or not draft.branch:
        return ()
    check_scope(session, draft.branch)
    row = session.db.one("SELECT founded_on FROM branch WHERE id = ?", (draft.branch,))
    since = max(add_months(day, -_MONTHS_BACK).isoformat(), (row[0] if row else None) or "")
    found: list[MakeUp] = []
    for kind in draft.kinds:
        if kind in _CADENCES:
            closed = _closed(_CADENCES[kind], since, day)
            held = _held(session, draft, kind, since)
            open_ = (MakeUp(kind, str(period)) for period in closed if str(period) not in held)
            found += list(open_)[:MOST]
    return tuple(found)


def assigned(extra: str | None) -> tuple[MakeUp, ...]:
    """Read what a gathering makes up for from the form's own fields."""
    said = json.loads(extra) if extra and MAKES_UP in extra else None
    pairs = sorted(said.items()) if isinstance(said, dict) else ()
    return tuple(MakeUp(kind, str(own[MAKES_UP])) for kind, own in pairs if isinstance(own, dict) and own.get(MAKES_UP))


def assign(extra: str | None, chosen: Iterable[MakeUp]) -> str | None:
    """Write what a gathering makes up for among the form's own fields; all others stay as they are."""
    wanted = tuple(sorted(chosen))
    if wanted == assigned(extra):
        return extra
    said = json.loads(extra) if extra else {}
    for kind, own in list(said.items()):
        if isinstance(own, dict) and own.pop(MAKES_UP, None) is not None and not own:
            del said[kind]
    for one in wanted:
        said.setdefault(one.kind, {})[MAKES_UP] = one.period
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) if said else None


def words(extra: str | None) -> str:
    """Say what a gathering makes up for: `补开2026年第二季度党员大会`; nothing where it makes up for none."""
    found = assigned(extra)
    return f"补开{'、'.join(one.words for one in found)}" if found else ""


def _closed(cadence: Cadence, since: str, day: date) -> list[Period]:
    first = date.fromisoformat(f"{since}-01-01"[:10])
    periods = periods_between(first, day, cadence)
    return [period for period in reversed(periods) if period.end < day and period.start >= first]


def _held(session: Session, draft: MeetingDraft, kind: str, since: str) -> set[str]:
    """Name the periods that have a gathering of a kind, their own or one assigned to them."""
    group = draft.party_group if kind == codes.Kind.GROUP else None
    rows = session.db.rows(_HELD, (draft.branch, kind, group, group, since[:7], draft.id, draft.id))
    found = set()
    for held_on, extra in rows:
        other = next((one.period for one in assigned(extra) if one.kind == kind), None)
        on = full_day(f"{held_on}-01"[:10])
        found.add(other or (str(period_of(on, _CADENCES[kind])) if on else ""))
    return found


def _period(text: str) -> str:
    """Write the name of a period in Chinese; what is no such name stays as it is."""
    year, quarter, number = text.partition("Q")
    try:
        month = int(number) * 3 - 2 if quarter else int(text[5:7])
        return period_of(date(int(year[:4]), month, 1), "Q" if quarter else "M").words()
    except ValueError:
        return text
