"""Between the fields of a form and the draft that services take, by the fields' keys."""

from collections.abc import Iterable
from typing import Any, Protocol, runtime_checkable

from desktop.core.codes import code_set
from desktop.ui.records.dates import KnownDateField
from desktop.ui.records.pickers import RecordField
from desktop.ui.widgets.fields import ChoiceField, DateField, Field, LineField, NumberField, TextField


@runtime_checkable
class Whole(Protocol):
    """A field that holds a number kept whole in a smaller unit, such as 元 as 分."""

    def stored(self) -> int | None:
        """Give the number as it is kept, or None."""

    def set_stored(self, value: int | None) -> None:
        """Show a number as it is kept."""


def choices(name: str) -> list[tuple[str, str]]:
    """Give the choices of a code table by their full names."""
    return [(row.code, row.name) for row in code_set(name).codes]


def show(fields: Iterable[Field], draft: object) -> None:
    """Show what a draft holds; a field that names another record is shown by the form, which knows its name."""
    for field in fields:
        value = getattr(draft, field.key, None)
        match field:
            case RecordField():
                pass
            case KnownDateField():
                field.set_held(value)
            case Whole():
                field.set_stored(value)
            case NumberField():
                field.set_number(value)
            case ChoiceField():
                field.set_value(value)
            case LineField() | TextField():
                field.set_value(value)
            case _:
                pass


def take(fields: Iterable[Field]) -> dict[str, Any]:
    """Give what stands in the fields as draft values, None for what is empty."""
    return {field.key: _value(field) for field in fields if field.key}


def _value(field: Field) -> Any:  # noqa: ANN401 - a value of a draft
    match field:
        case RecordField():
            value: object = field.key_of()
        case KnownDateField():
            value = field.held()
        case DateField():
            day = field.date()
            value = day.isoformat() if day else None
        case Whole():
            value = field.stored()
        case NumberField():
            value = field.number()
        case ChoiceField():
            value = field.value()
        case LineField() | TextField():
            value = field.value() or None
        case _:
            value = None
    return value
