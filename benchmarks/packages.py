"""Ratios of packages (sync.md §3): export, import, size, capture, cipher, memory, and the package of one hundredth.

A township of 2,000 people and 4,000 meetings with their attendances; with `--long` the demo's township of stress size
(300 branches, 5,000 members, 65,000 meetings, 650,000 attendances). Encrypted against encrypted unless a line says
otherwise; the command line of SQLite opens plain files alone, so those two lines compare plain with plain.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import orjson
import zstandard

from benchmarks.measuring import Line, child, line, once, wall_once
from benchmarks.startup import workspace
from benchmarks.storage import People, people
from desktop.core.clock import SystemClock
from desktop.core.ids import new_id
from desktop.models.database import Connection, open_connection
from desktop.models.registry import MODELS, PART_SPECS, SPECS
from desktop.security.slots import Cost
from desktop.services import loading, records, workspaces
from desktop.services.exchange import enrolment, exporting, importing, staging
from desktop.services.sessions import Session
from desktop.services.stamps import stamp_unit
from desktop.services.units import unit
from desktop.sync.opening import open_package

PASSWORD, COUNTY, TOWNSHIP = "只为测速-2026", "/329901", "/329901/001"
PEOPLE, MEETINGS, PRESENT = 2_000, 4_000, 10
MEETING = ("id", "branch_id", "held_on", "topic", "content", "state", "record_class")
ATTENDANCE = ("meeting_id", "number", "person_id", "name", "standing", "votes", "status")
SAID = "会议传达了街道党工委组织生活工作会议精神，要求各支部在月底前完成台账自查，重点核对缺席人员原因和议定事项。"


@dataclass(frozen=True, slots=True)
class Scene:
    """A township full of records and an empty county, enrolled and closed; each round works on copies."""

    folder: Path
    encrypted: bool
    copies: list[int] = field(default_factory=list)

    def open(self, name: str) -> Session:
        """Open a workspace of the scene."""
        return workspaces.unlock(self.folder / name, account="gly", password=PASSWORD, clock=SystemClock())

    def fresh_county(self) -> Session:
        """Open a new copy of the empty county."""
        self.copies.append(0)
        name = f"county-{len(self.copies)}"
        shutil.copytree(self.folder / "county", self.folder / name)
        return self.open(name)


def make(folder: Path, *, long: bool, encrypted: bool) -> Scene:
    """Make both workspaces and enrol the township with the county."""
    township, county = _new(folder / "township", "township", encrypted), _new(folder / "county", "county", encrypted)
    asked = enrolment.request(township, out=folder)
    issued = enrolment.issue(county, file=asked.file, as_path=TOWNSHIP, out=folder, fingerprint=asked.fingerprint)
    enrolment.accept(township, file=issued.file, fingerprint=issued.fingerprint)
    if long:
        _copy_records(township, workspace("township"))
    else:
        _fill(township)
    for session in (township, county):
        workspaces.close(session.workspace)
    return Scene(folder, encrypted)


def _new(folder: Path, kind: str, encrypted: bool) -> Session:
    code, name = ("329901", "澄湾区委组织部") if kind == "county" else ("329901001", "青禾街道")
    return workspaces.create(
        folder, kind=kind, org_code=code, org_name=name, password=PASSWORD, clock=SystemClock(), encrypted=encrypted,
        cost=Cost(),
    ).session  # fmt: skip


def _fill(session: Session) -> None:
    keys = [new_id() for _ in range(100)]
    branches = [(key, f"B{at:03}", f"第{at}社区党支部", "P4") for at, key in enumerate(keys, 100)]
    some = people(PEOPLE, keys, seed=1)
    meetings, attendances = [], []
    for at in range(MEETINGS):
        key = new_id()
        topic, said = f"第{at}次主题党日", SAID * (1 + at % 3)
        meetings.append((key, keys[at % 100], f"20{22 + at % 4}-{1 + at % 12:02}-15", topic, said, "passed", "full"))
        for number in range(PRESENT):
            person = some.persons[(at * 7 + number) % PEOPLE]
            attendances.append((key, number, person[0], person[1], "50", 1, "1"))
    loading.load(
        session, label="测速",
        rows=[loading.Rows("branch", ("id", "code", "name", "kind"), branches), *some.rows(),
              loading.Rows("meeting", MEETING, meetings), loading.Rows("attendance", ATTENDANCE, attendances)],
    )  # fmt: skip


def _copy_records(session: Session, demo: Path) -> None:
    """Copy every record of a demo workspace, of another site, through the road of rows."""
    note = workspaces.demo_of(demo)
    assert note is not None
    source = workspaces.unlock(demo, account="gly", password=note.password, clock=SystemClock())
    try:
        rows = []
        for name in (*SPECS, *PART_SPECS):
            cursor = source.db.execute_sql(f"SELECT * FROM {name}")
            rows.append(loading.Rows(name, tuple(column[0] for column in cursor.description), cursor.fetchall()))
        loading.load(session, label="测速", rows=rows)
    finally:
        workspaces.close(source.workspace)


def export_speed(scene: Scene, rounds: int, mark: str) -> Iterator[Line]:
    """Compare a whole export with a bare loop over the same tables: SELECT, orjson, zstd."""
    session = scene.open("township")
    out = scene.folder / "out"
    made: list[exporting.Exported] = []

    def ours() -> None:
        made.append(exporting.export(session, to=COUNTY, out=out))

    taken = [(once(ours), once(partial(_bare_export, session.db))) for _ in range(rounds + 1)][1:]
    mine, least = (statistics.median(one[at] for one in taken) for at in (0, 1))
    rate = made[-1].rows / mine
    note = f"{made[-1].rows:,} rows, {rate:,.0f} a second, {mine:.3g} / {least:.3g} s"
    yield line(f"export: a bare loop's time / ours{mark}", least / mine, 0.7, better="more", note=note)
    yield from _crypto(made[-1].files[0], mine, mark)
    workspaces.close(session.workspace)


def _bare_export(db: Connection) -> int:
    packer, size = zstandard.ZstdCompressor(level=3).compressobj(), 0
    for name in (*SPECS, *PART_SPECS):
        for row in db.execute_sql(f"SELECT * FROM {name}"):
            values = [value.hex() if isinstance(value, bytes) else value for value in row]
            size += len(packer.compress(orjson.dumps(values) + b"\n"))
    return size + len(packer.flush())


def _crypto(package: Path, whole: float, mark: str) -> Iterator[Line]:
    """Measure what age and the hashes of the container cost: the encrypted member's bytes through both again."""
    import hashlib
    import io

    from desktop.security.age import new_age_key
    from desktop.sync.suite import suite_of

    content = package.read_bytes()
    keys = [new_age_key().public for _ in range(2)]

    def work() -> None:
        suite_of(1).encrypt(io.BytesIO(content), io.BytesIO(), keys)
        hashlib.sha256(content).digest()

    work()
    taken = statistics.median(once(work) for _ in range(5))
    note = f"{taken * 1000:.3g} ms of {whole * 1000:.4g} ms, {len(content) / 1e6:.1f} MB"
    yield line(f"export: share of the cipher{mark}", taken / whole, 0.10, note=note)


def against_dump(scene: Scene, rounds: int) -> Iterator[Line]:
    """Compare time and size with SQLite's own command line: `.dump` of the same tables through `zstd -3`."""
    session = scene.open("township")
    database, out = session.workspace.paths.database, scene.folder / "dump.zst"
    tables = " ".join((*SPECS, *PART_SPECS))
    script = f"sqlite3 -readonly '{database}' '.dump {tables}' | zstd -q -3 -f -o '{out}'"
    made: list[exporting.Exported] = []

    def ours() -> None:
        made.append(exporting.export(session, to=COUNTY, out=scene.folder / "out"))

    def theirs() -> None:
        subprocess.run(["sh", "-c", script], check=True)

    taken = [(wall_once(ours), wall_once(theirs)) for _ in range(rounds + 1)][1:]
    mine, least = (statistics.median(one[at] for one in taken) for at in (0, 1))
    note = f"{mine:.3g} / {least:.3g} s on the wall"
    yield line("export / sqlite3 .dump | zstd -3, time (plain)", mine / least, 2.0, note=note)
    size, limit = made[-1].files[0].stat().st_size, out.stat().st_size
    note = f"{size / 1e6:.2f} / {limit / 1e6:.2f} MB"
    yield line("export / sqlite3 .dump | zstd -3, size (plain)", size / limit, 1.05, note=note)
    whole = len(zstandard.ZstdCompressor(level=3).compress(_only_records(scene, session)))
    note = f"{size / 1e6:.2f} / {whole / 1e6:.2f} MB"
    yield line("package / the SQLite file of the same tables, zstd -3 (plain)", size / whole, 1.1, note=note)
    workspaces.close(session.workspace)


def _only_records(scene: Scene, session: Session) -> bytes:
    """Give a database file that holds the record tables, their parts and stamps, and nothing of the log or search."""
    path = scene.folder / "records.db"
    path.unlink(missing_ok=True)
    target = open_connection(path, None, writer=True)
    with target.writable():
        for name in (*SPECS, *PART_SPECS, "sync_row", "sync_cell"):
            cursor = session.db.execute_sql(f"SELECT * FROM {name}")
            columns = ", ".join(f'"{column[0]}"' for column in cursor.description)
            target.run(f"CREATE TABLE {name} ({columns})")
            marks = ", ".join("?" * len(cursor.description))
            target.many(f"INSERT INTO {name} VALUES ({marks})", cursor.fetchall())
    target.execute_sql("PRAGMA journal_mode = DELETE").fetchall()
    target.close()
    return path.read_bytes()


def import_speed(scene: Scene, rounds: int, mark: str) -> Iterator[Line]:
    """Compare an import of all-new rows with bare inserts, and one of nothing new with its own parsing and staging."""
    township = scene.open("township")
    file = exporting.export(township, to=COUNTY, out=scene.folder / "out").files[0]
    news, bare, again, parse = [], [], [], []
    for _ in range(rounds):
        county = scene.fresh_county()
        bare.append(_bare_insert(scene, township.db, county.workspace.data_key if scene.encrypted else None))
        news.append(once(partial(importing.apply, county, file=file)))
        parse.append(once(partial(_parse, county, file)))
        again.append(once(partial(importing.apply, county, file=file)))
        workspaces.close(county.workspace)
    workspaces.close(township.workspace)
    new, least, same, own = (statistics.median(taken) for taken in (news, bare, again, parse))
    note = f"{new:.3g} / {least:.3g} s"
    yield line(f"import of all-new rows / executemany without triggers{mark}", new / least, 2.5, note=note)
    note = f"{same:.3g} / {own:.3g} s"
    yield line(f"import, nothing new / its own parsing and staging{mark}", same / own, 1.7, note=note)


def _bare_insert(scene: Scene, source: Connection, key: bytes | None) -> float:
    path = scene.folder / "bare.db"
    path.unlink(missing_ok=True)
    target = open_connection(path, key, writer=True)
    work = []
    with target.writable():
        for name in (*SPECS, *PART_SPECS):
            found = source.one("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (name,))
            target.run(found[0] if found else "")
            for (sql,) in source.rows(
                "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (name,)
            ):
                target.run(sql)
            rows = source.rows(f"SELECT * FROM {name}")
            work.append((name, rows))
    target.execute_sql("PRAGMA foreign_keys = OFF")

    def insert() -> None:
        with target.writable():
            for name, rows in work:
                if rows:
                    target.many(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    taken = once(insert)
    target.close()
    return taken


def _parse(session: Session, file: Path) -> None:
    """Read and stage a package, and leave it at that."""
    from desktop.core.progress import Progress

    package = open_package(file, staging.reader(session.workspace))
    with staging.stage(session.workspace, package, Progress()):
        pass


def capture(scene: Scene, rounds: int, mark: str) -> Line:
    """Compare inserts with triggers and stamps with the same inserts without either."""
    session = scene.open("township")
    branches = [row[0] for row in session.db.rows("SELECT id FROM branch")]
    db = session.workspace.write
    triggers = [row[0] for row in db.rows("SELECT sql FROM sqlite_master WHERE name IN ('person_in', 'membership_in')")]
    with_log, without = [], []
    for seed in range(40, 40 + rounds + 1):
        with_log.append(once(partial(_logged, session, people(PEOPLE, branches, seed))))
        with db.writable():
            db.script(("DROP TRIGGER person_in", "DROP TRIGGER membership_in"))
        some = people(PEOPLE, branches, seed + 100)
        with db.writable():
            without.append(once(partial(_insert, db, some)))
        with db.writable():
            db.script(triggers)
    workspaces.close(session.workspace)
    mine, least = statistics.median(with_log[1:]), statistics.median(without[1:])
    note = f"{mine * 1000:.3g} / {least * 1000:.3g} ms for {PEOPLE * 2:,} rows"
    return line(f"capture: inserts with triggers and stamps / without{mark}", mine / least, 2.0, note=note)


def _insert(db: Connection, some: People) -> None:
    for part in some.rows():
        marks = ", ".join("?" * len(part.columns))
        db.many(f"INSERT INTO {part.table} ({', '.join(part.columns)}) VALUES ({marks})", part.rows)


def _logged(session: Session, some: People) -> None:
    db = session.workspace.write
    with db.writable():
        db.run("INSERT INTO unit (made_at, kind, label, rows) VALUES ('2026-11-25T08:00:00Z', 'user', '测速', 0)")
        (number,) = db.one("SELECT last_insert_rowid()") or (0,)
        db.run("INSERT INTO unit_open (unit) VALUES (?)", (number,))
        _insert(db, some)
        db.run("DELETE FROM unit_open")
        stamp_unit(session.workspace, number)


def hundredth(scene: Scene, mark: str) -> Iterator[Line]:
    """Change one row in a hundred after an acknowledgement; export and import of that must take less than a second."""
    township, county = scene.open("township"), scene.fresh_county()
    out = scene.folder / "out"
    importing.apply(county, file=exporting.export(township, to=COUNTY, out=out).files[0])
    importing.apply(township, file=exporting.export(county, to=TOWNSHIP, out=out).files[0])
    made: list[exporting.Exported] = []
    keys = [row[0] for row in township.db.rows("SELECT id FROM person WHERE rowid % 100 = 0")]
    meetings = [row[0] for row in township.db.rows("SELECT id FROM meeting WHERE rowid % 100 = 0")]
    with unit(township, "测速"):
        for key in keys:
            records.update(township, MODELS["person"], key, {"workplace": "望湖社区"})
        for key in meetings:
            records.update(township, MODELS["meeting"], key, {"place": "党群服务中心"})
    taken = wall_once(lambda: made.append(exporting.export(township, to=COUNTY, out=out)))
    yield line(f"export of one row in a hundred, seconds{mark}", taken, 1.0, note=f"{made[0].rows:,} rows")
    taken = wall_once(lambda: importing.apply(county, file=made[0].files[0]))
    yield line(f"import of one row in a hundred, seconds{mark}", taken, 1.0, note=f"{made[0].rows:,} rows")
    for session in (township, county):
        workspaces.close(session.workspace)


def memory(scene: Scene) -> Iterator[Line]:
    """Take the most memory of a process of its own that exports, and of one that imports."""
    shutil.copytree(scene.folder / "county", scene.folder / "county-for-memory")
    for deed, what in (("export", "export"), ("apply", "import")):
        _, _, kib, _ = child([sys.executable, "-m", "benchmarks.packages", deed, str(scene.folder)])
        yield line(f"most memory of an {what}, 400 MB", kib * 1024 / 400e6, 1.0, note=f"{kib / 1000:.0f} MB")


def run(long: bool) -> list[Line]:
    """Measure on both drivers; the plain lines beside the encrypted ones have no gate."""
    rounds = 3 if long else 5
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as name:
        for encrypted, mark in ((True, ""), (False, " (plain)")):
            scene = make(Path(name) / ("e" if encrypted else "p"), long=long, encrypted=encrypted)
            lines += memory(scene) if encrypted else against_dump(scene, rounds)  # while the whole township goes out
            found = [
                *export_speed(scene, rounds, mark), *import_speed(scene, rounds, mark), *hundredth(scene, mark),
                capture(scene, rounds, mark),
            ]  # fmt: skip
            lines += found if encrypted else [{**one, "goal": None} for one in found]
    return lines


def main() -> None:
    """Be the child whose memory is measured."""
    deeds: dict[str, Callable[[], object]] = {"export": _child_export, "apply": _child_apply}
    deeds[sys.argv[1]]()


def _child_export() -> None:
    scene = Scene(Path(sys.argv[2]), encrypted=True)
    exporting.export(scene.open("township"), to=COUNTY, out=scene.folder / "memory")


def _child_apply() -> None:
    scene = Scene(Path(sys.argv[2]), encrypted=True)
    (file,) = (scene.folder / "memory").glob("*.dpk")
    importing.apply(scene.open("county-for-memory"), file=file)


if __name__ == "__main__":
    main()
