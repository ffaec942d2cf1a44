"""The workbook of what the page lists: where it goes, and the word about it when it is there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.context import Context
from desktop.ui.dialogs.print_preview import LAST_FOLDER
from desktop.ui.meetings import listing
from desktop.ui.widgets.tables import Table


class Exporter:
    """Writes the table that `listed` gives, with its title, as it is shown."""

    def __init__(self, context: Context, owner: QWidget, listed: Callable[[], tuple[Table, str]]) -> None:
        self._context, self._owner, self._listed = context, owner, listed

    def ask(self) -> None:
        """Ask for a place, and write."""
        name = f"会议记录 {self._context.session.today.isoformat()}.xlsx"
        folder = Path(self._context.settings.get(LAST_FOLDER, str(Path.home())))
        chosen, _ = QFileDialog.getSaveFileName(
            self._owner, "导出会议记录", str(folder / name), "Excel 工作簿 (*.xlsx)"
        )
        if chosen:
            self.write(Path(chosen).with_suffix(".xlsx"))

    def write(self, out: Path) -> None:
        """Write what is listed now to a file."""
        table, title = self._listed()
        rows, columns = tuple(table.model.rows()), table.visible_columns()
        self._context.tasks.run_query(
            self._owner, lambda session: listing.write(session, rows=rows, columns=columns, title=title, out=out),
            self._written, title="导出",
        )  # fmt: skip

    def _written(self, path: Path) -> None:
        self._context.settings.set(LAST_FOLDER, str(path.parent))
        where = QUrl.fromLocalFile(str(path.parent))
        self._context.toast.say(f"已导出 {path.name}", "打开所在文件夹", lambda: QDesktopServices.openUrl(where))
