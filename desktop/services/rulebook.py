"""The numbers of the rules for forms and lists: three members, years of a term, required fields (none is a literal)."""

from functools import cache

from desktop.rules.pack_reader import load_packs
from desktop.rules.packs import Packs, Rule
from desktop.services.sessions import Session


@cache
def _packs() -> Packs:
    return load_packs()


def rule(session: Session, rule_id: str) -> Rule | None:
    """Give a rule in force on the session's day, as its pack was published, or None."""
    return _packs().find(rule_id, session.today)


def required(session: Session, rule_id: str) -> tuple[str, ...]:
    """Give the fields that a rule of completeness (CMP-01, 02, 03) asks for."""
    found = rule(session, rule_id)
    return found.texts("fields") if found else ()
