"""What autosave keeps of forms not saved: local rows of the own account, outside units, there after a crash."""

from dataclasses import dataclass

from desktop.core.clock import instant_text
from desktop.services.sessions import WRITERS, Session, allowed
from desktop.services.storage import transaction


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One form as autosave kept it; `content` is the JSON text that the form gave."""

    id: bytes
    kind: str
    subject: str | None
    title: str | None
    content: str
    saved_at: str


@allowed(WRITERS)
def keep(
    session: Session, *, kind: str, content: str, subject: str | None = None, title: str | None = None,
    draft: bytes | None = None,
) -> bytes:  # fmt: skip
    """Keep a form's JSON text, over the kept `draft` of the same account where one is named; give its id."""
    key = draft or session.new_id()
    at = instant_text(session.workspace.clock.now())
    with transaction(session.workspace.write):
        session.workspace.write.run(
            "INSERT INTO draft (id, account, kind, subject, title, content, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, title = excluded.title, "
            "content = excluded.content, saved_at = excluded.saved_at WHERE account = excluded.account",
            (key, session.account, kind, subject, title, content, at),
        )
    return key


@allowed(WRITERS)
def kept(session: Session, *, kind: str | None = None) -> tuple[KeptDraft, ...]:
    """Give the own account's kept forms, newest first; of one kind where it is named."""
    rows = session.db.rows(
        "SELECT id, kind, subject, title, content, saved_at FROM draft WHERE account = ? AND (? IS NULL OR kind = ?) "
        "ORDER BY saved_at DESC, id DESC",
        (session.account, kind, kind),
    )
    return tuple(KeptDraft(*row) for row in rows)


@allowed(WRITERS)
def discard(session: Session, *, draft: bytes) -> None:
    """Drop a kept form of the own account."""
    with transaction(session.workspace.write):
        session.workspace.write.run("DELETE FROM draft WHERE id = ? AND account = ?", (draft, session.account))
