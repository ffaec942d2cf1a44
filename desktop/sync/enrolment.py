"""Enrolment files, answers and fingerprints (package-format.md §7)."""

import hashlib
from dataclasses import dataclass

from desktop.core.text import narrow
from desktop.security.age import is_recipient
from desktop.security.minisign import SigningKey, is_public_key
from desktop.sync.canonical import CanonicalError, Json, dump, dump_text, load, load_text
from desktop.sync.documents import Document, read_document
from desktop.sync.encodings import is_hex16, is_id, is_key_id, is_org_path, org_path
from desktop.sync.errors import PackageError
from desktop.sync.suite import SUITE_1
from desktop.sync.values import is_day, is_text

MAX_FILE = 4 << 20
_KEYS = {"age", "created", "epoch", "format", "kind", "minisign", "name", "org_code", "path", "replaces", "site"}


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an installation says of itself: its place, its public keys, the key id that they replace, if any."""

    site: str
    epoch: str
    name: str
    org_path: str
    minisign: str
    age: str
    created: str
    replaces: str | None = None

    @property
    def fingerprint(self) -> str:
        """Give the 24 digits that are said on the telephone."""
        return fingerprint(self.minisign, self.age)

    def text(self) -> str:
        """Write the signed text: canonical JSON; a branch gives `path`, others `org_code`."""
        branch = self.org_path.count("/") == 3
        return dump_text(
            {
                "age": self.age,
                "created": self.created,
                "epoch": self.epoch,
                "format": 1,
                "kind": "enrol",
                "minisign": self.minisign,
                "name": self.name,
                "org_code": None if branch else self.org_path.replace("/", ""),
                "path": self.org_path if branch else None,
                "replaces": self.replaces,
                "site": self.site,
            }
        )


def fingerprint(minisign: str, age: str) -> str:
    """Give the fingerprint of two public key texts: six groups of four digits."""
    digest = hashlib.sha256(f"doudi-key-1\n{minisign}\n{age}".encode()).digest()
    digits = f"{int.from_bytes(digest[:10], 'big') % 10**24:024d}"
    return " ".join(digits[at : at + 4] for at in range(0, 24, 4))


def same_fingerprint(typed: str, wanted: str) -> bool:
    """Compare what a person typed with a fingerprint: all 24 digits, wide ones too, blanks and hyphens ignored."""
    return narrow(typed).replace("-", "") == wanted.replace(" ", "")


def enrolment_file(enrolment: Enrolment, key: SigningKey, old: SigningKey | None = None) -> bytes:
    """Write a `.dkey` file, signed by its own key and by the one that it replaces."""
    text, comment = enrolment.text(), f"doudi enrol {enrolment.site}"
    file: dict[str, Json] = {"sig": key.sign(text.encode(), comment), "text": text}
    if old is not None:
        file["sig_old"] = old.sign(text.encode(), comment)
    return dump(file) + b"\n"


def read_enrolment(file: bytes, *, old: str | None = None) -> Enrolment:
    """Read and check a `.dkey` file; `old` is the public key that it replaces, where that is known.

    A PackageError `bad-payload` where it is malformed, `bad-signature` where it is not signed by its own key.
    """
    return _read(_load(file), old)


def _load(file: bytes) -> dict[str, Json]:
    if len(file) > MAX_FILE:
        raise PackageError("too-large", "enrolment")
    try:
        value = load(file.removesuffix(b"\n"))
    except CanonicalError as error:
        raise _bad(str(error)) from None
    if not isinstance(value, dict):
        raise _bad("no object")
    return value


def _read(value: dict[str, Json], old: str | None) -> Enrolment:
    text, sig, sig_old = value.get("text"), value.get("sig"), value.get("sig_old")
    if not isinstance(text, str) or not isinstance(sig, str) or value.keys() - {"text", "sig", "sig_old"}:
        raise _bad("keys of an enrolment")
    enrolment = _parse(text)
    comment = f"doudi enrol {enrolment.site}"
    SUITE_1.verify(sig.encode(), text.encode(), enrolment.minisign, comment)
    if (sig_old is None) != (enrolment.replaces is None):
        raise _bad("replaces without sig_old, or sig_old without replaces")
    if old is not None:
        SUITE_1.verify(str(sig_old).encode(), text.encode(), old, comment)
    return enrolment


def _parse(text: str) -> Enrolment:
    try:
        value = load_text(text)
    except CanonicalError as error:
        raise _bad(str(error)) from None
    if not isinstance(value, dict) or not value.keys() >= _KEYS or (value["format"], value["kind"]) != (1, "enrol"):
        raise _bad("keys of the text")
    texts = {key: str(value[key]) for key in ("site", "epoch", "name", "minisign", "age", "created")}
    right = (
        is_id(value["site"])
        and is_hex16(value["epoch"])
        and is_text(value["name"])
        and is_day(value["created"])
        and is_public_key(texts["minisign"])
        and is_recipient(texts["age"])
        and (value["replaces"] is None or is_key_id(value["replaces"]))
    )
    if not right:
        raise _bad("a value of the text")
    replaces = value["replaces"]
    return Enrolment(org_path=_place(value), replaces=None if replaces is None else str(replaces), **texts)


def _place(value: dict[str, Json]) -> str:
    code, path = value["org_code"], value["path"]
    if isinstance(code, str) and path is None:
        try:
            return org_path(code)
        except ValueError:
            raise _bad("org_code") from None
    if code is None and is_org_path(path) and str(path).count("/") == 3:
        return str(path)
    raise _bad("org_code and path")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an issuer gives back: its own enrolment, and the key list that now names the new site."""

    issuer: Enrolment
    keys: Document


def answer_file(issuer_file: bytes, keys: Document) -> bytes:
    """Write a `.dcert` file from the issuer's own `.dkey` bytes and its key list."""
    return dump({"enrol": _load(issuer_file), "keys": keys.json()}) + b"\n"


def read_answer(file: bytes) -> Answer:
    """Read a `.dcert` file; the caller compares the issuer's fingerprint and accepts the list with it as root."""
    value = _load(file)
    enrol, keys = value.get("enrol"), value.get("keys")
    if value.keys() != {"enrol", "keys"} or not isinstance(enrol, dict) or not isinstance(keys, dict):
        raise _bad("keys of an answer")
    return Answer(_read(enrol, None), read_document(keys))


def _bad(detail: str) -> PackageError:
    return PackageError("bad-payload", detail)
