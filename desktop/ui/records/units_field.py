"""联合单位 in the form of a branch: organisations with the days they came and left, a row each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.joint_units import UnitDraft
from desktop.ui.context import Context
from desktop.ui.records.dates import KnownDateField
from desktop.ui.records.field_state import Kept, plain, unplain
from desktop.ui.records.pickers import RecordField, organisations_named
from desktop.ui.widgets.buttons import link, quiet
from desktop.ui.widgets.scroll import column
from desktop.ui.widgets.text import plain_label


class _Row(QWidget):
    """One organisation with its days; the label stands over the first row alone."""

    changed = Signal()

    def __init__(self, context: Context, number: int) -> None:
        super().__init__()
        today = context.session.today
        self.key: bytes | None = None
        self.organisation = RecordField("社会组织", context, organisations_named, required=True)
        self.starts_on = KnownDateField("加入日期", today=today)
        self.ends_on = KnownDateField("退出日期", today=today)
        self.drop = quiet("", "dismiss", tip=f"移去第 {number} 个单位")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field, share in ((self.organisation, 3), (self.starts_on, 2), (self.ends_on, 2)):
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
            field.hold_room()
            field.changed.connect(self.changed)
        beside, box = column(gap=4)  # at the height of the editors, whatever is said under them
        box.addWidget(plain_label(" ", "label"))
        box.addWidget(self.drop)
        row.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.organisation)

    def show_unit(self, unit: UnitDraft) -> None:
        """Show one organisation."""
        self.key = unit.id
        self.organisation.set_record(unit.organisation_id or None, unit.name)
        self.starts_on.set_held(unit.starts_on)
        self.ends_on.set_held(unit.ends_on)

    def unit(self) -> UnitDraft:
        """Give what the row holds."""
        return UnitDraft(
            self.organisation.key_of() or b"", self.organisation.value(), self.key, self.starts_on.held(),
            self.ends_on.held(),
        )  # fmt: skip

    def check(self) -> bool:
        """Show what is wrong in the row."""
        return all([self.organisation.check(), self.starts_on.check(), self.ends_on.check()])


class UnitsField(Kept):
    """`units()` and `set_units()`; an empty list is a branch of its own township."""

    def __init__(self, context: Context) -> None:
        area = QWidget()
        super().__init__("联合单位（党组织覆盖的社会组织）", area, key="units")
        self.set_note("联合支部填两个以上")
        self._context = context
        self._rows: list[_Row] = []
        box = QVBoxLayout(area)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        box.addLayout(self._list)
        self.add_button = link("添加单位", lambda: self.add().setFocus())
        box.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.add_button)

    def add(self, unit: UnitDraft | None = None) -> _Row:
        """Add a row."""
        row = _Row(self._context, len(self._rows) + 1)
        self._rows.append(row)
        self._list.addWidget(row)
        if unit is not None:
            row.show_unit(unit)
        row.changed.connect(self._tell)
        row.drop.clicked.connect(lambda: self._remove(row))
        self._tell()
        return row

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.setParent(None)
        row.deleteLater()
        self.add_button.setFocus()
        self._tell()

    def _tell(self) -> None:
        if self.error:
            self.set_error(None)
        self.changed.emit()

    def units(self) -> tuple[UnitDraft, ...]:
        """Give all rows."""
        return tuple(row.unit() for row in self._rows)

    def set_units(self, units: Sequence[UnitDraft]) -> None:
        """Show these."""
        for row in tuple(self._rows):
            self._remove(row)
        for unit in units:
            self.add(unit)

    def is_empty(self) -> bool:
        """Tell whether there is no row."""
        return not self._rows

    def check(self) -> bool:
        """Let each row show what is wrong in it."""
        wrong = [row for row in self._rows if not row.check()]
        return not wrong

    def kept(self) -> Any:  # noqa: ANN401 - JSON
        """Give the rows as JSON."""
        return [[plain(row.organisation_id), row.name, plain(row.id), row.starts_on, row.ends_on]
                for row in self.units()]  # fmt: skip

    def restore(self, value: Any) -> None:  # noqa: ANN401 - JSON
        """Show rows that were kept."""
        self.set_units([UnitDraft(unplain(one[0]), one[1], unplain(one[2]), one[3], one[4]) for one in value])
