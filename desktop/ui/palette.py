"""The command palette (Ctrl+K): records and deeds in one list, found by words, pinyin or initials while typing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.services import meeting_search
from desktop.services.searching import Hit
from desktop.ui import icons
from desktop.ui.actions import Action
from desktop.ui.context import Context
from desktop.ui.palette_deeds import deeds_of
from desktop.ui.theme import theme
from desktop.ui.widgets.editors import LineEdit
from desktop.ui.widgets.keys import key_text
from desktop.ui.widgets.text import elide, plain_label

GROUPS = {
    "branch": ("党组织", "flag"), "organisation": ("社会组织", "people_community"), "person": ("党员", "person"),
    "meeting": ("会议", "clipboard_task"),
}  # fmt: skip
MOST_OF_A_KIND, MOST_RECENT, MOST_DEEDS, PAUSE_MS = 5, 10, 2, 40
KEYS = "回车打开　→ 操作"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: a heading (no `hit`, no `action`), a record, or a deed."""

    title: str
    note: str = ""
    icon: str = ""
    key: str = ""
    hit: Hit | None = None
    action: Action | None = None

    @property
    def heading(self) -> bool:
        """Tell whether it only names a group."""
        return self.hit is None and self.action is None


def lines_of(hits: Sequence[Hit], actions: Sequence[Action], deeds: Sequence[Action] = ()) -> list[Line]:
    """Group what was found: records by kind, then deeds, first the `deeds` of the record that stands first."""
    found: list[Line] = []
    for kind, (word, icon) in GROUPS.items():
        some = [hit for hit in hits if hit.kind == kind][:MOST_OF_A_KIND]
        if some:
            found.append(Line(word))
            found.extend(Line(hit.title, hit.note, icon, hit=hit) for hit in some)
    first = next((line.title for line in found if line.hit is not None), "")
    if actions or deeds:
        found.append(Line("操作"))
        found.extend(Line(one.text, first, one.icon, action=one) for one in deeds)
        found.extend(Line(one.text, one.group, one.icon, key_text(one.shortcut), action=one) for one in actions)
    return found


class Palette(QWidget):
    """Lies over the whole window, dims it, and closes on Esc, on a press outside and after a choice."""

    def __init__(self, window: QWidget, context: Context) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._recent: list[Hit] = []
        self._hits: Sequence[Hit] = ()
        self._subject: Hit | None = None
        self._panel = QFrame(self)
        self._panel.setProperty("surface", "card")
        box = QVBoxLayout(self._panel)
        box.setContentsMargins(12, 12, 12, 12)
        self.edit = LineEdit()
        self.edit.setProperty("look", "palette")
        self.edit.setAccessibleName("搜索组织、党员、会议和操作")
        self.edit.setPlaceholderText("搜索组织、党员、会议、操作")
        self.list = QListWidget()
        self.list.setAccessibleName("搜索结果")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_LineDelegate(self.list))
        box.addWidget(self.edit)
        box.addWidget(self.list)
        self._glass = plain_label()
        self._glass.setParent(self._panel)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.edit.typed.connect(lambda _text: self._pause.start())
        self.edit.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda at: self._show_deeds(self.list.itemAt(at)))
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the palette, empty, with what was opened last and all deeds."""
        self.edit.clear()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.edit.setFocus()
        self._show([])

    def close_palette(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        self._window.setFocus()

    def _search(self) -> None:
        text = self.edit.typed_text()
        if text.strip():
            self._context.tasks.run_query(
                self, lambda session: meeting_search.find(session, text=text), self._show, key="search"
            )
        else:
            self._show(())

    def _show(self, hits: Sequence[Hit]) -> None:
        typed = self.edit.typed_text().strip()
        self._hits, self._subject = hits, None
        first = min(hits, key=lambda hit: list(GROUPS).index(hit.kind), default=None)
        deeds = deeds_of(first, self._context, self._window) if first else ()
        found = lines_of(hits, self._context.actions.find(typed), deeds[1 : 1 + MOST_DEEDS])
        if not typed and self._recent:
            recent = [Line(hit.title, hit.note, GROUPS[hit.kind][1], hit=hit) for hit in self._recent]
            found = [Line("最近打开"), *recent, *found]
        self._fill(found or [Line(f"没有找到“{typed}”。换一个字，或用拼音首字母再试。")])

    def _show_deeds(self, item: QListWidgetItem | None) -> bool:
        """Show all that may be done with the record of a line (→ or the right button); False where it is none."""
        line: Line | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if line is None or line.hit is None:
            return False
        self._subject = line.hit
        deeds = deeds_of(line.hit, self._context, self._window)
        heading = Line(f"{line.title}　← 返回搜索结果")
        self._fill([heading, *(Line(one.text, "", one.icon, action=one) for one in deeds)])
        return True

    def _fill(self, lines: Sequence[Line]) -> None:
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(self.list)
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.title} {line.note} {line.key}".strip())
            if line.heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._step(1, start=-1)
        self.list.scrollToTop()
        self._place()

    def _step(self, by: int, *, start: int | None = None) -> None:
        """Go to the next line that can be chosen, round the ends."""
        count = self.list.count()
        at = self.list.currentRow() if start is None else start
        for _ in range(count):
            at = (at + by) % count
            if self.list.item(at).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(at)
                return

    def _choose(self, item: QListWidgetItem) -> None:
        line: Line = item.data(Qt.ItemDataRole.UserRole)
        if line.heading:
            return
        self.close_palette()
        hit = line.hit or self._subject
        if hit is not None:
            self._recent = [hit, *(one for one in self._recent if one != hit)][:MOST_RECENT]
        action = line.action
        if action is None and hit is not None:
            action = deeds_of(hit, self._context, self._window)[0]
        if action is not None:
            action.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list from the line; follow the window's size."""
        if watched is self.edit and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._step(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._step(-1)
            case Qt.Key.Key_Right if self.edit.cursorPosition() == len(self.edit.text()) and not self.edit.composing:
                return self._show_deeds(self.list.currentItem())
            case Qt.Key.Key_Left | Qt.Key.Key_Escape if self._subject is not None:
                self._show(self._hits)
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not self.edit.composing:
                item = self.list.currentItem()
                if item is not None:
                    self._choose(item)
            case _:
                return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a press outside the panel."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the panel."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        look = theme()
        width = min(look.px(640), self.width() - 32)
        rows = sum(self.list.sizeHintForRow(at) for at in range(self.list.count()))
        height = min(self.height() - look.px(112), rows + look.px(80))
        self._panel.setGeometry((self.width() - width) // 2, look.px(72), width, height)
        self._glass.setPixmap(icons.pixmap("search", "text3", size=look.px(18)))
        self._glass.adjustSize()
        self._glass.move(look.px(22), look.px(12 + 11))
        self._glass.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - one flat colour
        """Dim the window behind."""
        painter = QPainter(self)
        shade = theme().color("text" if not theme().dark else "bg")
        shade.setAlpha(110)
        painter.fillRect(self.rect(), shade)


class _LineDelegate(QStyledItemDelegate):
    """Paints headings, records and deeds."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        return QSize(0, theme().px(30 if line.heading else 38))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme()
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # missing in the stubs
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.heading:
            painter.setFont(look.font(12))
            painter.setPen(look.color("text3"))
            painter.drawText(rect.adjusted(look.px(8), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, line.title)
        else:
            if state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("select"))
                painter.drawRoundedRect(rect, 4, 4)
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            _draw_line(painter, rect, line, KEYS if chosen and line.hit is not None else line.key)
        painter.restore()


def _draw_line(painter: QPainter, rect: QRect, line: Line, key: str) -> None:
    look = theme()
    side = look.px(20)
    painter.drawPixmap(
        rect.left() + look.px(10), rect.center().y() - side // 2, icons.pixmap(line.icon, "text2", size=side)
    )
    right = rect.right() - look.px(10)
    if key:
        painter.setFont(look.font(12))
        width = painter.fontMetrics().horizontalAdvance(key) + look.px(16)
        box = QRect(right - width, rect.center().y() - look.px(10), width, look.px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("neutralSoft"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(look.color("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        right -= width + look.px(8)
    left = rect.left() + look.px(40)
    for text, size, colour in ((line.title, 14, "text"), (line.note, 12, "text3")):
        painter.setFont(look.font(size))
        painter.setPen(look.color(colour))
        shown = elide(text, painter.fontMetrics(), max(0, right - left))
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        left += painter.fontMetrics().horizontalAdvance(shown) + look.px(10)
