"""The workspace that the first start makes on its way: made with the password, taken away on going back, or kept."""

from datetime import date
from pathlib import Path

from desktop.core.clock import Clock, SystemClock
from desktop.core.errors import UserError
from desktop.core.recent import last_workspace, remember
from desktop.demo import township
from desktop.services import workspaces
from desktop.services.sessions import Session


class Founding:
    """`session` is the new workspace while the wizard holds it."""

    def __init__(self, clock: Clock) -> None:
        self.session: Session | None = None
        self._clock, self._fresh = clock, True
        self._before = last_workspace()

    def make(
        self, folder: Path, *, kind: str, code: str, name: str, password: str, root: str | None = None
    ) -> Session:
        """Make the workspace of a unit, a township's with its `root` of P1 or P2; hand what comes out to `hold`."""
        self._fresh = not folder.exists()
        made = workspaces.create(
            folder, kind=kind, org_code=code, org_name=name, password=password, clock=self._clock
        )
        remember(folder)  # after a power cut the next start must offer it, not refuse its folder
        try:
            workspaces.begin_root(made.session, kind=root)
        except BaseException:
            self.hold(made.session)
            self.discard()
            raise
        return made.session

    def hold(self, session: Session) -> None:
        """Keep the new workspace open while its recovery sheet is made."""
        self.session = session

    def discard(self) -> None:
        """Take the workspace away again, since nothing is in it, and remember the one of before."""
        folder = self.close()
        if folder is not None:
            workspaces.discard(folder, fresh=self._fresh)
            if self._before is not None:
                remember(self._before)

    def release(self) -> Session | None:
        """Give the workspace away, to be worked in."""
        session, self.session = self.session, None
        return session

    def close(self) -> Path | None:
        """Close the workspace and give its folder: it opens at the next start, and asks for its recovery sheet."""
        session = self.release()
        if session is None:
            return None
        workspaces.close(session.workspace)
        return session.workspace.paths.folder


def demo_at(folder: Path) -> Session:
    """Open example records for their first account, on their own day; make them where they are missing."""
    if workspaces.demo_of(folder) is None:
        township.make(folder)
    demo = workspaces.demo_of(folder)
    if demo is None:
        raise UserError("没有打开示例数据。", "它没有建完。", "请删掉这个文件夹，再试一次。", "no-workspace")
    clock = SystemClock(date.fromisoformat(demo.on))
    return workspaces.unlock(folder, account=demo.accounts[0][0], password=demo.password, clock=clock)
