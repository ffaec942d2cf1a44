"""Rosters in: a foreign workbook is read in the child process, decided row by row and written as one unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from desktop.core.errors import UserError
from desktop.core.progress import Progress
from desktop.services import roster_branches, roster_members, roster_organisations
from desktop.services.roster_doubts import Decision, Likeness, likeness
from desktop.services.roster_index import Index, load
from desktop.services.roster_writing import DoubtfulError, Made, Note, Writer
from desktop.services.sessions import STAFF, Session, allowed
from desktop.services.units import unit
from desktop.spreadsheets import remote
from desktop.spreadsheets.fields import RosterKind, fields_of
from desktop.spreadsheets.rosters import Roster, RosterRow, Value

ReadRoster = Roster
NO_DECISIONS: Mapping[int, Decision] = MappingProxyType({})
TITLES: dict[str, str] = {"members": "党员名册", "organisations": "社会组织台账", "branches": "党组织名册"}
_WRITERS: dict[str, Callable[[Writer, dict[str, Value]], str]] = {
    "members": roster_members.write_row,
    "organisations": roster_organisations.write_row,
    "branches": roster_branches.write_row,
}


@dataclass(frozen=True, slots=True)
class Warned:
    """A remark on a row that came in: `column` is its heading, `text` what stands in the cell."""

    row: int
    column: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Parked:
    """One reason why a row stayed out, doubtful or refused, with what to do, and the persons that it may be.

    A refused row has one for each of its faults, so that all can be mended at once.
    """

    row: int
    column: str
    text: str
    why: str
    do: str
    like: tuple[Likeness, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do: the counts add up to the data rows; `unit` is None for a preview.

    `skipped` rows were left out by a person.
    """

    kind: str
    sheet: str
    header_row: int
    columns: dict[str, str]
    new: int
    changed: int
    same: int
    doubtful: int
    refused: int
    unit: int | None
    created: tuple[Made, ...]
    warned: tuple[Warned, ...]
    rows: tuple[Parked, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class FieldName:
    """One field that a column can feed: its key, its Chinese title, and whether a row must have it."""

    key: str
    title: str
    required: bool


class _PreviewedError(Exception):
    """Carries the result of a preview out of the unit, which rolls back."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__()
        self.result = result


@allowed(STAFF)
def list_fields(session: Session, *, kind: RosterKind) -> tuple[FieldName, ...]:
    """Give the fields of a roster in the order of its usual columns."""
    del session
    return tuple(FieldName(field.key, field.title, field.required) for field in fields_of(kind))


@allowed(STAFF)
def read_file(
    session: Session,
    *,
    kind: RosterKind,
    file: Path,
    sheet: str | None = None,
    mapping: dict[str, str] | None = None,
) -> Roster:
    """Read a roster in the child process; a UserError where the file is not one."""
    return remote.read_roster(file, kind, sheet=sheet, mapping=mapping, on=session.today)


@allowed(STAFF)
def import_file(
    session: Session,
    *,
    kind: RosterKind,
    file: Path,
    sheet: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Read a roster and write its good rows as one unit; with `dry_run` tell what would come of it."""
    roster = read_file(session, kind=kind, file=file, sheet=sheet)
    return import_roster(session, roster=roster, name=file.name, dry_run=dry_run, progress=progress)


@allowed(STAFF)
def import_roster(
    session: Session, *, roster: Roster, name: str, dry_run: bool = False, progress: Progress | None = None,
    decisions: Mapping[int, Decision] = NO_DECISIONS,
) -> ImportResult:  # fmt: skip
    """Write a roster that was read; a preview does the very same work and rolls it back.

    `decisions` by row number are what a person said about rows that were doubtful or are to be left out.
    """
    if session.workspace.identity.kind == "county":
        raise UserError(
            "没有导入名册。", "县级工作区的名册由乡镇的数据包带来。", "请在乡镇的工作区里导入。", "not-here"
        )
    if session.workspace.identity.kind == "branch" and roster.kind != "members":
        why = f"支部的工作区只装一个支部，{TITLES[roster.kind]}由乡镇的工作区登记。"
        raise UserError("没有导入名册。", why, "请在乡镇的工作区里导入，或只导入本支部的党员名册。", "not-here")
    step = (progress or Progress()).step
    try:
        with unit(session, f"导入{TITLES[roster.kind]} {name}", kind="import") as work:
            result = _write(session, roster, step, decisions)
            work.label = f"导入{TITLES[roster.kind]} {name}（新增 {result.new}，更新 {result.changed}）"
            _leave_if(result, preview=dry_run)
            (progress or Progress()).close()
    except _PreviewedError as preview:
        return preview.result
    return replace(result, unit=work.changes.unit)


def _leave_if(result: ImportResult, *, preview: bool) -> None:
    if preview:
        raise _PreviewedError(result)


def _write(
    session: Session, roster: Roster, step: Callable[[int, int, str], None], decisions: Mapping[int, Decision]
) -> ImportResult:
    writer = Writer(session, load(session))
    known = frozenset(writer.index.persons)
    write_row = _WRITERS[roster.kind]
    titles = {field.key: roster.columns.get(field.key, field.title) for field in fields_of(roster.kind)}
    counts = {"new": 0, "changed": 0, "same": 0, "doubtful": 0, "refused": 0, "skipped": 0}
    warned: list[Warned] = []
    parked: list[Parked] = []
    for at, row in enumerate(roster.rows):
        step(at, len(roster.rows), "核对名册")
        writer.decided = decisions.get(row.number)
        if writer.decided is not None and writer.decided.verdict == "skip":
            counts["skipped"] += 1
            continue
        if row.refusals:
            counts["refused"] += 1
            faults = (*row.refusals, *row.warnings)
            parked += [Parked(row.number, fault.column, fault.text, fault.why, fault.do) for fault in faults]
            continue
        writer.notes.clear()
        writer.row = row.number
        try:
            counts[write_row(writer, row.values)] += 1
        except DoubtfulError as error:
            counts["doubtful"] += 1
            like = _likenesses(writer.index, row, error.like) if known.issuperset(error.like) else ()
            text = _text(row, error.field)
            parked.append(Parked(row.number, titles[error.field], text, error.why, error.do, like))
            continue
        warned += [Warned(row.number, fault.column, fault.text, fault.why) for fault in row.warnings]
        warned += [_warned(row, titles, note) for note in writer.notes]
    writer.flush()
    step(len(roster.rows), len(roster.rows), "写入")
    return ImportResult(
        roster.kind, roster.sheet, roster.header_row, roster.columns, **counts, unit=None,
        created=tuple(writer.made), warned=tuple(warned), rows=tuple(parked),
    )  # fmt: skip


def _likenesses(index: Index, row: RosterRow, keys: tuple[bytes, ...]) -> tuple[Likeness, ...]:
    """Put the row beside each person that it may be, as this workspace held them before the import."""
    found = []
    for key in keys:
        open_ = [one["branch_id"] for one in index.memberships[key] if one["ends_on"] is None]
        titles = "、".join(index.branches.titles[branch] for branch in open_ if branch in index.branches.titles)
        changes = tuple(roster_members.would_change(index, key, row.values))
        found.append(likeness(key, index.persons[key], row.values, titles, changes))
    return tuple(found)


def _warned(row: RosterRow, titles: dict[str, str], note: Note) -> Warned:
    return Warned(row.number, titles[note.field], _text(row, note.field), note.why)


def _text(row: RosterRow, field: str) -> str:
    return row.raw.get(field) or str(row.values.get(field, ""))
