"""A county and a township that have enrolled: made once a driver and copied, so that each test has its own pair."""

import functools
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.core.clock import Clock, SystemClock
from desktop.models.registry import MODELS
from desktop.security.slots import Cost
from desktop.services import records, workspaces
from desktop.services.exchange import enrolment, exporting, importing
from desktop.services.exchange.exporting import Exported
from desktop.services.exchange.importing import Applied
from desktop.services.sessions import Session
from desktop.services.units import unit
from tests.support.places import CODES, DAY, PASSWORD, reopen

COUNTY, TOWNSHIP = "/329901", "/329901/001"


def make(folder: Path, kind: str, *, encrypted: bool, code: str | None = None) -> Session:
    """Make a workspace of its own site."""
    org_code, name = CODES[kind]
    made = workspaces.create(
        folder, kind=kind, org_code=code or org_code, org_name=name, password=PASSWORD, clock=SystemClock(DAY),
        encrypted=encrypted, cost=Cost(),
    )  # fmt: skip
    workspaces.begin_root(made.session)
    return made.session


def enrol(session: Session, issuer: Session, stick: Path) -> None:
    """Enrol a site with its superior by files, both fingerprints said."""
    asked = enrolment.request(session, out=stick)
    path = session.workspace.identity.path
    issued = enrolment.issue(issuer, file=asked.file, as_path=path, out=stick, fingerprint=asked.fingerprint)
    enrolment.accept(session, file=issued.file, fingerprint=issued.fingerprint)


@functools.cache
def _template(*, encrypted: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="doudi-pair-"))
    county = make(folder / "county", "county", encrypted=encrypted)
    for name in ("township", "second"):
        township = make(folder / name, "township", encrypted=encrypted)
        enrol(township, county, folder / "stick")
        workspaces.close(township.workspace)
    workspaces.close(county.workspace)
    return folder


@dataclass
class Pair:
    """A township and its county, a stick between them, and a second laptop of the same township."""

    folder: Path
    township: Session
    county: Session
    second: Session | None = None

    @property
    def stick(self) -> Path:
        """The folder that stands for the USB stick."""
        return self.folder / "stick"

    def up(self) -> Exported:
        """Export from the township to the county."""
        return exporting.export(self.township, to=COUNTY, out=self.stick)

    def down(self) -> Exported:
        """Export from the county to the township."""
        return exporting.export(self.county, to=TOWNSHIP, out=self.stick)

    def send_up(self) -> Applied:
        """Export from the township and apply at the county."""
        return importing.apply(self.county, file=self.up().files[0])

    def send_down(self) -> Applied:
        """Export from the county and apply at the township."""
        return importing.apply(self.township, file=self.down().files[0])

    def close(self) -> None:
        """Close all."""
        for session in (self.township, self.county, self.second):
            if session is not None:
                workspaces.close(session.workspace)


def open_pair(
    folder: Path, *, encrypted: bool = False, second: bool = False, clock: Callable[[], Clock] | None = None
) -> Pair:
    """Give a fresh copy of the enrolled pair under `folder`."""
    shutil.copytree(_template(encrypted=encrypted), folder, dirs_exist_ok=True)
    times = [clock() if clock else None for _ in range(3)]
    return Pair(
        folder,
        reopen(folder / "township", clock=times[0]),
        reopen(folder / "county", clock=times[1]),
        reopen(folder / "second", clock=times[2]) if second else None,
    )


def add(session: Session, table: str, **values: Any) -> bytes:  # noqa: ANN401 - any column
    """Insert one record in a unit of its own."""
    with unit(session, f"新增 {table}"):
        return records.insert(session, MODELS[table], values)


def edit(session: Session, table: str, key: bytes, **values: Any) -> None:  # noqa: ANN401 - any column
    """Change columns of one record in a unit of its own."""
    with unit(session, f"修改 {table}"):
        records.update(session, MODELS[table], key, values)


def cell(session: Session, table: str, key: bytes, column: str) -> object:
    """Read one cell."""
    row = session.db.one(f"SELECT {column} FROM {table} WHERE id = ?", (key,))
    return row[0] if row else None


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Give all rows of all travelling tables, parts with them, conflicts too."""
    from desktop.models.registry import PART_SPECS, SPECS

    return {name: sorted(session.db.rows(f"SELECT * FROM {name}"), key=repr) for name in (*SPECS, *PART_SPECS)}
