"""Where things lie: the program's own resources, the user's state folder, the inside of a workspace."""

import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs


def resources() -> Path:
    """Give the folder of the program's read-only data, in a checkout and in a frozen program alike."""
    frozen = getattr(sys, "_MEIPASS", None)
    return (Path(frozen) if frozen else Path(__file__).parents[2]) / "resources"


def state_folder() -> Path:
    """Give (and make) the user's state folder: the last workspace, the device sidecars, window geometry."""
    folder = Path(platformdirs.user_state_dir("doudi", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True, slots=True)
class WorkspacePaths:
    """The names inside one workspace folder (data.md)."""

    folder: Path

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.folder / "workspace.db"

    @property
    def keys(self) -> Path:
        """The password slots; the generation before lies beside it."""
        return self.folder / "keys.json"

    @property
    def keys_before(self) -> Path:
        """The generation of `keys.json` before the present one."""
        return self.folder / "keys.prev.json"

    @property
    def lock(self) -> Path:
        """The file that the OS lock is held on."""
        return self.folder / "workspace.lock"

    @property
    def attachments(self) -> Path:
        """Blobs by content: `ab/<sha256>`."""
        return self.folder / "attachments"

    @property
    def backups(self) -> Path:
        """Backups made by the program."""
        return self.folder / "backups"

    @property
    def packages(self) -> Path:
        """Packages sent and received."""
        return self.folder / "packages"

    @property
    def logs(self) -> Path:
        """Logs: ids, never content."""
        return self.folder / "logs"
