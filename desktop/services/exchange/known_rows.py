"""Whom an undo reaches: the partners that already hold rows of a unit, and will be told of what became of them."""

from desktop.models.registry import PART_SPECS
from desktop.services.exchange.outgoing import scope_of
from desktop.services.exchange.site_keys import ring
from desktop.services.org_paths import unit_text
from desktop.services.sessions import Workspace

_ALL = 1 << 62
_PARTS = ", ".join(f"('{part.name}', '{part.parent}')" for part in PART_SPECS.values())
# The rows that a unit touched, parts of a meeting as their meeting: a part's key begins with the 32 digits of its own.
_TOUCHED = (
    f'WITH part(name, parent) AS (VALUES {_PARTS}) SELECT 1 FROM "change" c LEFT JOIN part ON part.name = c.tbl '
    "JOIN sync_table t ON t.name = coalesce(part.parent, c.tbl) "
    "JOIN sync_row r ON r.tbl = t.tbl AND r.pk = CASE WHEN part.name IS NULL THEN c.pk ELSE substr(c.pk, 1, 32) END "
    "WHERE c.unit = ? AND r.lsn <= ? AND {where} LIMIT 1"
)


def holders(workspace: Workspace, number: int) -> tuple[str, ...]:
    """Give the paths that hold rows of a unit: they came from there, or went out in a package for it; sorted.

    Call it before the unit is undone: afterwards its rows are new again.
    """
    db, own = workspace.reader(), workspace.identity.path
    sent: dict[str, int] = dict(db.rows("SELECT to_path, max(lsn) FROM sync_chain GROUP BY to_path"))
    sent |= {path: _ALL for (path,) in db.rows("SELECT DISTINCT from_path FROM sync_import WHERE unit = ?", (number,))}
    found = []
    for path, upto in sorted(sent.items()):
        where, values = scope_of(own, path).where("meeting")
        if db.one(_TOUCHED.format(where=where), (number, upto, *values)) is not None:
            found.append(path)
    return tuple(found)


def named(workspace: Workspace, paths: tuple[str, ...]) -> str:
    """Write paths as people know them: 澄湾区委组织部（329901）, joined by 、."""
    names = {scope: site.name for site in ring(workspace).sites() if site.active for scope in site.scopes}
    return "、".join(unit_text(names.get(path, ""), path) for path in paths)
