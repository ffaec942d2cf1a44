"""Step 2 of the roster wizard: each column of the sheet with its samples, and the field that it feeds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.services.importing import FieldName, ReadRoster
from desktop.ui.theme import restyle, theme
from desktop.ui.widgets.cards import Card
from desktop.ui.widgets.editors import Combo
from desktop.ui.widgets.fields import ChoiceField
from desktop.ui.widgets.scroll import scroll
from desktop.ui.widgets.text import elided_label, plain_label, tag_label

NOT_TAKEN, STATE = "不导入", 3


class ColumnsStep(QWidget):
    """`sheet_wanted(name)` fires when another sheet is chosen; `mapping()` is title by field for the next reading."""

    sheet_wanted = Signal(str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields: tuple[FieldName, ...] = ()
        self._combos: dict[str, Combo] = {}
        self._states: dict[str, QLabel] = {}
        self._auto: dict[str, str] = {}
        self._count = (0, 0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        card = Card("每一列放到哪里", gap=8)
        self.sheet: ChoiceField[str] = ChoiceField("工作表", key="sheet")
        self.sheet.setFixedWidth(theme().px(260))
        self.sheet.changed.connect(self._other_sheet)
        self.note = plain_label("", "label", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addWidget(self.note, 1)
        top.addWidget(self.sheet)
        card.body.addLayout(top)
        self._content = QWidget()
        self._grid = QGridLayout(self._content)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        card.body.addWidget(scroll(self._content), 1)
        box.addWidget(card)

    def show_roster(self, roster: ReadRoster, fields: Sequence[FieldName]) -> None:
        """Show the columns of a sheet as they were matched."""
        self._fields = tuple(fields)
        self._auto = {title: key for key, title in roster.columns.items()}
        blocked = self.sheet.blockSignals(True)
        self.sheet.set_choices([(name, name) for name in roster.sheets])
        self.sheet.set_value(roster.sheet)
        self.sheet.blockSignals(blocked)
        self.sheet.setVisible(len(roster.sheets) > 1)
        self._fill(tuple(dict.fromkeys(roster.titles)), roster)
        self._tell(len(roster.rows), roster.header_row)

    def _tell(self, rows: int, header_row: int) -> None:
        self._count = (rows, header_row)
        taken = sum(1 for combo in self._combos.values() if combo.currentIndex() > 0)
        self.note.setText(
            f"第 {header_row} 行是标题，下面有 {rows:,} 行。{len(self._combos)} 列里有 {taken} 列会导入；"
            "认错了的在这里改，不要的选“不导入”。"
        )

    def _fill(self, titles: Sequence[str], roster: ReadRoster) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._combos, self._states = {}, {}
        self._grid.setColumnMinimumWidth(0, theme().px(200))
        for column, text in enumerate(("表里的列", "前几行的内容", "导入为", "")):
            self._grid.addWidget(plain_label(text, "label"), 0, column)
        for at, title in enumerate(titles, start=1):
            combo, state = self._combo(title), tag_label("")
            self._combos[title], self._states[title] = combo, state
            name = elided_label(title, "strong")
            samples = elided_label("　".join(roster.samples.get(title, ())) or "（空）", "label")
            for column, widget in enumerate((name, samples, combo)):
                self._grid.addWidget(widget, at, column)
            self._grid.addWidget(state, at, STATE, Qt.AlignmentFlag.AlignVCenter)
            self._say(title)
        self._grid.setRowStretch(len(titles) + 1, 1)

    def _combo(self, title: str) -> Combo:
        combo = Combo()
        combo.setAccessibleName(f"“{title}”导入为")
        combo.setFixedWidth(theme().px(220))
        combo.addItem(NOT_TAKEN)
        combo.addItems([f"{field.title}（必填）" if field.required else field.title for field in self._fields])
        key = self._auto.get(title)
        combo.setCurrentIndex(next((at for at, field in enumerate(self._fields, 1) if field.key == key), 0))
        combo.currentIndexChanged.connect(lambda at: self._picked(title, at))
        return combo

    def _picked(self, title: str, at: int) -> None:
        """Let a field be fed by one column alone: the newer choice wins."""
        for other, combo in self._combos.items():
            if at and other != title and combo.currentIndex() == at:
                combo.setCurrentIndex(0)
        self._say(title)
        self._tell(*self._count)
        self.changed.emit()

    def _say(self, title: str) -> None:
        at, state = self._combos[title].currentIndex(), self._states[title]
        key = self._fields[at - 1].key if at else None
        text, tag = ("不导入", "neutral") if key is None else ("自动认出", "ok")
        if key is not None and self._auto.get(title) != key:
            text, tag = "手工指定", "info"
        state.setText(text)
        state.setProperty("tag", tag)
        restyle(state)

    def mapping(self) -> dict[str, str]:
        """Give title by field, with an empty title for a field that no column feeds."""
        found = {field.key: "" for field in self._fields}
        for title, combo in self._combos.items():
            if combo.currentIndex() > 0:
                found[self._fields[combo.currentIndex() - 1].key] = title
        return found

    def is_changed(self) -> bool:
        """Tell whether a person chose otherwise than was matched."""
        chosen = {title: key for key, title in self.mapping().items() if title}
        return chosen != self._auto

    def lacking(self) -> FieldName | None:
        """Give a required field that no column feeds, or None."""
        mapped = self.mapping()
        return next((field for field in self._fields if field.required and not mapped[field.key]), None)

    def set_field(self, title: str, key: str | None) -> None:
        """Choose the field of a column, or that it is not taken."""
        self._combos[title].setCurrentIndex(
            next((at for at, field in enumerate(self._fields, 1) if field.key == key), 0)
        )

    def _other_sheet(self) -> None:
        name = self.sheet.value()
        if name:
            self.sheet_wanted.emit(name)
