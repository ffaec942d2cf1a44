"""What the rules find on the day: one check over the facts of the workspace, in its final shape."""

from dataclasses import dataclass, fields

from desktop.rules import engine, facts
from desktop.rules.periods import active
from desktop.services import facts as reading
from desktop.services import rule_settings
from desktop.services.sessions import EVERYONE, Session, allowed, branches_in_scope, check_scope


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check.

    `subject` is `kind:id`, `code` null where the kind has none, `period` `2026`, `2026H1`, `2026Q3`, `2026-07` or null,
    `state` open|due|overdue|explained|postponed|not_applicable|unknown, `why` the sum in words, `go` `page/kind:id`.
    """

    rule: str
    severity: str
    subject: str
    code: str | None
    name: str
    period: str | None
    due: str | None
    state: str
    clause: str
    why: str
    go: str


_NAMES = tuple(item.name for item in fields(Finding))


@allowed(EVERYONE)
def check(session: Session, *, branch: bytes | None = None) -> tuple[Finding, ...]:
    """Give every finding of the session's day in the engine's order; of one branch and those below where it is named.

    A 书记 sees the findings of the own branch and below, and of the organisations that these cover or back up.
    """
    if branch is not None:
        check_scope(session, branch)
    settings = rule_settings.read(session)
    seen = reading.read(session, settings=settings)
    found = engine.check(seen, rule_settings.packs_with(settings))
    return shown(session, seen=seen, found=found, branch=branch)


@allowed(EVERYONE)
def shown(
    session: Session, *, seen: facts.Facts, found: tuple[facts.Finding, ...], branch: bytes | None = None
) -> tuple[Finding, ...]:
    """Give the findings that the account may see, of one branch and those below where it is named, as shown."""
    belongs = _Belongs(session, seen, branch)
    return tuple(Finding(*(getattr(row, name) for name in _NAMES)) for row in found if belongs(row))


class _Belongs:
    """Tells whether a finding lies in the account's scope and in the branch that was asked for."""

    def __init__(self, session: Session, seen: facts.Facts, branch: bytes | None) -> None:
        own = branches_in_scope(session)
        asked = below(seen, branch.hex()) if branch is not None else None
        self._limits = [limit for limit in (own and {key.hex() for key in own}, asked) if limit is not None]
        self._covering: dict[str, set[str]] = {}
        for row in seen.joint_units:
            if active(row.starts_on, row.ends_on, seen.on):
                self._covering.setdefault(f"organisation:{row.organisation_id}", set()).add(row.branch_id)

    def __call__(self, row: facts.Finding) -> bool:
        if not self._limits:
            return True
        branches = {row.branch_id, *self._covering.get(row.subject, ())}
        return all(branches & limit for limit in self._limits)


def below(seen: facts.Facts, branch: str) -> set[str]:
    """Give the ids of a branch and of all below it."""
    found = {branch}
    while more := {row.id for row in seen.branches if row.parent_id in found} - found:
        found |= more
    return found
