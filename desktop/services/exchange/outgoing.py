"""What goes out: which rows, in which order, with which stamps (sync.md §1.5)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from desktop.core.tables import TableSpec
from desktop.models.database import Connection
from desktop.models.registry import SPECS
from desktop.services.exchange.origins import Origins, RawStamp, cells_between
from desktop.services.exchange.row_values import read_lists
from desktop.services.sessions import Workspace
from desktop.services.stamps import LOCAL_ORG
from desktop.sync.cells import state_part_of, state_sum, state_text
from desktop.sync.encodings import lower_scope
from desktop.sync.payload_writer import OutRow, TableRows
from desktop.sync.stamps import Origin, Stamps
from desktop.sync.tables import TableLine, table_line

CHUNK = 400
MOST_TEXTS = 10_000
DRAFTS = "SELECT lower(hex(m.id)) FROM meeting m WHERE m.state = 'draft'"


@dataclass(frozen=True)
class Scope:
    """Where the rows of one exchange lie: at `path` and below, and, going down, on the way to it."""

    path: str
    above: tuple[str, ...]

    def where(self, table: str) -> tuple[str, list[object]]:
        """Give the SQL condition on `sync_row r`, drafts of meetings left out."""
        marks = "".join(", ?" for _ in self.above)
        sql = f"(r.path IN (?{marks}) OR (r.path > ? AND r.path < ?))"
        if table == "meeting":
            sql += f" AND r.pk NOT IN ({DRAFTS})"
        return sql, [self.path, *self.above, f"{self.path}/", f"{self.path}0"]  # 0 is the character after the stroke


def scope_of(own: str, other: str) -> Scope:
    """Give the scope of an exchange between two paths; the county's own rows go down with it."""
    path = lower_scope(own, other)
    parts = path.split("/")
    above = tuple("/".join(parts[:at]) for at in range(2, len(parts))) if path == other else ()
    return Scope(path, above)


@dataclass(frozen=True, slots=True)
class _Marked:
    """One row's key, its path and the stamps of its groups; `shared` where one stamp, as stored, speaks for all."""

    key: str
    path: str
    stamps: Stamps
    shared: RawStamp | None


@dataclass
class Outgoing:
    """One export's rows: counted first, then walked; both see the same transaction. `step` is told of each chunk."""

    workspace: Workspace
    db: Connection
    scope: Scope
    base: int
    upto: int
    origins: Origins
    step: Callable[[int], None] = field(default=lambda done: None)  # noqa: ARG005

    @cached_property
    def _found(self) -> dict[str, dict[str, int]]:
        """Count the rows that go out by table and path."""
        found: dict[str, dict[str, int]] = {}
        for spec in travelling():
            where, values = self.scope.where(spec.name)
            rows = self.db.rows(
                f"SELECT r.path, count(*) FROM sync_row r WHERE r.tbl = ? AND r.lsn > ? AND {where} GROUP BY r.path",
                [self.workspace.tables[spec.name], self.base, *values],
            )
            if rows:
                found[spec.name] = dict(rows)
        return found

    def counts(self) -> dict[str, int]:
        """Give how many rows of each travelling table go out."""
        return {table: sum(paths.values()) for table, paths in self._found.items()}

    def paths(self) -> tuple[str, ...]:
        """Give the paths that the rows point to, sorted."""
        return tuple(sorted({path for paths in self._found.values() for path in paths}))

    def used_origins(self) -> tuple[Origin, ...]:
        """Give every origin that a stamp may point to, sorted: all that this database knows."""
        return tuple(sorted(self.origins.numbers))

    def tables(self, names: Iterable[str]) -> Iterator[TableRows]:
        """Give the table lines with their rows, parents before children."""
        done = 0
        for spec in travelling():
            if spec.name in names:
                yield TableRows(table_line(spec), self._rows(spec, done))
                done += self.counts()[spec.name]

    def _rows(self, spec: TableSpec, done: int) -> Iterator[OutRow]:
        for few in self._marked(spec, self.scope, self.base):
            values = read_lists(self.db, spec, [row.key for row in few])
            for row in few:
                yield OutRow(values[row.key], row.path, row.stamps)
            done += len(few)
            self.step(done)

    def _marked(self, spec: TableSpec, scope: Scope, base: int) -> Iterator[list[_Marked]]:
        """Walk keys, paths and stamps of a table in the order of the keys, some at a time."""
        where, values = scope.where(spec.name)
        tbl = self.workspace.tables[spec.name]
        cursor = self.db.execute_sql(
            f"SELECT r.pk, r.path, r.gen, r.hlc, r.org, r.hist FROM sync_row r "
            f"WHERE r.tbl = ? AND r.lsn > ? AND {where} ORDER BY r.pk",
            [tbl, base, *values],
        )
        while rows := list(islice(cursor, CHUNK)):
            cells = cells_between(self.db, tbl, rows[0][0], rows[-1][0])
            yield [
                _Marked(key, path, self.origins.groups(spec, (gen, hlc, org, hist), cells.get(key)),
                        None if key in cells else (gen, hlc, org, hist))
                for key, path, gen, hlc, org, hist in rows
            ]  # fmt: skip

    def state(self) -> dict[str, str]:
        """Give the state hash of each table that has rows at the scope's path or below, sent or not."""
        found = {}
        for spec in travelling():
            texts: dict[RawStamp, str] = {}
            parts = []
            for few in self._marked(spec, Scope(self.scope.path, ()), -1):
                for row in few:
                    text = texts.get(row.shared) if row.shared else None
                    if text is None:
                        text = state_text(row.stamps)
                        if row.shared and len(texts) < MOST_TEXTS:
                            texts[row.shared] = text
                    parts.append(state_part_of(spec.name, row.key, text))
            if parts:
                found[spec.name] = state_sum(parts)
        return found


def travelling() -> Iterator[TableSpec]:
    """Walk the tables that travel, parents before children."""
    return (spec for spec in SPECS.values() if spec.travels != "never")


def known_lines() -> dict[str, TableLine]:
    """Give the table lines of this program by name."""
    return {spec.name: table_line(spec) for spec in travelling()}


def count_changed(workspace: Workspace, db: Connection, scope: Scope, lsn: int, hlc: int) -> int:
    """Count the rows of a scope that were written here after a moment, given as sequence number and clock value."""
    total = 0
    for spec in travelling():
        where, values = scope.where(spec.name)
        row = db.one(
            f"SELECT count(*) FROM sync_row r WHERE r.tbl = ? AND r.lsn > ? AND {where} AND (r.org = ? AND r.hlc > ? "
            "OR EXISTS (SELECT 1 FROM sync_cell c WHERE c.tbl = r.tbl AND c.pk = r.pk AND c.org = ? AND c.hlc > ?))",
            [workspace.tables[spec.name], lsn, *values, LOCAL_ORG, hlc, LOCAL_ORG, hlc],
        )
        total += int(row[0]) if row else 0
    return total
