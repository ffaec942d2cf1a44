"""Tab goes in reading order: rows that come and go, and fields that stand before another, would else be left out."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QWidget


def set_reading_order(root: QWidget) -> None:
    """Bring the Tab order of all that stands in `root` to the order of its layouts."""
    for before, after in pairwise(in_reading_order(root)):
        QWidget.setTabOrder(before, after)


def in_reading_order(root: QWidget) -> list[QWidget]:
    """Give everything in `root` that Tab stops at, row by row."""
    return list(_walk(root))


def _walk(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from _walk(inner)
    elif layout is not None and not isinstance(widget, QAbstractScrollArea) and not _stops(widget):
        yield from _items(layout)
    elif _stops(widget):
        yield widget


def _items(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from _walk(widget)
        elif inner is not None:
            yield from _items(inner)


def _stops(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
