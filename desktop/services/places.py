"""Villages and communities (村、社区) of the township."""

from dataclasses import dataclass, replace

from desktop.core.changes import Changes
from desktop.core.text import clean_line, narrow
from desktop.models.place import Place
from desktop.services import forms, shelving
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed
from desktop.services.units import unit

NOUN = "村（社区）"
VILLAGE, COMMUNITY = "village", "community"
KIND_WORDS = {VILLAGE: "村", COMMUNITY: "社区"}
_CODE_DIGITS = 12


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One village or community with the counts of its live organisations and Party organisations."""

    id: bytes
    name: str
    kind: str | None
    kind_name: str
    code: str | None
    organisations: int
    branches: int


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """One village or community as its form holds it; `code` is the statistical code of twelve digits, if known."""

    name: str = ""
    id: bytes | None = None
    kind: str | None = COMMUNITY
    code: str | None = None
    sort: int | None = None


@allowed(EVERYONE)
def list_places(session: Session) -> tuple[PlaceRow, ...]:
    """Give the villages and communities in manual order, then by code and by the order they were made in."""
    rows = session.db.rows(
        "SELECT p.id, p.name, p.kind, p.code, "
        "(SELECT count(*) FROM organisation o WHERE o.place_id = p.id AND o._deleted IS NULL), "
        "(SELECT count(*) FROM branch b WHERE b.place_id = p.id AND b._deleted IS NULL) "
        "FROM place p WHERE p._deleted IS NULL ORDER BY p.sort IS NULL, p.sort, p.code IS NULL, p.code, p.rowid"
    )
    return tuple(
        PlaceRow(key, name, kind, KIND_WORDS.get(kind, ""), code, organisations, branches)
        for key, name, kind, code, organisations, branches in rows
    )


@allowed(EVERYONE)
def open_(session: Session, *, place: bytes) -> PlaceDraft:
    """Give a village or community as its form holds it."""
    return forms.fill(session, PlaceDraft, "place", place)


@allowed(STAFF)
def save(session: Session, *, draft: PlaceDraft) -> Changes:
    """Save a village or community; its name stands once."""
    draft = replace(draft, name=clean_line(draft.name), code=narrow(draft.code) if draft.code else None)
    forms.check(NOUN, draft, needed={"name": "名称", "kind": "村或社区"})
    if draft.kind not in KIND_WORDS:
        raise forms.refuse(NOUN, "没有选是村还是社区。", "请选一项，再保存。", "kind")
    if draft.code and not (draft.code.isascii() and draft.code.isdigit() and len(draft.code) == _CODE_DIGITS):
        raise forms.refuse(NOUN, f"代码“{draft.code}”不是 12 位数字。", "请照统计用区划代码填写，或留空。", "code")
    twin = session.db.one(
        "SELECT 1 FROM place WHERE name = ? AND id IS NOT ? AND _deleted IS NULL", (draft.name, draft.id)
    )
    if twin:
        raise forms.refuse(NOUN, f"已有“{draft.name}”。", "请打开那一个修改。", "name", "twice")
    with unit(session, f"登记村（社区） {draft.name}") as work:
        key = forms.put(session, Place, draft)
    return work.changes.about(key)


@allowed(STAFF)
def remove(session: Session, *, place: bytes, reason: str) -> Changes:
    """Put a village or community into the recycle bin; refused while a record names it."""
    return shelving.remove_unused(
        session, Place, place, table="place", noun=NOUN, reason=reason,
        why="还有社会组织或党组织登记在这里。", do="请先把它们改到别的村（社区）。",
    )  # fmt: skip
