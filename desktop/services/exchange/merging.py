"""The merge of staged rows into the workspace: new rows in bulk, others by the pure merge of `sync` (§5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop.core.tables import DELETED, TableSpec
from desktop.models.registry import SPECS
from desktop.services.exchange.admitting import maker_path
from desktop.services.exchange.origins import Origins, stamps_of
from desktop.services.exchange.row_values import Values, insert_rows, read_rows, update_row
from desktop.services.exchange.staging import Staged, StagedRow
from desktop.services.exchange.taking_back import Before, left_behind
from desktop.services.sessions import Workspace
from desktop.services.stamps import write_cell
from desktop.sync.canonical import Json, dump_text, load_text, write
from desktop.sync.encodings import row_path
from desktop.sync.merging import Conflict, MergedRow, Value, merge_row
from desktop.sync.rows import cells_of
from desktop.sync.stamps import Stamp, row_stamp
from desktop.sync.tables import TableLine, line_columns, table_line

CHUNK = 400


@dataclass(slots=True)
class Counts:
    """What a merge did; the numbers of a preview are the same."""

    new: int = 0
    changed: int = 0
    same: int = 0
    older: int = 0
    deleted: int = 0
    conflicts: int = 0
    tables: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, table: str, outcome: str, number: int = 1) -> None:
        """Count one row's outcome, in all and for its table."""
        setattr(self, outcome, getattr(self, outcome) + number)
        found = self.tables.setdefault(table, {})
        found[outcome] = found.get(outcome, 0) + number


class Merger:
    """Merges a staged package into the open unit of a workspace."""

    def __init__(self, workspace: Workspace, staged: Staged) -> None:
        self._workspace = workspace
        self._staged = staged
        self._db = workspace.write
        self._origins = Origins(self._db)
        self._forks = self._origins.forks()
        self._conflicts: dict[str, Conflict] = {}
        row = self._db.one("SELECT lsn FROM sync_self WHERE id = 1")
        self._lsn = int(row[0]) if row else 0
        self.before = Before(self._lsn)
        self.counts = Counts()

    @property
    def last(self) -> int:
        """Give the last sequence number that the merge gave a row."""
        return self._lsn

    def run(self, step: Callable[[int, int, str], None]) -> None:
        """Merge every known table, parents before children, then record the conflicts found; `step` may cancel."""
        total, done = self._staged.count(), 0
        for name, line in self._staged.lines.items():
            if name not in SPECS:
                self._keep_unknown(name, line)
        for name, spec in SPECS.items():
            if name in self._staged.lines:
                for rows in self._staged.rows(name, CHUNK):
                    step(done, total, "合并记录")
                    self._chunk(spec, self._staged.lines[name], rows)
                    done += len(rows)
        self._record_conflicts()
        self._db.run("UPDATE sync_self SET lsn = ?, hlc = max(hlc, ?) WHERE id = 1", (self._lsn, self._staged.newest))

    def _chunk(self, spec: TableSpec, line: TableLine, rows: list[StagedRow]) -> None:
        keys = [row.key for row in rows]
        held = stamps_of(self._db, self._origins, spec, self._workspace.tables[spec.name], keys)
        self._insert(spec, line, [row for row in rows if row.key not in held])
        known = [row for row in rows if row.key in held]
        if not known:
            return
        current = read_rows(self._db, spec, [row.key for row in known])
        columns = line_columns(spec)
        for row in known:
            mine = current[row.key]
            if self._same_stamps(spec, line, row, held[row.key]) and _same_values(line, columns, row, mine):
                self.counts.add(spec.name, "same")
            else:
                self._merge(spec, line, row, mine, held[row.key])

    def _same_stamps(self, spec: TableSpec, line: TableLine, row: StagedRow, held: Mapping[str, Stamp | None]) -> bool:
        if not row.row.named and len(set(map(id, held.values()))) == 1:
            return row.row.stamp == next(iter(held.values()))
        stamps = row.row.stamps(line)
        return all(stamps.get(group) == held[group] for group in spec.groups if group in line.groups)

    def _insert(self, spec: TableSpec, line: TableLine, rows: list[StagedRow]) -> None:
        if not rows:
            return
        left = left_behind(self._workspace, spec.name, [row.key for row in rows])
        insert_rows(self._db, spec, [row.values for row in rows if row.key not in left])
        for row in rows:
            if row.key in left:
                update_row(self._db, spec, row.key, _without_key(spec, row.values))
        tbl = self._workspace.tables[spec.name]
        stored = []
        alike = line.groups.keys() == spec.groups.keys()
        foreign = not alike
        for row in rows:
            base, named = row.row.stamp, row.row.named
            if not alike:
                stamps = row.row.stamps(line)
                base, named = row_stamp({group: stamps.get(group) for group in spec.groups})
            self._lsn += 1
            stored.append((tbl, row.key, row.path, self._lsn, *self._origins.raw(base)))
            self._write_named(tbl, row.key, named)
            if foreign:
                self._keep_columns(spec, line, row)
        self._db.many(
            "INSERT INTO sync_row (tbl, pk, path, lsn, gen, hlc, org, hist) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", stored
        )
        self.counts.add(spec.name, "new", len(rows))

    def _write_named(self, tbl: int, key: str, named: Mapping[str, Stamp | None]) -> None:
        for group, stamp in named.items():
            if stamp is None:
                self._db.run(
                    "INSERT OR REPLACE INTO sync_cell (tbl, pk, grp, gen, hlc, org, hist) "
                    "VALUES (?, ?, ?, NULL, NULL, NULL, NULL)",
                    (tbl, key, group),
                )
            else:
                write_cell(self._db, tbl, key, group, self._origins.inward(stamp))

    def _merge(
        self, spec: TableSpec, line: TableLine, row: StagedRow, current: Values, held: Mapping[str, Stamp | None]
    ) -> None:
        own_line = table_line(spec)
        mine = _values(own_line, current, held)
        theirs = {
            group: value
            for group, value in _values(line, row.values, row.row.stamps(line)).items()
            if group in spec.groups
        }
        merged = merge_row(spec.name, row.key, mine, {**dict.fromkeys(spec.groups), **theirs}, self._forks)
        changed = _differences(mine, merged)
        self.before.remember(self._db, self._workspace.tables[spec.name], row.key)
        for conflict in merged.conflicts:
            self._conflicts[conflict.id] = conflict
        if changed:
            update_row(self._db, spec, row.key, changed)
        moved = self._restamp(spec, row.key, held, merged)
        if changed or moved:
            self._lsn += 1
            tbl = self._workspace.tables[spec.name]
            self._db.run("UPDATE sync_row SET lsn = ? WHERE tbl = ? AND pk = ?", (self._lsn, tbl, row.key))
            self._place(spec, row)
        self._keep_columns(spec, line, row)
        self.counts.add(spec.name, _outcome(changed, current))

    def _place(self, spec: TableSpec, row: StagedRow) -> None:
        """Store the path that the merged row itself gives; one of rule `own` keeps that of who made it (§4)."""
        if spec.path.startswith("own"):
            self._db.run(
                "UPDATE sync_row SET path = ? WHERE tbl = ? AND pk = ? AND path > ?",
                (row.path, self._workspace.tables[spec.name], row.key, row.path),
            )
            return
        now = read_rows(self._db, spec, [row.key])[row.key]
        path = row_path(spec.path, now, maker_path(row.path), self._path_in, row.path)
        tbl = self._workspace.tables[spec.name]
        self._db.run("UPDATE sync_row SET path = ? WHERE tbl = ? AND pk = ?", (path, tbl, row.key))

    def _path_in(self, table: str, key: str) -> str | None:
        row = self._db.one(
            "SELECT path FROM sync_row WHERE tbl = ? AND pk = ?", (self._workspace.tables.get(table), key)
        )
        return str(row[0]) if row else None

    def _restamp(self, spec: TableSpec, key: str, held: Mapping[str, Stamp | None], merged: MergedRow) -> bool:
        tbl = self._workspace.tables[spec.name]
        stamps = {group: value.stamp if value else None for group, value in merged.values.items()}
        differing = {group: stamp for group, stamp in stamps.items() if stamp != held[group]}
        self._write_named(tbl, key, differing)
        return bool(differing)

    def _record_conflicts(self) -> None:
        spec = SPECS["conflict"]
        tbl = self._workspace.tables["conflict"]
        for key in sorted(self._conflicts):
            conflict = self._conflicts[key]
            if self._db.one("SELECT 1 FROM sync_row WHERE tbl = ? AND pk = ?", (tbl, key)):
                continue
            row: dict[str, Json] = dict(conflict.row())
            if left_behind(self._workspace, spec.name, [key]):
                update_row(self._db, spec, key, _without_key(spec, row))
            else:
                insert_rows(self._db, spec, [row])
            stamp = self._origins.inward(conflict.stamp)
            self._lsn += 1
            self._db.run(
                "INSERT INTO sync_row (tbl, pk, path, lsn, gen, hlc, org, hist) VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                (tbl, key, self._path_of(conflict), self._lsn, stamp.gen, stamp.hlc, stamp.org),
            )
            self.counts.conflicts += 1

    def _path_of(self, conflict: Conflict) -> str:
        row = self._db.one(
            "SELECT path FROM sync_row WHERE tbl = ? AND pk = ?",
            (self._workspace.tables[conflict.cell.table], conflict.cell.key),
        )
        return str(row[0]) if row else self._workspace.identity.path

    def _keep_columns(self, spec: TableSpec, line: TableLine, row: StagedRow) -> None:
        """Keep the columns that a newer program sent and this one does not know."""
        foreign = [name for name in line.columns if name not in spec.types]
        if foreign:
            content = {name: row.values[name] for name in foreign}
            self._put_unknown(spec.name, row.key, content)

    def _keep_unknown(self, name: str, line: TableLine) -> None:
        for rows in self._staged.rows(name, CHUNK):
            for row in rows:
                self._put_unknown(name, row.key, {"line": line.json(), "values": list(row.row.values)})

    def _put_unknown(self, table: str, key: str, content: Json) -> None:
        self._db.run(
            "INSERT INTO sync_unknown (tbl, pk, content) VALUES (?, ?, ?) "
            "ON CONFLICT (tbl, pk) DO UPDATE SET content = excluded.content",
            (table, key, dump_text(content)),
        )


def _without_key(spec: TableSpec, values: Mapping[str, Json]) -> dict[str, Json]:
    """Give the columns of a whole row that may be written over one that stands: all but its key."""
    return {name: value for name, value in values.items() if name in spec.types and name not in spec.key}


def _same_values(line: TableLine, columns: tuple[str, ...], row: StagedRow, mine: Values) -> bool:
    """Compare what stands with what came: two copies of one database may write one dot with two values."""
    if line.columns == columns:
        return write(list(mine.values())) == row.content
    return all(dump_text(mine[name]) == dump_text(row.values[name]) for name in columns if name in row.values)


def _values(
    line: TableLine, columns: Mapping[str, object], stamps: Mapping[str, Stamp | None]
) -> dict[str, Value | None]:
    cells = cells_of(line, columns)
    found: dict[str, Value | None] = {}
    for group in line.groups:
        stamp = stamps[group]
        found[group] = Value(stamp, cells[group]) if stamp is not None else None
    return found


def _differences(mine: dict[str, Value | None], merged: MergedRow) -> dict[str, Json]:
    """Give the columns whose values differ after the merge, as the format writes them."""
    changed: dict[str, Json] = {}
    for group, value in merged.values.items():
        before = mine[group]
        if value is None or (before is not None and before.text == value.text):
            continue
        now, then = load_text(value.text), load_text(before.text) if before else {}
        if isinstance(now, dict) and isinstance(then, dict):
            changed |= {name: item for name, item in now.items() if name not in then or then[name] != item}
    return changed


def _outcome(changed: Mapping[str, Json], current: Values) -> str:
    if not changed:
        return "older"
    return "deleted" if changed.get(DELETED) is not None and current[DELETED] is None else "changed"
