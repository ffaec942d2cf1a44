"""The form of one row of a ledger."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services.ledgers import saving
from desktop.services.ledgers.saving import LedgerDraft
from desktop.services.ledgers.shapes import Ledger
from desktop.ui.context import Context
from desktop.ui.ledgers.fields import make
from desktop.ui.records import form_values
from desktop.ui.records.form_dialog import FormDialog, Work
from desktop.ui.records.pickers import RecordField

COLUMNS = 3


class LedgerDialog(FormDialog):
    """A new row, or one that is changed; what the ledger's clause is stands under the title."""

    def __init__(self, context: Context, parent: QWidget | None, ledger: Ledger, draft: LedgerDraft) -> None:
        title = f"{'修改' if draft.id else '登记'}{ledger.noun}"
        super().__init__(context, parent, title=title, note=clause_words(ledger), keep=f"ledger.{ledger.table}",
                         subject=draft.id, width=760, columns=COLUMNS)  # fmt: skip
        self._draft = draft
        self._fields = {one.name: make(one, context) for one in ledger.fields}
        self.section("", [(self._fields[one.name], one.span) for one in ledger.fields])
        form_values.show(self.fields, SimpleNamespace(**draft.values))
        for name, field in self._fields.items():
            if isinstance(field, RecordField):
                field.set_record(draft.values.get(name), draft.names.get(name, ""))
        self.begin()

    def work(self) -> Work | None:
        """Save the row."""
        draft = replace(self._draft, values=form_values.take(self.fields))
        return lambda session: saving.save(session, draft=draft)


def clause_words(ledger: Ledger) -> str:
    """Say which clause asks for a ledger."""
    return f"依据：苏组发〔2017〕8号{ledger.clause}" if ledger.clause.startswith("第") else ""


def opening(ledger: Ledger, given: Mapping[str, Any], names: Mapping[str, str], today: str) -> LedgerDraft:
    """Give the draft of a new row: what is known already, this year, this month, today where a day is needed."""
    values: dict[str, Any] = dict.fromkeys((one.name for one in ledger.fields), None)
    for one in ledger.fields:
        if one.kind == "year" and one.needed:
            values[one.name] = int(today[:4])
        elif one.kind == "date" and one.needed:
            values[one.name] = today
        elif one.kind == "month" and one.needed:
            values[one.name] = today[:7]
    values |= {name: value for name, value in given.items() if name in values}
    return LedgerDraft(ledger.table, values, None, names)
