"""Labels and tooltips that never read user text as markup (security.md, finding 4).

Qt takes any text that looks like HTML for HTML and would load local images from it. All text goes through here.
"""

import html
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QTreeWidgetItem, QWidget

Role = Literal[
    "body", "caption", "label", "note", "strong", "section", "title", "number", "error", "required", "key", "demo",
    "onToast", "avatar", "portrait",
]  # fmt: skip
Tag = Literal["ok", "warn", "err", "info", "neutral"]


def plain_label(text: str = "", role: Role = "body", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Give a label of a role of the type scale; `setText` on it stays plain."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setText(text)
    return label


def tag_label(text: str, tag: Tag = "neutral") -> QLabel:
    """Give a small soft-coloured mark for an exception (`逾期 3 天`, `预备党员`)."""
    label = plain_label(text)
    label.setProperty("tag", tag)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return label


class ElidedLabel(QLabel):
    """One line that ends in … where it has no room, and shows all of it in its tooltip."""

    def __init__(self, text: str = "", role: Role = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        set_tip(self, text)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than a few characters."""
        return QSize(self.fontMetrics().horizontalAdvance("字字…"), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole label is one line
        """Draw the line, cut with …."""
        painter = QPainter(self)
        shown = elide(self.text(), self.fontMetrics(), self.contentsRect().width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


def elided_label(text: str = "", role: Role = "body") -> ElidedLabel:
    """Give a one-line label that is cut with … where it has no room."""
    return ElidedLabel(text, role)


def elide(text: str, metrics: QFontMetrics, width: int) -> str:
    """Cut one line of text with … at a width in pixels."""
    return metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)


def tip_text(text: str) -> str:
    """Give a text as a tooltip can show it: escaped, so that nothing in it is markup, with its line breaks."""
    return f"<span>{html.escape(text).replace(chr(10), '<br>')}</span>" if text else ""


def set_item_tip(item: QTreeWidgetItem, text: str) -> None:
    """Give the first cell of a tree's item a tooltip that shows `text` as it stands."""
    item.setToolTip(0, tip_text(text))


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that shows `text` as it stands."""
    widget.setToolTip(tip_text(text))


def line() -> QWidget:
    """Give a thin dividing line."""
    rule = QLabel()
    rule.setTextFormat(Qt.TextFormat.PlainText)
    rule.setFixedHeight(1)
    rule.setProperty("surface", "line")
    rule.setAccessibleName("")
    return rule
