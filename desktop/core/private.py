"""Keeps what belongs to a workspace for its owner alone, on systems that know owners (POSIX)."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
# What a drive without modes (FAT, some network drives) says; whoever owns the file is refused by nothing else.
_NO_MODES = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


def tighten(folder: Path) -> None:
    """Take a folder and all in it away from others, where they are ours; a link and what it points to stay."""
    if os.name != "posix":
        return
    for path in (folder, *_inside(folder)):
        _tighten_one(path)


def _inside(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        yield from (Path(root, name) for name in (*folders, *names))


def _tighten_one(path: Path) -> None:
    try:
        seen = path.lstat()
        wanted = FOLDER if stat.S_ISDIR(seen.st_mode) else FILE
        ours = seen.st_uid == os.geteuid() and (stat.S_ISDIR(seen.st_mode) or stat.S_ISREG(seen.st_mode))
        if ours and stat.S_IMODE(seen.st_mode) & ~wanted:
            path.chmod(stat.S_IMODE(seen.st_mode) & wanted)
    except FileNotFoundError:
        return  # a file of a moment, gone meanwhile
    except OSError as error:
        if error.errno not in _NO_MODES:
            raise
