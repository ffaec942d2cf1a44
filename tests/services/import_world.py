"""What the tests of rosters share: sheets of a few lines, brought in through the child process."""

from pathlib import Path

from desktop.services import importing
from desktop.services.importing import ImportResult
from desktop.services.sessions import Session
from desktop.spreadsheets.fields import RosterKind
from tests.support import workbooks


def bring(session: Session, kind: RosterKind, folder: Path, heading: str, *lines: str) -> ImportResult:
    """Import a sheet whose heading and lines are texts parted by `|`."""
    path = folder / "名册.xlsx"
    path.write_bytes(workbooks.simple([list(line.split("|")) for line in (heading, *lines)]))
    return importing.import_file(session, kind=kind, file=path)


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    """Give new, changed, same, doubtful and refused."""
    return (result.new, result.changed, result.same, result.doubtful, result.refused)
