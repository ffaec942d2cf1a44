"""导出: what a list shows, as a workbook; the page asks for the file and says where it is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.services import exports
from desktop.services.exports import ExportColumn
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.widgets.table_model import Column
from desktop.ui.widgets.tables import Table

LAST_FOLDER = "export.folder"


def ask(context: Context, owner: QWidget, table: Table, title: str, rows: Sequence[object]) -> None:
    """Ask for a file and write the rows to it as the list shows them."""
    name = f"{title} {context.session.today.isoformat()}.xlsx"
    folder = Path(context.settings.get(LAST_FOLDER, str(Path.home())))
    chosen, _ = QFileDialog.getSaveFileName(owner, f"导出{title}", str(folder / name), "Excel 工作簿 (*.xlsx)")
    if chosen:
        to_file(context, owner, table, title, rows, Path(chosen).with_suffix(".xlsx"))


def to_file(
    context: Context, owner: QWidget, table: Table, title: str, rows: Sequence[object], out: Path
) -> None:  # fmt: skip
    """Write the rows of a list to a file, and say where it is."""
    columns, listed = table.visible_columns(), tuple(rows)

    def done(path: Path) -> None:
        context.settings.set(LAST_FOLDER, str(path.parent))
        where = QUrl.fromLocalFile(str(path.parent))
        context.toast.say(f"已导出 {path.name}", "打开所在文件夹", lambda: QDesktopServices.openUrl(where))

    context.tasks.run_query(
        owner, lambda session: _write(session, title, columns, listed, out), done, title=f"导出{title}"
    )


def _write(session: Session, title: str, columns: Sequence[Column], rows: Sequence[object], out: Path) -> Path:
    wanted = [ExportColumn(column.title, max(8, column.width // 7)) for column in columns]
    cells = ([column.shown(row) for column in columns] for row in rows)
    return exports.write_rows(session, title=title, columns=wanted, rows=cells, out=out)
