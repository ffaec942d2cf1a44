"""Open workspaces for tests: made once a session and copied, with the password hash at its floor."""

import functools
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop.core import ids
from desktop.core.clock import Clock, SystemClock
from desktop.security.slots import Cost
from desktop.services import workspaces
from desktop.services.sessions import Session

PASSWORD = "柳溪青禾望湖-2026"
DAY = date(2026, 11, 23)
CODES = {
    "township": ("329901001", "青禾街道"),
    "county": ("329901", "澄湾区委组织部"),
    "branch": ("329901001B012", "柳溪社区老年协会党支部"),
}


@functools.cache
def _template(kind: str, *, encrypted: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="doudi-template-")) / "w"
    code, name = CODES[kind]
    made = workspaces.create(
        folder, kind=kind, org_code=code, org_name=name, password=PASSWORD,
        clock=SystemClock(DAY), encrypted=encrypted, cost=Cost(),
    )  # fmt: skip
    workspaces.begin_root(made.session)
    workspaces.close(made.session.workspace)
    return folder


def open_new(
    folder: Path,
    kind: str = "township",
    *,
    encrypted: bool = True,
    clock: Clock | None = None,
    new_id: Callable[[], bytes] = ids.new_id,
) -> Session:
    """Give an open workspace of the kind in `folder`, copied from the template; all copies share one site.

    Where sites must differ (exchange), make the second with `workspaces.create` and `cost=Cost()`.
    """
    shutil.copytree(_template(kind, encrypted=encrypted), folder)
    return reopen(folder, clock=clock, new_id=new_id)


def reopen(
    folder: Path, *, account: str = "gly", clock: Clock | None = None, new_id: Callable[[], bytes] = ids.new_id
) -> Session:
    """Open a test workspace again."""
    return workspaces.unlock(
        folder, account=account, password=PASSWORD, clock=clock or SystemClock(DAY), new_id=new_id
    )
