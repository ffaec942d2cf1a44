"""Turns what a unit changed into stamps, set-wise for new rows and row by row for edits (package-format.md §5)."""

from dataclasses import dataclass

from desktop.core.tables import DELETED, TableSpec
from desktop.models.database import Connection
from desktop.models.registry import SPECS
from desktop.services.sessions import Workspace

History = dict[int, int]
LOCAL_ORG = 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """One stamp of this database: `org` is a local number of `sync_origin`; `hist` org → newest hlc seen."""

    gen: int
    hlc: int
    org: int
    hist: tuple[tuple[int, int], ...] = ()

    def covered(self) -> History:
        """Give what this stamp has seen, its own dot with it."""
        seen = dict(self.hist)
        seen[self.org] = max(self.hlc, seen.get(self.org, 0))
        return seen


def stamp_unit(workspace: Workspace, number: int) -> None:
    """Stamp every row that the unit touched; call it inside the unit's transaction."""
    hlc, lsn = _tick(workspace)
    touched = {row[0] for row in workspace.write.rows('SELECT DISTINCT tbl FROM "change" WHERE unit = ?', (number,))}
    for name, spec in SPECS.items():
        if touched.isdisjoint({name, *(part.name for part in spec.parts)}):
            continue
        lsn = _stamp_new(workspace, number, spec, hlc, lsn)
        lsn = _stamp_edits(workspace, number, name, hlc, lsn)
    workspace.write.run("UPDATE sync_self SET hlc = ?, lsn = ? WHERE id = 1", (hlc, lsn))


def _tick(workspace: Workspace) -> tuple[int, int]:
    row = workspace.write.one("SELECT hlc, lsn FROM sync_self WHERE id = 1")
    last, lsn = (int(row[0]), int(row[1])) if row else (0, 0)
    return max(last + 1, int(workspace.clock.now().timestamp() * 1000) << 16), lsn


def _stamp_new(workspace: Workspace, number: int, spec: TableSpec, hlc: int, lsn: int) -> int:
    tbl, db = workspace.tables[spec.name], workspace.write
    found = db.run(
        "INSERT INTO sync_row (tbl, pk, path, lsn, gen, hlc, org, hist) "
        f"SELECT {tbl}, c.pk, {path_sql(workspace, spec)}, "
        f"? + row_number() OVER (ORDER BY c.pk), 0, ?, {LOCAL_ORG}, NULL "
        f"FROM \"change\" c JOIN {spec.name} t ON t.rowid = c.at_row WHERE c.unit = ? AND c.tbl = ? AND c.op = 'I' "
        "AND NOT EXISTS (SELECT 1 FROM sync_row r WHERE r.tbl = ? AND r.pk = c.pk)",
        (lsn, hlc, number, spec.name, tbl),
    )
    return lsn + max(found, 0)


def path_sql(workspace: Workspace, spec: TableSpec, row: str = "t") -> str:
    """Give the SQL that computes the org path of a row of `spec` by its rule (package-format.md §4)."""
    own = f"'{workspace.identity.path}'"
    match spec.path.split(" "):
        case ["own"]:
            return own
        case [rule] if rule.startswith("own/"):
            column = rule.removeprefix("own/")
            return f"{own} || '/' || {row}.{column}" if workspace.identity.kind == "township" else own
        case ["by", column]:
            return f"coalesce({_path_of(workspace, 'branch', f'{row}.{column}')}, {own})"
        case ["via", column, table]:
            return f"coalesce({_path_of(workspace, table, f'{row}.{column}')}, {own})"
        case ["as", _, _]:
            return own
        case _:
            raise ValueError(spec.path)


def _path_of(workspace: Workspace, table: str, column: str) -> str:
    tbl = workspace.tables[table]
    return f"(SELECT p.path FROM sync_row p WHERE p.tbl = {tbl} AND p.pk = lower(hex({column})))"


def _stamp_edits(workspace: Workspace, number: int, table: str, hlc: int, lsn: int) -> int:
    spec, db, tbl = SPECS[table], workspace.write, workspace.tables[table]
    for pk, groups in _edited_groups(db, number, spec).items():
        current = read_stamps(db, spec, tbl, pk)
        for group in sorted(groups):
            write_cell(db, tbl, pk, group, _next(current, group, hlc))
        lsn += 1
        db.run("UPDATE sync_row SET lsn = ? WHERE tbl = ? AND pk = ?", (lsn, tbl, pk))
        if any(group in groups for group in _path_groups(spec)):
            _move(workspace, spec, pk)
    return lsn


def _edited_groups(db: Connection, number: int, spec: TableSpec) -> dict[str, set[str]]:
    group_of = {column.name: column.group for column in spec.columns}
    found: dict[str, set[str]] = {}
    rows = db.rows('SELECT pk, "columns" FROM "change" WHERE unit = ? AND tbl = ? AND op = \'U\'', (number, spec.name))
    for pk, columns in rows:
        groups = {group_of[name] for name in columns.split(" ")} - {None}
        if groups:
            found.setdefault(pk, set()).update(group for group in groups if group is not None)
    for part in spec.parts:
        for (pk,) in db.rows(
            'SELECT DISTINCT substr(pk, 1, 32) FROM "change" WHERE unit = ? AND tbl = ?', (number, part.name)
        ):
            found.setdefault(pk, set()).add(part.group)
    new = {row[0] for row in db.rows(
        'SELECT pk FROM "change" WHERE unit = ? AND tbl = ? AND op = \'I\'', (number, spec.name)
    )}  # fmt: skip
    return {pk: groups for pk, groups in found.items() if pk not in new}


def _next(current: dict[str, Stamp | None], group: str, hlc: int) -> Stamp:
    old = current[group]
    seen: History = {}
    sources = list(current.values()) if group == DELETED else [old, current.get(DELETED)]
    for stamp in sources:
        for org, newest in (stamp.covered() if stamp else {}).items():
            seen[org] = max(newest, seen.get(org, 0))
    seen.pop(LOCAL_ORG, None)
    return Stamp(old.gen if old else 0, hlc, LOCAL_ORG, tuple(sorted(seen.items())))


def read_stamps(db: Connection, spec: TableSpec, tbl: int, pk: str) -> dict[str, Stamp | None]:
    """Give the stamp of every group of a row; None for a group that the row has never had."""
    row = db.one("SELECT gen, hlc, org, hist FROM sync_row WHERE tbl = ? AND pk = ?", (tbl, pk))
    base = parse_stamp(row) if row else None
    found: dict[str, Stamp | None] = dict.fromkeys(spec.groups, base)
    for group, *stamp in db.rows("SELECT grp, gen, hlc, org, hist FROM sync_cell WHERE tbl = ? AND pk = ?", (tbl, pk)):
        found[group] = parse_stamp(tuple(stamp))
    return found


def parse_stamp(row: tuple[int | None, int | None, int | None, str | None]) -> Stamp | None:
    """Read a stamp from its four columns."""
    gen, hlc, org, hist = row
    if gen is None or hlc is None or org is None:
        return None
    return Stamp(gen, hlc, org, tuple(_parse_entry(entry) for entry in hist.split(",")) if hist else ())


def _parse_entry(entry: str) -> tuple[int, int]:
    org, hlc = entry.split(":")
    return int(org), int(hlc, 16)


def hist_text(hist: tuple[tuple[int, int], ...]) -> str | None:
    """Write a history as `org:hlc,…` with local origin numbers and 16 hex digits, sorted by origin; None when empty."""
    return ",".join(f"{org}:{hlc:016x}" for org, hlc in sorted(hist)) or None


def write_cell(db: Connection, tbl: int, pk: str, group: str, stamp: Stamp) -> None:
    """Store the stamp of one group."""
    db.run(
        "INSERT INTO sync_cell (tbl, pk, grp, gen, hlc, org, hist) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (tbl, pk, grp) DO UPDATE SET gen = excluded.gen, hlc = excluded.hlc, org = excluded.org, "
        "hist = excluded.hist",
        (tbl, pk, group, stamp.gen, stamp.hlc, stamp.org, hist_text(stamp.hist)),
    )


def _path_groups(spec: TableSpec) -> set[str]:
    words = spec.path.replace("own/", "own ").split(" ")
    group_of = {column.name: column.group for column in spec.columns}
    return {group for group in (group_of.get(word) for word in words[1:]) if group is not None}


def _move(workspace: Workspace, spec: TableSpec, pk: str) -> None:
    tbl = workspace.tables[spec.name]
    key = bytes.fromhex(pk) if spec.types[spec.key[0]] == "id" else pk
    workspace.write.run(
        f"UPDATE sync_row SET path = (SELECT {path_sql(workspace, spec)} FROM {spec.name} t "
        f"WHERE t.{spec.key[0]} = ?) WHERE tbl = ? AND pk = ?",
        (key, tbl, pk),
    )
