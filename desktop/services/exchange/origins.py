"""Local numbers of origins, and stamps between this database and the package format."""

from dataclasses import dataclass, field

from desktop.core.tables import TableSpec
from desktop.models.database import Connection
from desktop.services import stamps as local
from desktop.sync.stamps import Origin, Stamp


@dataclass(slots=True)
class Origins:
    """The origins that this database knows, both ways; a new one gets the next number when it is met."""

    db: Connection
    by_number: dict[int, Origin] = field(default_factory=dict)
    numbers: dict[Origin, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, site, epoch in self.db.rows("SELECT org, site, epoch FROM sync_origin"):
            self.by_number[number] = Origin(site, epoch)
            self.numbers[Origin(site, epoch)] = number

    def number(self, origin: Origin) -> int:
        """Give the local number of an origin, made where it is new (inside a writable transaction)."""
        found = self.numbers.get(origin)
        if found is None:
            found = max(self.by_number, default=-1) + 1
            self.db.run("INSERT INTO sync_origin (org, site, epoch) VALUES (?, ?, ?)", (found, *origin))
            self.by_number[found], self.numbers[origin] = origin, found
        return found

    def outward(self, stamp: local.Stamp) -> Stamp:
        """Give a local stamp as the format's."""
        hist = sorted((self.by_number[org], hlc) for org, hlc in stamp.hist)
        return Stamp(stamp.gen, stamp.hlc, self.by_number[stamp.org], tuple(hist))

    def inward(self, stamp: Stamp) -> local.Stamp:
        """Give a stamp of the format as a local one."""
        hist = tuple(sorted((self.number(origin), hlc) for origin, hlc in stamp.hist))
        return local.Stamp(stamp.gen, stamp.hlc, self.number(stamp.origin), hist)

    def forks(self) -> dict[Origin, int]:
        """Give the origins known to be forked, with the clock value of the last common link."""
        rows = self.db.rows("SELECT org, forked_hlc FROM sync_origin WHERE forked_hlc IS NOT NULL")
        return {self.by_number[org]: hlc for org, hlc in rows}


def stamps_of(
    db: Connection, origins: Origins, spec: TableSpec, tbl: int, keys: list[str]
) -> dict[str, dict[str, Stamp | None]]:
    """Give every group's stamp of each row that this database has, by key text."""
    marks = ",".join("?" * len(keys))
    found: dict[str, dict[str, Stamp | None]] = {}
    for pk, *stamp in db.rows(
        f"SELECT pk, gen, hlc, org, hist FROM sync_row WHERE tbl = ? AND pk IN ({marks})", [tbl, *keys]
    ):
        base = local.parse_stamp((stamp[0], stamp[1], stamp[2], stamp[3]))
        found[pk] = dict.fromkeys(spec.groups, origins.outward(base) if base else None)
    for pk, group, *stamp in db.rows(
        f"SELECT pk, grp, gen, hlc, org, hist FROM sync_cell WHERE tbl = ? AND pk IN ({marks})", [tbl, *keys]
    ):
        cell = local.parse_stamp((stamp[0], stamp[1], stamp[2], stamp[3]))
        found[pk][group] = origins.outward(cell) if cell else None
    return found
