"""Local numbers of origins, and stamps between this database and the package format."""

from dataclasses import dataclass, field

from desktop.core.tables import TableSpec
from desktop.models.database import Connection
from desktop.services import stamps as local
from desktop.sync.stamps import Origin, Stamp

RawStamp = tuple[int | None, int | None, int | None, str | None]
MOST_KNOWN = 4_096


@dataclass(slots=True)
class Origins:
    """The origins that this database knows, both ways; a new one gets the next number when it is met.

    Stamps that repeat are read once, and rows whose groups all have one stamp share one mapping.
    """

    db: Connection
    by_number: dict[int, Origin] = field(default_factory=dict)
    numbers: dict[Origin, int] = field(default_factory=dict)
    _read: dict[RawStamp, Stamp | None] = field(default_factory=dict)
    _raw: dict[Stamp, RawStamp] = field(default_factory=dict)
    _uniform: dict[tuple[str, RawStamp], dict[str, Stamp | None]] = field(default_factory=dict)

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

    def raw(self, stamp: Stamp) -> RawStamp:
        """Give a stamp of the format as the four columns that store it."""
        found = self._raw.get(stamp)
        if found is None:
            if len(self._raw) >= MOST_KNOWN:
                self._raw.clear()
            here = self.inward(stamp)
            found = self._raw[stamp] = (here.gen, here.hlc, here.org, local.hist_text(here.hist))
        return found

    def forks(self) -> dict[Origin, int]:
        """Give the origins known to be forked, with the clock value of the last common link."""
        rows = self.db.rows("SELECT org, forked_hlc FROM sync_origin WHERE forked_hlc IS NOT NULL")
        return {self.by_number[org]: hlc for org, hlc in rows}

    def read(self, raw: RawStamp) -> Stamp | None:
        """Read a stamp from its four columns; None for a group that a row never had."""
        if raw not in self._read:
            if len(self._read) >= MOST_KNOWN:
                self._read.clear()
            stamp = local.parse_stamp(raw)
            self._read[raw] = self.outward(stamp) if stamp else None
        return self._read[raw]

    def groups(self, spec: TableSpec, raw: RawStamp, cells: dict[str, RawStamp] | None) -> dict[str, Stamp | None]:
        """Give every group's stamp of a row: its own stamp, and those of the cells that differ. Not to be changed."""
        if cells:
            found: dict[str, Stamp | None] = dict.fromkeys(spec.groups, self.read(raw))
            found.update((group, self.read(cell)) for group, cell in cells.items())
            return found
        known = self._uniform.get((spec.name, raw))
        if known is None:
            if len(self._uniform) >= MOST_KNOWN:
                self._uniform.clear()
            known = self._uniform[spec.name, raw] = dict.fromkeys(spec.groups, self.read(raw))
        return known


def cells_between(db: Connection, tbl: int, first: str, last: str) -> dict[str, dict[str, RawStamp]]:
    """Give the stamps of the cells that differ from their rows', by key text and group, between two keys."""
    found: dict[str, dict[str, RawStamp]] = {}
    for pk, group, *stamp in db.execute_sql(
        "SELECT pk, grp, gen, hlc, org, hist FROM sync_cell WHERE tbl = ? AND pk BETWEEN ? AND ?", (tbl, first, last)
    ):
        found.setdefault(pk, {})[group] = (stamp[0], stamp[1], stamp[2], stamp[3])
    return found


def stamps_of(
    db: Connection, origins: Origins, spec: TableSpec, tbl: int, keys: list[str]
) -> dict[str, dict[str, Stamp | None]]:
    """Give every group's stamp of each row that this database has, by key text; `keys` are sorted."""
    marks = ",".join("?" * len(keys))
    rows = db.rows(f"SELECT pk, gen, hlc, org, hist FROM sync_row WHERE tbl = ? AND pk IN ({marks})", [tbl, *keys])
    cells = cells_between(db, tbl, keys[0], keys[-1]) if rows else {}
    return {pk: origins.groups(spec, (gen, hlc, org, hist), cells.get(pk)) for pk, gen, hlc, org, hist in rows}
