"""The head of a page: title, count, a grey line below, and the page's buttons at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.widgets.text import plain_label


class PageHead(QWidget):
    """`PageHead("党员", [secondary("导出", …), primary("新增党员", …)])`, then `set_count("1,286 人")`."""

    def __init__(self, title: str, buttons: list[QWidget] | None = None, *, note: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        left = QVBoxLayout()
        left.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        self._title = plain_label(title, "title")
        self._count = plain_label("", "label")
        line.addWidget(self._title)
        line.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        left.addLayout(line)
        self._note = plain_label(note, "label")
        left.addWidget(self._note)
        row.addLayout(left, 1)
        self._note.setVisible(bool(note))
        for button in buttons or []:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)

    def set_count(self, text: str) -> None:
        """Show a count with its measure word beside the title."""
        self._count.setText(text)

    def set_note(self, text: str) -> None:
        """Show a grey line under the title."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
