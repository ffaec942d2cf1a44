"""The numbers of the rules for forms and lists: three members, years of a term, required fields (none is a literal)."""

from functools import cache

from desktop.rules.pack_reader import load_packs
from desktop.rules.packs import Packs, Rule
from desktop.services import rule_settings
from desktop.services.sessions import Session


@cache
def _packs() -> Packs:
    return load_packs()


def rule(session: Session, rule_id: str) -> Rule | None:
    """Give a rule in force on the session's day with the officer's own numbers laid over it; None where it is off."""
    settings = rule_settings.read(session)
    packs = _packs().with_local(settings.values).with_switches(settings.switches)
    return packs.find(rule_id, session.today)


def required(session: Session, rule_id: str) -> tuple[str, ...]:
    """Give the fields that a rule of completeness (CMP-01, 02, 03) asks for."""
    found = rule(session, rule_id)
    return found.texts("fields") if found else ()
