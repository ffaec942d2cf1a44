"""`kill -9` at random points of saving, importing, exporting and applying: no acknowledged change is lost."""

import functools
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.services import verifying, workspaces
from desktop.services.exchange import importing
from desktop.services.sessions import Session
from tests.exchange.exchange_world import add, open_pair
from tests.house.sources import ROOT
from tests.support import places
from tests.support.equality import assert_search_is_fresh

DEEDS = ("save", "import", "export", "apply")
PACKAGES, PERSONS = 8, 30
LONGEST = 0.5
Told = list[dict[str, Any]]


@functools.cache
def _world(*, encrypted: bool) -> Path:
    """Make an enrolled pair, with packages of the township on the stick."""
    folder = Path(tempfile.mkdtemp(prefix="doudi-kills-"))
    pair = open_pair(folder, encrypted=encrypted)
    for number in range(PACKAGES):
        for at in range(PERSONS):
            add(pair.township, "person", name=f"赵{number}号{at}")
        pair.up()
    pair.close()
    return folder


def kill(deed: str, folder: Path, stick: Path, after: float) -> Told:
    """Let a program work for so many seconds after it has opened the workspace, kill it, and give what it told."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.victim", deed, str(folder), str(stick)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as victim:  # fmt: skip
        assert victim.stdout is not None
        assert victim.stdout.readline() == "ready\n"
        time.sleep(after)
        victim.kill()
        lines = victim.stdout.read().splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def check(session: Session, told: Told) -> None:
    """Check that every acknowledged unit stands whole, that there is no half of any, and that all is sound."""
    found = dict(session.db.rows("SELECT id, rows FROM unit"))
    logged = dict(session.db.rows('SELECT unit, count(*) FROM "change" GROUP BY unit'))
    assert {row["unit"]: row["rows"] for row in told}.items() <= found.items()
    assert found == logged
    assert verifying.verify(session).problems == ()
    assert_search_is_fresh(session)


def leftovers(folder: Path) -> list[str]:
    """Name what a killed program left behind."""
    return [path.name for path in folder.rglob("*") if path.name.startswith(".") or path.name.endswith(".part")]


def journey(tmp_path: Path, deed: str, seed: int) -> None:
    """Kill one program, open what it left, check it, and work on."""
    random = Random(f"{deed} {seed}")
    encrypted = seed % 2 == 0
    shutil.copytree(_world(encrypted=encrypted), tmp_path, dirs_exist_ok=True)
    folder, stick = tmp_path / ("county" if deed == "apply" else "township"), tmp_path / "stick"
    told = kill(deed, folder, stick, random.uniform(0, LONGEST))
    session = places.reopen(folder)
    check(session, told)
    assert leftovers(folder) == []
    if deed == "export":
        county = places.reopen(tmp_path / "county")
        for one in told:
            assert all(row.ok for row in importing.inspect(county, file=stick / one["file"]).checks)
        workspaces.close(county.workspace)
    if deed == "apply":
        for file in sorted(stick.glob("*.dpk")):
            importing.apply(session, file=file)
        assert session.db.one("SELECT count(*) FROM person WHERE name LIKE '赵%'") == (PACKAGES * PERSONS,)
    add(session, "person", name="后来的人")
    assert verifying.verify(session).ok
    workspaces.close(session.workspace)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("deed", DEEDS)
def test_a_killed_program_loses_nothing_that_it_acknowledged(tmp_path: Path, deed: str, seed: int) -> None:
    journey(tmp_path, deed, seed)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(5, 55))
@pytest.mark.parametrize("deed", DEEDS)
def test_two_hundred_killed_programs_lose_nothing_that_they_acknowledged(
    tmp_path: Path, deed: str, seed: int
) -> None:
    journey(tmp_path, deed, seed)


