"""How each record stands on the day, for lists and drawers: its findings, and a branch's progress this quarter.

One reading of the facts serves both; what the records of meetings themselves lack is `findings.check`'s.
"""

from collections import defaultdict
from dataclasses import dataclass

from desktop.core.calendar import period_of
from desktop.rules import completion, engine
from desktop.rules.cadence import Owed, owed_periods
from desktop.rules.view import View
from desktop.services import facts, findings, rule_settings
from desktop.services.findings import Finding
from desktop.services.sessions import EVERYONE, Session, allowed

SETTLED = frozenset({"explained", "postponed", "not_applicable"})


@dataclass(frozen=True, slots=True)
class Overview:
    """Findings by subject (`kind:id`), settled ones left out; `progress` is (held, due) of 三会一课 by branch."""

    findings: dict[str, tuple[Finding, ...]]
    progress: dict[bytes, tuple[int, int]]

    def of(self, kind: str, key: bytes) -> tuple[Finding, ...]:
        """Give the findings of one record."""
        return self.findings.get(f"{kind}:{key.hex()}", ())


@allowed(EVERYONE)
def read(session: Session) -> Overview:
    """Give how everything in the account's scope stands on the session's day."""
    settings = rule_settings.read(session)
    seen = facts.read(session, settings=settings, records=False)
    view = View(seen, rule_settings.packs_with(settings))
    found = findings.shown(session, seen=seen, found=engine.check_view(view, engine.STANDING))
    by_subject: dict[str, list[Finding]] = defaultdict(list)
    for row in found:
        if row.state not in SETTLED:
            by_subject[row.subject].append(row)
    owed: dict[str, list[Owed]] = defaultdict(list)
    for one in completion.of_quarter(owed_periods(view), period_of(session.today, "Q")):
        owed[one.branch.id].append(one)
    progress = {bytes.fromhex(key): completion.tally(rows) for key, rows in owed.items()}
    return Overview(
        {subject: tuple(rows) for subject, rows in by_subject.items()},
        {key: (tally.held, tally.due) for key, tally in progress.items()},
    )
