"""Key lists and who may sign what (package-format.md §7): the signed list of an issuer is the only certificate."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from desktop.core.tables import SiteRole
from desktop.security.age import is_recipient
from desktop.security.minisign import is_public_key, key_id
from desktop.sync.canonical import CanonicalError, Json, dump_text, load_text
from desktop.sync.documents import Document, check_name
from desktop.sync.encodings import is_count, is_hex16, is_id, is_org_path, under
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.manifest import Sender
from desktop.sync.suite import SUITE_1
from desktop.sync.values import is_text

Status = Literal["active", "revoked"]
_SITE_KEYS = {"age", "last_ok", "minisign", "name", "role", "scopes", "serial", "site", "status"}
_LIST_KEYS = {"escrow", "format", "issuer", "sites", "version"}


@dataclass(frozen=True, slots=True)
class Site:
    """One entry of a key list; `last_ok` names the last number of each epoch that stays good after a revocation."""

    site: str
    serial: int
    name: str
    role: SiteRole
    scopes: tuple[str, ...]
    minisign: str
    age: str
    status: Status = "active"
    last_ok: tuple[tuple[str, int], ...] = ()

    @property
    def active(self) -> bool:
        """Tell whether the entry still signs and receives."""
        return self.status == "active"

    def json(self) -> dict[str, Json]:
        """Write the entry."""
        return {
            "age": self.age,
            "last_ok": [[epoch, number] for epoch, number in self.last_ok],
            "minisign": self.minisign,
            "name": self.name,
            "role": self.role,
            "scopes": list(self.scopes),
            "serial": self.serial,
            "site": self.site,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class KeyList:
    """A whole key list; sites are sorted by site and serial, `escrow` too."""

    issuer: str
    version: int
    sites: tuple[Site, ...]
    escrow: tuple[str, ...] = ()

    def text(self) -> str:
        """Write the document's text: canonical JSON."""
        sites = sorted(self.sites, key=lambda site: (site.site, site.serial))
        return dump_text(
            {
                "escrow": sorted(self.escrow),
                "format": 1,
                "issuer": self.issuer,
                "sites": [site.json() for site in sites],
                "version": self.version,
            }
        )


def read_key_list(text: str) -> KeyList:
    """Read the text of a document `keys`; a SetAsideError where it is not as in the format."""
    try:
        value = load_text(text)
    except CanonicalError as error:
        raise SetAsideError("key-list", str(error)) from None
    if not isinstance(value, dict) or not value.keys() >= _LIST_KEYS or value["format"] != 1:
        raise SetAsideError("key-list", "keys")
    issuer, version, escrow, sites = value["issuer"], value["version"], value["escrow"], value["sites"]
    if not is_org_path(issuer) or not is_count(version) or not isinstance(sites, list):
        raise SetAsideError("key-list", "issuer, version or sites")
    if not isinstance(escrow, list) or not all(isinstance(key, str) and is_recipient(key) for key in escrow):
        raise SetAsideError("key-list", "escrow")
    found = KeyList(str(issuer), int(str(version)), tuple(map(_site, sites)), tuple(map(str, escrow)))
    _check_list(found)
    return found


def _check_list(found: KeyList) -> None:
    if not _ascending(list(found.escrow)) or not _ascending([(site.site, site.serial) for site in found.sites]):
        raise SetAsideError("key-list", "not sorted, or something twice")
    if not all(under(scope, found.issuer) for site in found.sites for scope in site.scopes):
        raise SetAsideError("key-list", "a scope outside the issuer's path")


def _ascending(items: list[tuple[str, int]] | list[str]) -> bool:
    return len(set(items)) == len(items) and sorted(items) == items


def _site(value: Json) -> Site:
    if not isinstance(value, dict) or not value.keys() >= _SITE_KEYS:
        raise SetAsideError("key-list", "keys of a site")
    scopes, last_ok = value["scopes"], value["last_ok"]
    signs, receives = value["minisign"], value["age"]
    if not isinstance(scopes, list) or not scopes or not all(map(is_org_path, scopes)):
        raise SetAsideError("key-list", "scopes")
    if not isinstance(last_ok, list) or not is_id(value["site"]) or not is_count(value["serial"]):
        raise SetAsideError("key-list", "site, serial or last_ok")
    if not (isinstance(signs, str) and is_public_key(signs) and isinstance(receives, str) and is_recipient(receives)):
        raise SetAsideError("key-list", "keys of a site")
    role, status, name = value["role"], value["status"], value["name"]
    if role not in ("county", "township", "branch") or status not in ("active", "revoked") or not is_text(name):
        raise SetAsideError("key-list", "role, status or name")
    return Site(
        str(value["site"]),
        int(str(value["serial"])),
        str(name),
        cast("SiteRole", role),
        tuple(map(str, scopes)),
        signs,
        receives,
        cast("Status", status),
        tuple(map(_last_ok, last_ok)),
    )


def _last_ok(value: Json) -> tuple[str, int]:
    if not isinstance(value, list) or len(value) != 2 or not is_hex16(value[0]) or not is_count(value[1]):
        raise SetAsideError("key-list", "last_ok")
    return str(value[0]), int(str(value[1]))


@dataclass(frozen=True)
class KeyRing:
    """Every key list held, by issuer, with the document it came in, and the root whose fingerprint a person typed."""

    lists: Mapping[str, KeyList] = field(default_factory=dict)
    root: Site | None = None

    def sites(self) -> Iterator[Site]:
        """Walk the sites of all lists."""
        for issuer in sorted(self.lists):
            yield from self.lists[issuer].sites

    def accept(self, document: Document) -> "KeyRing":
        """Take a key list; a SetAsideError where its signer may not issue it, or it is not newer than the one held."""
        check_name(document)
        found = read_key_list(document.text)
        if (found.issuer, found.version) != (document.name, document.version):
            raise SetAsideError("key-list", "issuer or version is not the document's")
        signed_by(document, self._issuers(found.issuer))
        held = self.lists.get(found.issuer)
        if held is not None and (found.version < held.version or (found.version == held.version and found != held)):
            raise SetAsideError("older", "a list of this version or a newer one is held")
        return replace(self, lists={**self.lists, found.issuer: found})

    def _issuers(self, issuer: str) -> list[Site]:
        """Give who may sign the list of an issuer: for a county its own list, for a township the county's."""
        county = issuer[:7]
        found = self.lists.get(county)
        signers = [site for site in found.sites if site.active and issuer in site.scopes] if found else []
        if self.root is not None and issuer not in self.lists and issuer in self.root.scopes:
            signers.append(self.root)
        return signers

    def check(self, document: Document, reader: str, *, held: Document | None = None) -> None:
        """Set aside a document other than a key list that no county above `reader` signed, or that is not newer."""
        check_name(document)
        if held is not None and (document.doc, document.name) == (held.doc, held.name):
            if document.version < held.version or (document.version == held.version and document.text != held.text):
                raise SetAsideError("older", "this version or a newer one is held")
            if document == held:
                return
        signed_by(document, (site for site in self.sites() if may_sign(site, reader)))

    def sender(self, sender: Sender, *, kind: str) -> Site:
        """Find the entry of a sender; a PackageError `unknown-key` where no list names it (or the root, for keys)."""
        found = [site for site in self.sites() if _is_entry(site, sender)]
        if not found and kind == "keys" and self.root is not None and _is_entry(self.root, sender):
            found = [self.root]
        if not found:
            raise PackageError("unknown-key", sender.key)
        return max(found, key=lambda site: (site.active, site.serial))


def _is_entry(site: Site, sender: Sender) -> bool:
    return site.site == sender.origin.site.hex() and key_id(site.minisign) == sender.key and sender.path in site.scopes


def check_status(site: Site, sender: Sender, number: int) -> None:
    """Refuse what a revoked site sent after its last good number."""
    if not site.active and number > dict(site.last_ok).get(sender.origin.epoch.hex(), 0):
        raise PackageError("revoked-key", f"{sender.key} number {number}")


def may_sign(site: Site, reader: str) -> bool:
    """Tell whether a site may sign documents other than key lists for a reader."""
    return site.active and site.role == "county" and any(under(reader, scope) for scope in site.scopes)


def signed_by(document: Document, signers: Iterable[Site]) -> Site:
    """Find the site that signed a document; a SetAsideError where none of `signers` did."""
    for site in signers:
        try:
            SUITE_1.verify(document.sig.encode(), document.text.encode(), site.minisign, document.comment)
        except PackageError:
            continue
        return site
    raise SetAsideError("bad-signature", f"{document.doc} {document.name}")


def recipients(ring: KeyRing, paths: Iterable[str], own: str) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Say whom to encrypt to: all `age1…` texts, sorted, and for each path the recipient ids that `to` names.

    Every active site of each path, the sender's own path's active sites, and the escrow of the lists held.
    """
    active = [site for site in ring.sites() if site.active]
    ids: dict[str, tuple[str, ...]] = {}
    everybody = {key for found in ring.lists.values() for key in found.escrow}
    for path in sorted(set(paths)):
        keys = {site.age for site in active if path in site.scopes}
        ids[path] = tuple(sorted(map(SUITE_1.recipient_id, keys)))
        everybody |= keys
    everybody |= {site.age for site in active if own in site.scopes}
    return sorted(everybody), ids
