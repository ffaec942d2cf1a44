"""The recovery sheet on paper: made once when a code is made, never stored."""

from desktop.services.sessions import ADMINS, Session, allowed


@allowed(ADMINS)
def sheet(session: Session, *, code: str) -> bytes:
    """Give the PDF of the recovery sheet of this workspace for a code; the caller prints or saves it."""
    from desktop.documents.recovery import RecoverySheet, recovery_pdf  # the PDF library, after the first paint

    workspace = session.workspace
    return recovery_pdf(RecoverySheet(workspace.identity.name, workspace.paths.folder.name, code))
