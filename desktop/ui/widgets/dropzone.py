"""A place to drop a file on or to choose one from: whatever is let fall on it is told as `dropped(path)`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.ui import icons
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import Button, secondary
from desktop.ui.widgets.text import plain_label


class DropZone(QWidget):
    """A dashed field with an icon, a sentence, a button and a grey line below; takes one file."""

    dropped = Signal(object)

    def __init__(
        self, what: str, verb: str, then: Callable[[], object], note: str = "", *, icon: str = "arrow_import",
        button: Button | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._icon, self._over = icon, False
        self.setAcceptDrops(True)
        self.setAccessibleName(what)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(10)
        box.addStretch(1)
        self._picture = plain_label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._what = plain_label(what, "strong", wrap=True)
        self._what.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note = plain_label(note, "note", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.setVisible(bool(note))
        self.button = button or secondary(verb, "folder_open")
        self.button.clicked.connect(lambda _on: then())
        box.addWidget(self._picture)
        box.addWidget(self._what)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._note)
        box.addStretch(1)
        theme().changed.connect(self._colour)
        self._colour()

    def _colour(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, "link" if self._over else "field", size=theme().px(36)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - small enough to draw whole
        """Draw the dashed frame, blue while a file hangs over it."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.color("focus" if self._over else "field"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.color("select" if self._over else "surface2"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if file_of(event.mimeData().urls()) is not None:
            event.acceptProposedAction()
            self._hang(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Let go again."""
        self._hang(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which file it was."""
        self._hang(over=False)
        path = file_of(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _hang(self, *, over: bool) -> None:
        self._over = over
        self._colour()


def file_of(urls: Sequence[object]) -> Path | None:
    """Give the one local file among what is dragged, or None."""
    names = [url.toLocalFile() for url in urls if hasattr(url, "toLocalFile")]
    return Path(names[0]) if len(names) == 1 and names[0] else None
