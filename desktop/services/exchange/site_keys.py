"""This installation's keys, the key lists held, and the sites that they name."""

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.core import files
from desktop.core.clock import instant_text
from desktop.core.errors import UserError
from desktop.security import wrapping
from desktop.security.age import AgeKey, age_key, new_age_key
from desktop.security.minisign import SigningKey, new_signing_key, read_key_file
from desktop.services import audits
from desktop.services.sessions import ADMINS, STAFF, Session, Workspace, allowed
from desktop.sync.documents import Document
from desktop.sync.enrolment import fingerprint
from desktop.sync.keys import KeyRing, Site, read_key_list


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The private keys of this installation."""

    signing: SigningKey
    age: AgeKey


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One known site; `mine` marks this installation."""

    site: str
    scopes: tuple[str, ...]
    role: str
    name: str
    status: str
    minisign: str
    age: str
    fingerprint: str
    mine: bool


def own_keys(workspace: Workspace) -> OwnKeys | None:
    """Give the private keys, or None before the first enrolment."""
    site = workspace.identity.site
    row = workspace.reader().one("SELECT wrapped FROM sync_key WHERE site = ? AND state = 'active'", (site,))
    if row is None:
        return None
    note = json.loads(wrapping.unwrap(workspace.data_key, row[0], site))
    return OwnKeys(read_key_file(note["minisign"]), age_key(note["age"]))


def ensure_keys(session: Session) -> OwnKeys:
    """Give the private keys, made at the first call."""
    workspace = session.workspace
    found = own_keys(workspace)
    if found is not None:
        return found
    made = OwnKeys(new_signing_key(), new_age_key())
    note = json.dumps({"minisign": made.signing.file(), "age": made.age.secret}).encode()
    site = workspace.identity.site
    with workspace.write.writable():
        workspace.write.run(
            "INSERT INTO sync_key (site, minisign, age, wrapped, created_on, state) VALUES (?, ?, ?, ?, ?, 'active')",
            (
                site,
                made.signing.public,
                made.age.public,
                wrapping.wrap(workspace.data_key, note, site),
                instant_text(workspace.clock.now())[:10],
            ),
        )
        audits.append(workspace, account=session.account, deed="keys", detail=made.signing.key_id)
    return made


def documents(workspace: Workspace) -> list[Document]:
    """Give the signed documents held, as they came."""
    rows = workspace.reader().rows("SELECT doc, name, version, text, sig FROM sync_doc ORDER BY doc, name")
    return [Document(*row) for row in rows]


def ring(workspace: Workspace) -> KeyRing:
    """Give the key lists held and the root whose fingerprint was typed."""
    lists = [read_key_list(document.text) for document in documents(workspace) if document.doc == "keys"]
    row = workspace.reader().one("SELECT site, path, minisign, age FROM sync_root WHERE id = 1")
    root = Site(row[0].hex(), 0, row[1], "county", (row[1],), row[2], row[3]) if row else None
    return KeyRing({found.issuer: found for found in lists}, root)


def keep_document(workspace: Workspace, document: Document) -> None:
    """Store a document that was accepted; call it inside a writable transaction."""
    workspace.write.run(
        "INSERT INTO sync_doc (doc, name, version, text, sig) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (doc, name) DO UPDATE SET version = excluded.version, text = excluded.text, sig = excluded.sig",
        (document.doc, document.name, document.version, document.text, document.sig),
    )


@allowed(STAFF)
def list_sites(session: Session) -> tuple[SiteRow, ...]:
    """Give every site of the key lists held."""
    own = session.workspace.identity.site.hex()
    return tuple(
        SiteRow(
            site.site, site.scopes, site.role, site.name, site.status, site.minisign, site.age,
            fingerprint(site.minisign, site.age), site.site == own,
        )
        for site in ring(session.workspace).sites()
    )  # fmt: skip


@allowed(STAFF)
def own_fingerprint(session: Session) -> str | None:
    """Give the 24 digits of this installation, or None before the first enrolment."""
    keys = own_keys(session.workspace)
    return fingerprint(keys.signing.public, keys.age.public) if keys else None


@allowed(ADMINS)
def export(session: Session, *, out: Path, reason: str) -> Path:
    """Write the private keys for Debian's tools: the age key to `out`, the minisign key beside it; audited."""
    keys = own_keys(session.workspace)
    if keys is None:
        raise UserError("没有导出私钥。", "本机还没有生成过密钥。", "请先办理登记（enrol request）。", "no-keys")
    if not reason.strip():
        raise UserError("没有导出私钥。", "没有写明用途。", "请用 --reason 写明用途。", "no-reason", "reason")
    if out.exists():
        raise UserError("没有导出私钥。", f"“{out.name}”已经存在。", "请换一个文件名。", "exists")
    with session.workspace.write.writable():
        audits.append(session.workspace, account=session.account, deed="keys-export", detail=reason.strip())
    files.write_whole(out, f"# {keys.age.public}\n{keys.age.secret}\n".encode())
    files.write_whole(out.with_name(out.name + ".minisign"), keys.signing.file().encode())
    return out
