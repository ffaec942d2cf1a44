"""Rows of votes: method and numbers, with the sum written out beside them as it will be printed (MTG-10 to 12)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services.meeting_drafts import VoteDraft
from desktop.ui.meetings import figures
from desktop.ui.meetings.rows import FormRow
from desktop.ui.theme import restyle, theme
from desktop.ui.widgets.fields import ChoiceField, Field, NumberField
from desktop.ui.widgets.text import plain_label, tag_label

_NUMBERS = (
    ("due", "应到有表决权"), ("present", "实到有表决权"), ("approve", "赞成"), ("against", "反对"), ("abstain", "弃权"),
)  # fmt: skip


class VoteRow(FormRow[VoteDraft]):
    """One count; 应到 and 实到 follow the list of those present until somebody writes another number."""

    def __init__(self) -> None:
        super().__init__("表决")
        self._stored = VoteDraft()
        self._auto: tuple[int | None, int | None] = (None, None)
        self.about = ChoiceField[int]("议题", key="agenda_number", blank="不分议题")
        self.method = ChoiceField[str]("表决方式", figures.METHODS, key="method")
        self.numbers = {name: NumberField(label, key=name, most=9999) for name, label in _NUMBERS}
        top, below = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(8)
        below.setSpacing(8)
        top.addWidget(self.about, 1)
        self.method.setMaximumWidth(theme().px(160))
        top.addWidget(self.method)
        for field in self.numbers.values():
            below.addWidget(field, 1)
        self.body.addLayout(top)
        self.body.addLayout(below)
        self.sum = plain_label("", "label", wrap=True)
        self.result = tag_label("")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.result, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.sum, 1)
        self.body.addLayout(foot)
        for one in self._all():
            one.changed.connect(self._told)
            one.left.connect(self.left)
        self._told()

    def focus_target(self) -> QWidget:
        """Begin with the votes for it; who was due and came is known."""
        return self.numbers["approve"].edit

    def _all(self) -> tuple[Field, ...]:
        return (self.about, self.method, *self.numbers.values())

    def fields(self) -> tuple[Field, ...]:
        """Give the numbers; what is chosen from a list is never wrong in itself."""
        return tuple(self.numbers.values())

    def name_editors(self, number: int) -> None:
        """Name the editors by the vote's number."""
        for field in self._all():
            field.editor.setAccessibleName(f"表决 {number} 的{field.label}")

    def set_agenda(self, titles: Sequence[str]) -> None:
        """Offer the items of business that there are."""
        self.about.set_choices([(at, f"{at}. {title}") for at, title in enumerate(titles, start=1)])

    def follow(self, due: int, present: int) -> None:
        """Take the numbers of the list, where nobody has written others."""
        for name, before, now in zip(("due", "present"), self._auto, (due, present), strict=True):
            if self.numbers[name].number() in (before, None):
                self.numbers[name].set_number(now)
        self._auto = (due, present)

    def show_value(self, value: VoteDraft) -> None:
        """Show a count; what the form does not ask (发票、收票、有效票、书面意见) stays with it."""
        self._stored = value
        self._auto = (-1, -1)
        if value.agenda_number and value.agenda_number not in [at for at, _ in self._titles()]:
            self.about.set_choices([*self._titles(), (value.agenda_number, f"第 {value.agenda_number} 项议题")])
        self.about.set_value(value.agenda_number)
        if value.method and value.method not in dict(figures.METHODS):
            self.method.set_choices([*figures.METHODS, (value.method, value.method)])
        self.method.set_value(value.method or figures.METHODS[0][0])
        for name, field in self.numbers.items():
            field.set_number(getattr(value, name))

    def _titles(self) -> list[tuple[int, str]]:
        return [(at, self.about.combo.itemText(at)) for at in range(1, self.about.combo.count())]

    def value(self) -> VoteDraft:
        """Give the count."""
        numbers: dict[str, Any] = {name: field.number() for name, field in self.numbers.items()}
        return replace(self._stored, agenda_number=self.about.value(), method=self.method.value(), **numbers)

    def is_empty(self) -> bool:
        """A vote that was added is meant, even before its numbers are there."""
        return False

    def _told(self) -> None:
        value = self.value()
        fault = figures.vote_fault(value)
        words, passed = figures.vote_words(value)
        self.sum.setText(fault or words or "填好赞成、反对、弃权的票数，这里就写出算式和结果。")
        self.sum.setProperty("role", "error" if fault else "label")
        restyle(self.sum)
        self.result.setVisible(passed is not None)
        self.result.setText("通过" if passed else "未通过")
        self.result.setProperty("tag", "ok" if passed else "err")
        restyle(self.result)
        self.changed.emit()
