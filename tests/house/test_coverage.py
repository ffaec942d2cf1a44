"""`docs/coverage.md` names for each of the 23 clauses what holds it, and each name exists."""

import re

import pytest

from desktop.models.registry import SPECS
from desktop.services.listing import KIND_NAMES
from desktop.ui.pages import PAGES
from tests.house.sources import ROOT

_NAMES = re.compile(r"`([^`]+)`")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]


def test_each_of_the_twenty_three_clauses_has_a_row() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 24))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"clause-{row[0]}")
def test_what_a_clause_names_exists(row: list[str]) -> None:
    _, _, tables, pages, services, tests = row
    assert set(_NAMES.findall(tables)) <= SPECS.keys() & KIND_NAMES.keys()
    assert set(_NAMES.findall(pages)) <= {page.key for page in PAGES}
    for cell, folder in ((services, ROOT / "desktop"), (tests, ROOT / "tests")):
        names = _NAMES.findall(cell)
        assert names
        assert all((folder / f"{name}.py").is_file() for name in names)
