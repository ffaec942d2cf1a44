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
MOST_KNOWN = 50_000


def admit(workspace: Workspace, staged: Staged, site: Site) -> None:
    """Set aside every row that the sender may not send or whose parents are missing; the rest may go in."""
    paths = _Paths(workspace, staged)
    wanted: dict[str, set[str]] = {}
    for spec in travelling():
        if spec.name not in staged.lines:
            continue
        for rows in staged.placed(spec.name, SIZE):
            computed = {row.key: paths.computed(spec.name, row.columns, row.path) for row in rows}
            here = _paths_here(workspace, spec.name, [row.key for row in rows])
            outside = [
                row.key
                for row in rows
                if row.waited is None and not _may(site, row.path, computed[row.key], here.get(row.key, row.path))
            ]
            staged.set_aside(spec.name, outside, "authority")
            moved = [(path, row.key) for row in rows if (path := computed[row.key]) and path != row.path]
            staged.place(spec.name, moved)
            for row in rows:
                for parent, key in row.references:
                    wanted.setdefault(parent, set()).add(key)
            if spec.name == "branch":
                paths.forget()
    _orphans(workspace, staged, wanted)


class _Paths:
    """Computes where staged rows belong, from the package's own rows first and then from the workspace's."""

    def __init__(self, workspace: Workspace, staged: Staged) -> None:
        self._workspace = workspace
        self._staged = staged
        self._known: dict[tuple[str, str], str | None] = {}

    def computed(self, table: str, values: Mapping[str, object], own: str) -> str | None:
        """Give the path that the row's rule makes, or None where it makes none."""
        try:
            return row_path(SPECS[table].path, values, maker_path(own), self._path_of, own)
        except SetAsideError:
            return None

    def forget(self) -> None:
        """Ask again where rows lie: paths have been stored anew."""
        self._known.clear()

    def _path_of(self, table: str, key: str) -> str | None:
        at = (table, key)
        if at not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[at] = self._ask(table, key)
        return self._known[at]

    def _ask(self, table: str, key: str) -> str | None:
        row = self._staged.db.one("SELECT path FROM staged WHERE tbl = ? AND pk = ? AND aside IS NULL", (table, key))
        if row is None:
            number = self._workspace.tables.get(table)
            row = self._workspace.reader().one("SELECT path FROM sync_row WHERE tbl = ? AND pk = ?", (number, key))
        return str(row[0]) if row else None


def _paths_here(workspace: Workspace, table: str, keys: list[str]) -> dict[str, str]:
    marks = ",".join("?" * len(keys))
    sql = f"SELECT pk, path FROM sync_row WHERE tbl = ? AND pk IN ({marks})"
    return dict(workspace.reader().rows(sql, [workspace.tables[table], *keys]))


def _may(site: Site, *paths: str | None) -> bool:
    """Tell whether a row's own path, the computed one and the one that it has here all lie in the sender's scopes."""
    return all(path is not None and any(under(path, scope) for scope in site.scopes) for path in paths)


def maker_path(own: str) -> str:
    """Give the path of the workspace that a row with the path `own` was made in: a branch's is its township's."""
    return "/".join(own.split("/")[:3])


def _orphans(workspace: Workspace, staged: Staged, wanted: dict[str, set[str]]) -> None:
    """Set aside rows that refer to nothing, and then those that refer to them, until none is left."""
    missing = {(table, key) for table, keys in wanted.items() for key in _missing(workspace, staged, table, keys)}
    fresh = missing
    while fresh:
        fresh = set()
        for table in staged.lines.keys() & SPECS.keys():
            lost = [
                row.key
                for rows in staged.placed(table, SIZE)
                for row in rows
                if any((parent, key) in missing for parent, key in row.references)
            ]
            staged.set_aside(table, lost, "orphan")
            away = set(lost) & wanted.get(table, set())
            fresh |= {(table, key) for key in _missing(workspace, staged, table, away)}
        missing |= fresh


def _missing(workspace: Workspace, staged: Staged, table: str, keys: set[str]) -> set[str]:
    """Give those keys that neither the workspace nor the package has."""
    left, db, tbl = sorted(keys), workspace.reader(), workspace.tables[table]
    lost: set[str] = set()
    for at in range(0, len(left), SIZE):
        few = left[at : at + SIZE]
        marks = ",".join("?" * len(few))
        here = {row[0] for row in db.rows(f"SELECT pk FROM sync_row WHERE tbl = ? AND pk IN ({marks})", [tbl, *few])}
        sql = f"SELECT pk FROM staged WHERE aside IS NULL AND tbl = ? AND pk IN ({marks})"
        here |= {row[0] for row in staged.db.rows(sql, [table, *few])}
        lost |= set(few) - here
    return lost
