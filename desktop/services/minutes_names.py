"""What files of minutes are called: `2026-11-05_柳溪社区老年协会党支部_党员大会.pdf`, `…党工委_2026年会议记录.pdf`."""

from collections.abc import Iterable, Sequence

from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.meeting_lists import kinds_short
from desktop.services.sessions import EVERYONE, Session, allowed, check_scope

_UNSAFE = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))
_LONGEST = 200  # bytes; the temporary name beside it is a little longer, the file system stops at 255
_NO_DAY = "未注明日期"


def file_name(parts: Iterable[str | None]) -> str:
    """Join parts by `_` into a name that Windows takes too: no reserved sign, no blank or point at its end."""
    stem = "_".join(filter(None, parts)).translate(_UNSAFE)
    stem = "".join(char for char in stem if char.isprintable()).strip(" .")
    return f"{stem.encode()[:_LONGEST].decode(errors='ignore').rstrip(' .')}.pdf"


@allowed(EVERYONE)
def of_draft(session: Session, *, draft: MeetingDraft) -> str:
    """Name the file of one meeting by its day, branch and kinds."""
    check_scope(session, draft.branch)
    return file_name((draft.held_on or _NO_DAY, _branch(session, draft.branch), _kinds(draft.kinds)))


@allowed(EVERYONE)
def of_meetings(session: Session, *, meetings: Sequence[bytes]) -> str:
    """Name the file of saved meetings: one by its day, many by their branch (or the township) and their years."""
    rows = [_head(session, key) for key in meetings]
    if len(rows) == 1:
        branch, held_on, kinds = rows[0]
        return file_name((held_on or _NO_DAY, _branch(session, branch), _kinds(kinds)))
    branches = {branch for branch, _, _ in rows}
    years = sorted({held_on[:4] for _, held_on, _ in rows if held_on})
    span = f"{'—'.join(dict.fromkeys((years[0], years[-1])))}年" if years else ""
    return file_name((_branch(session, *branches) if len(branches) == 1 else _root(session), f"{span}会议记录"))


def _head(session: Session, meeting: bytes) -> tuple[bytes, str | None, tuple[str, ...]]:
    row = session.db.one("SELECT branch_id, held_on FROM meeting WHERE id = ?", (meeting,)) or (b"", None)
    check_scope(session, row[0])
    kinds = session.db.rows("SELECT kind FROM meeting_kind WHERE meeting_id = ? ORDER BY rowid", (meeting,))
    return row[0], row[1], tuple(kind for (kind,) in kinds)


def _kinds(kinds: tuple[str, ...]) -> str:
    return kinds_short(kinds).replace("、", "暨")


def _branch(session: Session, branch: bytes) -> str:
    row = session.db.one("SELECT coalesce(short_name, name) FROM branch WHERE id = ?", (branch,))
    return str(row[0]) if row else ""


def _root(session: Session) -> str:
    """Name the Party organisation at the top of the tree."""
    row = session.db.one(
        "SELECT coalesce(short_name, name) FROM branch WHERE parent_id IS NULL AND _deleted IS NULL "
        "ORDER BY sort IS NULL, sort, code LIMIT 1"
    )
    return str(row[0]) if row else ""
