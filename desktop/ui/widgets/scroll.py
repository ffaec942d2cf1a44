"""A scroll area for panels: whatever may run out of height stands in one, or its labels are cut."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


def scroll(content: QWidget) -> QScrollArea:
    """Let `content` scroll up and down, never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if content.property("surface") is None:
        content.setProperty("surface", "scroll")
    area.setWidget(content)
    return area


def column(*, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 16) -> tuple[QWidget, QVBoxLayout]:
    """Give a widget and its vertical layout, to be filled and put into `scroll`."""
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    return content, box
