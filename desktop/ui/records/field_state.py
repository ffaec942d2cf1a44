"""What stands in the fields of a form as plain JSON and back, for drafts that keep themselves."""

from collections.abc import Iterable
from typing import Any

from desktop.ui.records.pickers import RecordField
from desktop.ui.widgets.chips import ChoiceChips
from desktop.ui.widgets.fields import ChoiceField, Field, LineField, TextField

_HEX = "hex:"


class Kept(Field):
    """A field that knows itself how it is kept (lists of rows)."""

    def kept(self) -> Any:  # noqa: ANN401 - JSON
        """Give what stands in it as JSON."""
        raise NotImplementedError

    def restore(self, value: Any) -> None:  # noqa: ANN401 - JSON
        """Show what was kept."""
        raise NotImplementedError


def read(fields: Iterable[Field]) -> dict[str, Any]:
    """Give key → value of all fields that have a key."""
    return {field.key: _read(field) for field in fields if field.key}


def write(fields: Iterable[Field], values: dict[str, Any]) -> None:
    """Show what `read` gave; fields that were not there then stay as they are."""
    for field in fields:
        if field.key in values:
            _write(field, values[field.key])


def _read(field: Field) -> Any:  # noqa: ANN401 - JSON
    match field:
        case Kept():
            value: object = field.kept()
        case RecordField():
            value = [plain(field.key_of()), field.edit.text()]
        case ChoiceChips():
            value = [plain(one) for one in field.values()]
        case ChoiceField():
            value = plain(field.value())
        case LineField():
            value = field.edit.text()
        case TextField():
            value = field.edit.toPlainText()
        case _:
            value = None
    return value


def _write(field: Field, value: Any) -> None:  # noqa: ANN401 - JSON
    match field:
        case Kept():
            field.restore(value)
        case RecordField() if isinstance(value, list):
            field.set_record(unplain(value[0]), str(value[1]))
        case ChoiceChips() if isinstance(value, list):
            field.set_value(*(unplain(one) for one in value))
        case ChoiceField():
            field.set_value(unplain(value))
        case LineField() | TextField():
            field.set_value(str(value or ""))
        case _:
            pass


def plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """Write an id as text that says so; other values stay."""
    return f"{_HEX}{value.hex()}" if isinstance(value, bytes) else value


def unplain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Read what `plain` wrote."""
    return bytes.fromhex(value[len(_HEX) :]) if isinstance(value, str) and value.startswith(_HEX) else value
