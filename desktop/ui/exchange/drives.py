"""The removable drives that are plugged in, by label and free space."""

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

MOUNTS = ("/media/", "/run/media/", "/mnt/")
REMOVABLE = 2
KILO = 1024


@dataclass(frozen=True, slots=True)
class Drive:
    """One drive: where its files are, its label, free bytes."""

    folder: Path
    label: str
    free: int

    @property
    def words(self) -> str:
        """Say it in a line: `U 盘 工作 · 剩余 12.4 GB`."""
        return f"{self.label} · 剩余 {size_text(self.free)}"


def removable() -> tuple[Drive, ...]:
    """Give the removable drives that can be written to."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and is_removable(root):
            label = volume.name() or Path(root).name or root
            found.append(Drive(Path(root), f"U 盘 {label}", volume.bytesAvailable()))
    return tuple(found)


def drive_at(folder: Path) -> Drive:
    """Give a folder as a place to write to, with what is free there."""
    volume = QStorageInfo(str(folder))
    return Drive(folder, str(folder), volume.bytesAvailable() if volume.isValid() else 0)


if sys.platform == "win32":
    import ctypes

    def is_removable(root: str) -> bool:
        """Tell whether a drive is one that can be pulled out."""
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == REMOVABLE)

else:

    def is_removable(root: str) -> bool:
        """Tell whether a mount point is where desktops mount what is plugged in."""
        return root.startswith(MOUNTS)


def size_text(size: int) -> str:
    """Write bytes as people read them: `35 MB`, `12.4 GB`."""
    amount, unit = float(max(size, 0)), "B"
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if amount < KILO or unit == "TB":
            break
        amount /= KILO
    return f"{amount:.1f} {unit}" if unit in ("GB", "TB") else f"{amount:.0f} {unit}"
