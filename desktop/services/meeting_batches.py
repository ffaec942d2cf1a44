"""The same deed on many records at once: one unit, one 撤销; what cannot go along is left and named with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.core.changes import NOTHING, Changes
from desktop.services import meeting_states, meetings, records
from desktop.services.meeting_lists import STATE_WORDS
from desktop.services.sessions import STAFF, WRITERS, Session, allowed
from desktop.services.units import unit


@dataclass(frozen=True, slots=True)
class Left:
    """One record that was not taken along, named by day and topic, and why."""

    id: bytes
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of it: how many were done, and which were left."""

    changes: Changes
    done: int
    left: tuple[Left, ...]


@allowed(STAFF)
def archive(session: Session, *, meetings: Sequence[bytes]) -> Batch:
    """Archive records; those that lack something or have not passed are left as they are."""
    return _each(session, meetings, "归档", meeting_states.archive, frozenset({"passed"}))


@allowed(STAFF)
def pass_(session: Session, *, meetings: Sequence[bytes]) -> Batch:
    """Pass records that were handed in; the others are left as they are."""
    return _each(session, meetings, "通过", meeting_states.pass_, frozenset({"submitted"}))


@allowed(WRITERS)
def hand_in(session: Session, *, meetings: Sequence[bytes]) -> Batch:
    """Hand drafts and returned records in; the others are left as they are."""
    return _each(session, meetings, "上报", meeting_states.hand_in, frozenset({"draft", "returned"}))


@allowed(WRITERS)
def remove(session: Session, *, meetings: Sequence[bytes], reason: str) -> Batch:
    """Put records into the recycle bin; archived ones, and what this account may not change, are left as they are."""
    states = {"draft", "returned"} | ({"submitted", "passed"} if session.role in STAFF else set())
    return _each(session, meetings, "删除", partial(_remove, reason=reason), frozenset(states))


def _remove(session: Session, *, meeting: bytes, reason: str) -> Changes:
    return meetings.remove(session, meeting=meeting, reason=reason)


def _each(
    session: Session, keys: Sequence[bytes], verb: str, deed: Callable[..., Changes], states: frozenset[str]
) -> Batch:
    """Look at every record first, so that the unit names how many it really takes along, then do them in one unit."""
    left = [Left(key, _name(session, key), why) for key in keys if (why := _hindrance(session, key, verb, states))]
    stay = {row.id for row in left}
    ready = [key for key in keys if key not in stay]
    if not ready:
        return Batch(NOTHING, 0, tuple(left))
    with unit(session, f"{verb} {len(ready)} 份会议记录") as work:
        for key in ready:
            deed(session, meeting=key)
    return Batch(work.changes, len(ready), tuple(left))


def _hindrance(session: Session, key: bytes, verb: str, states: frozenset[str]) -> str:
    state = records.get(session, "meeting", key)["state"]
    if state not in states:
        return f"现在是“{STATE_WORDS.get(state, state)}”"
    if verb != "归档":
        return ""
    found = meeting_states.gaps(session, draft=meetings.open_(session, meeting=key))
    return "；".join(problem.sentence for problem in found)


def _name(session: Session, key: bytes) -> str:
    row = records.get(session, "meeting", key)
    return " ".join(filter(None, (row["held_on"], row["topic"]))) or "未注明日期的记录"
