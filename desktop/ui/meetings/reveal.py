"""Bringing a field of a long form into view, with the error under it."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea

from desktop.ui.theme import theme
from desktop.ui.widgets.fields import Field


def reveal(area: QScrollArea, field: Field) -> None:
    """Put the focus into a field and bring it into view, again once the error under it has its place."""
    field.setFocus()
    _bring(area, field)
    QTimer.singleShot(0, field, lambda: _bring(area, field))


def _bring(area: QScrollArea, field: Field) -> None:
    content = area.widget()
    if content is not None and content.isAncestorOf(field):
        top = field.mapTo(content, QPoint(0, 0)).y()
        area.ensureVisible(0, top + field.height(), 0, theme().px(24))
        area.ensureVisible(0, top, 0, theme().px(24))
