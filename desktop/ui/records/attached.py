"""The tab 附件 of a drawer: the files of one record, added by button or drop, shown, saved elsewhere, binned."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.core.file_types import ENDINGS
from desktop.services import attachments
from desktop.services.attachments import AttachmentRow
from desktop.services.sessions import WRITERS
from desktop.ui.context import Context
from desktop.ui.records.attachment_view import AttachmentView
from desktop.ui.records.parts import Deed, Line, listed, stack
from desktop.ui.widgets.flow import clear
from desktop.ui.widgets.text import Tag, plain_label

LAST_FOLDER = "attachment.folder"
FILES = f"扫描件、照片和文档 ({' '.join(f'*{ending}' for ending in ENDINGS)})"
_KB = 1024


def size_words(size: int) -> str:
    """Write a size in bytes as people say it."""
    return f"{size / _KB / _KB:.1f} MB" if size >= _KB * _KB else f"{max(1, round(size / _KB))} KB"


class Attached(QWidget):
    """Reads when it is made; files may be dropped anywhere on it."""

    def __init__(self, context: Context, kind: str, key: bytes) -> None:
        super().__init__()
        self._context, self._kind, self._key = context, kind, key
        self.writes = context.session.role in WRITERS
        self.setAcceptDrops(self.writes)
        self.setAccessibleName("附件")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.read()

    def read(self) -> None:
        """Read the list."""
        kind, key = self._kind, self._key
        self._context.tasks.run_query(
            self, lambda session: attachments.list_attachments(session, kind=kind, key=key), self._show, key="attached"
        )

    def _show(self, rows: Sequence[AttachmentRow]) -> None:
        clear(self._box)
        content, box = stack(gap=10)
        add = Deed("加附件…", self.ask) if self.writes else None
        listed(box, f"附件 {len(rows)} 个" if rows else "附件", [self._line(row) for row in rows],
               empty="还没有附件。扫描件、照片、PDF 和文档都可以加。", add=add)  # fmt: skip
        if self.writes:
            box.addWidget(plain_label("也可以把文件直接拖到这里。", "caption"))
        box.addStretch(1)
        self._box.addWidget(content)

    def _line(self, row: AttachmentRow) -> Line:
        deeds = [Deed("另存为…", lambda: self._save(row))] if row.here else []
        if self.writes:
            deeds.append(Deed("删除", lambda: self._remove(row)))
        note = f"{row.type_word}　{size_words(row.size)}　{row.added_on or ''}".rstrip()
        tag: tuple[str, Tag] | None = None if row.here else ("文件未到", "warn")
        return Line(row.name, note, tag, tuple(deeds), (lambda: self._view(row)) if row.here and row.shown else None)

    def ask(self) -> None:
        """Ask which files to add."""
        folder = self._context.settings.get(LAST_FOLDER, str(Path.home()))
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择附件", folder, FILES)
        self.add([Path(one) for one in chosen])

    def add(self, files: Sequence[Path]) -> None:
        """Attach files, all in one step."""
        if not files:
            return
        self._context.settings.set(LAST_FOLDER, str(files[0].parent))
        kind, key, chosen = self._kind, self._key, tuple(files)
        self._context.tasks.run_change(
            self, lambda session: attachments.add(session, kind=kind, key=key, files=chosen), self._changed,
            title="加附件",
        )  # fmt: skip

    def _changed(self, _changes: Changes) -> None:
        self.read()

    def _remove(self, row: AttachmentRow) -> None:
        self._context.tasks.run_change(
            self, lambda session: attachments.remove(session, attachment=row.id, reason="移到回收站"), self._changed,
            title="移到回收站",
        )  # fmt: skip

    def _save(self, row: AttachmentRow) -> None:
        folder = Path(self._context.settings.get(LAST_FOLDER, str(Path.home())))
        chosen, _ = QFileDialog.getSaveFileName(self, "附件另存为", str(folder / row.name))
        if chosen:
            out = Path(chosen)
            self._context.tasks.run_change(
                self, lambda session: attachments.save_as(session, attachment=row.id, out=out),
                lambda _none: self._context.toast.say(f"已存为 {out.name}"), title="另存附件", silent=True,
            )  # fmt: skip

    def _view(self, row: AttachmentRow) -> None:
        AttachmentView(self._context, self.window(), row).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.toLocalFile()]
        if files:
            event.acceptProposedAction()
            self.add(files)
