"""Which staged rows may go in: authority of their path, parents present (package-format.md §8, sync.md §1.7)."""

from collections.abc import Mapping

from desktop.models.registry import SPECS
from desktop.services.exchange.outgoing import travelling
from desktop.services.exchange.staging import Staged
from desktop.services.sessions import Workspace
from desktop.sync.encodings import row_path, under
from desktop.sync.errors import SetAsideError
from desktop.sync.keys import Site

SIZE = 500


def admit(workspace: Workspace, staged: Staged, site: Site) -> None:
    """Set aside every row that the sender may not send or whose parents are missing; the rest may go in."""
    paths = _Paths(workspace, staged)
    for spec in travelling():
        if spec.name not in staged.lines:
            continue
        for rows in staged.rows(spec.name, SIZE):
            computed = {row.key: paths.computed(spec.name, row.values, row.path) for row in rows}
            outside = [row.key for row in rows if not _may(site, row.path, computed[row.key])]
            staged.set_aside(spec.name, outside, "authority")
            moved = [(path, row.key) for row in rows if (path := computed[row.key]) and path != row.path]
            staged.place(spec.name, moved)
    _orphans(workspace, staged)


class _Paths:
    """Computes where staged rows belong, from the package's own rows first and then from the workspace's."""

    def __init__(self, workspace: Workspace, staged: Staged) -> None:
        self._workspace = workspace
        self._staged = staged

    def computed(self, table: str, values: Mapping[str, object], own: str) -> str | None:
        """Give the path that the row's rule makes, or None where it makes none."""
        try:
            return row_path(SPECS[table].path, values, maker_path(own), self._path_of, own)
        except SetAsideError:
            return None

    def _path_of(self, table: str, key: str) -> str | None:
        row = self._staged.db.one("SELECT path FROM staged WHERE tbl = ? AND pk = ? AND aside IS NULL", (table, key))
        if row is None:
            number = self._workspace.tables.get(table)
            row = self._workspace.reader().one("SELECT path FROM sync_row WHERE tbl = ? AND pk = ?", (number, key))
        return str(row[0]) if row else None


def _may(site: Site, own: str, computed: str | None) -> bool:
    """Tell whether the row's own and its computed path both lie in the sender's scopes."""
    paths = (own, computed)
    return all(path is not None and any(under(path, scope) for scope in site.scopes) for path in paths)


def maker_path(own: str) -> str:
    """Give the path of the workspace that a row with the path `own` was made in: a branch's is its township's."""
    return "/".join(own.split("/")[:3])


def _orphans(workspace: Workspace, staged: Staged) -> None:
    """Set aside rows that refer to nothing, and then those that refer to them, until none is left."""
    here = {name: _present(workspace, staged, name) for name in SPECS}
    found = True
    while found:
        found = False
        for name in staged.lines.keys() & SPECS.keys():
            references = SPECS[name].parents
            lost = [
                row.key
                for rows in staged.rows(name, SIZE)
                for row in rows
                if any(row.values.get(column) not in (None, *()) and row.values[column] not in here[table]
                       for column, table in references)
            ]  # fmt: skip
            if lost:
                staged.set_aside(name, lost, "orphan")
                here[name] = _present(workspace, staged, name)
                found = True


def _present(workspace: Workspace, staged: Staged, table: str) -> set[object]:
    rows = workspace.reader().rows("SELECT pk FROM sync_row WHERE tbl = ?", (workspace.tables[table],))
    return {row[0] for row in rows} | set(staged.keys(table))
