"""A program that is killed: does one kind of work over and over and tells each unit that it was told is done.

`python -m tests.support.victim DEED FOLDER STICK`; prints `ready`, then one JSON object for each deed.
"""

import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.models.membership import Membership
from desktop.models.person import Person
from desktop.services import importing, records, undoing
from desktop.services.exchange import exporting
from desktop.services.exchange import importing as packages
from desktop.services.sessions import Session
from desktop.services.units import unit
from desktop.spreadsheets.rosters import read_roster
from tests.support import places, workbooks

COUNTY = "/329901"
MEMBERS = 40
Told = dict[str, Any]


def save(session: Session, stick: Path) -> Iterator[Told]:
    """Save a person with the membership, again and again."""
    del stick
    root = session.db.rows("SELECT id FROM branch")[0][0]
    for number in itertools.count():
        with unit(session, f"登记 {number}") as work:
            person = records.insert(session, Person, {"name": f"王{number}"})
            values = {"person_id": person, "branch_id": root, "standing": "50"}
            records.insert(session, Membership, values)
        yield {"unit": work.changes.unit, "rows": 2}


def roster(session: Session, stick: Path) -> Iterator[Told]:
    """Import one roster after another."""
    for number in itertools.count():
        lines = [[f"李{number}号{at}", "1985-06-03", "青禾街道"] for at in range(MEMBERS)]
        file = stick / f"{number}.xlsx"
        file.write_bytes(workbooks.simple([["姓名", "出生日期", "所在党支部"], *lines]))
        result = importing.import_roster(session, roster=read_roster(file, "members"), name=file.name)
        yield {"unit": result.unit, "rows": 2 * result.new}


def export(session: Session, stick: Path) -> Iterator[Told]:
    """Save a person and export, again and again."""
    for number in itertools.count():
        with unit(session, f"登记 {number}") as work:
            records.insert(session, Person, {"name": f"张{number}"})
        made = exporting.export(session, to=COUNTY, out=stick)
        yield {"unit": work.changes.unit, "rows": 1, "file": made.files[0].name}


def apply(session: Session, stick: Path) -> Iterator[Told]:
    """Apply the packages that lie on the stick, one after another."""
    for file in sorted(stick.glob("*.dpk")):
        unit_number = packages.apply(session, file=file).unit
        row = next(row for row in undoing.list_units(session) if row.number == unit_number)
        yield {"unit": unit_number, "rows": row.rows}


DEEDS = {"save": save, "import": roster, "export": export, "apply": apply}


def main(deed: str, folder: str, stick: str) -> None:
    """Work until killed."""
    session = places.reopen(Path(folder))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for told in DEEDS[deed](session, Path(stick)):
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
