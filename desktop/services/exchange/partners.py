"""Who packages are exchanged with, and what has gone out and come in: the page 数据交换."""

import json
from dataclasses import dataclass
from typing import Literal

from desktop.services.exchange.exporting import unconfirmed, waiting
from desktop.services.exchange.site_keys import SiteRow, list_sites
from desktop.services.sessions import STAFF, Session, allowed

_NEVER: tuple[str | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner path: its sites' fingerprints, when and under which number was last sent and received.

    `waiting` rows changed here since the last export, `unconfirmed` ones it has not acknowledged.
    """

    path: str
    name: str
    role: str
    fingerprints: tuple[str, ...]
    active: bool
    last_sent: str | None
    last_received: str | None
    waiting: int
    unconfirmed: int
    sent_number: int | None
    received_number: int | None

    @property
    def id(self) -> str:
        """What a list tells partners apart by: the path."""
        return self.path


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One package, sent (`out`) or received (`in`); `unit` is what 撤销 takes back, `undone` whether it was."""

    way: Literal["in", "out"]
    path: str
    name: str
    number: int
    made_at: str
    file_name: str
    unit: int | None
    undone: bool
    counts: dict[str, int]


@allowed(STAFF)
def list_partners(session: Session) -> tuple[PartnerRow, ...]:
    """Give every path above or below this one that has enrolled, the superior first."""
    own = session.workspace.identity.path
    sites: dict[str, list[SiteRow]] = {}
    for site in list_sites(session):
        for scope in site.scopes:
            if is_partner(own, scope):
                sites.setdefault(scope, []).append(site)
    sent = _newest(session, "SELECT to_path, max(made_at), number FROM sync_chain GROUP BY to_path")
    came = _newest(session, "SELECT from_path, max(made_at), number FROM sync_import GROUP BY from_path")
    return tuple(
        PartnerRow(
            path, found[0].name, found[0].role, tuple(site.fingerprint for site in found),
            any(site.status == "active" for site in found), sent.get(path, _NEVER)[0], came.get(path, _NEVER)[0],
            waiting(session, to=path), unconfirmed(session, to=path), sent.get(path, _NEVER)[1],
            came.get(path, _NEVER)[1],
        )
        for path, found in sorted(sites.items())
    )  # fmt: skip


def _newest(session: Session, sql: str) -> dict[str, tuple[str | None, int | None]]:
    """Give the instant and the number of the newest package by path; SQLite takes the number from the row of max()."""
    return {path: (made_at, number) for path, made_at, number in session.db.rows(sql)}


@allowed(STAFF)
def list_history(session: Session, *, limit: int = 200) -> tuple[HistoryRow, ...]:
    """Give the packages sent and received, newest first."""
    names = {scope: site.name for site in list_sites(session) for scope in site.scopes}
    rows = session.db.rows(
        "SELECT 'out', to_path, number, made_at, file_name, NULL, 0, '{}' FROM sync_chain UNION ALL "
        "SELECT 'in', i.from_path, i.number, i.made_at, '', u.id, "
        "EXISTS (SELECT 1 FROM unit v WHERE v.undoes = i.unit), i.counts FROM sync_import i "
        "LEFT JOIN unit u ON u.id = i.unit ORDER BY 4 DESC, 3 DESC LIMIT ?",
        (limit,),
    )
    return tuple(
        HistoryRow(way, path, names.get(path) or path, number, made_at, file, unit, bool(undone), json.loads(counts))
        for way, path, number, made_at, file, unit, undone, counts in rows
    )


def is_partner(own: str, other: str) -> bool:
    """Tell whether packages go between two paths: one lies below the other."""
    return other.startswith(f"{own}/") or own.startswith(f"{other}/")


@allowed(STAFF)
def count_waiting(session: Session) -> int:
    """Tell how many rows wait to go out, to the partner for whom most do."""
    own = session.workspace.identity.path
    paths = {scope for site in list_sites(session) for scope in site.scopes if is_partner(own, scope)}
    return max((waiting(session, to=path) for path in paths), default=0)
