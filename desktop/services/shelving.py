"""What the kinds of records do alike: be put into the recycle bin, one where nothing uses it or several, and in order.

The services that call these have asked whether the account may.
"""

from collections.abc import Callable, Sequence

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.models.base import Record
from desktop.services import records
from desktop.services.references import is_referred_to
from desktop.services.sessions import Session
from desktop.services.units import unit


def remove_unused(
    session: Session, model: type[Record], key: bytes, *, table: str, noun: str, why: str, do: str, reason: str
) -> Changes:
    """Put a record into the recycle bin; refused with `why` and `do` while another names it."""
    name = records.get(session, table, key)["name"]
    if is_referred_to(session.db, table, key):
        raise UserError(f"没有删除“{name}”。", why, do, "in-use")
    with unit(session, f"删除{noun} {name}") as work:
        records.bin_record(session, model, key, reason)
    return work.changes.about(key)


def remove_many(session: Session, ids: Sequence[bytes], *, what: str, remove: Callable[[bytes], object]) -> Changes:
    """Put several (`what`: 个党组织) into the recycle bin in one step; nothing stands if one of them is held."""
    with unit(session, f"把 {len(ids)} {what}移到回收站") as work:
        for key in ids:
            remove(key)
    return work.changes


def reorder(session: Session, model: type[Record], ids: Sequence[bytes], *, what: str) -> Changes:
    """Put records (`what`: 个党组织) into the given manual order."""
    with unit(session, f"调整 {len(ids)} {what}的次序") as work:
        for number, key in enumerate(ids, start=1):
            records.update(session, model, key, {"sort": number})
    return work.changes
