"""Ratios of search, reads, bulk writes and backup, on an encrypted workspace with the plain figure beside it.

The workspaces hold 100,000 people (a fifth without `--long`) in 300 Party branches, loaded by the house's own road.
"""

import random
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.measuring import ROUNDS, Line, by_turns, line, once
from desktop.core import pinyin
from desktop.core.clock import SystemClock
from desktop.core.ids import new_id
from desktop.models.database import open_connection
from desktop.security.slots import Cost
from desktop.services import backups, branch_lists, loading, searching, workspaces
from desktop.services.sessions import Session

PEOPLE, BRANCHES, BATCH = 100_000, 300, 2_000
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉红梅建国春秋志文海波宁晨雪琴"
KEYSTROKES = ("张", "王建", "李明华", "zh", "lmh", "wangjian", "第12", "3107")
PERSON = ("id", "name", "sex", "born_on", "id_number", "phone")
Rows = list[tuple[object, ...]]
MEMBERSHIP = ("id", "person_id", "branch_id", "standing", "relation", "starts_on")


@dataclass(frozen=True, slots=True)
class People:
    """Rows of persons and of their memberships, ready to be written."""

    persons: Rows
    memberships: Rows

    def rows(self) -> list[loading.Rows]:
        """Give them as the house's road takes them."""
        return [
            loading.Rows("person", PERSON, self.persons), loading.Rows("membership", MEMBERSHIP, self.memberships)
        ]  # fmt: skip


def people(count: int, branches: list[bytes], seed: int) -> People:
    """Make people from a seed; their numbers have an area code that no place has."""
    dice = random.Random(seed)
    made = People([], [])
    for at in range(count):
        key, name = new_id(), dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))
        born = f"{dice.randint(1940, 2004)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        number = f"000000{born.replace('-', '')}{seed % 10}{at % 1000:03}"
        made.persons.append((key, name, dice.choice("12"), born, number, f"1000000{at % 10_000:04}"))
        made.memberships.append((new_id(), key, dice.choice(branches), "1", "1", "2015-07-01"))
    return made


def populated(folder: Path, count: int, *, encrypted: bool) -> tuple[Session, list[bytes]]:
    """Make a workspace of so many people, and give its session and the branches."""
    made = workspaces.create(
        folder, kind="township", org_code="329901001", org_name="青禾街道", password="只为测速-2026",
        clock=SystemClock(), encrypted=encrypted, cost=Cost(),
    )  # fmt: skip
    workspaces.begin_root(made.session)
    keys = [new_id() for _ in range(BRANCHES)]
    rows = [(key, f"B{at:03}", f"第{at}社区党支部", "P3") for at, key in enumerate(keys, 100)]
    branches = loading.Rows("branch", ("id", "code", "name", "kind"), rows)
    loading.load(made.session, label="测速", rows=[branches, *people(count, keys, seed=1).rows()])
    return made.session, keys


def search(session: Session, mark: str) -> Iterator[Line]:
    """Compare keystrokes in search with a LIKE scan and with `bytes.find` over names, initials, pinyin and digits."""
    names = [row[0] for row in session.db.rows("SELECT title FROM search_doc")]
    text = "\n".join(f"{name} {pinyin.initials(name)[:1]} {pinyin.sort_key(name)} 0000" for name in names).encode()

    def ours() -> None:
        for stroke in KEYSTROKES:
            searching.search(session, text=stroke)

    def like() -> None:
        scan = "SELECT kind, pk, title, note FROM search_doc WHERE title LIKE ? ORDER BY title, pk LIMIT 50"
        for stroke in KEYSTROKES:
            session.db.rows(scan, (f"%{stroke}%",))

    def find() -> None:
        for stroke in KEYSTROKES:
            text.count(stroke.encode())

    each = len(KEYSTROKES)
    for name, limit, goal in (("LIKE", like, 0.05), ("bytes.find", find, 0.10)):
        mine, least = by_turns(ours, limit)
        note = f"{mine / each * 1000:.3g} / {least / each * 1000:.3g} ms a keystroke"
        yield line(f"search, {len(names):,} records / {name}{mark}", mine / least, goal, note=note)


def reads(session: Session, mark: str) -> Line:
    """Compare the list of Party organisations with its one bare query of the same columns."""
    query = (
        "SELECT b.id, b.code, b.name, b.short_name, b.kind, b.field, b.parent_id, b.state, "
        "sum(m.standing = '1'), sum(m.standing = '2') FROM branch b LEFT JOIN membership m ON m.branch_id = b.id "
        "AND m._deleted IS NULL AND m.ends_on IS NULL WHERE b._deleted IS NULL GROUP BY b.id ORDER BY b.code"
    )
    mine, least = by_turns(lambda: branch_lists.list_branches(session), lambda: session.db.rows(query))
    note = f"{mine * 1000:.3g} / {least * 1000:.3g} ms"
    return line(f"list of {BRANCHES} branches / its bare SQL{mark}", mine / least, 1.3, note=note)


def writes(session: Session, branches: list[bytes], mark: str) -> Iterator[Line]:
    """Compare a unit of new people with raw writes into the same tables, and those with and without triggers."""
    db = session.workspace.write
    marks = ["person_in", "membership_in"]
    made = [row[0] for row in db.rows("SELECT sql FROM sqlite_master WHERE name IN (?, ?)", marks)]
    taken: dict[str, list[float]] = {"unit": [], "raw": [], "triggers": [], "bare": []}
    for seed in range(2, ROUNDS + 3):
        unit, raw, logged, bare = (people(BATCH, branches, seed) for _ in taken)
        taken["unit"].append(once(partial(loading.load, session, label="测速", rows=unit.rows())))
        taken["raw"].append(once(partial(_insert, session, raw, _prepare(session, raw))))
        taken["triggers"].append(once(partial(_insert, session, logged, [])))
        with db.writable():
            db.script(f"DROP TRIGGER {name}" for name in marks)
        taken["bare"].append(once(partial(_insert, session, bare, [])))
        with db.writable():
            db.script(made)
    ours, limit, with_log, without = (statistics.median(taken[name][1:]) for name in taken)
    note = f"{ours * 1000:.3g} / {limit * 1000:.3g} ms for {BATCH * 2:,} rows"
    yield line(f"a unit of new people / raw writes into the same tables{mark}", ours / limit, 1.4, note=note)
    note = f"{with_log * 1000:.3g} / {without * 1000:.3g} ms"
    yield line(f"inserts with the change log's triggers / without{mark}", with_log / without, note=note)


def _prepare(session: Session, some: People) -> list[tuple[str, Rows]]:
    """Give what a unit of these people writes beside the records: stamps and search rows, ready to be written."""
    db = session.workspace.write
    docs = db.rows(
        "SELECT d.title, d.note, x.terms FROM search_doc d JOIN search_index x ON x.rowid = d.rowid "
        "WHERE d.kind = 'person' ORDER BY d.rowid DESC LIMIT ?",
        (len(some.persons),),
    )
    base = int((db.one("SELECT max(rowid) FROM search_doc") or (0,))[0]) + 1
    keys = [_hex(row) for row in some.persons]
    tables = session.workspace.tables
    stamps: Rows = [
        (tables[table], _hex(row), "/329901/001", base + at, 0, base, 0)
        for table, rows in (("person", some.persons), ("membership", some.memberships))
        for at, row in enumerate(rows)
    ]
    pairs = list(enumerate(zip(keys, docs, strict=True), base))
    return [
        ("INSERT INTO sync_row (tbl, pk, path, lsn, gen, hlc, org) VALUES (?, ?, ?, ?, ?, ?, ?)", stamps),
        ("INSERT INTO search_doc (rowid, kind, pk, title, note) VALUES (?, 'person', ?, ?, ?)",
         [(at, key, doc[0], doc[1]) for at, (key, doc) in pairs]),
        ("INSERT INTO search_index (rowid, terms) VALUES (?, ?)", [(at, doc[2]) for at, (_, doc) in pairs]),
    ]  # fmt: skip


def _hex(row: tuple[object, ...]) -> str:
    assert isinstance(row[0], bytes)
    return row[0].hex()


def _insert(session: Session, some: People, beside: list[tuple[str, Rows]]) -> None:
    """Write rows raw, in one transaction: the records with their triggers, and what is prepared beside them."""
    db = session.workspace.write
    with db.writable():
        for part in some.rows():
            marks = ", ".join("?" * len(part.columns))
            db.many(f"INSERT INTO {part.table} ({', '.join(part.columns)}) VALUES ({marks})", part.rows)
        for sql, rows in beside:
            db.many(sql, rows)


def backup(session: Session, branches: list[bytes], folder: Path, mark: str) -> Iterator[Line]:
    """Compare a whole backup, authenticated and read again, with the bare backup API of the same driver.

    Once with every table as the last backup left it, once after a new member in the largest tables.
    """
    paths, key = session.workspace.paths, session.workspace.data_key if session.workspace.encrypted else None

    def bare() -> None:
        source = open_connection(paths.database, key, writer=False)
        source.backup_into(folder / "bare.db")
        source.close()
        (folder / "bare.db").unlink()

    def ours() -> None:
        backups.backup(session, out=folder / "kept").file.unlink()

    mine, least = by_turns(ours, bare)
    note = f"{least * 1000:.4g} / {mine * 1000:.4g} ms, {paths.database.stat().st_size / 1e6:.0f} MB"
    yield line(f"backup: the bare backup API's time / ours{mark}", least / mine, 0.9, better="more", note=note)
    taken = []
    for seed in range(30, 30 + ROUNDS):
        loading.load(session, label="测速", rows=people(1, branches, seed).rows())
        taken.append(once(ours))
    late = statistics.median(taken)
    note = f"{least * 1000:.4g} / {late * 1000:.4g} ms"
    yield line(f"the same after a new member{mark}", least / late, better="more", note=note)


def price(encrypted: tuple[Session, list[bytes]], plain: tuple[Session, list[bytes]]) -> Iterator[Line]:
    """Compare the two drivers over the same work: what encryption costs (docs/decisions/0001)."""

    def keystrokes(session: Session) -> None:
        for stroke in KEYSTROKES:
            searching.search(session, text=stroke)

    def scan(session: Session) -> None:
        session.db.rows("SELECT sum(length(name) + length(phone)) FROM person NOT INDEXED")

    def fresh_scan(session: Session) -> None:
        key = session.workspace.data_key if session.workspace.encrypted else None
        other = open_connection(session.workspace.paths.database, key, writer=False)
        other.rows("SELECT sum(length(name) + length(phone)) FROM person NOT INDEXED")
        other.close()

    for name, work in (("keystrokes in search", keystrokes), ("a scan", scan), ("open and scan", fresh_scan)):
        mine, least = by_turns(partial(work, encrypted[0]), partial(work, plain[0]))
        note = f"{mine * 1000:.3g} / {least * 1000:.3g} ms"
        yield line(f"encrypted / plain: {name}", mine / least, note=note)
    taken = [
        (once(partial(_insert, one, people(BATCH, keys, seed), [])))
        for seed in range(20, 20 + ROUNDS + 1) for one, keys in (encrypted, plain)
    ]  # fmt: skip
    mine, least = statistics.median(taken[2::2]), statistics.median(taken[3::2])
    note = f"{mine * 1000:.3g} / {least * 1000:.3g} ms"
    yield line("encrypted / plain: inserts with their change log", mine / least, note=note)


def run(long: bool) -> list[Line]:
    """Measure on both drivers; the plain lines have no gate."""
    count = PEOPLE if long else PEOPLE // 5
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as name:
        places = [Path(name) / "encrypted", Path(name) / "plain"]
        both = [populated(place / "w", count, encrypted=place.name == "encrypted") for place in places]
        for place, mark, (session, branches) in zip(places, ("", " (plain)"), both, strict=True):
            found = [
                *search(session, mark), reads(session, mark), *writes(session, branches, mark),
                *backup(session, branches, place, mark),
            ]  # fmt: skip
            lines += [{**one, "goal": None} for one in found] if mark else found
        lines += price(both[0], both[1])
        for session, _ in both:
            workspaces.close(session.workspace)
    return lines
