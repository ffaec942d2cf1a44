"""What of meetings goes to paper: saved records, one or many, and a form that is not saved yet."""

from collections.abc import Sequence

from desktop.services import minutes, minutes_names
from desktop.services.meeting_drafts import MeetingDraft
from desktop.ui.dialogs.print_preview import Paper
from desktop.ui.meetings import draft_text


def of_meetings(keys: Sequence[bytes], name: str = "") -> Paper:
    """Give the paper of saved records; many are one PDF with bookmarks, or one file each."""
    chosen = tuple(keys)
    many = len(chosen) > 1
    return Paper(
        name or f"{len(chosen)} 份会议记录",
        lambda session: minutes.pdf(session, meetings=chosen, combined=many),
        lambda session: minutes_names.of_meetings(session, meetings=chosen),
        (lambda session, folder, progress: minutes.write(session, meetings=chosen, out=folder, progress=progress))
        if many
        else None,
        lambda session, deed: minutes.note(session, meetings=chosen, deed=deed),
    )


def of_draft(draft: MeetingDraft) -> Paper:
    """Give the paper of a form as it stands."""
    name = f"{draft_text.title(draft)} 会议记录"
    return Paper(
        name, lambda session: minutes.preview(session, draft=draft),
        lambda session: minutes_names.of_draft(session, draft=draft),
    )  # fmt: skip
