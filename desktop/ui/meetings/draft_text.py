"""A form not yet saved as text and back: what autosave keeps, and the words that ask about it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from desktop.services.meeting_drafts import AgendaDraft, AttendanceDraft, MeetingDraft, ResolutionDraft, VoteDraft
from desktop.services.meeting_lists import kinds_short

KIND = "meeting"
T = TypeVar("T")
_PARTS: dict[str, type[Any]] = {
    "agenda": AgendaDraft, "attendance": AttendanceDraft, "resolutions": ResolutionDraft, "votes": VoteDraft,
}  # fmt: skip
_IDS = frozenset({"branch", "id", "party_group", "person_id"})


@dataclass(frozen=True, slots=True)
class Kept:
    """What a kept form holds: the draft, why it corrects an archived record, and which record that is."""

    draft: MeetingDraft
    reason: str = ""
    corrects: bytes | None = None


def dumps(kept: Kept) -> str:
    """Write a form as JSON text; ids are hex."""
    head: dict[str, Any] = {"draft": _plain(kept.draft), "reason": kept.reason}
    if kept.corrects is not None:
        head["corrects"] = kept.corrects.hex()
    return json.dumps(head, ensure_ascii=False)


def loads(text: str) -> Kept | None:
    """Read what `dumps` wrote; None where it is no longer readable (an older program wrote it)."""
    try:
        head = json.loads(text)
        row = head["draft"]
        parts = {name: tuple(_record(shape, one) for one in row.pop(name, ())) for name, shape in _PARTS.items()}
        row["kinds"] = tuple(row["kinds"])
        corrects = bytes.fromhex(head["corrects"]) if head.get("corrects") else None
        return Kept(_record(MeetingDraft, row | parts), str(head.get("reason") or ""), corrects)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def title(draft: MeetingDraft) -> str:
    """Name a kept form: `11月20日 支委会`."""
    return " ".join(filter(None, (_day_words(draft.held_on), kinds_short(draft.kinds) or "会议")))


def question(draft: MeetingDraft) -> str:
    """Ask about a kept form: `发现 11月20日未完成的支委会记录`."""
    day = _day_words(draft.held_on)
    return f"发现{f' {day}' if day else ''}未完成的{kinds_short(draft.kinds) or '会议'}记录"


def _day_words(held_on: str | None) -> str:
    try:
        day = date.fromisoformat(held_on or "")
    except ValueError:
        return ""
    return f"{day.month}月{day.day}日"


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, MeetingDraft | AgendaDraft | AttendanceDraft | ResolutionDraft | VoteDraft):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    return value


def _record(shape: type[T], row: Mapping[str, Any]) -> T:
    return shape(**{name: bytes.fromhex(value) if name in _IDS and value else value for name, value in row.items()})
