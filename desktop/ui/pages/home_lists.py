"""The lines of 工作台: what is due, which branches are behind; each is pressed to mend it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.desk import Attention, Desk, Todo
from desktop.ui.pages import home_words as words
from desktop.ui.theme import theme
from desktop.ui.widgets.bars import ProgressLine
from desktop.ui.widgets.buttons import link
from desktop.ui.widgets.text import elided_label, line, plain_label, set_tip, tag_label

NAME_WIDTH = 168


class TodoRow(QFrame):
    """One thing with its date, what it is, and the days left; a press opens the place that mends it."""

    def __init__(self, row: Todo, on: date, go: Callable[[Todo], object], *, slim: bool = False) -> None:
        super().__init__()
        self._row, self._go = row, go
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("surface", "row")
        left, tag = words.left(row)
        self.setAccessibleName(f"{row.name}，{row.what}，{words.month_day(row.due)}，{left}")
        set_tip(self, row.why)
        box = QHBoxLayout(self)
        box.setContentsMargins(4, 6, 0, 6)
        box.setSpacing(12)
        day = plain_label(words.date_text(row, on), "strong")
        day.setFixedWidth(theme().px(60))
        box.addWidget(day)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(elided_label(row.name))
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(elided_label(row.what, "note"), 1)
        middle.addLayout(below)
        box.addLayout(middle, 1)
        (below if slim else box).addWidget(tag_label(left, tag))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the place."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._go(self._row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the place by keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._go(self._row)
        else:
            super().keyPressEvent(event)


class AttentionRow(QWidget):
    """One branch that is behind: how many of the meetings it owes this quarter were held, and 去补录."""

    def __init__(self, row: Attention, go: Callable[[Attention], object], *, writes: bool) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        name = elided_label(row.name)
        name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name.setFixedWidth(theme().px(NAME_WIDTH))
        box.addWidget(name)
        progress = ProgressLine(f"{row.name}本季度已开", row.held / row.due if row.due else 0.0)
        box.addWidget(progress, 1, Qt.AlignmentFlag.AlignVCenter)
        count = plain_label(f"本季 {row.held} / {row.due}", "label")
        set_tip(count, f"本季度连主题党日应开 {row.due} 次，已开 {row.held} 次")
        count.setMinimumWidth(theme().px(44))
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(count)
        verb = "去补录" if writes else "看记录"
        button = link(verb, lambda: go(row))
        button.setAccessibleName(f"{row.name}，{verb}")
        box.addWidget(button)


def fill(box: QVBoxLayout, rows: Sequence[QWidget], nothing: str) -> None:
    """Replace the rows of a list; where there are none, a sentence stands there."""
    while box.count():
        item = box.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
    if not rows:
        box.addWidget(plain_label(nothing, "label", wrap=True))
    for row in rows:
        box.addWidget(row)


def due_lines(seen: Desk, room: int, go: Callable[[Todo], object]) -> list[QWidget]:
    """Give what is overdue and, beside it, what falls due, each under its heading with its count."""
    groups = (("已逾期", words.late(seen)), (f"{words.MONTH} 天内到期", words.soon(seen)))
    shown = words.share_out(len(groups[0][1]), len(groups[1][1]), room)
    found: list[QWidget] = []
    for (title, rows), most in zip(groups, shown, strict=True):
        if rows:
            heading = plain_label(f"{title} {len(rows)} 项", "label")
            heading.setContentsMargins(4, 10 if found else 0, 0, 4)
            found.append(heading)
            for row in rows[:most]:
                found += [line(), TodoRow(row, seen.on, go)]
    return found


def todo_list(rows: Sequence[Todo], on: date, go: Callable[[Todo], object]) -> QWidget:
    """Give all of a list, for the drawer."""
    content = QWidget()
    box = QVBoxLayout(content)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    parted = [part for row in rows for part in (line(), TodoRow(row, on, go, slim=True))]
    fill(box, parted[1:], "没有到期和逾期的事项。")
    return content
