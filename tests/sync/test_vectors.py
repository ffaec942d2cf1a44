"""Every vector of the package format, by its kind: the acceptance test of `desktop.sync`."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sync import vector_rules_cells, vector_rules_files, vector_rules_lines

FIXTURE = Path(__file__).parents[1] / "fixtures" / "packages" / "package_vectors.json"
VECTORS: dict[str, Any] = json.loads(FIXTURE.read_text(encoding="utf-8"))
RULES = {**vector_rules_cells.RULES, **vector_rules_lines.RULES, **vector_rules_files.RULES}


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["id"])
def test_a_vector_comes_out_as_the_format_says(vector: dict[str, Any]) -> None:
    by_id = {other["id"]: other for other in VECTORS["vectors"]}
    RULES[vector["kind"]](vector["in"], vector["out"], by_id)


def test_no_vector_is_left_out() -> None:
    assert len(VECTORS["vectors"]) == 310
    assert {vector["kind"] for vector in VECTORS["vectors"]} == RULES.keys()
