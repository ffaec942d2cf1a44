"""应到名单 as chips: everybody is there; a press on a name marks the absentee and asks why."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.meeting_drafts import AttendanceDraft
from desktop.ui import icons
from desktop.ui.meetings import figures
from desktop.ui.theme import theme
from desktop.ui.widgets.buttons import Button, secondary
from desktop.ui.widgets.chips import ChipRow, ChoiceChips, chip
from desktop.ui.widgets.field import Field, LineField
from desktop.ui.widgets.text import plain_label

ABSENT = "2"
REASON_LIMIT = 100


class ReasonPopover(QFrame):
    """Asks of one person why not: the status as chips and a reason in words; Enter or a press outside closes it."""

    told = Signal(str, str)

    def __init__(self, parent: QWidget, row: AttendanceDraft) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(f"{row.name}没有到会的原因")
        choices = [(code, figures.STATUS_WORDS[code]) for code in figures.ASKED]
        self.status = ChoiceChips[str]("到会情况", choices)
        self.status.set_value(row.status)
        self.reason = LineField("原因", limit=REASON_LIMIT, example="如：出差、住院；病情不写")
        self.reason.set_value(row.reason)
        self._done = secondary("完成", "checkmark", self.close)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(plain_label(row.name, "strong"))
        for part in (self.status, self.reason):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            box.addWidget(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._done)
        box.addLayout(foot)
        self.setFixedWidth(theme().px(500))
        self.status.changed.connect(self._tell)
        self.reason.changed.connect(self._tell)
        self.reason.edit.returnPressed.connect(self.close)

    def fit(self) -> None:
        """Take the height that the chips need at this width (a popup's own reckoning takes them one a line)."""
        self._box.activate()
        self.resize(self.width(), self._box.totalHeightForWidth(self.width()))

    def _tell(self) -> None:
        away = self.status.value() in figures.NEEDS_REASON
        self.reason.setVisible(away)
        self.told.emit(self.status.value() or figures.PRESENT, self.reason.value() if away else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc and nothing else."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class AttendanceField(Field):
    """Who should be there, each a chip; `rows()` gives the list, `relisted` fires when it is another one."""

    relisted = Signal()

    def __init__(self, label: str = "出席人员", *, key: str = "attendance") -> None:
        self._area = ChipRow()
        super().__init__(label, self._area, key=key, required=True)
        self._rows: list[AttendanceDraft] = []
        self._chips: list[Button] = []
        self._group = QButtonGroup(self)  # Tab stops once at the list, the arrows go from name to name
        self._group.setExclusive(False)

    def focus_target(self) -> QWidget:
        """Give the first chip."""
        return self._chips[0] if self._chips else self._area

    def rows(self) -> tuple[AttendanceDraft, ...]:
        """Give the list as it is marked."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[AttendanceDraft]) -> None:
        """Show a list."""
        if list(rows) == self._rows:
            return
        self._rows = list(rows)
        for button in self._chips:
            self._group.removeButton(button)
        self._area.clear()
        self._chips = []
        for at in range(len(self._rows)):
            button = chip("")
            button.clicked.connect(lambda _on, at=at: self.ask(at))
            self._chips.append(button)
            self._group.addButton(button)
            self._area.flow.addWidget(button)
            self._draw(at)
        self._area.updateGeometry()
        self._told()
        self.relisted.emit()

    def chips(self) -> tuple[Button, ...]:
        """Give the chips in the order of the list."""
        return tuple(self._chips)

    def mark(self, at: int, status: str, reason: str = "") -> None:
        """Mark one person."""
        self._rows[at] = replace(self._rows[at], status=status, reason=reason or None)
        self._draw(at)
        self._told()

    def ask(self, at: int) -> ReasonPopover:
        """Mark a person who was there as absent, and ask why."""
        if self._rows[at].status == figures.PRESENT:
            self.mark(at, ABSENT)
        self._draw(at)
        popover = ReasonPopover(self, self._rows[at])
        popover.told.connect(lambda status, reason: self.mark(at, status, reason))
        button = self._chips[at]
        popover.move(button.mapToGlobal(button.rect().bottomLeft()))
        popover.fit()
        popover.show()
        popover.reason.setFocus()
        return popover

    def is_empty(self) -> bool:
        """Tell whether nobody is on the list."""
        return not self._rows

    def problem(self) -> str:
        """Say who has no reason yet."""
        silent = [row.name for row in self._rows if row.status in figures.NEEDS_REASON and not row.reason]
        if silent:
            return f"{'、'.join(silent[:5])}没有到会，还没有填原因。请点名字填写。"
        if not self._rows:
            return "应到名单是空的。请先选党支部和会议类型，或先登记这个支部的党员。"
        return ""

    def _told(self) -> None:
        self.set_error(None)
        self.set_note(figures.turnout_words(self._rows) if self._rows else "")
        self.changed.emit()

    def _draw(self, at: int) -> None:
        row, button = self._rows[at], self._chips[at]
        here = row.status == figures.PRESENT
        button.setChecked(here or row.status == figures.ONLINE)
        word = "" if here else figures.STATUS_WORDS.get(row.status, row.status)
        icons.set_icon(button, "checkmark_circle" if here else "dismiss", "link" if here else "text3")
        button.set_text(f"{row.name}（{word}）" if word else row.name)
        button.setAccessibleName(f"{row.name}，{word or '出席'}{f'，{row.reason}' if row.reason else ''}")
        button.set_hint(row.reason or (f"{row.post}，" if row.post else "") + "没有到会请点一下")
