"""What goes out: which rows, in which order, with which stamps (sync.md §1.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.core.tables import TableSpec
from desktop.models.database import Connection
from desktop.models.registry import SPECS
from desktop.services.exchange.origins import Origins, stamps_of
from desktop.services.exchange.row_values import read_rows
from desktop.services.sessions import Workspace
from desktop.sync.cells import state_part, state_sum
from desktop.sync.encodings import lower_scope
from desktop.sync.payload_writer import OutRow, TableRows
from desktop.sync.stamps import Origin
from desktop.sync.tables import TableLine, table_line

CHUNK = 400


@dataclass(frozen=True)
class Scope:
    """Where the rows of one exchange lie: at `path` and below, and, going down, on the way to it."""

    path: str
    above: tuple[str, ...]

    def where(self, table: str) -> tuple[str, list[object]]:
        """Give the SQL condition on `sync_row r`, drafts of meetings left out."""
        marks = "".join(", ?" for _ in self.above)
        sql = f"(r.path = ? OR r.path LIKE ? OR r.path IN (NULL{marks}))"
        if table == "meeting":
            sql += " AND NOT EXISTS (SELECT 1 FROM meeting m WHERE lower(hex(m.id)) = r.pk AND m.state = 'draft')"
        return sql, [self.path, f"{self.path}/%", *self.above]


def scope_of(own: str, other: str) -> Scope:
    """Give the scope of an exchange between two paths; the county's own rows go down with it."""
    path = lower_scope(own, other)
    parts = path.split("/")
    above = tuple("/".join(parts[:at]) for at in range(2, len(parts))) if path == other else ()
    return Scope(path, above)


@dataclass(slots=True)
class Outgoing:
    """One export's rows: counted first, then walked; both see the same transaction."""

    workspace: Workspace
    db: Connection
    scope: Scope
    base: int
    upto: int
    origins: Origins

    def counts(self) -> dict[str, int]:
        """Give how many rows of each travelling table go out."""
        found = {}
        for spec in travelling():
            where, values = self.scope.where(spec.name)
            row = self.db.one(
                f"SELECT count(*) FROM sync_row r WHERE r.tbl = ? AND r.lsn > ? AND {where}",
                [self.workspace.tables[spec.name], self.base, *values],
            )
            if row and row[0]:
                found[spec.name] = int(row[0])
        return found

    def paths(self) -> tuple[str, ...]:
        """Give the paths that the rows point to, sorted."""
        found: set[str] = set()
        for spec in travelling():
            where, values = self.scope.where(spec.name)
            rows = self.db.rows(
                f"SELECT DISTINCT r.path FROM sync_row r WHERE r.tbl = ? AND r.lsn > ? AND {where}",
                [self.workspace.tables[spec.name], self.base, *values],
            )
            found |= {row[0] for row in rows}
        return tuple(sorted(found))

    def used_origins(self) -> tuple[Origin, ...]:
        """Give every origin that a stamp may point to, sorted: all that this database knows."""
        return tuple(sorted(self.origins.numbers))

    def tables(self, names: Iterable[str]) -> Iterator[TableRows]:
        """Give the table lines with their rows, parents before children."""
        for spec in travelling():
            if spec.name in names:
                yield TableRows(table_line(spec), self._rows(spec))

    def _rows(self, spec: TableSpec) -> Iterator[OutRow]:
        for keys, paths in self._keys(spec):
            values = read_rows(self.db, spec, keys)
            stamps = stamps_of(self.db, self.origins, spec, self.workspace.tables[spec.name], keys)
            for key in keys:
                yield OutRow(list(values[key].values()), paths[key], stamps[key])

    def _keys(self, spec: TableSpec, *, all_of_it: bool = False) -> Iterator[tuple[list[str], dict[str, str]]]:
        where, values = self.scope.where(spec.name)
        last = ""
        while True:
            rows = self.db.rows(
                f"SELECT r.pk, r.path FROM sync_row r WHERE r.tbl = ? AND r.pk > ? AND r.lsn > ? AND {where} "
                "ORDER BY r.pk LIMIT ?",
                [self.workspace.tables[spec.name], last, -1 if all_of_it else self.base, *values, CHUNK],
            )
            if not rows:
                return
            yield [row[0] for row in rows], dict(rows)
            last = rows[-1][0]

    def state(self) -> dict[str, str]:
        """Give the state hash of each table that has rows at the scope's path or below, sent or not."""
        below = Outgoing(self.workspace, self.db, Scope(self.scope.path, ()), self.base, self.upto, self.origins)
        found = {}
        for spec in travelling():
            parts = []
            for keys, _ in below._keys(spec, all_of_it=True):
                stamps = stamps_of(self.db, self.origins, spec, self.workspace.tables[spec.name], keys)
                parts += [state_part(spec.name, key, stamps[key]) for key in keys]
            if parts:
                found[spec.name] = state_sum(parts)
        return found


def travelling() -> Iterator[TableSpec]:
    """Walk the tables that travel, parents before children."""
    return (spec for spec in SPECS.values() if spec.travels != "never")


def known_lines() -> dict[str, TableLine]:
    """Give the table lines of this program by name."""
    return {spec.name: table_line(spec) for spec in travelling()}
