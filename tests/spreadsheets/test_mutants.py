import random
from pathlib import Path

import pytest

from desktop.spreadsheets.refusals import CODES
from desktop.worker import run
from tests.support.workbooks import FOLDER

MUTANTS = 60


@pytest.mark.parametrize("name", ["members.xlsx", "members.xls", "members.csv", "organisations.xlsx"])
def test_a_damaged_workbook_is_read_or_refused_and_never_breaks_the_reader(tmp_path: Path, name: str) -> None:
    rng = random.Random(name)
    content = (FOLDER / name).read_bytes()
    kind, _, suffix = name.partition(".")
    for number in range(MUTANTS):
        mutant = bytearray(content)
        for _ in range(rng.choice((1, 4, 40))):
            mutant[rng.randrange(len(mutant))] = rng.randrange(256)
        if number % 5 == 0:
            del mutant[rng.randrange(len(mutant)) :]
        path = tmp_path / f"{number}.{suffix}"
        path.write_bytes(bytes(mutant))
        answer = run({"do": "read-roster", "path": str(path), "kind": kind})
        assert "rows" in answer or answer["error"]["code"] in CODES
