"""Signed documents (package-format.md §4): key lists, rules, codes, holidays, templates, forms; relayed unchanged."""

from dataclasses import dataclass

from desktop.security.minisign import SigningKey
from desktop.sync.canonical import Json
from desktop.sync.encodings import is_code, is_count, is_org_path
from desktop.sync.errors import PackageError, SetAsideError
from desktop.sync.values import is_text

KINDS = frozenset({"keys", "rules", "codes", "holidays", "templates", "form"})


@dataclass(frozen=True, slots=True)
class Document:
    """One document line; `text` is the exact document, `sig` a whole signature file over its bytes."""

    doc: str
    name: str
    version: int
    text: str
    sig: str

    def json(self) -> dict[str, Json]:
        """Write the line."""
        return {"doc": self.doc, "name": self.name, "sig": self.sig, "text": self.text, "version": self.version}

    @property
    def comment(self) -> str:
        """Give the trusted comment that its signature must carry."""
        return document_comment(self.doc, self.name, self.version)

    @property
    def order(self) -> tuple[bool, str, str, int]:
        """Give what documents are sorted by in a package: `keys` first."""
        return (self.doc != "keys", self.doc, self.name, self.version)


def document_comment(doc: str, name: str, version: int) -> str:
    """Give the trusted comment of a document's signature."""
    return f"doudi {doc} {name} {version}"


def sign_document(key: SigningKey, doc: str, name: str, version: int, text: str) -> Document:
    """Sign a document."""
    return Document(doc, name, version, text, key.sign(text.encode(), document_comment(doc, name, version)))


def read_document(value: dict[str, Json]) -> Document:
    """Read a document line; a PackageError `bad-payload` where it is none."""
    texts = [value.get(key) for key in ("doc", "name", "text", "sig")]
    version = value.get("version")
    if value.keys() != {"doc", "name", "text", "sig", "version"} or not all(isinstance(text, str) for text in texts):
        raise PackageError("bad-payload", "keys of a document")
    if not is_count(version) or version == 0:
        raise PackageError("bad-payload", "version of a document")
    doc, name, text, sig = map(str, texts)
    return Document(doc, name, int(str(version)), text, sig)


def check_name(document: Document) -> None:
    """Set aside a document of an unknown kind, or whose name is not of its kind."""
    right = is_org_path(document.name) if document.doc == "keys" else is_code(document.name)
    if document.doc not in KINDS or not right or not is_text(document.name):
        raise SetAsideError("document-name", document.doc if document.doc in KINDS else "unknown kind")
