"""Row lines: values, path, stamps (package-format.md §4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.core.tables import DELETED
from desktop.sync.canonical import Json, dump
from desktop.sync.cells import SEPARATOR, cell_value
from desktop.sync.encodings import is_branch_code, is_erased
from desktop.sync.errors import SetAsideError
from desktop.sync.merging import CONFLICT_TABLE, conflict_fault
from desktop.sync.stamps import Stamp, StampCodec, Stamps, row_stamp
from desktop.sync.tables import TableLine
from desktop.sync.values import CHECKS, JSON_DEPTH, cell_limit, collect_texts, text_fault

_NAME_SPACE = 70


@dataclass(frozen=True, slots=True)
class Row:
    """A row that may be staged: `values` in the order of the table line's columns, as in the package (ids are hex).

    `stamp` is the row stamp, `named` holds the groups that differ from it (None for one that the row never had).
    """

    key: str
    values: tuple[Json, ...]
    path: str
    stamp: Stamp
    named: Mapping[str, Stamp | None]

    def stamps(self, table: TableLine) -> dict[str, Stamp | None]:
        """Give the stamp of every group."""
        return {group: self.named.get(group, self.stamp) for group in table.groups}

    def columns(self, table: TableLine) -> dict[str, Json]:
        """Give the values by column."""
        return dict(zip(table.columns, self.values, strict=True))


def cells_of(table: TableLine, columns: Mapping[str, object]) -> dict[str, str]:
    """Give the cell value of each group."""
    return {group: cell_value({name: columns[name] for name in names}) for group, names in table.groups.items()}


@dataclass(slots=True)
class RowWriter:
    """Writes the rows of one table against the header's origins and paths."""

    table: TableLine
    stamps: StampCodec
    paths: Sequence[str]
    _index: dict[str, int] = field(default_factory=dict)
    _keys: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self._index = {path: index for index, path in enumerate(self.paths)}
        self._keys = tuple(self.table.columns.index(name) for name in self.table.key)

    def key(self, values: Sequence[object]) -> str:
        """Give the key text of a row; rows are written in its order."""
        return SEPARATOR.join(str(values[place]) for place in self._keys)

    def line(self, values: Sequence[object], path: str, groups: Stamps) -> bytes:
        """Write a row line without its line feed; `groups` gives every group's stamp (None: never had)."""
        row, named = row_stamp(groups)
        texts: dict[str, Json] = {
            name: None if stamp is None else self.stamps.write(stamp) for name, stamp in named.items()
        }
        return dump([*values, self._index[path], self.stamps.write(row), texts])


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table line; `newest` is the greatest clock value met."""

    table: TableLine
    stamps: StampCodec
    paths: Sequence[str]
    newest: int = 0
    _keys: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self._keys = tuple(self.table.columns.index(name) for name in self.table.key)

    def read(self, line: Sequence[Json], size: int | None = None) -> Row:
        """Check one row line of `size` bytes; a SetAsideError tells why it stays outside.

        `line` comes from `canonical.load`, so its numbers are whole and in range.
        """
        width = len(self.table.columns)
        if len(line) != width + 3:
            raise SetAsideError("values", "wrong number of values")
        stamp, named = self._read_stamps(line[width + 1], line[width + 2])
        values = tuple(line[:width])
        self._check_values(values)
        index = line[width]
        if type(index) is not int or not 0 <= index < len(self.paths):
            raise SetAsideError("path", "path index")
        row = Row(self.key_of(values), values, self.paths[index], stamp, named)
        self._check_groups(row)
        self._check_path(row)
        self._check_cells(row, len(dump(line)) if size is None else size)
        return row

    def key_of(self, values: Sequence[Json]) -> str:
        """Give the key text of a row."""
        return SEPARATOR.join(str(values[place]) for place in self._keys)

    def _read_stamps(self, row: Json, groups: Json) -> tuple[Stamp, dict[str, Stamp | None]]:
        stamp = self.stamps.read(row)
        self.newest = max(self.newest, stamp.newest)
        if not groups:
            if groups == {}:
                return stamp, {}
            raise SetAsideError("stamp", "groups are no object")
        if not isinstance(groups, dict):
            raise SetAsideError("stamp", "groups are no object")
        named = {name: None if text is None else self.stamps.read(text) for name, text in groups.items()}
        self.newest = max([self.newest, *(found.newest for found in named.values() if found is not None)])
        if not named.keys() <= self.table.groups.keys():
            raise SetAsideError("stamp", "a group that the table has not")
        self._check_row_stamp(stamp, named)
        return stamp, named

    def _check_row_stamp(self, stamp: Stamp, named: dict[str, Stamp | None]) -> None:
        full = {name: named.get(name, stamp) for name in self.table.groups}
        if all(found is None for found in full.values()) or row_stamp(full) != (stamp, named):
            raise SetAsideError("stamp", "row stamp is not the least, or a group is named that does not differ")

    def _check_values(self, values: tuple[Json, ...]) -> None:
        if any(values[place] is None for place in self._keys):
            raise SetAsideError("value", "key is null")
        texts: list[str] = []
        for place, (kind, value) in enumerate(zip(self.table.types, values, strict=True)):
            if value is None:
                continue
            if kind == "text" and isinstance(value, str):
                if not self._is_lost_value(place):
                    texts.append(value)
            elif kind == "json":
                if collect_texts(value, texts) > JSON_DEPTH:
                    raise SetAsideError("value", f"{self.table.columns[place]} is too deep")
            elif not CHECKS[kind](value):
                raise SetAsideError("value", f"{self.table.columns[place]} is not of type {kind}")
        fault = text_fault("\n".join(texts))
        if fault:
            raise SetAsideError("value", fault)

    def _is_lost_value(self, place: int) -> bool:
        """Tell whether this is the one text that need not be NFC (`conflict_fault` looks at its strings)."""
        return self.table.name == CONFLICT_TABLE and self.table.columns[place] == "lose_value"

    def _check_groups(self, row: Row) -> None:
        columns = row.columns(self.table) if row.named or self.table.name == CONFLICT_TABLE else {}
        for group, stamp in row.named.items():
            if stamp is None and any(columns[name] is not None for name in self.table.groups[group]):
                raise SetAsideError("stamp", "a group without stamp has values")
        if self.table.name == CONFLICT_TABLE and "head" in self.table.groups:
            head = row.named.get("head", row.stamp)
            fault = "no head" if head is None else conflict_fault(columns, head)
            if fault:
                raise SetAsideError("conflict", fault)

    def _check_path(self, row: Row) -> None:
        if self.table.path.startswith("own/"):
            columns = row.columns(self.table)
            code = columns[self.table.path.removeprefix("own/")]
            if not is_erased(columns[DELETED]) and (row.path.count("/") != 3 or not is_branch_code(code)):
                raise SetAsideError("path", "no branch's path, or no branch code")

    def _check_cells(self, row: Row, size: int) -> None:
        limit = cell_limit(self.table.name)
        if size + _NAME_SPACE * len(row.values) < limit:
            return
        for text in cells_of(self.table, row.columns(self.table)).values():
            if len(text.encode()) > limit:
                raise SetAsideError("too-large", "cell value over its limit")
