"""The head of the window: whose records these are, search, what waits for export, backup, the person."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.ui import icons
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import Button, quiet
from desktop.ui.widgets.text import elide, elided_label, plain_label

HINT, KEY = "搜索组织、党员、会议（支持拼音首字母）", "Ctrl+K"


class SearchButton(Button):
    """Looks like a search box and opens the palette."""

    def __init__(self) -> None:
        super().__init__("", "search")
        self.setAccessibleName("搜索")
        self.set_hint("搜索和操作", KEY)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for 400 px of the design."""
        return QSize(theme().px(400), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Take less where there is less."""
        return QSize(theme().px(120), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw glass, hint and key over the button."""
        super().paintEvent(event)
        look = theme()
        painter = QPainter(self)
        side = look.px(18)
        painter.drawPixmap(look.px(10), (self.height() - side) // 2, icons.pixmap("search", "text3", size=side))
        painter.setFont(look.font(12))
        width = painter.fontMetrics().horizontalAdvance(KEY) + look.px(16)
        box = self.rect().adjusted(self.width() - width - look.px(6), look.px(6), -look.px(6), -look.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("neutralSoft"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(look.color("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, KEY)
        painter.setFont(look.font(14))
        painter.setPen(look.color("text3"))
        room = self.rect().adjusted(look.px(36), 0, -width - look.px(12), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elide(HINT, painter.fontMetrics(), room.width()))


class Header(QFrame):
    """Fires `searched`, `waiting_pressed`, `backup_pressed`; the person's menu is `menu`."""

    searched = Signal()
    waiting_pressed = Signal()
    backup_pressed = Signal()

    def __init__(self, organisation: str, person: str) -> None:
        super().__init__()
        self.setProperty("surface", "header")
        self._person = person
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        left = QWidget()
        line = QHBoxLayout(left)
        line.setContentsMargins(0, 0, 0, 0)
        self._picture = plain_label()
        line.addWidget(self._picture)
        self.organisation = elided_label(organisation)
        line.addWidget(self.organisation, 1)
        row.addWidget(left, 3)
        self.search = SearchButton()
        self.search.clicked.connect(self.searched)
        row.addWidget(self.search, 4)
        right = QWidget()
        right.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._right = QHBoxLayout(right)
        self._right.setContentsMargins(8, 0, 0, 0)
        self._right.setSpacing(4)
        self._right.addStretch(1)
        self._fill(person)
        row.addWidget(right, 3)
        theme().changed.connect(self._colour)
        self._colour()

    def _fill(self, person: str) -> None:
        self.waiting = quiet("", "arrow_sync", self.waiting_pressed.emit, tip="还没有导出给上级的改动")
        icons.set_icon(self.waiting, "arrow_sync", "warn")
        self.waiting.hide()
        self.backup = quiet("", "shield_checkmark", self.backup_pressed.emit, tip="备份")
        self.menu = QMenu(self)
        self.person = Button(person, "quiet")
        self.person.setMenu(self.menu)
        self.person.setAccessibleName(f"账号：{person}")
        self._avatar = plain_label(person[:1], "avatar")
        self._avatar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.waiting, self.backup, self._avatar, self.person):
            self._right.addWidget(widget)

    def set_waiting(self, count: int | None) -> None:
        """Show how many changed records the superior body does not have yet; None hides it."""
        self.waiting.setVisible(bool(count))
        self.waiting.set_text(f"{count or 0:,} 项待导出")

    def set_backup(self, text: str, *, good: bool) -> None:
        """Show whether there is a fresh backup, in words in the tooltip."""
        icons.set_icon(self.backup, "shield_checkmark" if good else "shield_error", "ok" if good else "warn")
        self.backup.set_hint(text)
        self.backup.setAccessibleName(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the person's name where it is narrow; the avatar stays."""
        super().resizeEvent(event)
        self._fit_person()

    def _fit_person(self) -> None:
        wide = self.width() > theme().px(960)
        self.person.setText(self._person if wide else "")
        self.person.setIcon(QIcon() if wide else icons.icon("chevron_down"))

    def _colour(self) -> None:
        self.setFixedHeight(theme().px(56))
        self._picture.setPixmap(icons.pixmap("building_government", "text2", size=theme().px(18)))
        self._avatar.setFixedSize(theme().px(32), theme().px(32))
        self._fit_person()
