"""A demo to be changed by one test, and what its check says."""

from desktop.services import findings
from desktop.services.sessions import Session
from desktop.services.units import unit


def run(session: Session, sql: str, *parameters: object) -> None:
    """Change the demo below the services, in a unit of its own."""
    with unit(session, "改动示例"):
        session.workspace.write.run(sql, parameters)


def key(session: Session, sql: str, *parameters: object) -> bytes:
    row = session.db.one(sql, parameters)
    assert row is not None
    found: bytes = row[0]
    return found


def branch(session: Session, code: str) -> bytes:
    return key(session, "SELECT id FROM branch WHERE code = ?", code)


def found(session: Session, rule: str, code: str | None = None) -> list[findings.Finding]:
    return [row for row in findings.check(session) if row.rule == rule and (code is None or row.code == code)]


def periods(session: Session, rule: str, code: str) -> list[tuple[str | None, str]]:
    return [(row.period, row.state) for row in found(session, rule, code)]
