"""One record as the drawer shows it: its minutes in words, its state, what it lacks, and what may be done with it."""

from dataclasses import dataclass

from desktop.documents.record import Minutes
from desktop.services import meeting_makeups, meeting_states, meetings, minutes, records
from desktop.services.meeting_lists import STATE_WORDS
from desktop.services.sessions import EVERYONE, STAFF, WRITERS, Role, Session, allowed

EDIT, HAND_IN, PASS, RETURN, ARCHIVE, CORRECT, REMOVE, PRINT = (
    "edit", "hand_in", "pass", "return", "archive", "correct", "remove", "print",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One saved record: `minutes` in words, `lacks` as sentences (MTG-17), `deeds` that this account may do now."""

    id: bytes
    minutes: Minutes
    state: str
    state_name: str
    state_note: str | None
    version: int
    brief: bool
    lacks: tuple[str, ...]
    deeds: frozenset[str]
    newest: bool
    makes_up: str


_CHAIN = (
    "WITH RECURSIVE chain(id) AS (SELECT ? UNION SELECT m.id FROM chain c JOIN meeting m ON m.version_of = c.id UNION "
    "SELECT m.version_of FROM chain c JOIN meeting m ON m.id = c.id WHERE m.version_of IS NOT NULL) "
    "SELECT m.id FROM chain c JOIN meeting m ON m.id = c.id "
    "WHERE m._deleted IS NULL ORDER BY coalesce(m.version, 1) DESC LIMIT 1"
)


@allowed(EVERYONE)
def view(session: Session, *, meeting: bytes) -> MeetingView:
    """Give a saved record with all that its drawer says."""
    said = minutes.of_meeting(session, meeting=meeting)
    row = records.get(session, "meeting", meeting)
    found = meeting_states.gaps(session, draft=meetings.open_(session, meeting=meeting))
    newest = not session.db.one("SELECT 1 FROM meeting WHERE version_of = ? AND _deleted IS NULL", (meeting,))
    state = str(row["state"])
    return MeetingView(
        meeting, said, state, STATE_WORDS.get(state, state), row["state_note"], row["version"] or 1,
        row["record_class"] == "brief", tuple(problem.sentence for problem in found),
        deeds(session.role, state, newest=newest), newest,
        meeting_makeups.words(row["extra"]),
    )  # fmt: skip


@allowed(EVERYONE)
def standing(session: Session, *, meeting: bytes, newest: bool) -> bytes:
    """Give the version to look at on from one that was looked at; that one itself where none stands.

    An undone correction leaves the version before it, a correction done again the one after; who looked at an old
    version (`newest` False) stays with it while it is there.
    """
    if not newest and session.db.one("SELECT 1 FROM meeting WHERE id = ? AND _deleted IS NULL", (meeting,)):
        return meeting
    row = session.db.one(_CHAIN, (meeting,))
    return row[0] if row else meeting


def deeds(role: Role, state: str, *, newest: bool = True) -> frozenset[str]:
    """Give what a role may do with a record in a state; a version that was corrected is only printed."""
    found = {PRINT}
    if role not in WRITERS or not newest:
        return frozenset(found)
    staff = role in STAFF
    if state in {"draft", "returned"}:
        found |= {EDIT, HAND_IN, REMOVE}
    if state == "submitted" and staff:
        found |= {EDIT, PASS, RETURN, REMOVE}
    if state == "passed" and staff:
        found |= {EDIT, ARCHIVE, RETURN, REMOVE}
    if state == "archived" and staff:
        found |= {CORRECT}
    return frozenset(found)
