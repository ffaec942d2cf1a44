"""Chips: one of a few (`ChoiceChips`), who was there (`AttendanceChips`), and filters over a table (`FilterChip`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from desktop.ui import icons
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.flow import FlowLayout, clear

T = TypeVar("T")
ALL = "全部"


def chip(text: str) -> Button:
    """Give one chip that can be switched on."""
    made = Button(text, "chip")
    made.setCheckable(True)
    return made


_STEPS: dict[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class ChipRow(QWidget):
    """Chips in a wrapping row; the arrow keys go from one to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = FlowLayout(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from chip to chip; Qt itself goes only to buttons at which Tab stops, and in a group that is one."""
        step = _STEPS.get(event.key())
        items = (self.flow.itemAt(at) for at in range(self.flow.count()))
        chips = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        here = next((at for at, widget in enumerate(chips) if widget.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
        else:
            chips[(here + step) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        """Take all chips away."""
        clear(self.flow)


class ChoiceChips(Field, Generic[T]):
    """A field whose few choices all stand on the screen (会议类型); `many` lets several be on."""

    def __init__(
        self, label: str, choices: Sequence[tuple[T, str]] = (), *, key: str = "", required: bool = False,
        many: bool = False,
    ) -> None:  # fmt: skip
        self._row = ChipRow()
        super().__init__(label, self._row, key=key, required=required)
        self._many = many
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        self._chips: list[tuple[T, Button]] = []
        self._group.buttonToggled.connect(self._toggled)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Replace the chips."""
        for _, button in self._chips:
            self._group.removeButton(button)
        self._row.clear()
        self._chips = [(value, chip(text)) for value, text in choices]
        for _, button in self._chips:
            button.setAccessibleDescription(self.label)
            self._group.addButton(button)
            self._row.flow.addWidget(button)

    def focus_target(self) -> QWidget:
        """Give the first chip."""
        return self._chips[0][1] if self._chips else self._row

    def values(self) -> tuple[T, ...]:
        """Give all that are on."""
        return tuple(value for value, button in self._chips if button.isChecked())

    def value(self) -> T | None:
        """Give the first that is on, or None."""
        return next(iter(self.values()), None)

    def set_value(self, *wanted: T) -> None:
        """Switch on just these."""
        self._group.setExclusive(False)
        for value, button in self._chips:
            button.setChecked(value in wanted)
        self._group.setExclusive(not self._many)

    def is_empty(self) -> bool:
        """Tell whether none is on."""
        return not self.values()

    def _toggled(self, _button: object, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on or self._many:
            self.set_error(None)
            self.changed.emit()


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person who should be there, and whether the person was; `reason` why not (`请假`)."""

    id: bytes
    name: str
    present: bool = True
    reason: str = ""


class AttendanceChips(Field):
    """Everybody who should be there as a chip that is on; a press marks an absentee, the menu gives the reason.

    `reasons` are (value, text) pairs, shown on a right click or with the menu key on a chip.
    """

    def __init__(self, label: str, reasons: Sequence[tuple[str, str]] = (), *, key: str = "") -> None:
        self._row = ChipRow()
        super().__init__(label, self._row, key=key)
        self._reasons = dict(reasons)
        self._people: list[tuple[Attendee, Button]] = []

    def set_people(self, people: Sequence[Attendee]) -> None:
        """Show these people."""
        self._row.clear()
        self._people = []
        for at, one in enumerate(people):
            button = chip(one.name)
            button.setChecked(one.present)
            button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            button.toggled.connect(lambda on, at=at: self._mark(at, present=on))
            button.customContextMenuRequested.connect(lambda _where, at=at: self._ask(at))
            self._people.append((one, button))
            self._row.flow.addWidget(button)
            self._draw(at)
        self._count()

    def focus_target(self) -> QWidget:
        """Give the first chip."""
        return self._people[0][1] if self._people else self._row

    def people(self) -> tuple[Attendee, ...]:
        """Give everybody with what was marked."""
        return tuple(one for one, _ in self._people)

    def is_empty(self) -> bool:
        """Tell whether nobody was there."""
        return not any(one.present for one, _ in self._people)

    def _mark(self, at: int, *, present: bool, reason: str = "") -> None:
        one, button = self._people[at]
        self._people[at] = (Attendee(one.id, one.name, present, "" if present else reason), button)
        self._draw(at)
        self._count()
        self.changed.emit()

    def _draw(self, at: int) -> None:
        one, button = self._people[at]
        reason = self._reasons.get(one.reason, one.reason)
        button.set_text(f"{one.name}（{reason}）" if reason else one.name)
        icons.set_icon(button, "checkmark_circle" if one.present else "dismiss", "link" if one.present else "text3")
        button.setText(f" {button.text().strip()}")
        button.setAccessibleName(f"{one.name}，{'出席' if one.present else f'缺席{reason}'}")

    def _count(self) -> None:
        here = sum(one.present for one, _ in self._people)
        self.set_note(f"应到 {len(self._people)} 人，实到 {here} 人，缺席 {len(self._people) - here} 人")

    def _ask(self, at: int) -> None:
        menu = QMenu(self)
        for value, text in self._reasons.items():
            menu.addAction(text, lambda value=value: self._absent(at, value))
        menu.popup(self._people[at][1].mapToGlobal(self._people[at][1].rect().bottomLeft()))

    def _absent(self, at: int, reason: str) -> None:
        button = self._people[at][1]
        blocked = button.blockSignals(True)
        button.setChecked(False)
        button.blockSignals(blocked)
        self._mark(at, present=False, reason=reason)


class FilterChip(Button, Generic[T]):
    """A filter over a table: `支部：全部 ⌄`; with a value it is blue. `picked` fires at a change."""

    picked = Signal()

    def __init__(self, label: str, choices: Sequence[tuple[T, str]] = ()) -> None:
        super().__init__("", "chip")
        self.label = label
        self._all = ALL
        self._choices: list[tuple[T | None, str]] = []
        self._value: T | None = None
        self.setCheckable(True)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.clicked.connect(self._open)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Replace the list; `全部` stands first by itself."""
        self._choices = [(None, self._all), *choices]
        if self._value not in [value for value, _ in self._choices]:
            self._value = None
        self._draw()

    def set_all(self, text: str = ALL) -> None:
        """Say what is shown where nothing is chosen, as a year at a glance that shows one year at any time."""
        self._all = text
        self._choices[0] = (None, text)
        self._draw()

    def value(self) -> T | None:
        """Give the value filtered by, or None for all."""
        return self._value

    def set_value(self, value: T | None) -> None:
        """Filter by a value, or by none."""
        changed = value != self._value
        self._value = value
        self._draw()
        if changed:
            self.picked.emit()

    def words(self) -> str:
        """Give what the chosen value is called."""
        return next((text for value, text in self._choices if value == self._value), self._all)

    def _draw(self) -> None:
        shown = self.words()
        icons.set_icon(self, "chevron_down", "link" if self._value is not None else "text2")
        self.setText(f"{self.label}：{shown} ")
        self.setAccessibleName(f"筛选{self.label}：{shown}")
        self.setChecked(self._value is not None)

    def _open(self) -> None:
        self._draw()
        menu = QMenu(self)
        group = QActionGroup(menu)
        for value, text in self._choices:
            action = menu.addAction(text, lambda value=value: self.set_value(value))
            action.setCheckable(True)
            action.setChecked(value == self._value)
            group.addAction(action)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
