"""The audit chain: one line a unit and a deed, each MAC covering the line before (security.md)."""

import json
from dataclasses import dataclass

from desktop.core.clock import Clock, instant_text
from desktop.models.database import Connection
from desktop.security import audit as chain
from desktop.services.sessions import EVERYONE, Session, Workspace, allowed

HEAD = "audit_head"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit."""

    number: int
    made_at: str
    account: str | None
    deed: str
    detail: str | None
    unit: int | None


def append(workspace: Workspace, *, account: str | None, deed: str, detail: str, unit: int | None = None) -> None:
    """Append a line inside the transaction that is open on the writing connection."""
    append_to(
        workspace.write, workspace.data_key, workspace.clock, account=account, deed=deed, detail=detail, unit=unit
    )


def append_to(
    db: Connection,
    data_key: bytes,
    clock: Clock,
    *,
    account: str | None,
    deed: str,
    detail: str,
    unit: int | None = None,
) -> None:
    """Append a line to a file that no session has open (a restore)."""
    last = db.one("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1")
    number, before = (int(last[0]) + 1, str(last[1])) if last else (0, "")
    at = instant_text(clock.now())
    line = _line(number, unit, at, account, deed, detail)
    mac = chain.next_mac(chain.derive(data_key, "audit"), bytes.fromhex(before), line).hex()
    db.run(
        "INSERT INTO audit (number, unit, made_at, account, deed, detail, mac) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, unit, at, account, deed, detail, mac),
    )
    db.run(
        "INSERT INTO setting (name, content) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
        (HEAD, json.dumps([number, _head_mac(data_key, number, mac)])),
    )


def _head_mac(data_key: bytes, number: int, mac: str) -> str:
    """Sign the end of the chain, so that lines cannot be cut off at its end unseen."""
    return chain.next_mac(chain.derive(data_key, "audit head"), b"", f"{number} {mac}".encode()).hex()


def head(db: Connection) -> tuple[int, str] | None:
    """Give the number and the MAC of the last line."""
    row = db.one("SELECT number, mac FROM audit ORDER BY number DESC LIMIT 1")
    return (int(row[0]), str(row[1])) if row else None


def first_bad(workspace: Workspace) -> int | None:
    """Walk the whole chain and give the number of the first line that does not hold, or None."""
    key, before, wanted = chain_key(workspace), b"", 0
    db = workspace.reader()
    for number, unit, at, account, deed, detail, mac in db.rows(
        "SELECT number, unit, made_at, account, deed, detail, mac FROM audit ORDER BY number"
    ):
        made = chain.next_mac(key, before, _line(number, unit, at, account, deed, detail))
        if number != wanted or made.hex() != mac:
            return wanted
        before, wanted = made, wanted + 1
    return None if _is_whole(workspace, wanted - 1, before.hex()) else wanted


def _is_whole(workspace: Workspace, number: int, mac: str) -> bool:
    """Tell whether the chain ends where its signed end says, and every unit of work has its line."""
    db = workspace.reader()
    row = db.one("SELECT content FROM setting WHERE name = ?", (HEAD,))
    bare = db.one("SELECT 1 FROM unit WHERE id NOT IN (SELECT unit FROM audit WHERE unit IS NOT NULL) LIMIT 1")
    wanted = json.dumps([number, _head_mac(workspace.data_key, number, mac)])
    return bare is None and row is not None and row[0] == wanted


def chain_key(workspace: Workspace) -> bytes:
    """Give the key of the chain, derived from the data key."""
    return chain.derive(workspace.data_key, "audit")


def _line(number: int, unit: int | None, at: str, account: str | None, deed: str, detail: str | None) -> bytes:
    return json.dumps([number, unit, at, account, deed, detail], ensure_ascii=False, separators=(",", ":")).encode()


@allowed(EVERYONE)
def list_lines(session: Session, *, limit: int = 200) -> tuple[AuditLine, ...]:
    """Give the newest lines of the audit, newest first."""
    rows = session.db.rows(
        "SELECT number, made_at, account, deed, detail, unit FROM audit ORDER BY number DESC LIMIT ?", (limit,)
    )
    return tuple(AuditLine(*row) for row in rows)
