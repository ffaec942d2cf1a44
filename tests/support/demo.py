"""The demo township for tests: made once a session, plain, and copied for whoever wants to change it."""

import functools
import shutil
import tempfile
from datetime import date
from pathlib import Path

from desktop.core.clock import SystemClock
from desktop.demo import township
from desktop.demo.township import Made
from desktop.services import workspaces
from desktop.services.sessions import Session


@functools.cache
def template() -> tuple[Path, Made]:
    """Make the small demo once; its folder is never opened, only copied."""
    folder = Path(tempfile.mkdtemp(prefix="doudi-demo-")) / "w"
    return folder, township.make(folder, encrypted=False)


def made() -> Made:
    """Give what the demo says of itself: password, day, planted findings."""
    return template()[1]


def copy_demo(folder: Path, *, account: str = "gly") -> Session:
    """Copy the demo into `folder`, which does not exist yet, and open it for one account (`gly gs sj cy`)."""
    shutil.copytree(template()[0], folder)
    return open_demo(folder, account=account)


def open_demo(folder: Path, *, account: str = "gly") -> Session:
    """Open a copied demo again on its own day."""
    clock = SystemClock(date.fromisoformat(made().on))
    return workspaces.unlock(folder, account=account, password=made().password, clock=clock)
