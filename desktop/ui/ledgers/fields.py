"""The fields of a ledger's form: one a declared field, each with the editor that its kind asks for."""

from collections.abc import Callable, Sequence

from desktop.services import meeting_search
from desktop.services.ledgers import rows, values
from desktop.services.ledgers.shapes import LedgerField
from desktop.services.sessions import Session
from desktop.ui.context import Context
from desktop.ui.records.dates import KnownDateField
from desktop.ui.records.form_values import choices
from desktop.ui.records.pickers import (
    MOST,
    Finder,
    Found,
    RecordField,
    branches_named,
    matches,
    new_person,
    organisations_named,
    persons_named,
)
from desktop.ui.widgets.fields import ChoiceField, Field, LineField, NumberField, TextField

LINE, TEXT = 200, 4000
_YES = ((True, "是"), (False, "否"))


class ScaledField(LineField):
    """A number with a part after the point that is stored as a whole one: 元 as 分, days as half-days."""

    def __init__(self, field: LedgerField) -> None:
        super().__init__(field.word, key=field.name, required=field.needed, limit=20)
        self._declared = field

    def stored(self) -> int | None:
        """Give the number as it is stored, or None."""
        return None if self.is_empty() else values.scaled(self._declared, self.value())

    def set_stored(self, value: int | None) -> None:
        """Show a stored number."""
        self.set_value(values.shown(self._declared, value).replace(",", ""))

    def problem(self) -> str:
        """Say what is no number, or finer than what is kept."""
        if self.is_empty() or (self.stored() or 0) > 0 or self.stored() == 0:
            return super().problem()
        return f"{self.label}“{self.value()[:20]}”不对。请填 0 或更大的数，{values.step(self._declared)}。"


def make(field: LedgerField, context: Context) -> Field:
    """Make the editor of a declared field."""
    return _MAKERS.get(field.kind, _line)(field, context)


def _line(field: LedgerField, _context: Context) -> Field:
    return LineField(field.word, key=field.name, required=field.needed, limit=LINE)


def _text(field: LedgerField, _context: Context) -> Field:
    return TextField(field.word, key=field.name, required=field.needed, rows=2, most=8, limit=TEXT)


def _date(field: LedgerField, context: Context) -> Field:
    return KnownDateField(field.word, today=context.session.today, key=field.name, required=field.needed)


def _number(field: LedgerField, _context: Context) -> Field:
    return NumberField(field.word, key=field.name, required=field.needed)


def _scaled(field: LedgerField, _context: Context) -> Field:
    return ScaledField(field)


def _code(field: LedgerField, _context: Context) -> Field:
    blank = "选一项" if field.needed else "未填"
    return ChoiceField(field.word, choices(field.codes), key=field.name, required=field.needed, blank=blank)


def _flag(field: LedgerField, _context: Context) -> Field:
    return ChoiceField(field.word, _YES, key=field.name, blank="不清楚")


def _reference(field: LedgerField, context: Context) -> Field:
    create = new_person if field.table == "person" else None
    find = _FINDERS.get(field.table) or _finder(field.table)
    return RecordField(field.word, context, find, key=field.name, required=field.needed, create=create)


_MAKERS: dict[str, Callable[[LedgerField, Context], Field]] = {
    "text": _text, "date": _date, "month": _date, "count": _number, "year": _number, "money": _scaled,
    "half_days": _scaled, "tenths": _scaled, "percent": _scaled, "code": _code, "flag": _flag, "reference": _reference,
}  # fmt: skip


def meetings_named(session: Session, text: str) -> Sequence[Found]:
    """Find meetings by whose they are, kind and day; the newest while nothing is typed."""
    if not text.strip():
        return [Found(row.id, row.name) for row in rows.targets(session, table="meeting", limit=MOST)]
    hits = meeting_search.find(session, text=text, limit=MOST)
    return [Found(bytes.fromhex(hit.id), hit.title, hit.note) for hit in hits if hit.kind == "meeting"]


_FINDERS: dict[str, Finder] = {
    "person": persons_named, "branch": branches_named, "organisation": organisations_named, "meeting": meetings_named,
}  # fmt: skip


def _finder(table: str) -> Finder:
    def find(session: Session, text: str) -> Sequence[Found]:
        return [Found(row.id, row.name) for row in rows.targets(session, table=table) if matches(text, row.name)]

    return find
