"""Minutes on paper: which records print, what they say, and the files that are written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.core.calendar import date_words
from desktop.core.errors import UserError
from desktop.core.files import disk_words, write_whole
from desktop.core.progress import Progress
from desktop.documents import minutes as papers
from desktop.documents.record import Minutes
from desktop.services import audits, meetings, minutes_names, records
from desktop.services.meeting_drafts import MeetingDraft
from desktop.services.minutes_words import minutes_of
from desktop.services.sessions import EVERYONE, STAFF, Session, allowed, branches_in_scope, check_scope
from desktop.services.storage import transaction

_PRINTED = ("passed", "archived")
_CHOOSE = (
    "SELECT m.id, m.branch_id FROM meeting m LEFT JOIN branch b ON b.id = m.branch_id WHERE m._deleted IS NULL "
    "AND (? IS NULL OR m.branch_id = ?) AND (? IS NULL OR substr(m.held_on, 1, 4) = ?) AND (? OR m.state IN (?, ?)) "
    "ORDER BY b.sort IS NULL, b.sort, b.code, m.held_on, m.starts_at, coalesce(m.version, 1), m.id"
)
_VERSIONS = (
    "WITH RECURSIVE chain(id) AS (SELECT ? UNION SELECT m.id FROM chain c JOIN meeting m ON m.version_of = c.id UNION "
    "SELECT m.version_of FROM chain c JOIN meeting m ON m.id = c.id WHERE m.version_of IS NOT NULL) "
    "SELECT m.id, m.state FROM chain c JOIN meeting m ON m.id = c.id "
    "WHERE m._deleted IS NULL ORDER BY coalesce(m.version, 1)"
)


@allowed(EVERYONE)
def select(
    session: Session, *, meeting: bytes | None = None, branch: bytes | None = None, year: int | None = None,
    drafts: bool = False,
) -> tuple[bytes, ...]:  # fmt: skip
    """Choose the records that print: passed and archived ones, each with the versions that it corrects.

    `meeting` is one record, else all of a branch or of the account's scope, of one year if given; `drafts` adds the
    rest. They come by branch and date.
    """
    if meeting is not None:
        return _versions(session, meeting, drafts=drafts)
    if branch is not None:
        check_scope(session, branch)
    text = None if year is None else f"{year:04d}"
    scope = branches_in_scope(session)
    rows = session.db.rows(_CHOOSE, (branch, branch, text, text, drafts, *_PRINTED))
    return tuple(key for key, owner in rows if scope is None or owner in scope)


@allowed(EVERYONE)
def of_meeting(session: Session, *, meeting: bytes) -> Minutes:
    """Give what the minutes of a saved meeting say."""
    draft = meetings.open_(session, meeting=meeting)
    row = records.get(session, "meeting", meeting)
    made = replace(_made(session, draft), draft=row["state"] not in _PRINTED)
    return _with_versions(session, made, row)


@allowed(EVERYONE)
def of_draft(session: Session, *, draft: MeetingDraft) -> Minutes:
    """Give what the minutes of an unsaved form say; 草稿 lies across what will stay a draft when it is saved."""
    check_scope(session, draft.branch)
    made = _made(session, draft)
    if draft.id is None:
        return replace(made, draft=session.role not in STAFF)
    row = records.get(session, "meeting", draft.id)
    return _with_versions(session, replace(made, draft=row["state"] not in _PRINTED), row)


@allowed(EVERYONE)
def preview(session: Session, *, draft: MeetingDraft) -> bytes:
    """Give the PDF of an unsaved form, the very bytes that saving and printing it would write."""
    return papers.minutes_pdf(of_draft(session, draft=draft))


@allowed(EVERYONE)
def pdf(
    session: Session, *, meetings: Sequence[bytes], combined: bool = True, progress: Progress | None = None
) -> bytes:
    """Give one PDF of one or more meetings, for the printer; `combined` adds bookmarks."""
    if len(meetings) == 1 and not combined:
        return papers.minutes_pdf(of_meeting(session, meeting=meetings[0]))
    if not meetings:
        raise UserError("没有打印。", "没有选会议记录。", "请先选一份或几份。", "nothing-chosen")
    return papers.combined_pdf(_each(session, meetings, progress))


@allowed(EVERYONE)
def write(
    session: Session, *, meetings: Sequence[bytes], out: Path, combined: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Write a PDF a meeting into the folder `out`, or all as the one file `out`; give the paths.

    No file is overwritten: a name that is taken gets （2）. Cancelling keeps the files that are finished.
    """
    if not meetings:
        return ()
    if combined:
        path = out / minutes_names.of_meetings(session, meetings=meetings) if out.is_dir() else out
        _make_folder(path.parent)
        content = papers.combined_pdf(_each(session, meetings, progress))
        return (_put(path, content),)
    _make_folder(out)
    return tuple(
        _put(out / minutes_names.of_meetings(session, meetings=(key,)), papers.minutes_pdf(made))
        for key, made in zip(meetings, _each(session, meetings, progress), strict=False)
    )


@allowed(EVERYONE)
def note(session: Session, *, meetings: Sequence[bytes], deed: str) -> None:
    """Write into the audit which records were printed (`print`) or saved as PDF (`save-pdf`), by whom and when."""
    for key in meetings:
        check_scope(session, records.get(session, "meeting", key)["branch_id"])
    detail = " ".join(f"meeting:{key.hex()}" for key in meetings)
    with transaction(session.workspace.write):
        audits.append(session.workspace, account=session.account, deed=deed, detail=detail)


def _versions(session: Session, meeting: bytes, *, drafts: bool) -> tuple[bytes, ...]:
    row = records.get(session, "meeting", meeting)
    check_scope(session, row["branch_id"])
    chosen = tuple(
        key for key, state in session.db.rows(_VERSIONS, (meeting,)) if drafts or state in _PRINTED
    )
    if meeting not in chosen:
        raise UserError(
            "没有打印。", "这份记录还没有通过。", "请通过后再打印，或选择连同草稿一起打印。", "not-passed"
        )
    return chosen


def _made(session: Session, draft: MeetingDraft) -> Minutes:
    branch = records.get(session, "branch", draft.branch)
    group = records.find(session, "party_group", draft.party_group) if draft.party_group else None
    numbers = {}
    if draft.id is not None:
        rows = session.db.rows("SELECT kind, number FROM meeting_kind WHERE meeting_id = ?", (draft.id,))
        numbers = {kind: number for kind, number in rows if number is not None}
    voted = {vote.person_id for vote in draft.votes if vote.person_id is not None}
    found = {key: records.find(session, "person", key) for key in voted}
    persons = {key: row["name"] for key, row in found.items() if row}
    name = group["name"] if group else None
    return minutes_of(draft, branch=branch["name"], group=name, numbers=numbers, persons=persons)


def _with_versions(session: Session, made: Minutes, row: dict[str, Any]) -> Minutes:
    """Say which version this is, which it corrects and which corrects it, with the reasons."""
    older = records.find(session, "meeting", row["version_of"]) if row["version_of"] else None
    newer = session.db.one(
        "SELECT version, reason FROM meeting WHERE version_of = ? AND _deleted IS NULL", (row["id"],)
    )
    if older is None and newer is None:
        return made
    marks, notes = [f"第{row['version'] or 1}版"], []
    if older is not None:
        marks.append(f"更正第{older['version'] or 1}版")
        held = date_words(older["held_on"])
        notes.append(f"本版更正{held}会议记录的第{older['version'] or 1}版。更正理由：{row['reason'] or ''}")
    if newer is not None:
        marks.append(f"已由第{newer[0]}版更正")
        notes.append(f"本版已由第{newer[0]}版更正，以第{newer[0]}版为准。更正理由：{newer[1] or ''}")
    return replace(made, version="，".join(marks), correction="\n".join(notes))


def _each(session: Session, chosen: Sequence[bytes], progress: Progress | None) -> Iterator[Minutes]:
    for done, key in enumerate(chosen):
        if progress is not None:
            progress.step(done, len(chosen), "正在写会议记录")
        yield of_meeting(session, meeting=key)
    if progress is not None:
        progress.step(len(chosen), len(chosen), "已写好")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"没有建立文件夹 {folder.name}。", f"{disk_words(error)}。", "请换一个位置，再试一次。", "cannot-write"
        ) from error


def _put(path: Path, content: bytes) -> Path:
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}（{number}）{path.suffix}")
    write_whole(free, content)
    return free
