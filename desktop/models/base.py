"""Fields with the types of the package format, and the one way to declare a table."""

from typing import Any, ClassVar

import peewee

from desktop.core.tables import DELETED, Column, ColumnType, PartSpec, SiteRole, TableSpec, Travels

MAX_GROUPS = 24


class IdField(peewee.BlobField):  # type: ignore[misc]  # peewee ships no types
    """16 bytes; `refers` names the table whose id it holds (checked at the end of the unit)."""

    package_type: ColumnType = "id"

    def __init__(self, refers: str | None = None, **options: Any) -> None:  # noqa: ANN401 - peewee's own options
        self.refers = refers
        if refers is not None:
            reference = peewee.SQL(f'REFERENCES "{refers}" ("id") DEFERRABLE INITIALLY DEFERRED')
            options.setdefault("constraints", [reference])
            options.setdefault("null", True)
        super().__init__(**options)

    def db_value(self, value: bytes | None) -> bytes | None:
        """Hand bytes to the driver as they are."""
        return value

    def python_value(self, value: bytes | None) -> bytes | None:
        """Take bytes from the driver as they are."""
        return value


class _Typed(peewee.TextField):  # type: ignore[misc]  # peewee ships no types
    package_type: ColumnType = "text"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - peewee's own options
        options.setdefault("null", True)
        super().__init__(**options)


class Text(_Typed):
    """Free text, NFC, without control or bidi characters."""


class DateText(_Typed):
    """A date of known precision (`1985`, `1985-06`, `1985-06-03`)."""

    package_type: ColumnType = "date"


class TimeText(_Typed):
    """A time of day, `19:30`."""

    package_type: ColumnType = "time"


class Instant(_Typed):
    """An instant, `2026-11-23T08:00:00Z`."""

    package_type: ColumnType = "instant"


class Code(_Typed):
    """A code of `resources/codes` or of this program."""

    package_type: ColumnType = "code"


class Hash(_Typed):
    """64 hex digits of a SHA-256."""

    package_type: ColumnType = "hash"


class Json(_Typed):
    """Canonical JSON, depth at most 4."""

    package_type: ColumnType = "json"


class KeyText(_Typed):
    """A key text of the package format; the one type that may hold U+001F."""

    package_type: ColumnType = "key"


class Whole(peewee.IntegerField):  # type: ignore[misc]  # peewee ships no types
    """An integer in the unit that data.md gives (分, half-days, tenths)."""

    package_type: ColumnType = "int"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - peewee's own options
        options.setdefault("null", True)
        super().__init__(**options)


class Flag(Whole):
    """Yes or no as 1 or 0; null is unknown."""

    package_type: ColumnType = "bool"


class Table(peewee.Model):  # type: ignore[misc]  # peewee ships no types
    """A local table; bound to no database, each query is given its connection."""

    class Meta:
        """Names stand as they are written."""

        database = None
        legacy_table_names = False


class Record(Table):
    """A record table: an id and the reason of its deletion."""

    SPEC: ClassVar[TableSpec]
    id = IdField(primary_key=True)
    deleted = Text(column_name=DELETED)


def define(
    model: type[Table],
    *,
    path: str,
    travels: Travels = "both",
    owner: SiteRole = "township",
    corrector: SiteRole = "county",
    groups: dict[str, tuple[str, ...]] | None = None,
    volatile: tuple[str, ...] = (),
    parts: tuple[PartSpec, ...] = (),
    version: int = 1,
) -> TableSpec:
    """Read the spec of a record table off its model; a column in no named group is a group of its own."""
    named = {column: group for group, columns in (groups or {}).items() for column in columns}
    columns: list[Column] = []
    parents: list[tuple[str, str]] = []
    key: list[str] = []
    for field in model._meta.sorted_fields:  # noqa: SLF001 - peewee's own way to its fields
        name = field.column_name
        if field.primary_key or name in _composite(model):
            key.append(name)
            group = None
        else:
            group = None if name in volatile else named.get(name, name)
        columns.append(Column(name, field.package_type, group))
        if getattr(field, "refers", None):
            parents.append((name, field.refers))
    columns.extend(Column(part.name, "json", part.group) for part in parts)
    return TableSpec(
        name=model._meta.table_name,  # noqa: SLF001
        version=version,
        key=tuple(key),
        columns=tuple(columns),
        path=path,
        travels=travels,
        owner=owner,
        corrector=corrector,
        parents=tuple(parents),
        volatile=volatile,
        parts=parts,
    )


def define_part(model: type[Table], *, parent: str, group: str) -> PartSpec:
    """Read the spec of a part table off its model: its key is (parent's id, own number)."""
    key = _composite(model)
    columns = tuple(
        Column(field.column_name, field.package_type, group)
        for field in model._meta.sorted_fields  # noqa: SLF001
        if field.column_name != key[0]
    )
    return PartSpec(model._meta.table_name, parent, group, key, columns)  # noqa: SLF001


def _composite(model: type[Table]) -> tuple[str, ...]:
    key = model._meta.primary_key  # noqa: SLF001
    return tuple(key.field_names) if isinstance(key, peewee.CompositeKey) else ()
