"""Rows of what was on the table and what was decided: items of business and resolutions."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.text import clean, clean_line
from desktop.services.meeting_drafts import AgendaDraft, ResolutionDraft
from desktop.ui.meetings.dates import DayField
from desktop.ui.meetings.rows import FormRow
from desktop.ui.meetings.suggest import SuggestField
from desktop.ui.theme import theme
from desktop.ui.widgets.editors import LineEdit, TextEdit
from desktop.ui.widgets.fields import Field

TITLE_LIMIT, TEXT_LIMIT = 200, 2000


class AgendaRow(FormRow[AgendaDraft]):
    """One item of business; what was said on it opens below with the menu's 写发言要点."""

    def __init__(self) -> None:
        super().__init__("议题")
        self.title = LineEdit()
        self.title.setPlaceholderText("如：研究第四季度主题党日安排")
        self.body.addWidget(self.title)
        self.said = TextEdit(2, 8)
        self.said.setPlaceholderText("发言人：要点")
        self.said.hide()
        self.body.addWidget(self.said)
        self.menu.insertAction(self.menu.actions()[0], self.menu.addAction("写发言要点", self.open_said))
        self.title.textChanged.connect(self.changed)
        self.said.textChanged.connect(self.changed)
        self.title.left.connect(self.left)
        self.said.left.connect(self.left)
        self.title.returnPressed.connect(self.focusNextChild)

    def focus_target(self) -> QWidget:
        """Begin with the title."""
        return self.title

    def name_editors(self, number: int) -> None:
        """Name the editors by the item's number."""
        self.title.setAccessibleName(f"议题 {number}")
        self.said.setAccessibleName(f"议题 {number} 的发言要点")

    def show_value(self, value: AgendaDraft) -> None:
        """Show an item."""
        self.title.setText(value.title)
        self.title.setCursorPosition(0)
        self.said.setPlainText(value.content or "")
        self.said.setVisible(bool(value.content))

    def value(self) -> AgendaDraft:
        """Give the item."""
        return AgendaDraft(clean_line(self.title.text()), clean(self.said.toPlainText()).strip() or None)

    def is_empty(self) -> bool:
        """Tell whether there is neither a title nor a word said."""
        return self.value() == AgendaDraft("")

    def open_said(self) -> None:
        """Open the place for what was said on this item."""
        self.said.show()
        self.said.setFocus()


class ResolutionRow(FormRow[ResolutionDraft]):
    """One thing decided, with who does it by when."""

    def __init__(self, today: date) -> None:
        super().__init__("决议")
        self._stored = ResolutionDraft("")
        self.text = TextEdit(1, 6)
        self.text.setPlaceholderText("如：会议决定，11月28日开展主题党日")
        self.responsible = SuggestField("责任人", key="responsible", limit=50)
        self.due = DayField("完成时限", today=today, key="due_on")
        self.body.addWidget(self.text)
        line = QHBoxLayout()
        line.setSpacing(8)
        for field in (self.responsible, self.due):
            field.setMaximumWidth(theme().px(220))
            line.addWidget(field, 1)
        line.addStretch(1)
        self.body.addLayout(line)
        self.text.textChanged.connect(self.changed)
        self.text.left.connect(self.left)
        for field in (self.responsible, self.due):
            field.changed.connect(self.changed)
            field.left.connect(self.left)

    def focus_target(self) -> QWidget:
        """Begin with the words of the resolution."""
        return self.text

    def name_editors(self, number: int) -> None:
        """Name the editors by the resolution's number."""
        self.text.setAccessibleName(f"决议 {number}")
        self.responsible.edit.setAccessibleName(f"决议 {number} 的责任人")
        self.due.edit.setAccessibleName(f"决议 {number} 的完成时限")

    def show_value(self, value: ResolutionDraft) -> None:
        """Show a resolution; its item of business and when it was done stay with it."""
        self._stored = value
        self.text.setPlainText(value.text)
        self.responsible.set_value(value.responsible)
        self.due.set_held(value.due_on)

    def value(self) -> ResolutionDraft:
        """Give the resolution."""
        text = clean(self.text.toPlainText()).strip()
        return replace(
            self._stored, text=text, responsible=self.responsible.value() or None, due_on=self.due.held()
        )

    def is_empty(self) -> bool:
        """Tell whether nothing is written."""
        return not (clean(self.text.toPlainText()).strip() or self.responsible.value() or not self.due.is_empty())

    def fields(self) -> tuple[Field, ...]:
        """Give the person and the date."""
        return (self.responsible, self.due)
