"""What is on the screen as a workbook: any list that a page shows, written as text that stays text."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.core.files import write_whole
from desktop.services.sessions import EVERYONE, Session, allowed
from desktop.spreadsheets.writing import OutCell, OutColumn, write_list

ExportColumn = OutColumn
ExportCell = OutCell


@allowed(EVERYONE)
def write_rows(
    session: Session, *, title: str, columns: Sequence[ExportColumn], rows: Iterable[Sequence[ExportCell]], out: Path
) -> Path:
    """Write a list as the page shows it to `out` (xlsx) and give the path; a UserError where it cannot be written.

    Cells are what the account sees, masked where it is masked; the foot says which workspace and day it is of.
    """
    made = f"{session.workspace.identity.name} {session.today.isoformat()} 导出"
    write_whole(out, write_list(title, columns, rows, footer=made))
    return out
