"""Takes a merge back (撤销合并): rows, stamps and what was noted are as before it, so nothing of it travels.

Rows that the package brought are no longer known to synchronisation and stay behind deleted, as a record that was never
here; the sender, who hears that less was applied, sends them again. A row that was changed since stays as it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.core.errors import UserError
from desktop.models.database import Connection
from desktop.models.registry import PART_SPECS
from desktop.services.sessions import Workspace
from desktop.services.writing_back import Touched, is_held, row_back, touched_by

NOTE = 0  # the table number under which the note of a merge itself stands
RowKey = tuple[int, str]


@dataclass(slots=True)
class Before:
    """What stood before a merge; filled while it runs, kept at its end."""

    first: int
    rows: dict[RowKey, str] = field(default_factory=dict)

    def remember(self, db: Connection, tbl: int, pk: str) -> None:
        """Remember the stamps of a row that the merge is about to change."""
        if (tbl, pk) not in self.rows:
            row = db.one("SELECT path, lsn, gen, hlc, org, hist FROM sync_row WHERE tbl = ? AND pk = ?", (tbl, pk))
            cells = db.rows("SELECT grp, gen, hlc, org, hist FROM sync_cell WHERE tbl = ? AND pk = ?", (tbl, pk))
            self.rows[tbl, pk] = json.dumps([row, cells])

    def keep(self, db: Connection, package: bytes, last: int, epoch: bytes, applied: tuple[Any, ...] | None) -> None:
        """Keep it with the numbers that the merge gave its rows and with what was applied of its sender before."""
        known = None if applied is None else list(applied)
        note = json.dumps({"applied": known, "epoch": epoch.hex(), "first": self.first, "last": last})
        db.run("DELETE FROM sync_before WHERE package_id = ?", (package,))
        db.many(
            "INSERT INTO sync_before (package_id, tbl, pk, content) VALUES (?, ?, ?, ?)",
            [(package, NOTE, "", note), *((package, tbl, pk, text) for (tbl, pk), text in sorted(self.rows.items()))],
        )


@dataclass(slots=True)
class _Merge:
    """One merge that is taken back."""

    workspace: Workspace
    package: bytes
    site: bytes
    note: Mapping[str, Any]
    kept: list[str] = field(default_factory=list)
    cells: int = 0

    @property
    def db(self) -> Connection:
        return self.workspace.write

    def untouched(self, key: RowKey) -> bool:
        """Tell whether nobody wrote a row since the merge: neither a unit nor a later package."""
        row = self.db.one("SELECT lsn FROM sync_row WHERE tbl = ? AND pk = ?", key)
        return row is not None and self.note["first"] < row[0] <= self.note["last"]


def take_back(workspace: Workspace, unit: int) -> tuple[int, list[str], list[str]]:
    """Take the merge of a unit back inside the open unit; give cells, those changed since, and those referred to.

    A UserError where a later package of the same sender stands on it.
    """
    merge = _find(workspace, unit)
    records = _records(merge, touched_by(merge.db, unit))
    fresh = {key: parts for key, parts in records.items() if merge.untouched(key)}
    merge.kept += [f"{parts[0].table}:{parts[0].pk}" for key, parts in records.items() if key not in fresh]
    held = _write_back(merge, fresh)
    made = {key for key, parts in fresh.items() if parts[0].made and parts[0].table not in PART_SPECS}
    for key in fresh.keys() & made:
        _forget(merge.db, key)
    _restore_stamps(merge)
    _restore_notes(merge)
    return merge.cells, merge.kept, held


def _find(workspace: Workspace, unit: int) -> _Merge:
    db = workspace.write
    row = db.one("SELECT package_id, site FROM sync_import WHERE unit = ?", (unit,))
    note = db.one("SELECT content FROM sync_before WHERE package_id = ? AND tbl = ?", (row[0], NOTE)) if row else None
    if row is None or note is None:
        why = "这次合并没有留下合并前的样子。"
        raise UserError("没有撤销合并。", why, "请用合并前的备份恢复。", "no-before")
    later = db.one(
        "SELECT number FROM sync_import WHERE site = ? AND unit > ? AND state = 'applied' ORDER BY unit LIMIT 1",
        (row[1], unit),
    )
    if later is not None:
        why = f"它之后又合并了第 {later[0]} 号数据包。"
        raise UserError("没有撤销合并。", why, "请先撤销后来的那一次合并。", "later-merge")
    return _Merge(workspace, row[0], row[1], json.loads(note[0]))


def _records(merge: _Merge, rows: list[Touched]) -> dict[RowKey, list[Touched]]:
    """Group what the merge touched by record, parts under their meeting or matter; the record's own row first."""
    found: dict[RowKey, list[Touched]] = {}
    for row in rows:
        part = PART_SPECS.get(row.table)
        table, pk = (part.parent, row.pk[:32]) if part is not None else (row.table, row.pk)
        own = found.setdefault((merge.workspace.tables[table], pk), [])
        own.insert(0 if part is None else len(own), row)
    return found


def _write_back(merge: _Merge, fresh: dict[RowKey, list[Touched]]) -> list[str]:
    """Write the old values back, the last made first; records that others refer to stay, and leave `fresh`."""
    waiting = list(reversed(fresh))
    while waiting:
        held = [key for key in waiting if is_held(merge.db, fresh[key][0])]
        if len(held) == len(waiting):
            named = [f"{fresh[key][0].table}:{fresh[key][0].pk}" for key in held]
            for key in held:
                del fresh[key]
            return named
        for key in waiting:
            if key not in held:
                for row in reversed(fresh[key]):
                    merge.cells += row_back(merge.db, row)[0]
        waiting = held
    return []


def _forget(db: Connection, key: RowKey) -> None:
    db.run("DELETE FROM sync_cell WHERE tbl = ? AND pk = ?", key)
    db.run("DELETE FROM sync_row WHERE tbl = ? AND pk = ?", key)


def _restore_stamps(merge: _Merge) -> None:
    """Give rows that the merge changed, in values or in histories alone, the stamps that they had."""
    db = merge.db
    for tbl, pk, content in db.rows(
        "SELECT tbl, pk, content FROM sync_before WHERE package_id = ? AND tbl <> ?", (merge.package, NOTE)
    ):
        if not merge.untouched((tbl, pk)):
            continue
        row, cells = json.loads(content)
        db.run("DELETE FROM sync_cell WHERE tbl = ? AND pk = ?", (tbl, pk))
        db.run(
            "UPDATE sync_row SET path = ?, lsn = ?, gen = ?, hlc = ?, org = ?, hist = ? WHERE tbl = ? AND pk = ?",
            (*row, tbl, pk),
        )
        db.many(
            "INSERT INTO sync_cell (tbl, pk, grp, gen, hlc, org, hist) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(tbl, pk, *cell) for cell in cells],
        )


def _restore_notes(merge: _Merge) -> None:
    """Say again what was applied of the sender before, so that its next package brings everything since."""
    db = merge.db
    origin = (merge.site, bytes.fromhex(merge.note["epoch"]))
    db.run("DELETE FROM sync_applied WHERE site = ? AND epoch = ?", origin)
    if merge.note["applied"] is not None:
        db.run(
            "INSERT INTO sync_applied (site, epoch, lsn, number, sha256) VALUES (?, ?, ?, ?, ?)",
            (*origin, *merge.note["applied"]),
        )
    db.run("UPDATE sync_import SET state = 'undone' WHERE package_id = ?", (merge.package,))
    db.run("DELETE FROM sync_pending WHERE package_id = ?", (merge.package,))
    db.run("DELETE FROM sync_before WHERE package_id = ?", (merge.package,))


def left_behind(workspace: Workspace, table: str, keys: list[str]) -> set[str]:
    """Give which of these keys are rows that a merge taken back left behind: there, but unknown to synchronisation."""
    db = workspace.write
    if db.one("SELECT 1 FROM sync_import WHERE state = 'undone' LIMIT 1") is None:
        return set()
    marks = ",".join("?" * len(keys))
    rows = db.rows(f"SELECT lower(hex(id)) FROM {table} WHERE id IN ({marks})", [bytes.fromhex(key) for key in keys])
    return {row[0] for row in rows}
