"""How a month of the year is drawn: each kind has its own place in every cell, so that the eye runs down one kind."""

from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from desktop.services.meeting_lists import KINDS, YearRow
from desktop.ui.theme import theme
from desktop.ui.widgets.table_model import ROW_ROLE, TableModel
from desktop.ui.widgets.table_paint import RowDelegate

MARKS = dict(zip(KINDS, "大委组课日", strict=True))
SIZES = (14, 13, 12, 11)
PAD = 3
Cell = QModelIndex | QPersistentModelIndex


def slots(rect: QRect) -> list[QRect]:
    """Give the places of the kinds in a month's cell, side by side and equally wide."""
    left, width = rect.left() + theme().px(PAD), rect.width() - 2 * theme().px(PAD)
    edges = [left + width * at // len(KINDS) for at in range(len(KINDS) + 1)]
    return [QRect(a, rect.top(), b - a, rect.height()) for a, b in pairwise(edges)]


def size_in(width: int) -> int:
    """Give the largest of SIZES whose marks stand whole in a place of this width in pixels."""
    look = theme()
    return next(
        (size for size in SIZES if QFontMetrics(look.font(size)).horizontalAdvance("组") <= width), SIZES[-1]
    )


class MonthDelegate(RowDelegate):
    """Draws a month as marks in their places, bold where it was held more than once; other cells as every list."""

    def draw_text(self, painter: QPainter, rect: QRect, index: Cell) -> None:
        """Draw the marks of a month, and a line that parts it from the month before."""
        model, row = index.model(), index.data(ROW_ROLE)
        key = model.columns[index.column() - model.first].key if isinstance(model, TableModel) else ""
        month = int(key[1:]) if key[1:].isdigit() else 0
        if not month or not isinstance(row, YearRow):
            super().draw_text(painter, rect, index)
            return
        look, places = theme(), slots(rect)
        painter.setPen(look.color("grid"))
        painter.drawLine(rect.topLeft(), rect.bottomLeft())
        painter.setPen(look.color("text"))
        size = size_in(min(place.width() for place in places))
        for place, mark, count in zip(places, MARKS.values(), row.months[month - 1], strict=True):
            if count:
                painter.setFont(look.font(size, bold=count > 1))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, mark)
