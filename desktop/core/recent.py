"""The workspace that was opened last, noted in the user's state folder for the window and the command line alike."""

import contextlib
from pathlib import Path

from desktop.core.paths import state_folder

LAST = "last_workspace"


def last_workspace() -> Path | None:
    """Give the workspace that was opened last, or None where none is noted."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        noted = (state_folder() / LAST).read_text(encoding="utf-8").strip()
        return Path(noted) if noted else None
    return None


def remember(folder: Path) -> None:
    """Note the workspace that was opened; a state folder that cannot be written costs the memory, not the work."""
    with contextlib.suppress(OSError):
        (state_folder() / LAST).write_text(str(folder.resolve()), encoding="utf-8")
