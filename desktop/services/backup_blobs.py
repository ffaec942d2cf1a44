"""The files of attachments beside a backup: copied once per place, as they lie, and brought back from where they are.

In an encrypted workspace they are containers under the same data key as the backup, so a copy is never plain.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

from desktop.core.files import fsync_folder, part_beside
from desktop.core.paths import WorkspacePaths
from desktop.services import blobs
from desktop.services.sessions import Workspace

FOLDER = "attachments"


def gather(workspace: Workspace, out: Path) -> list[str]:
    """Copy the files of all attachments into `out/attachments`, and give their hashes, sorted; OSError as it comes.

    The workspace's own folder of backups needs none: the files lie beside it. One whose file has not come is left out.
    """
    rows = workspace.reader().rows("SELECT DISTINCT sha256 FROM attachment WHERE sha256 IS NOT NULL ORDER BY sha256")
    here = [sha256 for (sha256,) in rows if blobs.place(workspace, sha256).is_file()]
    if out.resolve() != workspace.paths.backups.resolve():
        for sha256 in here:
            _copy(blobs.place(workspace, sha256), out / FOLDER / sha256[:2] / sha256)
    return here


def bring(file: Path, wanted: Iterable[str], paths: WorkspacePaths) -> int:
    """Copy what lies beside a backup, or beside its workspace, into a restored one; count those that are missing."""
    missing = 0
    for sha256 in wanted:
        places = (folder / FOLDER / sha256[:2] / sha256 for folder in (file.parent, file.parent.parent))
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            missing += 1
        else:
            _copy(found, paths.attachments / sha256[:2] / sha256)
    return missing


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = part_beside(target)
    try:
        shutil.copyfile(source, part)
        part.chmod(0o600)
        part.replace(target)
        fsync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
