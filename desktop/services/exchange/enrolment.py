"""Enrolment by file: a township asks, the county answers with its signed key list, the township accepts (§7)."""

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.core import files
from desktop.core.clock import instant_text
from desktop.core.errors import UserError
from desktop.services import audits, org_paths
from desktop.services.exchange.site_keys import OwnKeys, ensure_keys, keep_document, own_keys, ring
from desktop.services.sessions import ADMINS, Session, allowed
from desktop.sync import enrolment as format_
from desktop.sync.documents import sign_document
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.keys import KeyList, KeyRing, Site

ROLES = {1: "county", 2: "township", 3: "branch"}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A file of enrolment that was written, and the fingerprint of who wrote it."""

    file: Path
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The issuer that is the root of trust from now on."""

    path: str
    name: str


@allowed(ADMINS)
def request(session: Session, *, out: Path) -> Enrolled:
    """Write this installation's enrolment file into a folder."""
    keys = ensure_keys(session)
    own = _own(session, keys)
    file = out / f"{org_paths.flat(own.org_path)}_{own.site[-6:]}.dkey"
    _write(file, format_.enrolment_file(own, keys.signing))
    return Enrolled(file, own.fingerprint)


def _own(session: Session, keys: OwnKeys) -> format_.Enrolment:
    identity = session.workspace.identity
    row = session.db.one("SELECT created_on FROM sync_key WHERE site = ? AND state = 'active'", (identity.site,))
    return format_.Enrolment(
        site=identity.site.hex(),
        epoch=identity.epoch.hex(),
        name=identity.name,
        org_path=identity.path,
        minisign=keys.signing.public,
        age=keys.age.public,
        created=row[0] if row else instant_text(session.workspace.clock.now())[:10],
    )


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"{files.disk_words(error)}。"
        raise UserError("没有写出登记文件。", why, "请换一个位置再试。", "cannot-write") from error
    files.write_whole(file, content)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError("没有读到文件。", f"“{file.name}”打不开。", "请核对位置，再试一次。", "no-file") from error


def _bad_file(file: Path) -> UserError:
    return UserError(
        "没有接受登记文件。", f"“{file.name}”不是登记文件，或已被改动。", "请对方重新生成一份。", "bad-enrolment"
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Who an enrolment file says it is from; its fingerprint is not told here, it comes by telephone."""

    name: str
    path: str
    created: str


@allowed(ADMINS)
def look(session: Session, *, file: Path) -> Asked:
    """Read who asks, before anything is signed; a UserError where the file is no enrolment."""
    del session
    try:
        asked = format_.read_enrolment(_read(file))
    except PackageError as error:
        raise _bad_file(file) from error
    return Asked(asked.name, asked.org_path, asked.created)


@allowed(ADMINS)
def issue(session: Session, *, file: Path, as_path: str, out: Path, fingerprint: str) -> Enrolled:
    """Put a new site into the key list of this issuer, sign it, and write the answer for that site.

    The fingerprint is the asker's, told by telephone. The first list of a county names the county itself.
    """
    try:
        asked = format_.read_enrolment(_read(file))
    except PackageError as error:
        raise _bad_file(file) from error
    identity = session.workspace.identity
    _check_asked(asked, as_path, fingerprint, identity.path)
    keys = ensure_keys(session)
    own = _own(session, keys)
    held = ring(session.workspace).lists.get(identity.path)
    base = held or KeyList(identity.path, 0, (_entry(own, identity.path, 1),))
    others = tuple(site for site in base.sites if site.site != asked.site)
    before = [site.serial for site in base.sites if site.site == asked.site]
    entry = _entry(asked, as_path, max(before, default=0) + 1)
    listed = replace(
        base, version=base.version + 1, sites=tuple(sorted((*others, entry), key=lambda site: (site.site, site.serial)))
    )
    document = sign_document(keys.signing, "keys", identity.path, listed.version, listed.text())
    answer = out / f"{org_paths.flat(as_path)}_{asked.site[-6:]}.dcert"
    _write(answer, format_.answer_file(format_.enrolment_file(own, keys.signing), document))
    with session.workspace.write.writable():
        keep_document(session.workspace, document)
        audits.append(session.workspace, account=session.account, deed="enrol", detail=f"{as_path} {asked.site}")
    return Enrolled(answer, own.fingerprint)


def _check_asked(asked: format_.Enrolment, as_path: str, fingerprint: str, issuer: str) -> None:
    if not format_.same_fingerprint(fingerprint, asked.fingerprint):
        raise UserError(
            "没有签发登记。", "指纹与登记文件对不上。", "请打电话与对方逐组核对 24 位数字。", "bad-fingerprint",
            "fingerprint",
        )  # fmt: skip
    if not org_paths.is_path(as_path) or as_path != asked.org_path:
        raise UserError(
            "没有签发登记。", f"登记文件里的单位是 {asked.org_path}，不是 {as_path}。", "请核对单位路径。", "bad-path"
        )
    if not as_path.startswith(issuer + "/"):
        why = f"{org_paths.unit_text(asked.name, as_path)}不在本单位之下。"
        raise UserError("没有签发登记。", why, "请由它的上级单位签发。", "bad-path")


def _entry(one: format_.Enrolment, path: str, serial: int) -> Site:
    role = ROLES[path.count("/")]
    return Site(one.site, serial, one.name, role, (path,), one.minisign, one.age)  # type: ignore[arg-type]


@allowed(ADMINS)
def accept(session: Session, *, file: Path, fingerprint: str) -> Accepted:
    """Take the issuer's answer; its fingerprint, told by telephone or on paper, makes it the root."""
    workspace = session.workspace
    keys = own_keys(workspace)
    try:
        answer = format_.read_answer(_read(file))
        issuer = answer.issuer
        root = Site(issuer.site, 0, issuer.name, "county", (issuer.org_path,), issuer.minisign, issuer.age)
        held = ring(workspace)
        trusted = KeyRing(held.lists, root).accept(answer.keys)
    except (PackageError, SetAsideError) as error:
        raise _bad_file(file) from error
    if not format_.same_fingerprint(fingerprint, issuer.fingerprint):
        raise UserError(
            "没有接受登记。", "指纹与签发单位对不上。", "请打电话与签发单位逐组核对 24 位数字。", "bad-fingerprint",
            "fingerprint",
        )  # fmt: skip
    listed = trusted.lists[answer.keys.name].sites
    if keys is None or not any(site.minisign == keys.signing.public and site.active for site in listed):
        raise UserError(
            "没有接受登记。", "签发的名单里没有本机的密钥。", "请用本机生成的登记申请重新签发。", "not-listed"
        )
    with workspace.write.writable():
        workspace.write.run("DELETE FROM sync_root")
        workspace.write.run(
            "INSERT INTO sync_root (id, site, path, minisign, age) VALUES (1, ?, ?, ?, ?)",
            (bytes.fromhex(issuer.site), issuer.org_path, issuer.minisign, issuer.age),
        )
        keep_document(workspace, answer.keys)
        audits.append(workspace, account=session.account, deed="enrol", detail=f"root {issuer.org_path}")
    return Accepted(issuer.org_path, issuer.name)
