"""Rosters and refusals as JSON, between the program and the child process that reads foreign files."""

from dataclasses import asdict
from typing import Any

from desktop.core.errors import UserError
from desktop.spreadsheets.doubts import Fault
from desktop.spreadsheets.rosters import Roster
from desktop.spreadsheets.rows import RosterRow

Json = dict[str, Any]


def roster_to_json(roster: Roster) -> Json:
    """Write a roster as JSON values."""
    return {
        "kind": roster.kind,
        "sheet": roster.sheet,
        "sheets": list(roster.sheets),
        "header_row": roster.header_row,
        "titles": list(roster.titles),
        "columns": roster.columns,
        "unmapped": list(roster.unmapped),
        "ignored": list(roster.ignored),
        "doubled": [list(pair) for pair in roster.doubled],
        "skipped": list(roster.skipped),
        "rows": [_row_to_json(row) for row in roster.rows],
        "samples": {title: list(texts) for title, texts in roster.samples.items()},
    }


def _row_to_json(row: RosterRow) -> list[Any]:
    warnings = [list(asdict(fault).values()) for fault in row.warnings]
    return [row.number, row.values, row.raw, warnings, [list(asdict(fault).values()) for fault in row.refusals]]


def roster_from_json(answer: Json) -> Roster:
    """Read what `roster_to_json` wrote."""
    return Roster(
        answer["kind"],
        answer["sheet"],
        tuple(answer["sheets"]),
        answer["header_row"],
        tuple(answer["titles"]),
        answer["columns"],
        tuple(answer["unmapped"]),
        tuple(answer["ignored"]),
        tuple((key, title) for key, title in answer["doubled"]),
        tuple(_row_from_json(row) for row in answer["rows"]),
        tuple(answer["skipped"]),
        {title: tuple(texts) for title, texts in answer["samples"].items()},
    )


def _row_from_json(row: list[Any]) -> RosterRow:
    number, values, raw, warnings, refusals = row
    return RosterRow(
        number, values, raw, tuple(Fault(*each) for each in warnings), tuple(Fault(*each) for each in refusals)
    )


def error_to_json(error: UserError) -> Json:
    """Write a refusal as `{"error": {code, what, why, do}}`, as the command line does."""
    return {"error": {"code": error.code, "what": error.what, "why": error.why, "do": error.do}}


def error_from_json(answer: Json) -> UserError:
    """Read what `error_to_json` wrote."""
    error = answer["error"]
    return UserError(error["what"], error["why"], error["do"], error["code"])
