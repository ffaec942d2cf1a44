"""How a list is painted: plain text, soft marks for exceptions, a blue tint and a bar for chosen rows."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui import icons
from desktop.ui.theme import theme
from desktop.ui.widgets.table_model import BOLD_ROLE, CHECK_ROLE, LINK_ROLE, ROW_ROLE, TAG_ROLE, TableModel
from desktop.ui.widgets.text import elide

PAD = 8


class RowDelegate(QStyledItemDelegate):
    """Paints one cell; the first column of a list with marks is the check box."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, mark or text."""
        look = theme()
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # missing in the stubs
        chosen = bool(state & QStyle.StateFlag.State_Selected) or bool(index.data(CHECK_ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, look.color("select" if chosen else "surface"))
        model = index.model()
        marks = isinstance(model, TableModel) and model.checks
        if index.column() == 0 and chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.color("selectLine"))
        if index.column() == 0 and marks:
            draw_box(painter, rect, on=bool(index.data(CHECK_ROLE)))
        elif tag := index.data(TAG_ROLE):
            _draw_tag(painter, rect, str(index.data()), str(tag), ground="surface" if chosen else "")
        else:
            self.draw_text(painter, rect, index)
        painter.setPen(look.color("grid"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


    def draw_text(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw a cell's text, cut with … where it has no room."""
        look = theme()
        font = look.font(14, bold=bool(index.data(BOLD_ROLE)))
        struck = bool(getattr(index.data(ROW_ROLE), "struck", False))  # a row that was left out, and can be taken back
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(look.color("link" if index.data(LINK_ROLE) else "text2" if struck else "text"))
        box = rect.adjusted(look.px(PAD), 0, -look.px(PAD), 0)
        shown = elide(str(index.data() or ""), painter.fontMetrics(), box.width())
        painter.drawText(box, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), shown)


def draw_box(painter: QPainter, rect: QRect, *, on: bool) -> None:
    """Draw a check box in the middle of a cell."""
    look = theme()
    side = look.px(16)
    box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
    painter.setPen(QPen(look.color("focus" if on else "field"), 1))
    painter.setBrush(look.color("focus" if on else "surface"))
    painter.drawRoundedRect(box, 3, 3)
    if on:
        tick = icons.pixmap("checkmark", "surface", filled=True, size=side - 4)
        painter.drawPixmap(int(box.x()) + 2, int(box.y()) + 2, tick)


def _draw_tag(painter: QPainter, rect: QRect, text: str, tag: str, *, ground: str = "") -> None:
    look = theme()
    painter.setFont(look.font(12))
    metrics = painter.fontMetrics()
    shown = elide(text, metrics, rect.width() - look.px(PAD * 4))
    width, height = metrics.horizontalAdvance(shown) + look.px(PAD * 2), metrics.height() + look.px(4)
    box = QRectF(rect.left() + look.px(PAD), rect.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(ground or ("neutralSoft" if tag == "neutral" else f"{tag}Soft")))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(look.color("text2" if tag == "neutral" else tag))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


class Header(QHeaderView):
    """The head of a list: titles, an arrow where it is sorted, the box that marks all."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Draw a title by the tokens."""
        look, model = theme(), self.model()
        if not isinstance(model, TableModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, look.color("surface2"))
        painter.setPen(look.color("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if logicalIndex < model.first:
            count = model.rowCount()
            draw_box(painter, rect, on=count > 0 and len(model.checked_rows()) == count)
        else:
            self._title(painter, rect, logicalIndex, model)
        painter.restore()

    def _title(self, painter: QPainter, rect: QRect, section: int, model: TableModel) -> None:
        look = theme()
        column = model.columns[section - model.first]
        painter.setFont(look.font(13, bold=True))
        painter.setPen(look.color("text2"))
        sorted_here = model.sorted_by is not None and model.sorted_by[0] == column.key
        room = look.px(18) if sorted_here else 0
        box = rect.adjusted(look.px(PAD), 0, -look.px(PAD) - room, 0)
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        shown = elide(column.title, painter.fontMetrics(), box.width())
        painter.drawText(box, align if isinstance(align, int) else 0, shown)
        if sorted_here and model.sorted_by is not None:
            name = "arrow_sort_up" if model.sorted_by[1] == "asc" else "arrow_sort_down"
            side = look.px(16)
            at = min(box.left() + painter.fontMetrics().horizontalAdvance(shown) + look.px(2), box.right() + 2)
            if column.align == "right":
                at = box.right() + 2
            painter.drawPixmap(at, rect.center().y() - side // 2, icons.pixmap(name, "text2", size=side))
