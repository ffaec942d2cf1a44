"""What an import writes: rows collected and written many at a time, and what it made along the way."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.rules.codes import COMMITTEE_TITLES, Title
from desktop.services import branches
from desktop.services.records import cleaned
from desktop.services.roster_doubts import Decision
from desktop.services.roster_index import Index, Names, Near
from desktop.services.sessions import Session
from desktop.spreadsheets.rosters import Value

INCOMPLETE = "待完善"
BACKSTOP = "3"
MEMBER = str(Title.COMMITTEE_MEMBER)
ON_COMMITTEE = frozenset(map(str, COMMITTEE_TITLES))
_UNSORTED = {"branch": "code", "organisation": "rowid"}  # how lists show those without a place


class DoubtfulError(Exception):
    """A row cannot be decided by the program; it is parked with a reason, what to do, and the persons it may be."""

    def __init__(self, field_name: str, why: str, do: str, like: tuple[bytes, ...] = ()) -> None:
        super().__init__(why)
        self.field, self.why, self.do, self.like = field_name, why, do, like


@dataclass(frozen=True, slots=True)
class Made:
    """One record that the import made because a row named it: it is 待完善."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a row that came in."""

    field: str
    why: str


@dataclass(slots=True)
class Writer:
    """Collects inserts by table and writes them at `flush`; updates go at once, after their row's insert."""

    session: Session
    index: Index
    made: list[Made] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    row: int = 0
    decided: Decision | None = None
    told: set[str] = field(default_factory=set)
    _claimed: dict[bytes, int] = field(default_factory=dict)
    _sorts: dict[str, int] = field(default_factory=dict)
    _rows: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(list))

    def insert(self, table: str, values: Mapping[str, Any]) -> bytes:
        """Add a row; empty values are left out; give its id."""
        key = self.session.new_id()
        tidy = {name: value for name, value in cleaned(values).items() if value is not None}
        self._rows[table, ("id", *tidy)].append((key, *tidy.values()))
        return key

    def update(self, table: str, key: bytes, values: Mapping[str, Any]) -> None:
        """Write columns of a row that stands."""
        self.flush()
        tidy = cleaned(values)
        sets = ", ".join(f'"{name}" = ?' for name in tidy)
        self.session.workspace.write.run(f"UPDATE {table} SET {sets} WHERE id = ?", [*tidy.values(), key])

    def flush(self) -> None:
        """Write what was collected; references are checked at the end of the unit."""
        for (table, names), rows in self._rows.items():
            listed = ", ".join(f'"{name}"' for name in names)
            marks = ", ".join("?" * len(names))
            self.session.workspace.write.many(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)
        self._rows.clear()

    def warn(self, field_name: str, why: str) -> None:
        """Remark on the row at work."""
        self.notes.append(Note(field_name, why))

    def claim(self, key: bytes, field_name: str, what: str) -> None:
        """Note that the row at work is about a record; a second row about it is doubtful: both cannot be right."""
        first = self._claimed.setdefault(key, self.row)
        if first != self.row:
            why = f"与第 {first} 行写的是同一{what}。"
            raise DoubtfulError(field_name, why, "请在表里合并成一行，再导入。")

    def probe(self, names: Names, what: str, *named: tuple[str, Value | None]) -> None:
        """Raise the doubt about the names of one kind in a row, given as (field, text), before anything is written."""
        fresh: list[str] = []
        for field_name, text in named:
            found = names.find(str(text)) if text else None
            if isinstance(found, Near):
                raise doubt(field_name, what, found)
            if text and found is None:
                for other in fresh:
                    if names.close(str(text), other):
                        raise doubt(field_name, what, Near(str(text), f"同一行的“{other}”"))
                fresh.append(str(text))

    def place(self, text: str) -> bytes:
        """Give the village or community of a name, made where it is unknown."""
        found = self.index.places.find(text)
        if isinstance(found, Near):
            raise doubt("place", "村（社区）", found)
        if found is None:
            found = self.insert("place", {"name": text, "kind": "village" if text.endswith("村") else "community"})
            self.index.places.add(found, text)
            self.made.append(Made("place", text))
        return found

    def branch(self, field_name: str, text: str, *, kind: str | None = None, party_field: str = "8") -> bytes:
        """Give the Party organisation of a name, made as 待完善 where it is unknown, of the kind its name says."""
        found = self.index.branches.find(text)
        if isinstance(found, Near):
            raise doubt(field_name, "党组织", found)
        if found is None:
            found = self.new_branch(text, kind=kind or branch_kind(text), party_field=party_field, remark=INCOMPLETE)
            self.made.append(Made("branch", text))
        return found

    def take_seat(self, person: bytes, branch: bytes, title: str) -> bool:
        """Tell whether a person is on the committee already: 委员 adds nothing, and gives way to what is more exact."""
        held = [
            row
            for row in self.index.posts[person]
            if row["branch_id"] == branch and row["ends_on"] is None and row["title"] in ON_COMMITTEE
        ]
        plain = next((row for row in held if row["title"] == MEMBER), None)
        if title == MEMBER or plain is None:
            return title == MEMBER and bool(held)
        self.update("post", plain["id"], {"title": title})
        plain["title"] = title
        return True

    def new_branch(
        self, name: str, *, kind: str, party_field: str, short: str | None = None, remark: str | None = None
    ) -> bytes:
        """Register a Party organisation below the root, behind those present, and know it for the next rows."""
        self.flush()
        place = self.next_sort("branch")
        above = branches.root(self.session)
        key = branches.create(self.session, name=name, kind=kind, field=party_field, remark=remark)
        self.update("branch", key, {"sort": place, "parent_id": above})
        row = self.session.db.one("SELECT code FROM branch WHERE id = ?", (key,))
        self.index.add_branch(key, name, short=short, code=row[0] if row else "", national=None, kind=kind)
        return key

    def next_sort(self, table: str) -> int:
        """Give the next place in the manual order (domain.md §11.11); those present that have none are placed first."""
        if table not in self._sorts:
            self.flush()
            self._sorts[table] = self._placed(table)
        self._sorts[table] += 1
        return self._sorts[table]

    def _placed(self, table: str) -> int:
        db = self.session.db
        (last,) = db.one(f"SELECT coalesce(max(sort), 0) FROM {table} WHERE _deleted IS NULL") or (0,)
        order = _UNSORTED[table]
        loose = db.rows(f"SELECT id FROM {table} WHERE sort IS NULL AND _deleted IS NULL ORDER BY {order}")
        for place, (key,) in enumerate(loose, last + 1):
            self.update(table, key, {"sort": place})
        return int(last) + len(loose)

    def organisation(self, field_name: str, text: str) -> bytes:
        """Give the social organisation of a name, made as 待完善 where it is unknown."""
        found = self.index.organisations.find(text)
        if isinstance(found, Near):
            raise doubt(field_name, "社会组织", found)
        if found is None:
            place = self.next_sort("organisation")
            found = self.insert("organisation", {"name": text, "state": "1", "remark": INCOMPLETE, "sort": place})
            self.index.organisations.add(found, text)
            self.made.append(Made("organisation", text))
        return found


def branch_kind(name: str) -> str:
    """Tell the kind of a Party organisation by its name (domain.md §4.7): 党委 P1, 党工委 P2, 总支 P3, else 支部."""
    for mark, kind in (("联合", "P5"), ("临时", "P6"), ("流动党员", "P7"), ("总支", "P3"), ("工委", "P2")):
        if mark in name:
            return kind
    return "P1" if name.endswith(("党委", "委员会")) and not name.endswith("支部委员会") else "P4"


def doubt(field_name: str, what: str, near: Near) -> DoubtfulError:
    """Give the doubt about a name that is close to one known."""
    why = f"{what}“{near.text}”与{near.known}相近，不能断定是不是同一个。"
    return DoubtfulError(field_name, why, "请把名称改成一致，或先登记这个新名称，再导入。")
