"""What a package brought that could not go in (隔离): kept with its reason, tried again when its parents have come."""

from typing import cast

from desktop.services.exchange.origins import Origins
from desktop.services.exchange.staging import Staged, put_row
from desktop.services.sessions import Workspace
from desktop.sync.canonical import Json, parse, write
from desktop.sync.rows import Row
from desktop.sync.stamps import Origin, StampCodec

ORPHAN = "orphan"


def revive(workspace: Workspace, staged: Staged) -> None:
    """Stage the orphans of earlier packages beside the rows of this one: their parents may be here by now."""
    rows = workspace.reader().rows(
        "SELECT id, tbl, pk, content FROM sync_pending WHERE reason = ? ORDER BY id", (ORPHAN,)
    )
    for number, table, key, content in rows:
        kept = cast("dict[str, Json]", parse(content))
        line = staged.line_of(table)
        if line is not None and list(line.columns) == kept["cols"]:
            put_row(staged, line, _row(key, kept), number)


def _row(key: str, kept: dict[str, Json]) -> Row:
    codec = StampCodec([Origin.of(*pair) for pair in cast("list[list[str]]", kept["origins"])])
    named = cast("dict[str, str | None]", kept["named"])
    stamps = {name: None if text is None else codec.read(text) for name, text in named.items()}
    values = tuple(cast("list[Json]", kept["values"]))
    return Row(key, values, str(kept["path"]), codec.read(kept["stamp"]), stamps)


def keep(workspace: Workspace, staged: Staged) -> dict[str, dict[str, int]]:
    """Store what this package's reading and admission set aside, inside its unit; give rows by reason and table.

    An orphan of an earlier package that has gone in now is forgotten; one that still waits goes on waiting.
    """
    package = bytes.fromhex(staged.header.envelope.package_id)
    db = workspace.write
    db.run("DELETE FROM sync_pending WHERE package_id = ?", (package,))
    rows: list[tuple[bytes, str, str, str, str]] = [
        (package, row.table, "", row.reason, write(row.line)) for row in staged.aside
    ]
    known = Origins(db)
    origins = [origin.texts() for origin in staged.codec.origins if known.number(origin) >= 0]
    for table, pk, reason, path, content, stamp, named in staged.db.execute_sql(
        "SELECT tbl, pk, aside, path, content, stamp, named FROM staged WHERE aside IS NOT NULL AND waited IS NULL "
        "ORDER BY tbl, pk"
    ):
        kept = {
            "cols": list(staged.lines[table].columns), "named": parse(named), "origins": origins, "path": path,
            "stamp": stamp, "values": parse(content),
        }  # fmt: skip
        rows.append((package, table, pk, reason, write(kept)))
    db.many("INSERT INTO sync_pending (package_id, tbl, pk, reason, content) VALUES (?, ?, ?, ?, ?)", rows)
    gone = staged.db.rows("SELECT waited FROM staged WHERE waited IS NOT NULL AND aside IS NULL")
    db.many("DELETE FROM sync_pending WHERE id = ?", gone)
    counts: dict[str, dict[str, int]] = {}
    for _, table, _, reason, _ in rows:
        of_reason = counts.setdefault(reason, {})
        of_reason[table] = of_reason.get(table, 0) + 1
    return counts

